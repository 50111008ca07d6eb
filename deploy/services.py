"""What the tests meet on this machine: PostgreSQL, Redis, a browser, LibreOffice."""

import os
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass, field

import psycopg2
import redis

DATABASE = "postgres://postgres@127.0.0.1:5432/glashatay"
QUEUE = "redis://127.0.0.1:6379/15"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Service:
    """A name to show, and either the settings that lead the tests to it or why it does not answer."""

    name: str
    settings: dict[str, str] = field(default_factory=dict)
    absence: str = ""


def sqlite() -> Service:
    return Service(f"SQLite {sqlite3.sqlite_version}")


def postgresql() -> Service:
    """The server at TEST_DATABASE_URL, else the one on the loopback that needs no password."""
    address = os.environ.get("TEST_DATABASE_URL") or DATABASE
    server, _, _ = address.rpartition("/")
    try:
        connection = psycopg2.connect(f"{server}/postgres", connect_timeout=5)
    except psycopg2.Error as error:
        return Service("PostgreSQL", absence=_one_line(error))
    version = connection.server_version // 10000
    connection.close()
    return Service(f"PostgreSQL {version}", {"TEST_DATABASE_URL": address})


def redis_server() -> Service:
    """The server at TEST_REDIS_URL, else the one on the loopback if its last two databases hold nothing of others."""
    address = os.environ.get("TEST_REDIS_URL", "")
    try:
        client = redis.Redis.from_url(address or QUEUE, socket_connect_timeout=5)
        version = client.info("server")["redis_version"]
        if not address and client.dbsize() and not client.exists("glashatay-tests"):
            return Service("Redis", absence=f"{QUEUE} holds data of somebody else, set TEST_REDIS_URL")
        client.set("glashatay-tests", "this database is emptied by tests")
    except redis.RedisError as error:
        return Service("Redis", absence=_one_line(error))
    return Service(f"Redis {version}", {"TEST_REDIS_URL": address or QUEUE})


def browser() -> Service:
    """A Chromium that starts; installed by the system's package manager where there is none."""
    path = _working_browser() or (_install("chromium") and _working_browser())
    if not path:
        return Service("Chromium", absence="not found and not installable here, run: apt-get install chromium")
    return Service(f"Chromium {_version(path)}", {"CHROMIUM": path})


def office() -> Service:
    """LibreOffice and the tools of PDF, which open what the portal writes; installed where the package manager can."""
    programs = {"soffice": ["libreoffice-writer-nogui", "libreoffice-calc-nogui"], "pdftotext": ["poppler-utils"]}
    packages = [package for program, names in programs.items() if not shutil.which(program) for package in names]
    if packages and not (_install("--no-install-recommends", *packages) and shutil.which("soffice")):
        return Service("LibreOffice", absence=f"run: apt-get install {' '.join(packages)}")
    return Service(f"LibreOffice {_version('soffice')}".strip(), {"SOFFICE": "soffice"})


def _working_browser() -> str:
    """On Ubuntu the package may be an empty shell around a snap: only one that tells its version counts."""
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else BROWSERS
    found = [path for path in map(shutil.which, named) if path]
    return next((path for path in found if _version(path)), "")


def _version(path: str) -> str:
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    numbers = [word for word in done.stdout.split() if word[0].isdigit()]
    return numbers[0] if done.returncode == 0 and numbers else ""


def _install(*packages: str) -> bool:
    """By apt, as root or through sudo that asks nothing."""
    apt = shutil.which("apt-get")
    if not apt:
        return False
    before = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Ставлю {' '.join(name for name in packages if not name.startswith('-'))}…", flush=True)
    for words in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
        try:
            done = subprocess.run([*before, apt, *words], env=environment, stdout=subprocess.DEVNULL, check=False)
        except FileNotFoundError:
            return False
    return done.returncode == 0


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
