"""Measures the week board, the matrix and the queue of approval at 1,000 bodies and 1,000,000 posts, beside bare pages.

    make bench-pages
    .venv/bin/python -m bench.pages --requests 50

The pages answer in this process through Django's test client, all middleware included, for a signed-in coordinator;
peer and product take turns. Needs PostgreSQL as `bench/weekly_check.py` does. Writes bench/RESULTS-pages.md.
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
import tracemalloc
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
URL = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1/bench_glashatay_pages")
os.environ.update(DATABASE_URL=URL, DJANGO_SETTINGS_MODULE="config.settings", DEMO="1", REDIS_URL="", LOG_LEVEL="ERROR")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="bench-pages-")

from bench import database, posts_database  # noqa: E402 - the environment is set first

GOAL = 2.0
# From some depths of the call stack a page costs the system much more memory traffic than from others (seen as page
# faults all over the Python code; probably CPython growing its stack in pieces). Neither page shall be lucky with its
# depth: each is asked from all of these in turn.
DEPTHS = 50


@dataclass
class Page:
    """One page and its peer, with what was measured: milliseconds of each request."""

    title: str
    url: str
    bare_url: str
    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    queries: dict[str, int] = field(default_factory=dict)
    peak_kb: dict[str, float] = field(default_factory=dict)
    size_kb: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.bare)


def pages() -> list[Page]:
    from people.weeks import Week

    now = Week(datetime.now(UTC).date() - timedelta(days=datetime.now(UTC).weekday()))
    monday, board = now.monday.isoformat(), f"/plans/{posts_database.BODY}"
    four, eight = (now + 2).monday.isoformat(), (now + 6).monday.isoformat()
    first = (now + -1).monday.isoformat()
    bare = f"/bare/matrix/{first}"
    return [
        Page("week board, 20 posts", f"{board}/{now}/", f"/bare/board/{posts_database.BODY}/{monday}/"),
        Page("matrix, 25 bodies × 4 weeks", f"/plans/?from={now + -1}", f"{bare}/{four}/25/"),
        Page("matrix, 100 bodies × 8 weeks", f"/plans/?from={now + -1}&weeks=8&bodies=100", f"{bare}/{eight}/100/"),
    ]


def measure(page: Page, client: object, requests: int) -> None:
    """Warms both up, then times them in turns."""
    for name, url in (("bare", page.bare_url), ("ours", page.url)):
        page.size_kb[name] = len(_get(client, url)) / 1024
        page.queries[name] = _queries(client, url)
        page.peak_kb[name] = _peak(client, url)
    for turn in range(requests):
        page.bare.append(_time(client, page.bare_url, turn % DEPTHS))
        page.ours.append(_time(client, page.url, turn % DEPTHS))
    ours, bare = statistics.median(page.ours), statistics.median(page.bare)
    print(f"{page.title}: {ours:.1f} / {bare:.1f} ms, × {page.ratio:.2f}; queries {page.queries}", flush=True)


def _get(client: object, url: str) -> bytes:
    response = client.get(url)  # type: ignore[attr-defined]
    if response.status_code != 200:
        raise RuntimeError(f"{url}: {response.status_code}")
    return response.content


def _time(client: object, url: str, depth: int) -> float:
    """Milliseconds of a request made so many calls deep."""
    if depth:
        return _time(client, url, depth - 1)
    start = time.perf_counter()
    _get(client, url)
    return (time.perf_counter() - start) * 1000


def _queries(client: object, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _get(client, url)
    return len(captured)


def _peak(client: object, url: str) -> float:
    """The most memory Python took for one request, kB."""
    tracemalloc.start()
    _get(client, url)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1024


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def write(path: Path, measured: list[Page]) -> None:
    rows = [
        f"| {page.title} | {statistics.median(page.bare):.1f} / {_p95(page.bare):.1f} "
        f"| {statistics.median(page.ours):.1f} / {_p95(page.ours):.1f} | **{page.ratio:.2f}** "
        f"| {page.queries['bare']} / {page.queries['ours']} "
        f"| {page.peak_kb['bare']:.0f} / {page.peak_kb['ours']:.0f} "
        f"| {page.size_kb['bare']:.0f} / {page.size_kb['ours']:.0f} |"
        for page in measured
    ]
    lines = [
        "# Pages of the content plan, measured",
        "",
        f"Made by `make bench-pages` on {datetime.now(UTC):%Y-%m-%d}: PostgreSQL "
        f"{database.psql('SHOW server_version', database=URL).split()[0]}, Python {platform.python_version()}, "
        f"{platform.machine()}; 1,000 bodies, 3,000 accounts, 1,000,000 posts, 2,000,000 placements. "
        f"{len(measured[0].ours)} requests each, bare page and product in turns; the goal is {GOAL:.0f} ×. "
        "How: `bench/README.md`.",
        "",
        "| page | bare page: median / p95, ms | product: median / p95, ms | × | queries, bare / product "
        "| Python memory at the peak, kB, bare / product | HTML, kB, bare / product |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--keep", action="store_true", help="leave the database, and take it as it is when it is there")
    wanted = parser.parse_args()
    if not (wanted.keep and _stands()):
        database.create(URL)
        posts_database.load(datetime.now(UTC).date())
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from people.models import User

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ROOT_URLCONF = "bench.bare"
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="coordinator"))
    measured = pages()
    for page in measured:
        measure(page, client, wanted.requests)
    write(ROOT / "bench/RESULTS-pages.md", measured)
    if not wanted.keep:
        database.drop(URL)


def _stands() -> bool:
    name = URL.rsplit("/", 1)[1]
    server = URL.removesuffix(name) + "postgres"
    return bool(database.psql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'", database=server).strip())


if __name__ == "__main__":
    main()
