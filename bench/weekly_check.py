"""Measures the weekly check beside bare SQL in the same run, and how both grow. Writes bench/RESULTS.md.

    make bench                                              # 100,000 accounts, then 10,000 and 1,000,000 for the growth
    .venv/bin/python -m bench --accounts 10000 --no-growth

Needs PostgreSQL (BENCH_DATABASE_URL, default postgres://postgres@127.0.0.1/bench_glashatay; a superuser, because the
load skips foreign key triggers). The database is made and dropped here; everything in it is generated on the spot.
"""

import argparse
import os
import statistics
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
URL = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1/bench_glashatay")
os.environ.update(DATABASE_URL=URL, DJANGO_SETTINGS_MODULE="config.settings", DEMO="1", REDIS_URL="", LOG_LEVEL="ERROR")

from bench import database, peer, product, report  # noqa: E402 - the environment is set first


@dataclass
class Size:
    """One size of the district and what was measured at it, in milliseconds."""

    accounts: int
    weeks: int
    publications: int = 0
    times: dict[str, list[float]] = field(default_factory=dict)
    worker_mb: float = 0
    changed: int = 0

    def median(self, what: str) -> float:
        return statistics.median(self.times[what])

    def ratio(self, what: str) -> float:
        return self.median(f"ours, {what}") / self.median(f"bare, {what}")


def measure(size: Size, rounds: int, *, changes: bool = False) -> Size:
    """Loads a district of this size and times the rounds, peer and product in turn; `changes`: a late change too."""
    print(f"{size.accounts:,} accounts, {size.weeks} weeks: loading", flush=True)
    size.publications = database.load(size.accounts, size.weeks)
    for _round in range(rounds):
        peer.clear()
        product.clear()
        for what in ("first run", "repeat"):
            size.times.setdefault(f"bare, {what}", []).append(peer.run())
            size.times.setdefault(f"ours, {what}", []).append(product.run())
        size.times.setdefault("bare, count only", []).append(peer.count())
        if changes:
            size.changed = product.change_some()
            size.times.setdefault("ours, one account in ten changed", []).append(product.run())
    for what, times in size.times.items():
        print(f"  {what}: {' '.join(f'{t:.0f}' for t in times)}", flush=True)
    product.clear()
    size.worker_mb = product.worker_memory()
    print(f"  worker: {size.worker_mb:.0f} MB; first run × {size.ratio('first run'):.2f}", flush=True)
    return size


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--weeks", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action=argparse.BooleanOptionalAction, default=True)
    wanted = parser.parse_args()
    database.create(URL)
    try:
        main_size = measure(Size(wanted.accounts, wanted.weeks), wanted.rounds, changes=True)
        sizes = [main_size]
        if wanted.growth:
            # A million accounts with two weeks only: the check reads one week, the rest would just fill the disk.
            sizes += [measure(Size(10_000, 10), 9), measure(Size(1_000_000, 2), 3)]
            report.write(ROOT / "bench/RESULTS.md", main_size, sorted(sizes, key=lambda size: size.accounts))
    finally:
        database.drop(URL)
