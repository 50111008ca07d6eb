"""The servers of the measurement and the load on them: each started on loopback, loaded by wrk, weighed, ended."""

import csv
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 16


@dataclass(frozen=True)
class Load:
    """What wrk has measured; milliseconds, requests that failed or were refused."""

    per_second: float
    p50: float
    p99: float
    failed: int


@contextmanager
def server(command: list[str], port: int, env: dict[str, str] | None = None) -> Iterator[int]:
    """Runs the server until the block ends; gives its process id once it answers."""
    running = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, running)
        yield running.pid
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(20)


def _wait(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _turn in range(120):
        if running.poll() is not None:
            raise RuntimeError(f"{running.args!r} has ended with {running.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read(1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"nothing answers at {port}")


def gunicorn(port: int) -> list[str]:
    """As `make run` and the systemd unit start it (deploy/gunicorn_conf.py)."""
    return [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn_conf.py", "config.wsgi"]


def datasette(program: Path, file: Path, port: int) -> list[str]:
    """Tuned as its documentation advises for large tables: no suggested facets, room for a whole CSV."""
    settings = {"suggest_facets": "off", "max_csv_mb": "0", "sql_time_limit_ms": "10000"}
    told = [part for name, value in settings.items() for part in ("--setting", name, value)]
    return [str(program), "serve", str(file), "--host", "127.0.0.1", "--port", str(port), *told]


def nginx(folder: Path, port: int) -> list[str]:
    """A static page, two workers, nothing written down."""
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log /dev/null;\n"
        "events {}\n"
        f"http {{ access_log off; default_type text/html; client_body_temp_path {folder}/t;\n"
        f"proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;\n"
        f"uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n",
        encoding="utf-8",
    )
    folder.chmod(0o755)
    return ["nginx", "-c", str(folder / "nginx.conf")]


def load(port: int, paths: list[str], seconds: float, folder: Path, *, anew: bool = False) -> Load:
    """wrk with 16 connections over these addresses in turn, packed as browsers ask for it.

    `anew`: the reader has a message waiting, so the portal renders the page for them instead of taking the kept one.
    """
    script = folder / "paths.lua"
    told = ",\n".join(f'"{path}"' for path in paths)
    script.write_text(
        f"local paths = {{{told}}}\nlocal n = 0\n"
        "wrk.headers['Accept-Encoding'] = 'gzip'\n"
        + ("wrk.headers['Cookie'] = 'messages=none'\n" if anew else "")
        + "request = function() n = n % #paths + 1; return wrk.format('GET', paths[n]) end\n",
        encoding="utf-8",
    )
    options = ["-t", "2", "-c", str(CONNECTIONS), "-d", f"{seconds:.0f}s", "--latency", "--timeout", "20s"]
    command = ["wrk", *options, "-s", str(script), f"http://127.0.0.1:{port}"]
    return read_wrk(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def read_wrk(text: str) -> Load:
    """What wrk prints."""
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}
    found = {n: float(value) * units[unit] for n, value, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s|m)\b", text)}
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    failed = sum(map(int, errors.groups())) if errors else 0
    failed += int(refused[1]) if refused else 0
    return Load(float(rate[1]) if rate else 0.0, found.get("50", 0.0), found.get("99", 0.0), failed)


def memory(pid: int) -> float:
    """Megabytes of the process and all below it, shared pages counted once (PSS)."""
    total = 0
    for one in _family(pid):
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
        except OSError:  # it has just ended
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1])  # type: ignore[index] # every kernel says it
    return total / 1024


def _family(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(words[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += parents.get(found[-1], [])
    return found


def as_sqlite(table: Path, file: Path) -> None:
    """The rows of the product's own CSV as a table for Datasette, with the indexes and the word search it can use."""
    with table.open(encoding="utf-8-sig", newline="") as lines, sqlite3.connect(file) as database:
        rows = csv.reader(lines)
        next(rows)
        names = "id INTEGER PRIMARY KEY, organization, network, name, url, handle, status, opened_on, closed_on,"
        names += "verified_on, legal_act, responsible_post, work_phone, work_email, description, external_id,"
        names += "status_code, network_code, organization_code"
        width = names.count(",") + 1
        database.execute(f"CREATE TABLE accounts ({names})")
        database.executemany(f"INSERT INTO accounts VALUES ({','.join('?' * width)})", (row[:width] for row in rows))
        database.execute("CREATE INDEX by_network ON accounts (network_code)")
        database.execute("CREATE INDEX by_url ON accounts (url)")
        database.execute(
            "CREATE VIRTUAL TABLE accounts_fts USING fts5"
            " (name, organization, handle, content='accounts', content_rowid='id')"
        )
        database.execute("INSERT INTO accounts_fts (accounts_fts) VALUES ('rebuild')")
        database.execute("ANALYZE")
    database.close()
