"""Writes what was measured as a page of Markdown."""

import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.weekly_check import Size

GOAL, MEMORY_GOAL = 1.5, 200


def write(path: Path, main_size: "Size", sizes: Sequence["Size"]) -> None:
    """`main_size`: the one the goals are for; `sizes`: all, by accounts."""
    path.write_text("\n".join([*_head(), *_main(main_size), *_growth(sizes)]) + "\n", encoding="utf-8")


def _head() -> list[str]:
    version = subprocess.run(["psql", "--version"], check=True, capture_output=True, text=True).stdout.split()[2]
    return [
        "# The weekly check, measured",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}: PostgreSQL {version}, "
        f"Python {platform.python_version()}, {platform.machine()}. Medians in milliseconds; "
        "peer and product take turns in one run. How: `bench/README.md`.",
        "",
    ]


def _main(size: "Size") -> list[str]:
    rows = [
        f"| {what} | {size.median(f'bare, {what}'):.0f} | {size.median(f'ours, {what}'):.0f} | {size.ratio(what):.2f} |"
        for what in ("first run", "repeat")
    ]
    changed = size.median("ours, one account in ten changed")
    return [
        f"## {size.accounts:,} accounts, {size.publications:,} publications",
        "",
        "| | bare SQL: count and store | the check | × |",
        "|---|---|---|---|",
        *rows,
        f"| a publication of {size.changed:,} accounts changed | – | {changed:.0f} | |",
        f"| bare SQL, count only | {size.median('bare, count only'):.0f} | – | |",
        "",
        f"First run against the goal of {GOAL} × bare SQL: **{size.ratio('first run'):.2f}**. "
        f"Peak memory of the Celery worker that did it: **{size.worker_mb:.0f} MB** (goal: under {MEMORY_GOAL}).",
        "",
    ]


def _growth(sizes: Sequence["Size"]) -> list[str]:
    rows = [
        f"| {size.accounts:,} | {size.publications:,} | {size.median('ours, first run'):.0f} "
        f"| {size.median('ours, first run') / size.accounts * 1000:.2f} | {size.median('ours, repeat'):.0f} "
        f"| {size.ratio('first run'):.2f} | {size.worker_mb:.0f} |"
        for size in sizes
    ]
    return [
        "## Growth",
        "",
        "| accounts | publications | first run, ms | ms for 1,000 accounts | repeat, ms | × bare SQL | worker, MB |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]
