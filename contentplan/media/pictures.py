"""A picture without what the camera wrote: turned upright, encoded anew, and a small one for the page.

A photo of an iPhone (HEIC) and an AVIF become a JPEG: networks take no other.
"""

import io
import warnings
from pathlib import Path
from typing import IO, Any

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from contentplan.media.apart import SMALL, WHOLE, Wrong

LITTLE = (480, 480)
KEPT = ("icc_profile", "transparency")  # how colours look; everything else may tell of the person
# By type: what it may be read as, and what it becomes.
FORMATS = {
    "image/jpeg": (["JPEG"], "JPEG"),
    "image/png": (["PNG"], "PNG"),
    "image/webp": (["WEBP"], "WEBP"),
    "image/heic": (["HEIF", "AVIF"], "JPEG"),
    "image/avif": (["HEIF", "AVIF"], "JPEG"),
}
SAVING: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 92},
}


def work(file: IO[bytes], mime: str, folder: Path, most_dots: int) -> dict[str, Any]:
    """Leaves the picture people get and the small one (always WebP) in the folder. Raises Wrong."""
    pillow_heif.register_heif_opener(thumbnails=False)
    try:
        whole, small, (width, height) = clean(file, mime, most_dots)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Wrong("damaged") from error
    (folder / WHOLE).write_bytes(whole)
    (folder / SMALL).write_bytes(small)
    return {"width": width, "height": height}


def clean(file: IO[bytes], mime: str, most_dots: int) -> tuple[bytes, bytes, tuple[int, int]]:
    """The whole picture, the small one, the size. Raises what Pillow raises where it cannot be read."""
    formats, kind = FORMATS[mime]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(file, formats=formats) as opened:
            if opened.width * opened.height > most_dots:
                raise Wrong("dots")
            image: Image.Image = ImageOps.exif_transpose(opened)
            image.info = {name: value for name, value in image.info.items() if name in KEPT}
            if kind == "JPEG" and image.mode not in ("RGB", "L"):
                image = _to_rgb(image)
            return _encoded(image, kind, SAVING[kind]), _small(image), image.size


def _to_rgb(image: Image.Image) -> Image.Image:
    """Of printing colours: the profile belongs to them and goes too."""
    turned = image.convert("RGB")
    turned.info = {}
    return turned


def _small(image: Image.Image) -> bytes:
    small = image.convert("RGBA" if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info else "RGB")
    small.info = {}
    small.thumbnail(LITTLE)
    return _encoded(small, "WEBP", {"quality": 80})


def _encoded(image: Image.Image, kind: str, options: dict[str, object]) -> bytes:
    out = io.BytesIO()
    profile = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
    image.save(out, kind, **options, **profile)
    return out.getvalue()
