"""`make test`: every test on SQLite, again on PostgreSQL and Redis where they answer, and walks in a real browser.

Without servers every walk goes on SQLite; with them every walk goes there, and a few on SQLite as well.
The closing lines say what ran. With REQUIRE_ALL=1 (as `.ci/run` sets it) an absent server is a failure.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass

from deploy import services
from deploy.blank import blank_databases
from deploy.gate import WORKSHOP
from deploy.venv import ROOT

UNIT = ["-n", "2"]
# A file of walks shares one portal, so it stays together.
WALKS = ["-c", "e2e/pytest.ini", "-n", "2", "--dist", "loadfile"]
# Where servers answer, every walk goes there, and on the embedded database and queue those that lean on them most.
EVERY = ["e2e"]
EMBEDDED = ["e2e/test_clerk.py", "e2e/test_registry_import.py", "e2e/test_ways_in.py"]
# TEST_TIME=short, as `.ci/run` sets it for its twenty minutes: every test on SQLite, on the servers those in which the
# database itself speaks (triggers, constraints, races, search), and there the walks of a clerk and of a reviewer.
SPEAKS = [
    "compliance/tests/test_check_again.py",
    "config/tests/test_strange_addresses.py",
    "contentplan/tests/test_path.py",
    "contentplan/tests/test_races.py",
    "moderation/tests/test_append_only.py",
    "moderation/tests/test_message_steps.py",
    "moderation/tests/test_parallel.py",
    "moderation/tests/test_reply_path.py",
    "people/tests/test_audit.py",
    "registry/tests/test_editions.py",
    "registry/tests/test_editions_parallel.py",
    "registry/tests/test_facets.py",
    "registry/tests/test_history.py",
    "registry/tests/test_prohibition.py",
    "registry/tests/test_prohibition_parallel.py",
    "registry/tests/test_proposals.py",
    "registry/tests/test_search.py",
    "registry/tests/test_verification.py",
]
SHORT = ["e2e/test_clerk.py", "e2e/test_conveyor.py"]


@dataclass
class Result:
    """One line of the closing report."""

    title: str
    words: str
    failed: bool


def main() -> int:
    # The tests read the Russian the portal shows; its compiled form is not committed.
    subprocess.run(
        [sys.executable, "manage.py", "translations", "--compile"], cwd=ROOT, env={**os.environ, **WORKSHOP}, check=True
    )
    browser, database, queue = services.browser(), services.postgresql(), services.redis_server()
    office = services.office()
    present = [service for service in (database, queue) if service.settings]
    is_short = bool(present) and os.environ.get("TEST_TIME") == "short"
    walks = [] if is_short else EMBEDDED if present else EVERY
    embedded = services.sqlite()
    with blank_databases([embedded, database] if database.settings else [embedded]):
        results = _round([embedded], browser, [], walks)
        if present:
            servers = present if database.settings else [embedded, *present]
            results += _round(servers, browser, SPEAKS if is_short else [], SHORT if is_short else EVERY)
    results += [_absent(service) for service in (database, queue, office) if not service.settings]
    print("\n" + "=" * 80)
    for result in results:
        print(f"{'FAILED' if result.failed else 'ok':6} {result.title}: {result.words}")
    return int(any(result.failed for result in results))


def _round(
    servers: list[services.Service], browser: services.Service, tests: list[str], walks: list[str]
) -> list[Result]:
    """These tests (none named: all), then these walks (none named: none), on these servers."""
    title = " and ".join(server.name for server in servers)
    settings = {name: value for server in servers for name, value in server.settings.items()}
    results = [_pytest(title, [*UNIT, *tests], settings)]
    if not walks:
        return results
    if browser.settings:
        settings |= {**browser.settings, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
        results.append(_pytest(f"{title}, {browser.name}", [*WALKS, *walks], settings))
    else:
        results.append(Result(f"{title}, {browser.name}", browser.absence, failed=True))
    return results


def _absent(service: services.Service) -> Result:
    """A server that was asked for by name must answer."""
    place = {"PostgreSQL": "TEST_DATABASE_URL", "Redis": "TEST_REDIS_URL"}.get(service.name, "")
    required = place in os.environ or os.environ.get("REQUIRE_ALL") == "1"
    return Result(service.name, f"NOT RUN, {service.absence}", failed=required)


def _pytest(title: str, arguments: list[str], settings: dict[str, str]) -> Result:
    """Runs pytest in sight of everybody and keeps its closing line."""
    print(f"\n=== {title}: pytest {' '.join(arguments)}", flush=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    environment |= {"ENV_FILE": os.devnull, **settings}
    command = [sys.executable, "-m", "pytest", *arguments]
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout  # noqa: S101 - for the type checker
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    if not re.search(r"\d+ (passed|failed|error)|no tests", last):
        last = f"pytest ended with {process.returncode}"
    return Result(title, last.strip("= "), failed=process.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
