"""Measures the triage of texts: how many a second one by one on one core, how long the rules take to compile, memory.

    make bench-triage                                        # taskset -c 1, about a minute
    .venv/bin/python -m bench.triage --file texts.jsonl      # any texts, {"text": "…"} a line; writes nothing down

Without a file the texts are made of the words of the Russian catalogue, with words that fire here and there, from a
fixed seed: long and short ones as residents write them. Writes bench/RESULTS-triage.md. The rate is of processor
time, so that what else the machine does is not counted.
"""

import argparse
import json
import os
import platform
import random
import re
import resource
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", DEMO="1", REDIS_URL="", LOG_LEVEL="ERROR")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="bench-triage-")

GOAL = 2_000
ACCURACY = "## How right the hints are"  # written by hand: the texts are not the portal's
TEXTS = 20_000
SOME = ["дурак", "х.у.й", "заработок", "подработка", "н@хуй", "расстрелять", "лс", "+7 913 000-11-22", "нyжны"]


def made_up(count: int) -> list[str]:
    """Texts of 3 to 90 words, some of which carry something a rule looks for."""
    words = sorted(set(re.findall(r"[А-Яа-яё]{2,}", (ROOT / "locale/ru/LC_MESSAGES/django.po").read_text("utf-8"))))
    chance = random.Random(7)  # the same texts in every run
    texts = []
    for _number in range(count):
        text = chance.choices(words, k=min(90, 3 + int(chance.expovariate(1 / 20))))
        if chance.random() < 0.3:
            text.insert(chance.randrange(len(text)), chance.choice(SOME))
        texts.append(" ".join(text) + chance.choice([".", "!", "...", " Дом 5, ул. Лесная", ""]))
    return texts


def given(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def memory() -> float:
    """Megabytes this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path)
    arguments = parser.parse_args()
    import django

    django.setup()
    before = memory()
    started = time.process_time()
    from moderation.triage.sorter import Sorter

    sorter = Sorter()
    compiled, with_rules = time.process_time() - started, memory()
    texts = given(arguments.file) if arguments.file else made_up(TEXTS)
    each = []
    processor = time.process_time()
    for text in texts:
        began = time.perf_counter()
        sorter.sort(text)
        each.append(time.perf_counter() - began)
    spent = time.process_time() - processor
    figures = {
        "texts": f"{len(texts):,}, {statistics.mean(map(len, texts)):.0f} characters on average",
        "a second of one core, one by one": f"{len(texts) / spent:,.0f} (goal: {GOAL:,})",
        "half are done in, ms": f"{statistics.median(each) * 1000:.3f}",
        "99 of 100 are done in, ms": f"{sorted(each)[int(len(each) * 0.99)] * 1000:.3f}",
        "longest, ms": f"{max(each) * 1000:.1f}",
        "compiling the rules, once in a process and after a change, s of the processor": f"{compiled:.2f}",
        "memory: Django alone, MB": f"{before:.0f}",
        "memory: with the rules compiled (the dictionary was open for it), MB": f"{with_rules:.0f}",
        "memory: after all texts, MB": f"{memory():.0f}",
    }
    for name, value in figures.items():
        print(f"{name}: {value}")
    if not arguments.file:
        write(ROOT / "bench/RESULTS-triage.md", figures)


def write(path: Path, figures: dict[str, str]) -> None:
    """The figures of speed anew; what is written of accuracy below them stays."""
    made = f"{datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()}, {platform.machine()}, one core"
    busy = f"; waiting for the processor on average: {os.getloadavg()[0]:.0f} programs on {os.cpu_count()} cores"
    kept = path.read_text("utf-8").partition(ACCURACY) if path.exists() else ("", "", "")
    rows = "\n".join(f"| {name} | {value} |" for name, value in figures.items())
    path.write_text(
        f"# Triage of texts, measured\n\nMade by `make bench-triage` on {made}{busy}. How: `bench/README.md`.\n\n"
        f"| | |\n|---|---|\n{rows}\n\n{kept[1]}{kept[2]}".rstrip()
        + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
