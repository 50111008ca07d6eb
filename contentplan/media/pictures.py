"""A picture without what the camera wrote: turned upright, encoded anew, and a small one for the page."""

import io
import warnings
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from PIL import Image, ImageOps

SMALL = (480, 480)
KEPT = ("icc_profile", "transparency")  # how colours look; everything else may tell of the person
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
SAVING: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 92},
}


@dataclass(frozen=True)
class Clean:
    """The picture people download and the small one (always WebP)."""

    whole: bytes
    small: bytes
    width: int
    height: int


def clean(file: IO[bytes], mime: str) -> Clean:
    """Raises OSError, ValueError or Image.DecompressionBombError when the picture cannot be read."""
    kind = FORMATS[mime]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(file, formats=[kind]) as opened:
            if opened.width * opened.height > settings.MAX_IMAGE_PIXELS:
                raise ValueError("more dots than MAX_IMAGE_PIXELS")
            image: Image.Image = ImageOps.exif_transpose(opened)
            image.info = {name: value for name, value in image.info.items() if name in KEPT}
            if kind == "JPEG" and image.mode not in ("RGB", "L"):
                image = _to_rgb(image)
            whole = _encoded(image, kind, SAVING[kind])
            return Clean(whole, _small(image), image.width, image.height)


def _to_rgb(image: Image.Image) -> Image.Image:
    """Of printing colours: the profile belongs to them and goes too."""
    turned = image.convert("RGB")
    turned.info = {}
    return turned


def _small(image: Image.Image) -> bytes:
    small = image.convert("RGBA" if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info else "RGB")
    small.info = {}
    small.thumbnail(SMALL)
    return _encoded(small, "WEBP", {"quality": 80})


def _encoded(image: Image.Image, kind: str, options: dict[str, object]) -> bytes:
    out = io.BytesIO()
    profile = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
    image.save(out, kind, **options, **profile)
    return out.getvalue()
