"""Where a passage differs from the text it was taken from: small edits against like passages elsewhere, ranked.

Plans cascade from ministry to school with most of their words unchanged, so a word that differs in the middle of a
copied sentence is evidence. Names of places are set aside first; an edit made again and again is an adaptation; the
fewer times the words on this side of the edit stand together anywhere, the more suspicious it is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import islice, pairwise

from vanban.checks.finding import Finding, Klass
from vanban.checks.lexicon import is_known, plain_tone
from vanban.checks.view import Passage, View
from vanban.data import words
from vanban.diagnostics import Severity
from vanban.document import Span
from vanban.text.fold import fold

_TOKEN = re.compile(r"[^\W_]+(?:[-/&.][^\W_]+)*|[,;:.()“”\"…+-]")
_MARKS = frozenset(',;:.()“”"…+-')
_PLACE = "□"
_VARIABLE = frozenset({_PLACE, "ngayf", "thangs", "năm", "-"})
_SHINGLE = 5
_LEAST_COMMON = 0.3
_CONTEXT = 2
_LONGEST_EDIT = 6
_SHOWN = 40
_COMPOUND = 2.0
_LONG_PASSAGE = 1200


Errors = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as compared (``word``) and where it stands in its passage."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Text:
    """A passage as tokens, of which document."""

    name: str
    passage: Passage
    tokens: tuple[_Token, ...]
    shingles: frozenset[tuple[str, ...]]

    @property
    def words(self) -> list[str]:
        """The words alone."""
        return [token.word for token in self.tokens]


@dataclass(frozen=True, slots=True)
class _Edit:
    """``ours`` stands where ``theirs`` stood, between equal neighbours."""

    text: _Text
    first: int
    last: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    left: str
    right: str
    printed: str
    sources: tuple[tuple[str, Span], ...]
    """The documents that say ``theirs``, with the place there."""
    score: float = 0.0


def differences(
    view: View, others: Sequence[tuple[str, View]], said: Sequence[Finding], errors_of: Errors
) -> tuple[Finding, ...]:
    """Edits of ``view`` against ``others``, the most suspicious first, each with its rank.

    Places that another rule has ``said`` to be errors are left out, and edits whose only source is itself in error
    there: ``errors_of`` gives the places of errors of the other document of that name, in its normal text.
    """
    own = [_read("", passage) for passage in view.passages]
    foreign = [_read(name, passage) for name, other in others for passage in other.passages]
    counts = Counter(pair for text in (*own, *foreign) for pair in pairwise(text.words))
    edits = _merged(edit for text in own for edit in _edits(text, _sources(text, foreign)))
    systematic = Counter((edit.ours, edit.theirs) for edit in edits)
    scored = [replace(edit, score=_score(edit, counts, systematic)) for edit in edits]
    scored.sort(key=lambda edit: (-edit.score, edit.text.passage.start, edit.first))
    errors = [finding.span for finding in said if finding.severity is Severity.ERROR]
    found = (_finding(view, edit) for edit in scored if _has_sound_source(edit, errors_of))
    new = (one for one in found if not any(one.span.overlaps(error) for error in errors))
    return tuple(replace(one, rank=rank) for rank, one in enumerate(islice(new, _SHOWN), start=1))


def _has_sound_source(edit: _Edit, errors_of: Errors) -> bool:
    return any(not any(place.overlaps(error) for error in errors_of(name)) for name, place in edit.sources)


# --- tokens -----------------------------------------------------------------------------------------------------------


def _read(name: str, passage: Passage) -> _Text:
    tokens = tuple(_without_places([_Token(plain_tone(m.group()), *m.span()) for m in _TOKEN.finditer(passage.text)]))
    return _Text(name, passage, tokens, _shingles(tokens))


@cache
def _places() -> frozenset[tuple[str, ...]]:
    names = {tuple(plain_tone(name).split()) for name in words("places.json", "provinces")}
    return frozenset(names)


def _without_places(tokens: list[_Token]) -> Iterator[_Token]:
    """Names of provinces, and "tỉnh" or "thành phố" for one's own, as one sign: they change from copy to copy."""
    names = _places()
    place = 0
    while place < len(tokens):
        size = _kind_size(tokens, place)
        name = _name_size(tokens, place + size, names)
        if size or name:
            last = place + size + name - 1
            yield _Token(_PLACE, tokens[place].start, tokens[last].end)
            place = last + 1
        else:
            yield tokens[place]
            place += 1


