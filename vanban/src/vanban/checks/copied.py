"""COPY, REPEAT, CITE-REPEAT: words of another body's document, of last year's, and passages that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import Passage, View
from vanban.data import words
from vanban.diagnostics import Severity
from vanban.text.fold import CAPITAL, fold, key

_SCHOOL = re.compile(r"\s*(?:truong|trung tam)\b")
_DEPARTMENT = re.compile(
    rf"(?:^|[.;:] |\A(?:[-+] )?)(?:Trong năm \d{{4}}, |Năm \d{{4}}, |Trong giai đoạn tới, |Trong thời gian tới, )?"
    rf"(?P<body>(?:Sở|Bộ|Ủy ban nhân dân|UBND) [{CAPITAL}t][^\s,.;:]* (?:[^\s,.;:]+ ){{0,8}}?)"
    r"(?:tiếp tục |chủ động )?"
    r"(?P<verb>triển khai|thực hiện|ban hành|yêu cầu|chỉ đạo|phối hợp|xây dựng kế hoạch|đề nghị các)"
)
_OWN_CITY = re.compile(
    r"\b(?:của|tại|trong|toàn|cho|về|trên địa bàn|[Ủủ]y ban nhân dân|UBND|Hội đồng nhân dân|HĐND)"
    r" (?P<kind>[Tt]hành phố|tỉnh)\b(?! [A-ZĐ])(?!, (?:thị xã|huyện))"
)
_LISTED = re.compile(r"(?:các |quận, |huyện, |huyện và |thị xã, )\Z")
_LONG_PASSAGE = 14
_LONG_RUN = 30
_YEAR = re.compile(r"\bnăm (?:học )?(20\d\d(?:\s?[-–]\s?20\d\d)?)\b")
_THIS_IS = re.compile(
    r"(?:Trên đây là|ban hành|xây dựng) (?:nội dung )?(?:[Kk]ế hoạch|[Bb]áo cáo|[Cc]hương trình|[Hh]ướng dẫn)\b"
)
_ENACTS = re.compile(r"Trên đây là|(?:Trường|Sở|Phòng|Ủy ban|UBND|Trung tâm|Bộ|Văn phòng|Ban)\b")
_ENACTING = re.compile(
    rf", (?P<body>(?:Trường|Sở|Phòng|Trung tâm|Văn phòng) [{CAPITAL}][^,.;:]{{3,70}}?) "
    r"(?:đề nghị|yêu cầu|thông báo|hướng dẫn)\b[^.;]{0,200}:\s*\Z"
)
""" "Thực hiện …, Sở … đề nghị … như sau:" ends the bases."""
_SELF = re.compile(
    rf"\A(?P<body>(?:Trường|Sở|Phòng|Trung tâm) [{CAPITAL}][^,.;:]{{3,70}}?) "
    r"(?:xây dựng|ban hành|báo cáo kết quả|đề nghị|kính mời)"
)


def other_actor(view: View) -> Iterator[Finding]:
    """A school's plan in which the department acts: copied from the department's plan."""
    issuer = view.parsed.header.issuer
    if issuer is None or not _SCHOOL.match(fold(issuer.value)):
        return
    for passage in view.body:
        for match in _DEPARTMENT.finditer(passage.text):
            if passage.start > view.normal.from_original(view.first_heading):
                yield view.make(
                    "copy.actor",
                    Klass.COPY,
                    Severity.ERROR,
                    passage.place(match.start("body"), match.end("verb")),
                    why=f"Văn bản của {issuer.value} mà chủ thể là “{match['body'].strip()}”: chép từ cấp trên.",
                    mend="Đổi chủ thể thành đơn vị ban hành, hoặc bỏ nội dung.",
                )


def other_place(view: View) -> Iterator[Finding]:
    """ "của thành phố" in the plan of a province (or the other way round), and the name of another province."""
    own = _own_kind(view)
    if own is None:
        return
    found: dict[str, list[tuple[int, int]]] = {"thành phố": [], "tỉnh": []}
    for passage in view.body:
        for match in _OWN_CITY.finditer(passage.text):
            if not _LISTED.search(passage.text[: match.start("kind")]):
                found[match["kind"].lower()].append(passage.place(*match.span()))
    other = "tỉnh" if own == "thành phố" else "thành phố"
    if len(found[own]) >= len(found[other]) > 0:
        for place in found[other]:
            yield view.make(
                "copy.place",
                Klass.COPY,
                Severity.ERROR,
                place,
                why=f"Văn bản của {own} mà viết “{other}”: chép từ địa phương khác.",
                mend=f"Sửa thành “{own}”.",
            )


def _own_kind(view: View) -> str | None:
    """Whether the document is of a province or of a city, by its head."""
    header = view.parsed.header
    for fact in (header.superior, header.issuer, header.place):
        if fact is None:
            continue
        match = re.search(r"\b(tinh|thanh pho)\b", fold(fact.value))
        if match:
            return "tỉnh" if match.group(1) == "tinh" else "thành phố"
        if fact is header.place and fold(fact.value) in {fold(city) for city in words("places.json", "cities")}:
            return "thành phố"
    return None


def other_province(view: View) -> Iterator[Finding]:
    """Another province's name where one's own belongs: "trên địa bàn tỉnh Lâm Đồng" in a plan of Cà Mau."""
    own = _own_province(view)
    if own is None:
        return
    names = [name for name in words("places.json", "provinces") if fold(name) != fold(own)]
    pattern = re.compile(
        r"\b(?:hình ảnh|con người|của tỉnh|của thành phố|trên địa bàn (?:tỉnh|thành phố)|địa bàn) "
        rf"(?P<name>{'|'.join(map(re.escape, names))})\b"
    )
    for passage in view.body:
        for match in pattern.finditer(passage.text):
            yield view.make(
                "copy.province",
                Klass.COPY,
                Severity.ERROR,
                passage.place(*match.span()),
                why=f"Văn bản của {own} mà nêu “{match['name']}” như địa phương mình.",
                mend=f"Sửa thành “{own}”.",
            )


def _own_province(view: View) -> str | None:
    header = view.parsed.header
    printed = " ".join(fold(fact.value) for fact in (header.superior, header.issuer, header.place) if fact)
    found = [name for name in words("places.json", "provinces") if re.search(rf"\b{re.escape(fold(name))}\b", printed)]
    if not found and header.superior:
        unlisted = re.search(r"(?:tỉnh|thành phố) (\S.*)", header.superior.value.lower())
        return unlisted.group(1).title() if unlisted else None
    return found[0] if len(set(found)) == 1 else None


def other_year(view: View) -> Iterator[Finding]:
    """ "Trên đây là Kế hoạch … năm 2024" in a plan for 2025."""
    title = view.parsed.header.title
    years = {_plain(year) for year in _YEAR.findall(title.value)} if title else set()
    if len(years) != 1:
        return
    own = years.pop()
    for passage in view.body:
        match = _THIS_IS.search(passage.text) if _ENACTS.match(passage.text) else None
        named = _YEAR.search(passage.text, match.end(), match.end() + 120) if match else None
        if match and named and _plain(named.group(1)) != own and "số" not in passage.text[match.end() : named.start()]:
            yield view.make(
                "copy.year",
                Klass.COPY,
                Severity.ERROR,
                passage.place(*named.span()),
                why=f"Văn bản của năm {own} mà câu này ghi năm {named.group(1)}: sót từ văn bản cũ.",
                mend=f"Sửa thành “năm {own}”.",
            )


def _plain(year: str) -> str:
    return re.sub(r"\s?[-–]\s?", "-", year)


def other_body(view: View) -> Iterator[Finding]:
    """The body that acts in the enacting sentence is not the one in the head."""
    issuer = view.parsed.header.issuer
    if issuer is None:
        return
    for passage in view.body:
        match = _SELF.match(passage.text) or _ENACTING.search(passage.text)
        if match is None or passage.start > view.normal.from_original(view.first_heading):
            continue
        named, own = _full_name(match["body"]), _full_name(issuer.value)
        if not (named.startswith(own) or own.startswith(named)):
            yield view.make(
                "copy.body",
                Klass.COPY,
                Severity.ERROR,
                passage.place(*match.span("body")),
                why=f"Văn bản của {issuer.value} mà câu này ghi “{match['body']}”.",
                mend="Ghi đúng tên cơ quan ban hành.",
            )


def _full_name(name: str) -> str:
    """A body's name folded, common short forms written out."""
    long = fold(name).replace("thpt", "trung hoc pho thong").replace("thcs", "trung hoc co so").replace("&", " va ")
    return key(long.replace("gd va dt", "giao duc va dao tao").replace("gddt", "giao duc va dao tao"))


