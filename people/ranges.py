"""Part of a file for whoever asks for a part: players of films do, and downloads that broke off (RFC 9110, 14)."""

import re
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

# One part; who asks for several at once gets the whole, which the standard allows.
_ASKED = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


def send(
    request: HttpRequest, file: IO[bytes], size: int, etag: str, content_type: str, save_as: str = ""
) -> HttpResponseBase:
    """The file or the part of it that was asked for; closes the file. `save_as`: under which name it is saved."""
    asked = _asked(request, etag)
    if asked is None:
        whole = FileResponse(file, as_attachment=bool(save_as), filename=save_as, content_type=content_type)
        return _told(whole, etag)
    start, end = _span(*asked, size)
    if start > end:
        file.close()
        refused = HttpResponse(status=416, content_type=content_type)
        refused["Content-Range"] = f"bytes */{size}"
        return _told(refused, etag)
    file.seek(start)
    part = FileResponse(_Part(file, end - start + 1), as_attachment=bool(save_as), filename=save_as, status=206)
    part["Content-Type"] = content_type
    part["Content-Length"] = str(end - start + 1)
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    return _told(part, etag)


def _told(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _asked(request: HttpRequest, etag: str) -> tuple[str, str] | None:
    """First and last byte as they were written; None when the whole is due."""
    found = _ASKED.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or found is None or not any(found.groups()):
        return None
    # A part of what it was before fits nothing: the file has changed, here is the new one.
    if request.headers.get("If-Range", etag) != etag:
        return None
    return found[1], found[2]


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """Both ends counted from 0; the first beyond the last when there is no such part."""
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else (size, 0)
    return int(first), min(int(last) if last else size, size - 1)


class _Part:
    """So many bytes of an open file, from where it stands."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self.file, self.left = file, length

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()