def _kind_size(tokens: list[_Token], place: int) -> int:
    if tokens[place].word == plain_tone("tỉnh"):
        return 1
    city = [token.word for token in tokens[place : place + 2]] == plain_tone("thành phố").split()
    return 2 if city else 0


def _name_size(tokens: list[_Token], place: int, names: frozenset[tuple[str, ...]]) -> int:
    for size in range(min(4, len(tokens) - place), 0, -1):
        if tuple(token.word for token in tokens[place : place + size]) in names:
            return size
    return 0


# --- where it was taken from ------------------------------------------------------------------------------------------


def _shingles(tokens: tuple[_Token, ...]) -> frozenset[tuple[str, ...]]:
    plain = [token.word for token in tokens if token.word not in _MARKS]
    return frozenset(tuple(plain[at : at + _SHINGLE]) for at in range(len(plain) - _SHINGLE + 1))


def _sources(text: _Text, foreign: list[_Text]) -> list[_Text]:
    """The likest passage of each other document, if enough of the words are the same."""
    wanted = text.shingles
    best: dict[str, tuple[float, _Text]] = {}
    if not wanted:
        return []
    for other in foreign:
        theirs = other.shingles
        common = len(wanted & theirs)
        share = common / min(len(wanted), len(theirs)) if theirs else 0.0
        if common >= _CONTEXT and share >= _LEAST_COMMON and (common > best.get(other.name, (0.0,))[0]):
            best[other.name] = (common, other)
    return [other for _, other in best.values()]


def _edits(text: _Text, sources: list[_Text]) -> Iterator[_Edit]:
    for source in sources:
        ours, theirs = text.words[:_LONG_PASSAGE], source.words[:_LONG_PASSAGE]
        codes = SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
        for place, (tag, a, b, c, d) in enumerate(codes):
            if tag == "equal" or place in {0, len(codes) - 1}:
                continue
            before, after = codes[place - 1], codes[place + 1]
            kept = (before[2] - before[1]) + (after[2] - after[1])
            if kept < 2 * _CONTEXT or max(b - a, d - c) > _LONGEST_EDIT:
                continue
            if not all(_is_variable(word) for word in (*ours[c:d], *theirs[a:b])):
                printed = source.passage.text[source.tokens[a].start : source.tokens[b - 1].end] if b > a else ""
                near = source.passage.place(source.tokens[a - 1].start, source.tokens[min(b, len(theirs) - 1)].end)
                where = ((source.name, Span(*near)),)
                yield _Edit(text, c, d, tuple(ours[c:d]), tuple(theirs[a:b]), ours[c - 1], ours[d], printed, where)


def _is_variable(word: str) -> bool:
    """A place, a number, a date or a code: no evidence."""
    return word in _VARIABLE or "/" in word or any(char.isdigit() for char in word)


def _merged(edits: Iterator[_Edit]) -> list[_Edit]:
    """One edit said by several sources is one edit with several sources; of two at one place the better supported."""
    found: dict[tuple[int, int, int, tuple[str, ...]], _Edit] = {}
    for edit in edits:
        key = (edit.text.passage.start, edit.first, edit.last, edit.theirs)
        old = found.get(key)
        found[key] = replace(edit, sources=(*old.sources, *edit.sources)) if old else edit
    best: dict[tuple[int, int, int], _Edit] = {}
    for (start, first, last, _), edit in found.items():
        old = best.get((start, first, last))
        if old is None or len(edit.sources) > len(old.sources):
            best[(start, first, last)] = edit
    return list(best.values())


