"""REPEAT, SPELL, NAME: doubled words, misspelt syllables and compounds, one name written two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from vanban.checks import lexicon
from vanban.checks.finding import Finding, Klass
from vanban.checks.view import WORD, Passage, View
from vanban.diagnostics import Severity
from vanban.text.fold import CAPITAL, SMALL, fold

Words = list[re.Match[str]]
_CAPITALISED = re.compile(rf"(?:[{CAPITAL}][{SMALL}]+ )+[{CAPITAL}][{SMALL}]+")
_CAPS_NAME = re.compile(rf"(?m)^\s*((?:[{CAPITAL}]{{2,}} ){{2,4}}[{CAPITAL}]{{2,}})\s*$")
_POLITE = frozenset({"Ông", "Bà", "Cô", "Thầy", "Anh", "Chị"})
"""Words before a name, of which some are family names too."""
_TOKEN = re.compile(r"[^\s.,;:!?()“”\"'/…|]+")
_LONGEST = 14
_LIST_PHRASE = 5
_ABOUT_TWICE = re.compile(
    rf"\bvề (?P<a>[{SMALL}]+(?: [{SMALL}]+){{0,2}}) về "
    rf"(?!việc\b|đích\b|nước\b|quê\b|nhà\b|hưu\b|trước\b|sau\b|dự\b)(?=[{SMALL}])"
)
_ABOUT_WORDS = frozenset(
    {"nghiệp vụ", "công tác", "kiến thức", "kỹ năng", "chuyên môn", "nội dung", "kết quả", "tình hình", "vấn đề"}
)


def _words(passage: Passage) -> Words:
    return list(_TOKEN.finditer(passage.text))


def repeated(view: View) -> Iterator[Finding]:
    """A word or phrase twice in a row: "cho cán cán bộ", "trên các trên các"."""
    for passage in view.passages:
        if passage.row or not view.body_start <= passage.start < view.foot_start:
            continue
        words = _words(passage)
        folded = [word.group().casefold() for word in words]
        place = 0
        while place < len(words):
            length = _repeat_at(passage.text, words, folded, place)
            if not length:
                place += 1
                continue
            last = place + 2 * length - 1
            while folded[last + 1 : last + 1 + length] == folded[place : place + length]:
                last += length
            span = passage.place(words[place].start(), words[last].end())
            phrase = passage.text[words[place].start() : words[place + length - 1].end()]
            sure = length > 1 or not lexicon.may_touch(folded, place)
            severity = Severity.ERROR if sure and not view.is_scanned else Severity.WARNING
            if not (length == 1 and lexicon.must_touch(folded, place)):
                yield view.make(
                    "repeat.words",
                    Klass.REPEAT,
                    severity,
                    span,
                    why=f"Lặp “{phrase}”.",
                    mend=f"Giữ một lần “{phrase}”.",
                )
            place = last + 1


def _repeat_at(text: str, words: Words, folded: list[str], place: int) -> int:
    """How many words from ``place`` on are said twice in a row; 0 for none."""
    for length in range(min(_LONGEST, (len(words) - place) // 2), 0, -1):
        if folded[place : place + length] != folded[place + length : place + 2 * length]:
            continue
        between = [text[a.end() : b.start()] for a, b in pairwise(words[place : place + 2 * length])]
        item = place == 0 or text[words[place - 1].end() : words[place].start()].strip() in {",", ";", ":"}
        if _is_slip(words, folded[place : place + length], between, place, item=item):
            return length
    return 0


def _is_slip(words: Words, phrase: list[str], between: list[str], place: int, *, item: bool) -> bool:
    """Whether saying ``phrase`` twice is one; ``item``: what stands first is a whole item of a list."""
    seam = between[len(phrase) - 1]
    if len(phrase) < 3 and words[place].group().islower() and words[place + len(phrase)].group()[0].isupper():
        return False  # a heading, and the sentence below it
    inside = between[: len(phrase) - 1]
    if any(char.isdigit() for word in phrase for char in word) and len(phrase) < 4:
        return False
    if 1 < len(phrase) < _LIST_PHRASE and seam.strip() == "," and item:
        return all(gap == " " for gap in inside)
    if len(phrase) < 4:
        plain = all(gap == " " for gap in between)
        return plain and not lexicon.is_reduplication(phrase) and not _is_name(words, place, len(phrase))
    if "," in seam and len(phrase) < _LIST_PHRASE:
        return False
    return seam.strip() in {"", ","} and inside.count(" ") >= len(inside) - 2


def _is_name(words: Words, place: int, length: int) -> bool:
    """Whether the second of two words begins a name: "Thanh Thanh", "trụ sở Sở Giáo dục"; "Đại Đại hội" is none."""
    first, second = words[place].group(), words[place + 1].group()
    if length != 1 or not second[0].isupper() or first.isupper():
        return False
    texts = [word.group().casefold() for word in words[place + 1 : place + 3]]
    return not (first[0].isupper() and lexicon.starts_compound(texts, 0))


def about_twice(view: View) -> Iterator[Finding]:
    """ "về cách dùng về máy tính": one "về" too many."""
    for passage in view.body:
        for match in _ABOUT_TWICE.finditer(passage.text):
            severity = Severity.ERROR if match["a"] in _ABOUT_WORDS else Severity.WARNING
            yield view.make(
                "repeat.about",
                Klass.REPEAT,
                severity,
                passage.place(*match.span()),
                why="Lặp từ “về”.",
                mend="Bỏ một từ “về”.",
            )


def compounds(view: View) -> Iterator[Finding]:
    """Two syllables that differ by one accent from a common compound and are none themselves."""
    known = Counter(
        pair for passage in view.passages for pair in lexicon.pairs([w.group() for w in WORD.finditer(passage.text)])
    )
    for passage in view.passages:
        words = list(WORD.finditer(passage.text))
        texts = [word.group() for word in words]
        for place, (first, second) in enumerate(pairwise(words)):
            if passage.text[first.end() : second.start()] != " ":
                continue
            right = lexicon.mistaken_pair(texts, place)
            if right is None or _in_name(texts, place):
                continue
            sure = known[right] > 0 or lexicon.never_otherwise(right)
            severity = Severity.ERROR if sure and not view.is_scanned else Severity.WARNING
            yield _spelling(view, passage, (first.start(), second.end()), lexicon.shown(right), severity)


def _in_name(texts: list[str], place: int) -> bool:
    """Whether both words are capitalised and belong to a personal name: "Dương Văn Hiển"."""
    if not (texts[place][0].isupper() and texts[place + 1][0].isupper()) or texts[place].isupper():
        return False
    first, last = place, place + 1
    while first > 0 and place - first < 3 and texts[first - 1][0].isupper() and not texts[first - 1].isupper():
        first -= 1
    while last + 1 < len(texts) and last - place < 3 and texts[last + 1].istitle():
        last += 1
    whole = last - first >= 2
    return any(lexicon.is_surname(word) for word in texts[first : place + whole])


def patterns(view: View) -> Iterator[Finding]:
    """Words misspelt only in their neighbourhood: "quan hệ giữ A với B"."""
    for passage in view.passages:
        for entry in lexicon.confusions():
            for match in entry.pattern.finditer(passage.text):
                severity = Severity.WARNING if view.is_scanned else Severity.ERROR
                yield _spelling(view, passage, match.span(), entry.mend, severity)


def lost_words(view: View) -> Iterator[Finding]:
    """Phrases in which a word is missing or one too many: "quan hệ tốt đẹp các tổ chức"."""
    for passage in view.body:
        for entry in lexicon.lost_words():
            for match in entry.pattern.finditer(passage.text):
                yield view.make(
                    "word.phrase",
                    Klass.WORD,
                    Severity.WARNING if view.is_scanned else Severity.ERROR,
                    passage.place(*match.span()),
                    why=f"“{match.group()}” thiếu hoặc thừa từ.",
                    mend=f"Sửa thành “{entry.mend}”.",
                )


def syllables(view: View) -> Iterator[Finding]:
    """Syllables no Vietnamese word has, and foreign words with a letter too many or too few."""
    seen: set[str] = set()
    for passage in view.passages:
        for match in WORD.finditer(passage.text):
            word = match.group()
            right = lexicon.foreign_mistaken(word)
            if word in seen or (right is None and not lexicon.is_impossible(word)):
                continue
            seen.add(word)
            severity = Severity.WARNING if view.is_scanned or (right is None and word[0].isupper()) else Severity.ERROR
            yield _spelling(view, passage, match.span(), right or "", severity)


def misplaced_tones(view: View) -> Iterator[Finding]:
    """A tone on a vowel that never bears it, whichever of the two customs one follows: "an tòan", "qúy", "gía"."""
    for passage in view.passages:
        for match in _MISPLACED.finditer(passage.text):
            severity = Severity.WARNING if view.is_scanned else Severity.ERROR
            yield _spelling(view, passage, match.span(), lexicon.plain_tone(match.group()), severity)


_MISPLACED = re.compile(
    rf"(?<![{CAPITAL}{SMALL}])[bcdđghklmnprstvx]{{0,2}}(?:[òóỏõọ](?:a[cimnopty]|e[not])|[ùúủũụ](?:y[aêenptu]|ê|ô[cimnt])"
    rf"|q[ùúủũụ][aăâeêioôơy]|g[ìíỉĩị][aăâeêoôơu]|[ìíỉĩị]ê|[ừứửữự]ơ)[a-z]{{0,2}}(?![{SMALL}])"
)


def _spelling(view: View, passage: Passage, place: tuple[int, int], right: str, severity: Severity) -> Finding:
    wrong = passage.text[place[0] : place[1]]
    mend = f"Sửa thành “{right}”." if right else "Kiểm tra lại chính tả."
    return view.make(
        "spell", Klass.SPELL, severity, passage.place(*place), why=f"“{wrong}” viết sai chính tả.", mend=mend
    )


def names(view: View) -> Iterator[Finding]:
    """One person's name written with different accents."""
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for start, end in _names(view):
        name = view.text[start:end]
        places[fold(name)].append((start, end, name.title() if name.isupper() else name))
    for mentions in places.values():
        spellings = Counter(lexicon.plain_tone(name) for _, _, name in mentions)
        if len(spellings) < 2:
            continue
        start, end, _ = mentions[0]
        both = " và ".join(f"“{name}”" for name in dict.fromkeys(name for _, _, name in mentions))
        yield view.make(
            "name.two-spellings",
            Klass.NAME,
            Severity.ERROR,
            (start, end),
            why=f"Tên một người viết hai cách: {both}.",
            mend="Thống nhất theo tên đúng.",
        )
        for start, end, name in mentions[1:]:
            if lexicon.plain_tone(name) != lexicon.plain_tone(mentions[0][2]):
                yield view.make(
                    "name.other-spelling",
                    Klass.NAME,
                    Severity.WARNING,
                    (start, end),
                    why=f"Tên một người viết hai cách: {both}.",
                    mend="Thống nhất theo tên đúng.",
                )


