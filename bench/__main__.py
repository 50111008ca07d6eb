"""`make bench`."""

from bench.weekly_check import main

main()
