"""Runs a Python module under a clock that was set: `python clock.py 2026-12-07T06:05:00+07:00 MODULE ARGUMENTS…`."""

import runpy
import sys
from datetime import datetime

import time_machine

if __name__ == "__main__":
    moment, module, *arguments = sys.argv[1:]
    time_machine.travel(datetime.fromisoformat(moment), tick=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
