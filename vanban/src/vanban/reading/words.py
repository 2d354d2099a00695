"""Words on a page and the line segments they form: what text pdf and OCR have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

_GAP = 1.25
"""Words further apart than this many heights of a line stand in different segments."""


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word; coordinates in points from the top left corner of the page as shown."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0
    bold: bool = False
    italic: bool = False

    @property
    def height(self) -> float:
        """Height of its box."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page in no particular order, with the page's size in points."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    scanned: bool = False


@dataclass(slots=True)
class Segment:
    """Words that follow each other on one line without a wide gap."""

    words: list[Word]
    left: float = field(init=False)
    top: float = field(init=False)
    right: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = min(word.left for word in self.words)
        self.right = max(word.right for word in self.words)
        tall = [word for word in self.words if any(letter.isalnum() for letter in word.text)] or self.words
        self.top = median(word.top for word in tall)
        self.bottom = median(word.bottom for word in tall)

    @property
    def text(self) -> str:
        """Its words, parted by a space."""
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        """Usual height of its words."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Horizontal centre."""
        return (self.left + self.right) / 2

    def add(self, word: Word) -> None:
        """Append a word on the right."""
        self.words.append(word)
        self.right = max(self.right, word.right)

    def cut(self, at: int) -> tuple[Segment, Segment]:
        """The two parts before and from word ``at``."""
        return Segment(self.words[:at]), Segment(self.words[at:])


def same_line(a: Segment | Word, b: Segment | Word) -> bool:
    """Whether two boxes overlap by more than half of the lower one's height."""
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def segments(words: Iterable[Word]) -> list[Segment]:
    """Chains of words from left to right, ordered by their top."""
    ordered = sorted((word for word in words if word.text), key=lambda word: (word.left, word.top))
    band = max(median(word.height for word in ordered), 1.0) if ordered else 1.0
    open_: dict[int, list[Segment]] = {}  # by the band of the page on which their last word lies
    found: list[Segment] = []
    for word in ordered:
        key = int((word.top + word.bottom) / 2 / band)
        near = [segment for index in (key - 1, key, key + 1) for segment in open_.get(index, ())]
        home = _home(word, near)
        if home is None:
            home = Segment([word])
            found.append(home)
        else:
            last = home.words[-1]
            open_[int((last.top + last.bottom) / 2 / band)].remove(home)
            home.add(word)
        open_.setdefault(key, []).append(home)
    return sorted((Segment(segment.words) for segment in found), key=lambda segment: (segment.top, segment.left))


def _home(word: Word, near: Sequence[Segment]) -> Segment | None:
    """The segment that ``word`` continues: the one on its line that ends closest to its left."""
    best: Segment | None = None
    nearest = float("inf")
    for segment in near:
        gap = word.left - segment.right
        if gap >= nearest or gap > 4 * word.height + 20:
            continue
        last = segment.words[-1]
        height = max(min(last.height, word.height), 0.7 * max(last.height, word.height))
        if -0.6 * height < gap < _GAP * height and (same_line(last, word) or same_line(segment, word)):
            best, nearest = segment, gap
    return best


@dataclass(slots=True)
class Row:
    """One printed line: its segments from left to right."""

    segments: list[Segment]
    page: int = 0

    @property
    def words(self) -> list[Word]:
        """All words from left to right."""
        return [word for segment in self.segments for word in segment.words]

    @property
    def text(self) -> str:
        """All words, parted by a space."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        """Left edge."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return max(segment.right for segment in self.segments)

    @property
    def top(self) -> float:
        """Top of its tallest segment."""
        return min(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        """Bottom of its lowest segment."""
        return max(segment.bottom for segment in self.segments)

    @property
    def height(self) -> float:
        """Usual height of its words."""
        return max(segment.height for segment in self.segments)

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return all(word.bold for word in self.words)

    @property
    def italic(self) -> bool:
        """Whether every word is italic."""
        return all(word.italic for word in self.words)


def rows(found: Iterable[Segment], page: int = 0) -> list[Row]:
    """Segments side by side joined to rows, from top to bottom."""
    ordered: list[Row] = []
    for segment in sorted(found, key=lambda item: (item.top + item.bottom, item.left)):
        if ordered and any(same_line(other, segment) for other in ordered[-1].segments):
            ordered[-1].segments.append(segment)
        else:
            ordered.append(Row([segment], page))
    for row in ordered:
        row.segments.sort(key=lambda item: item.left)
    return ordered
