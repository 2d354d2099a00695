"""Pictures: opened with suspicion, flattened to paper, turned upright and set straight."""

from __future__ import annotations

import itertools
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageFilter, ImageOps

from vanban.diagnostics import UnreadableError
from vanban.reading.limits import Limits

_INCH = 72.0
_A4_LONG = 11.69
_PROBE = 900
"""Width in pixels of the copy on which the skew is measured."""
_WIDEST_SKEW = 5.0
_SIDEWAYS = 1.25
"""How much more sharply print is lined up across the page than along it on a sheet that lies on its side."""
_STRAIGHT = 0.06
"""Skews under this many degrees are left alone."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a picture; ``dpi`` says how large it is on paper."""

    image: Image.Image
    dpi: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.image.width / self.dpi * _INCH

    @property
    def height(self) -> float:
        """Height in points."""
        return self.image.height / self.dpi * _INCH


def open_picture(data: bytes, limits: Limits) -> Image.Image:
    """The picture file, not decoded yet. Raises ``corrupt``, ``too_large`` and ``too_many_pages``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"))
    except Image.DecompressionBombError as error:
        raise UnreadableError("too_large", limit=limits.pixels, size=2 * limits.pixels) from error
    except Exception as error:
        raise UnreadableError("corrupt") from error
    return image


def frame_count(image: Image.Image, limits: Limits) -> int:
    """How many pages the file holds: several in TIFF, one in all others. Raises ``too_many_pages``."""
    if image.format != "TIFF":
        return 1
    try:
        frames = int(getattr(image, "n_frames", 1))
    except Exception as error:
        raise UnreadableError("corrupt") from error
    if frames > limits.scanned_pages:
        raise UnreadableError("too_many_pages", limit=limits.scanned_pages, pages=frames)
    return frames


def check_size(image: Image.Image, limits: Limits) -> None:
    """Raise ``too_large`` when decoding would make more pixels than allowed."""
    pixels = image.width * image.height
    if pixels > limits.pixels:
        raise UnreadableError("too_large", limit=limits.pixels, size=pixels)


def load_frame(image: Image.Image, index: int, limits: Limits) -> Picture:
    """Page ``index`` (from 0) on white, brought to the resolution of a scan. Raises ``corrupt``, ``too_large``."""
    try:
        if index:
            image.seek(index)
        check_size(image, limits)
        stated = float(image.info.get("dpi", (0, 0))[0])
        flat = _flatten(ImageOps.exif_transpose(image))
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError("corrupt") from error
    if min(flat.size) < 8:
        raise UnreadableError("no_text")
    return _at_scan_size(flat, stated, limits)


def _flatten(image: Image.Image) -> Image.Image:
    if image.mode in ("I", "I;16", "I;16B", "F"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA", "P"):
        with_alpha = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, with_alpha).convert("RGB")
    return image if image.mode == "L" else image.convert("RGB")


def _at_scan_size(image: Image.Image, stated: float, limits: Limits) -> Picture:
    """Photographs state no honest resolution: they are taken as a sheet of A4 and brought near the wanted one."""
    long = max(image.size)
    dpi = stated if 120 <= stated <= 1200 and 4 < long / stated < 40 else long / _A4_LONG
    scale = limits.dpi / dpi
    if 0.9 < scale < 1.1:
        return Picture(image, dpi)
    scale = min(scale, 4.0, (limits.pixels / (image.width * image.height)) ** 0.5)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return Picture(image.resize(size, Image.Resampling.LANCZOS), dpi * scale)


def straighten(image: Image.Image) -> Image.Image:
    """``image`` rotated by its skew about its centre, its size unchanged."""
    angle = skew(image)
    if abs(angle) < _STRAIGHT:
        return image
    white = 255 if image.mode == "L" else (255, 255, 255)
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=white)


def is_sideways(image: Image.Image) -> bool:
    """Whether the lines of print seem to run up and down: a landscape sheet that went through the scanner upright."""
    probe = _probe(image)
    level = max(_sharpness(probe, angle) for angle in (-2.0, -1.0, 0.0, 1.0, 2.0)) / probe.height
    turned = probe.transpose(Image.Transpose.ROTATE_90)
    upright = max(_sharpness(turned, angle) for angle in (-2.0, -1.0, 0.0, 1.0, 2.0)) / turned.height
    return upright > _SIDEWAYS * level


def skew(image: Image.Image) -> float:
    """Degrees to rotate ``image`` counter-clockwise so that its lines run level.

    Lines of print make the sums of pixel rows rise and fall most sharply when they are level.
    """
    probe = _probe(image)
    small = probe.resize((max(1, probe.width // 2), max(1, probe.height // 2)), Image.Resampling.BOX)
    coarse = _best(small, 0.0, _WIDEST_SKEW, 0.5)
    fine = _best(probe, coarse, 0.5, 0.1)
    return round(_best(probe, fine, 0.08, 0.02), 3)


def _probe(image: Image.Image) -> Image.Image:
    scale = _PROBE / image.width
    size = (_PROBE, max(1, min(round(image.height * scale), 3 * _PROBE)))
    small = ImageOps.invert(image.convert("L").resize(size, Image.Resampling.BOX))
    # Thin the paper's own shade and dark scanner borders, keep print.
    small = small.filter(ImageFilter.MedianFilter(3)) if image.width > 3 * _PROBE else small
    edge = max(4, size[0] // 40)
    inner = small.crop((edge, edge, size[0] - edge, max(edge + 1, size[1] - edge)))
    return inner.point(lambda value: 255 if value > 90 else 0)


def _best(probe: Image.Image, around: float, reach: float, step: float) -> float:
    steps = round(reach / step)
    angles = [around + step * index for index in range(-steps, steps + 1)]
    return max(angles, key=lambda angle: (_sharpness(probe, angle), -abs(angle)))


def _sharpness(probe: Image.Image, angle: float) -> int:
    turned = probe.rotate(angle, resample=Image.Resampling.BILINEAR) if angle else probe
    profile = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((a - b) ** 2 for a, b in itertools.pairwise(profile))
