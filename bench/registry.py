"""Measures the public registry under load, beside Datasette with the same rows and a static page of nginx.

    make bench-registry                                           # everything, about ten minutes
    .venv/bin/python -m bench.registry --accounts 1000 --seconds 2 --databases sqlite --no-write

gunicorn as `make run` starts it, PostgreSQL and SQLite, 1,000 and 100,000 accounts; all of it on loopback, in one run.
`--install` fetches wrk and nginx by apt and Datasette into a folder that is thrown away.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from bench import registry_servers as servers
from bench.registry_rows import handle

ROOT = servers.ROOT
POSTGRES = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1/bench_glashatay_registry")
PORT, PEER_PORT, STATIC_PORT = 18316, 18317, 18318
SEARCH = quote("школа чилино")
DIFFERENT = 200  # addresses in turn
ANEW = "rendered anew"  # as for the first reader after an edit
SHORT = f"search by two letters, {ANEW}"


@dataclass(frozen=True)
class Row:
    """One line of the result."""

    who: str
    accounts: int
    what: str
    load: servers.Load
    megabytes: float

    @property
    def line(self) -> str:
        load = self.load
        speed = f"{load.per_second:,.1f} | {load.p50:,.1f} | {load.p99:,.1f}"
        return f"| {self.who} | {self.accounts:,} | {self.what} | {speed} | {self.megabytes:,.0f} | {load.failed} |"


def product_pages(accounts: int) -> dict[str, list[str]]:
    """What is asked of the product; the checked links are registered ones and ones that only resemble them."""
    numbers = range(1, accounts, max(accounts // DIFFERENT, 1))
    links = [f"vk.com/{handle(number)}" for number in numbers] + [f"vk.com/{handle(number)}x" for number in numbers]
    pages = {
        "list": ["/"],
        "filtered search": [f"/?q={SEARCH}&network=vk"],
        "verify": [f"/api/v1/accounts/verify/?url={quote(link, safe='')}" for link in links],
        "card": [f"/accounts/{number}/" for number in numbers],
    }
    return pages | {f"{what}, {ANEW}": paths for what, paths in pages.items()} | {SHORT: [f"/?q={quote('шк')}"]}


def datasette_pages(accounts: int) -> dict[str, list[str]]:
    """The same of Datasette; it knows no lookalikes: a link is looked up as it is."""
    numbers = range(1, accounts, max(accounts // DIFFERENT, 1))
    links = [quote(f"https://vk.com/{handle(number)}", safe="") for number in numbers]
    return {
        "list": ["/registry/accounts?_size=50"],
        "filtered search": [f"/registry/accounts?_search={SEARCH}&network_code=vk&_size=50"],
        "verify": [f"/registry/accounts.json?url={link}&_shape=array&_nocount=1" for link in links],
        "card": [f"/registry/accounts/{number}" for number in numbers],
    }


@contextmanager
def product(database: str, accounts: int, folder: Path) -> Iterator[int]:
    """The portal on a database of its own, filled."""
    name = f"{accounts}.sqlite3"
    url = f"sqlite:///{folder / name}" if database == "SQLite" else POSTGRES
    env = {
        "DATABASE_URL": url,
        "VAR_DIR": str(folder / "var"),
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-the-measurement-0123456789-0123456789",
        "DEMO": "1",
        "DEBUG": "0",
        "REDIS_URL": "",
        "LOG_LEVEL": "ERROR",
        "API_RATE": "100000000/min",  # the throttle counts, and never refuses
        "PORT": str(PORT),
        "SITE_URL": f"http://127.0.0.1:{PORT}",
    }
    if database != "SQLite":
        _recreate()
    run = [sys.executable, "-m", "bench.registry_rows", str(accounts)]
    subprocess.run(run, cwd=ROOT, env={**os.environ, **env}, check=True, stdout=subprocess.DEVNULL)
    manage = [sys.executable, "manage.py"]
    for step in (["createcachetable"], ["collectstatic", "--no-input", "-v0"]):
        subprocess.run([*manage, *step], cwd=ROOT, env={**os.environ, **env}, check=True, stdout=subprocess.DEVNULL)
    with servers.server(servers.gunicorn(PORT), PORT, env) as pid:
        yield pid


def _recreate() -> None:
    server, name = POSTGRES.rsplit("/", 1)
    for statement in (f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"'):
        subprocess.run(["psql", f"{server}/postgres", "-q", "-X", "-c", statement], check=True, capture_output=True)


def measure(who: str, accounts: int, pid: int, port: int, pages: dict[str, list[str]], wanted: "Wanted") -> list[Row]:
    """Warms each page up, then loads it."""
    rows = []
    for what, paths in pages.items():
        _get(port, paths[0])
        load = servers.load(port, paths, wanted.seconds, wanted.folder, anew=what.endswith(ANEW))
        rows.append(Row(who, accounts, what, load, servers.memory(pid)))
        print(rows[-1].line, flush=True)
    return rows


def measure_file(who: str, accounts: int, pid: int, port: int, path: str, what: str, wanted: "Wanted") -> Row:
    """Whole files, one after another; the weight is that of the server right after the last byte."""
    times: list[float] = []
    while sum(times) < wanted.seconds * 1000:
        started = time.perf_counter()
        _get(port, path)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    load = servers.Load(1000 * len(times) / sum(times), times[len(times) // 2], times[-1], 0)
    row = Row(who, accounts, what, load, servers.memory(pid))
    print(row.line, flush=True)
    return row


def _get(port: int, path: str, into: Path | None = None) -> None:
    url, kept = f"http://127.0.0.1:{port}{path}", into or Path(os.devnull)
    with urllib.request.urlopen(url, timeout=120) as answer, kept.open("wb") as file:
        shutil.copyfileobj(answer, file)


@dataclass(frozen=True)
class Wanted:
    """What the measurement was asked for."""

    accounts: list[int]
    databases: list[str]
    seconds: float
    folder: Path
    datasette: Path


def whole(wanted: Wanted) -> list[Row]:
    rows: list[Row] = []
    for accounts in wanted.accounts:
        for database in wanted.databases:
            rows += one_product(database, accounts, wanted)
        rows += peers(accounts, wanted)
    return rows


def one_product(database: str, accounts: int, wanted: Wanted) -> list[Row]:
    who = f"product, {database}"
    with product(database, accounts, wanted.folder) as pid:
        rows = measure(who, accounts, pid, PORT, product_pages(accounts), wanted)
        for kind in ("csv", "xlsx"):
            rows.append(measure_file(who, accounts, pid, PORT, f"/accounts.{kind}", f"whole {kind.upper()}", wanted))
        _get(PORT, "/accounts.csv", wanted.folder / "rows.csv")
        _get(PORT, "/", wanted.folder / "index.html")
    return rows


def peers(accounts: int, wanted: Wanted) -> list[Row]:
    """Datasette with the rows of the product's own CSV, nginx with its own list page."""
    file = wanted.folder / "registry.db"
    file.unlink(missing_ok=True)
    servers.as_sqlite(wanted.folder / "rows.csv", file)
    with servers.server(servers.datasette(wanted.datasette, file, PEER_PORT), PEER_PORT) as pid:
        rows = measure("Datasette", accounts, pid, PEER_PORT, datasette_pages(accounts), wanted)
        path = "/registry/accounts.csv?_stream=on&_size=max"
        rows.append(measure_file("Datasette", accounts, pid, PEER_PORT, path, "whole CSV", wanted))
    with servers.server(servers.nginx(wanted.folder, STATIC_PORT), STATIC_PORT) as pid:
        rows += measure("nginx, static", accounts, pid, STATIC_PORT, {"list": ["/index.html"]}, wanted)
    return rows


