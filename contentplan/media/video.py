"""A film without what the camera wrote, and a still of it (ADR 19).

The picture and the sound are copied bit by bit into a new file. Everything else of the old one stays behind: words and
dates, tracks of places (GoPro, drones, phones), subtitles (drones write the place there), covers, chapters, further
pictures and sounds, which no network takes.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

import av
import av.container
import av.error
import av.logging
from av.stream import Disposition, Stream
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from contentplan.media.apart import SMALL, WHOLE, Wrong

READERS = {"video/mp4": "mov", "video/quicktime": "mov", "video/webm": "matroska"}
WRITERS = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm"}
STILL = (480, 480)
# Where a still is looked for, as parts of the film; the first that is not dark (0 to 255) is taken.
PLACES = (0.1, 0.5, 0.0)
DARK = 24
# A film that ends sooner than it says by more than this did not come whole.
SHORTER, SECONDS = 0.9, 1.0
QUIET: Any = av.container.Flags.bitexact.value  # without the name of the program that wrote it


def work(file: IO[bytes], mime: str, folder: Path, most_dots: int) -> dict[str, Any]:
    """Leaves the film and its still in the folder. Raises Wrong."""
    av.logging.set_level(av.logging.PANIC)
    try:
        dots, note = _copy(file, mime, folder / WHOLE)
    except av.error.FFmpegError as error:
        raise Wrong("damaged") from error
    if dots <= most_dots:
        with (folder / WHOLE).open("rb") as whole, suppress(av.error.FFmpegError, StopIteration, MemoryError):
            _still(whole, mime).save(folder / SMALL, "WEBP", quality=80)
    return {"note": note}


def _copy(file: IO[bytes], mime: str, target: Path) -> tuple[int, str]:
    """How many dots its picture has, and what of it stays behind."""
    with av.open(file, "r", format=READERS[mime], io_open=_refuse) as source:
        picture, sound = _best(source.streams.video), _best(source.streams.audio)
        if not isinstance(picture, VideoStream):
            raise Wrong("no picture")
        # The head goes before the frames: a phone begins to play before everything has come.
        options = {} if mime == "video/webm" else {"movflags": "faststart"}
        with av.open(str(target), "w", format=WRITERS[mime], options=options) as made:
            made.flags |= QUIET
            ends = _pour(source, made, [stream for stream in (picture, sound) if stream])
        if ends < _promised(source, picture, sound) * SHORTER - SECONDS:
            raise Wrong("cut")
        return picture.width * picture.height, "subtitles" if source.streams.subtitles else ""


def _pour(source: av.container.InputContainer, made: av.container.OutputContainer, streams: list[Stream]) -> float:
    """Every packet of the streams as it is; where the last one ends, in seconds."""
    try:
        targets = {stream.index: _same(made, stream) for stream in streams}
        made.start_encoding()
    except (ValueError, av.error.FFmpegError) as error:
        raise Wrong("format") from error
    begins, ends = float("inf"), 0.0
    for packet in _shown(source, streams):
        at = float((packet.dts if packet.pts is None else packet.pts) * packet.time_base)
        if not packet.is_discard:
            begins, ends = min(begins, at), max(ends, at + float((packet.duration or 0) * packet.time_base))
        packet.stream = targets[packet.stream.index]
        made.mux(packet)
    if not ends:
        raise Wrong("damaged")
    return ends - begins


def _shown(source: av.container.InputContainer, streams: list[Stream]) -> Iterator[Any]:
    """What plays, with what it is decoded by; what was cut off its end on the phone is still in a film, unseen."""
    held: dict[int, list[Any]] = {stream.index: [] for stream in streams}
    for packet in source.demux(streams):
        waiting = held[packet.stream.index]
        if packet.dts is None:
            continue  # the empty one at the end
        waiting.append(packet)
        if not packet.is_discard:
            yield from waiting
            waiting.clear()


def _promised(source: av.container.InputContainer, *streams: Stream | None) -> float:
    """How long the picture and the sound are by the head of the film, in seconds; 0 when it does not say."""
    told = [float(one.duration * one.time_base) for one in streams if one and one.duration and one.time_base]
    if not told and len(source.streams) == sum(1 for one in streams if one):
        return (source.duration or 0) / av.time_base  # WebM says it of the whole
    return max(told, default=0.0)


def _refuse(*_: Any) -> NoReturn:
    """A film that asks for another file or an address gets none."""
    raise Wrong("damaged")


def _best(streams: Any) -> Stream | None:
    """The largest picture that is no cover, the first sound."""
    found = [one for one in streams if one.codec_context and not one.disposition & Disposition.attached_pic]
    return max(found, key=lambda one: getattr(one, "width", 0) * getattr(one, "height", 0), default=None)


def _same(made: av.container.OutputContainer, stream: Any) -> Stream:
    copy: Any = made.add_stream_from_template(stream, opaque=True)
    # HEVC has two names, and iPhones play only the one that a film of theirs bears.
    copy.codec_context.codec_tag = stream.codec_context.codec_tag
    return copy  # type: ignore[no-any-return]


def _still(file: IO[bytes], mime: str) -> Image.Image:
    found: list[Image.Image] = []
    with av.open(file, "r", format=READERS[mime], io_open=_refuse) as film:
        stream = film.streams.video[0]
        stream.codec_context.thread_count = 1
        for place in PLACES:
            film.seek(int((film.duration or 0) * place))
            frame: Any = next(film.decode(stream))
            image: Image.Image = frame.to_image()
            image.thumbnail(STILL)
            image = image.rotate(frame.rotation, expand=True) if frame.rotation else image
            found.append(image)
            if ImageStat.Stat(image.convert("L")).mean[0] > DARK:
                return image
    return found[0]
