"""Small films as phones, action cameras and drones make them, made by the library itself."""

import io
import math
import struct
from fractions import Fraction
from functools import cache
from typing import Any

import av
from PIL import Image

PLACE = b"+56.2417+083.9746/"
TITLE = "Двор Кедровой М. И."
TAKEN = "2026-11-20T10:11:12"
SECONDS, RATE, SOUND = 2, 10, 48_000
CODECS = {"mp4": ("libx264", "aac"), "mov": ("libx264", "aac"), "webm": ("libvpx", "libopus")}


def box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


@cache
def film(kind: str = "mp4", track: bytes = b"", sound: bool = True, picture: bool = True) -> bytes:
    """Two seconds; `track`: a third one with the place in it, of that type (tx3g, gpmd, camm, mebx)."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind, options=_options(kind)) as made:
        made.metadata.update({"title": TITLE, "creation_time": TAKEN + "Z", "location": PLACE.decode()})
        parts: list[tuple[Any, Any]] = [(_picture, made.add_stream(CODECS[kind][0], rate=RATE))] if picture else []
        parts += [(_sound, made.add_stream(CODECS[kind][1], rate=SOUND, layout="mono"))] if sound else []
        parts += [(_places, made.add_data_stream("bin_data"))] if track else []
        if picture:
            stream = parts[0][1]
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        made.start_encoding()
        for fill, stream in parts:
            fill(made, stream)
    content = out.getvalue()
    # The library writes it as a GoPro does; other cameras call it otherwise.
    handler = b"\0\0\0\0sbtl" if track == b"tx3g" else b"\0\0\0\0meta"
    return content.replace(b"gpmd", track).replace(b"\0\0\0\0meta", handler) if track else content


def _options(kind: str) -> dict[str, str]:
    return {} if kind == "webm" else {"movflags": "use_metadata_tags"}


def _picture(made: Any, stream: Any) -> None:
    frame: Any = av.VideoFrame
    for number in range(SECONDS * RATE):
        image = Image.new("RGB", (64, 48), (12 * number, 160, 90))
        made.mux(stream.encode(frame.from_image(image)))
    made.mux(stream.encode())


def _sound(made: Any, stream: Any) -> None:
    wave = struct.pack("<960h", *(int(8000 * math.sin(at / 20)) for at in range(960)))
    for number in range(SECONDS * SOUND // 960):
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(wave)
        frame.sample_rate, frame.pts = SOUND, number * 960
        made.mux(stream.encode(frame))
    made.mux(stream.encode())


def _places(made: Any, stream: Any) -> None:
    for number in range(SECONDS):
        packet = av.Packet(len(PLACE).to_bytes(2, "big") + PLACE)
        packet.stream, packet.time_base = stream, Fraction(1, 1000)
        packet.pts = packet.dts = number * 1000
        packet.duration = 1000
        made.mux(packet)