def write(path: Path, rows: list[Row], seconds: float) -> None:
    path.write_text(
        "# The public registry under load, measured\n\n"
        f"Made by `make bench-registry` on {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()}, "
        f"{platform.machine()}, {os.cpu_count()} cores shared with the load; {servers.CONNECTIONS} connections, "
        f"{seconds:.0f} s each; a whole file is read by one reader at a time (its p99 is the slowest). "
        "How: `bench/README.md`.\n\n"
        "| who | accounts | what | requests/s | p50, ms | p99, ms | memory, MB | failed |\n"
        "|---|---|---|---|---|---|---|---|\n" + "\n".join(row.line for row in rows) + "\n",
        encoding="utf-8",
    )


def install(folder: Path) -> Path:
    """The peers; nothing of them joins the project."""
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing], check=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "peer")], check=True)
    subprocess.run([str(folder / "peer/bin/pip"), "install", "-q", "datasette"], check=True)
    return folder / "peer/bin/datasette"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--databases", nargs="+", choices=["PostgreSQL", "SQLite"], default=["PostgreSQL", "SQLite"])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--install", action="store_true", help="fetch wrk, nginx and Datasette first")
    parser.add_argument("--datasette", type=Path, help="the program, when it is there already")
    parser.add_argument("--no-write", action="store_true", help="a look: leave RESULTS-registry.md as it is")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-registry-") as name:
        folder = Path(name)
        program = install(folder) if said.install else said.datasette or Path(shutil.which("datasette") or "datasette")
        wanted = Wanted(said.accounts, said.databases, said.seconds, folder, program)
        rows = whole(wanted)
        if not said.no_write:
            write(ROOT / "bench/RESULTS-registry.md", rows, said.seconds)


if __name__ == "__main__":
    main()