def _names(view: View) -> Iterator[tuple[int, int]]:
    """Runs of three to five capitalised words from a family name on; at the foot also in capitals."""
    for match in _CAPITALISED.finditer(view.text):
        words = list(re.finditer(r"\S+", match.group()))
        first = next(
            (at for at, word in enumerate(words) if lexicon.is_surname(word.group()) and word.group() not in _POLITE),
            len(words),
        )
        if 3 <= len(words) - first <= 5:
            yield match.start() + words[first].start(), match.end()
    for match in _CAPS_NAME.finditer(view.text, view.foot_start):
        if lexicon.is_surname(match.group(1).split()[0].capitalize()):
            yield match.span(1)


def proper_names(view: View) -> Iterator[Finding]:
    """A name of two or more capitalised words with different accents: "Bình Khánh", "Bình Khanh"."""
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for match in _CAPITALISED.finditer(view.text):
        places[fold(match.group())].append((*match.span(), match.group()))
    for mentions in places.values():
        spellings = Counter(lexicon.plain_tone(name) for _, _, name in mentions)
        words = mentions[0][2].split()
        if len(spellings) < 2 or (len(words) > 2 and any(lexicon.is_surname(word) for word in words[:2])):
            continue
        rare = min(spellings.values())
        for start, end, name in mentions:
            if spellings[lexicon.plain_tone(name)] == rare:
                other = next(o for _, _, o in mentions if lexicon.plain_tone(o) != lexicon.plain_tone(name))
                yield view.make(
                    "name.accents",
                    Klass.NAME,
                    Severity.WARNING if view.is_scanned else Severity.ERROR,
                    (start, end),
                    why=f"Tên riêng viết hai cách: “{name}” và “{other}”.",
                    mend="Thống nhất theo tên đúng.",
                )


def bodies(view: View) -> Iterator[Finding]:
    """A body's name that is not its official one."""
    for passage in view.passages:
        for entry in lexicon.body_names():
            for match in entry.pattern.finditer(passage.text):
                yield view.make(
                    "name.body",
                    Klass.NAME,
                    Severity.WARNING if view.is_scanned else Severity.ERROR,
                    passage.place(*match.span()),
                    why=f"Tên cơ quan “{match.group()}” viết chưa đúng.",
                    mend=f"Sửa thành “{entry.mend}”.",
                )


RULES = (
    repeated,
    about_twice,
    compounds,
    patterns,
    lost_words,
    syllables,
    misplaced_tones,
    names,
    proper_names,
    bodies,
)