def repeated_passages(view: View) -> Iterator[Finding]:
    """A paragraph that stands twice; a long run of words that two paragraphs share."""
    seen: dict[str, Passage] = {}
    runs: dict[int, Passage] = {}
    for passage in view.body:
        words_ = key_words(passage)
        if len(words_) < _LONG_PASSAGE or words_[:2] == ["can", "cu"]:  # bases said twice have a rule of their own
            continue
        first = seen.setdefault(" ".join(words_), passage)
        if first is not passage:
            yield _twice(
                view, passage, "repeat.passage", Severity.ERROR, "Đoạn này lặp lại nguyên văn một đoạn ở trên."
            )
            continue
        grams = [hash(tuple(words_[at : at + _LONG_RUN])) for at in range(len(words_) - _LONG_RUN + 1)]
        if any(runs.get(gram, passage) is not passage for gram in grams):
            yield _twice(view, passage, "repeat.run", Severity.WARNING, "Đoạn này lặp lại phần lớn một đoạn ở trên.")
        for gram in grams:
            runs.setdefault(gram, passage)


def key_words(passage: Passage) -> list[str]:
    """The words of a passage without accents and marks, its outline marker left out."""
    return re.findall(r"[^\W_]+", fold(re.sub(r"\A(?:[-+•]|\d+(?:\.\d+)*[.)]|[a-zđ]\))\s*", "", passage.text)))


def _twice(view: View, passage: Passage, rule: str, severity: Severity, why: str) -> Finding:
    place = passage.place(0, len(passage.text))
    return view.make(rule, Klass.REPEAT, severity, place, why=why, mend="Bỏ một đoạn, hoặc viện dẫn ngắn gọn.")


RULES = (other_actor, other_place, other_province, other_year, other_body, repeated_passages)
