"""The file `.env`: written at the first start, read by the settings and by these scripts."""

import os
import re
import secrets
from pathlib import Path

from deploy.venv import ROOT

FILE = Path(os.environ.get("ENV_FILE") or ROOT / ".env")
HEADER = (
    "# Made at the first start. Every variable is explained in .env.example; the environment goes before this file.\n"
)


def ensure(path: Path = FILE) -> None:
    """A portal of its own secret key, for demonstration; nothing when there is a file already."""
    if path.exists():
        return
    text = f"{HEADER}DEMO=1\nSECRET_KEY={secrets.token_urlsafe(50)}\n"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def read(path: Path = FILE) -> dict[str, str]:
    """The variables of the file, without quotes."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = re.findall(r"^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$", text, re.MULTILINE)
    return {name: value.strip("'\"") for name, value in lines}


def value(name: str, default: str = "", path: Path = FILE) -> str:
    """As the settings see it: the environment first, then the file."""
    return os.environ.get(name) or read(path).get(name, default)


def is_on(name: str) -> bool:
    return value(name).lower() in {"1", "true", "yes", "on", "y", "ok"}


def demo_password(path: Path = FILE) -> str:
    """The one given now, else the one of the last start, else a new one; remembered, so that it can be shown again."""
    known = read(path).get("DEMO_PASSWORD", "")
    password = os.environ.get("DEMO_PASSWORD") or known or f"demo-{secrets.token_hex(5)}"
    if password != known and os.access(path, os.W_OK):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("DEMO_PASSWORD")]
        path.write_text("\n".join([*lines, f"DEMO_PASSWORD={password}", ""]), encoding="utf-8")
    return password
