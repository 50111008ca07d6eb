"""Measures the list of messages at 1,000,000 messages beside bare Django pages of the same rows.

    make bench-messages
    .venv/bin/python -m bench.messages --requests 50 --keep

As `bench/pages.py`: in this process through Django's test client, for a signed-in moderator of the whole region and
for an editor of one body; peer and product take turns. Writes bench/RESULTS-messages.md.
"""

import argparse
import os
import platform
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
URL = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1/bench_glashatay_messages")
os.environ.update(BENCH_DATABASE_URL=URL)
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="bench-messages-")

from bench import database, messages_database  # noqa: E402 - the environment is set first
from bench.pages import GOAL, Page, _p95, _stands, measure  # noqa: E402


def pages() -> list[Page]:
    """The queue, and each of its filters, beside a bare page of the same filter."""
    asked = [
        ("open, whole region", "", "state=open"),
        ("open, page 100", "page=100", "state=open&page=100"),
        ("mine", "whose=me", "state=open&mine=1"),
        ("overdue", "due=overdue", "state=open&overdue=1"),
        ("one body", f"body={messages_database.BODY}", f"state=open&body={messages_database.BODY}"),
        ("one account", "account=1500", "state=open&account=1500"),
        ("answered, newest first", "state=answered", "state=answered"),
        ("any state, one body", f"state=any&body={messages_database.BODY}", f"body={messages_database.BODY}"),
        ("search among all, a rare word", "state=any&q=number 777777", "q=number 777777"),
    ]
    return [Page(title, f"/messages/?{ours}", f"/bare/messages/?{bare}") for title, ours, bare in asked]


def write(path: Path, measured: list[Page]) -> None:
    rows = [
        f"| {page.title} | {statistics.median(page.bare):.1f} / {_p95(page.bare):.1f} "
        f"| {statistics.median(page.ours):.1f} / {_p95(page.ours):.1f} | **{page.ratio:.2f}** "
        f"| {page.queries['bare']} / {page.queries['ours']} "
        f"| {page.size_kb['bare']:.0f} / {page.size_kb['ours']:.0f} |"
        for page in measured
    ]
    lines = [
        "# The list of messages, measured",
        "",
        f"Made by `make bench-messages` on {datetime.now(UTC):%Y-%m-%d}: PostgreSQL "
        f"{database.psql('SHOW server_version', database=URL).split()[0]}, Python {platform.python_version()}, "
        f"{platform.machine()}; 1,000 bodies, 3,000 accounts, 1,000,000 messages, 20,000 of them wait. "
        f"{len(measured[0].ours)} requests each, bare page and product in turns; the goal is {GOAL:.0f} ×. "
        "The bare page prints the same 25 rows with the names of account, network, body and person in the portal's own "
        "frame, and counts them for its numbers of pages; it masks nothing, counts no terms, offers no filters. "
        "How: `bench/README.md`.",
        "",
        "| page | bare page: median / p95, ms | product: median / p95, ms | × | queries, bare / product "
        "| HTML, kB, bare / product |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--keep", action="store_true", help="leave the database, and take it as it is when it is there")
    wanted = parser.parse_args()
    if not (wanted.keep and _stands()):
        database.create(URL)
        messages_database.load()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from people.models import User

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ROOT_URLCONF = "bench.bare"
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="moderator"))
    measured = pages()
    for page in measured:
        measure(page, client, wanted.requests)
    write(ROOT / "bench/RESULTS-messages.md", measured)
    if not wanted.keep:
        database.drop(URL)


if __name__ == "__main__":
    main()
