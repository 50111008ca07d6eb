"""Asks a running portal how it is; the health check of the web container."""

import http.client
import sys
from urllib.parse import urlsplit

from deploy import dotenv


def status(host: str, port: int, timeout: float = 5) -> int | None:
    """The HTTP status of /healthz; None when nobody answers."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=timeout)
    try:
        connection.request("GET", "/healthz", headers={"Host": _name(host, port)})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """A server that listens everywhere is asked here."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound


def _name(host: str, port: int) -> str:
    """The portal answers only to its own name."""
    return urlsplit(dotenv.value("SITE_URL")).netloc or f"{_reachable(host)}:{port}"


if __name__ == "__main__":
    sys.exit(status(dotenv.value("LISTEN", "127.0.0.1"), int(dotenv.value("PORT", "8000"))) != 200)