# --- how suspicious ---------------------------------------------------------------------------------------------------


def _score(
    edit: _Edit, counts: Counter[tuple[str, str]], systematic: Counter[tuple[tuple[str, ...], tuple[str, ...]]]
) -> float:
    ours, theirs = _support(edit, edit.ours, counts), _support(edit, edit.theirs, counts)
    score = 2.0 * math.log2((theirs + 0.5) / (ours + 0.5))
    score += _kind_score(edit)
    score += len({name for name, _ in edit.sources}) - 1
    score += _COMPOUND * (_compounds(edit, edit.theirs) - _compounds(edit, edit.ours))
    if systematic[(edit.ours, edit.theirs)] > 1:
        score -= 4.0
    if {*edit.ours, *edit.theirs} <= _body_words():
        score -= 4.0
    return score


def _compounds(edit: _Edit, middle: tuple[str, ...]) -> int:
    """How many known compounds the words make with their neighbours."""
    return sum(1 for pair in pairwise((edit.left, *middle, edit.right)) if is_known(pair))


@cache
def _body_words() -> frozenset[str]:
    """Words that name bodies and their people: they change from copy to copy as places do."""
    return frozenset(plain_tone(word) for word in words("spelling.json", "body_words"))


def _support(edit: _Edit, middle: tuple[str, ...], counts: Counter[tuple[str, str]]) -> int:
    """How often the rarest pair of neighbours stands anywhere but here."""
    return min(max(counts[pair] - 1, 0) for pair in pairwise((edit.left, *middle, edit.right)))


def _kind_score(edit: _Edit) -> float:
    if all(word in _MARKS for word in (*edit.ours, *edit.theirs)):
        return -1.0 if not edit.ours else -3.0
    size = max(len(edit.ours), len(edit.theirs))
    if len(edit.ours) == len(edit.theirs) == 1:
        return 3.0 + (3.0 if _alike(edit.ours[0], edit.theirs[0]) else 0.0)
    if not edit.ours:
        return 3.0 - 1.0 * size if _PLACE not in edit.theirs else -2.0
    if not edit.theirs:
        return -1.5 * size
    return -1.0 * size


def _alike(ours: str, theirs: str) -> bool:
    """Whether two syllables differ by accents or by one or two letters, as slips do."""
    return 1 - SequenceMatcher(None, fold(ours), fold(theirs)).ratio() <= 0.5


def _finding(view: View, edit: _Edit) -> Finding:
    tokens = edit.text.tokens
    first, last = (edit.first, edit.last - 1) if edit.ours else (edit.first - 1, edit.last)
    span = edit.text.passage.place(tokens[first].start, tokens[last].end)
    here = edit.text.passage.text[tokens[edit.first - 1].start : tokens[min(edit.last, len(tokens) - 1)].end]
    said = f"có “{edit.printed}”" if edit.printed else "không có chữ này"
    return view.make(
        "copy.differs",
        _klass(edit),
        Severity.WARNING,
        span,
        why=f"“{here}”: ở chỗ này {', '.join(dict.fromkeys(name for name, _ in edit.sources))} {said}.",
        mend="Đối chiếu với văn bản gốc; nếu là lỗi chép thì sửa.",
    )


def _klass(edit: _Edit) -> Klass:
    if all(word in _MARKS for word in (*edit.ours, *edit.theirs)):
        return Klass.PUNCT
    single = len(edit.ours) == len(edit.theirs) == 1
    if single and _near(fold(edit.ours[0]), fold(edit.theirs[0])):
        return Klass.SPELL
    return Klass.WORD


def _near(ours: str, theirs: str) -> bool:
    """Whether one letter at most differs, accents and tones not counted."""
    ours, theirs = ours.rstrip("fsxrj"), theirs.rstrip("fsxrj")
    if len(ours) == len(theirs):
        return sum(a != b for a, b in zip(ours, theirs, strict=True)) <= 1
    longer, shorter = sorted((ours, theirs), key=len, reverse=True)
    return len(longer) - len(shorter) == 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )
