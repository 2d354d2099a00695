"""CITE-CODE, CITE-ISSUER: codes of cited documents and whether type and issuer agree with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import View
from vanban.data import load
from vanban.data.doc_types import name_of_code
from vanban.diagnostics import Severity
from vanban.document import Citation
from vanban.rules.lexicon import all_type_codes, party_bodies, state_bodies
from vanban.text.fold import collapse, fold, key

_SHAPE = re.compile(r"(?P<number>\d+(?:/(?:19|20)\d\d)?)[-/](?P<type>[A-ZĐ][A-Za-zĐđ]{0,3})[-/](?P<body>[A-ZĐ&]+|TTg)")
_JOINT = ("LT",)
UNMISTAKABLE = frozenset({"QĐ", "KH", "BC", "TTr", "CTr", "TB", "CT", "GM", "NQ", "PA", "BB", "QC", "NĐ", "TT", "KL"})
"""Abbreviations of types that no body uses for itself."""


def codes(view: View) -> Iterator[Finding]:
    """Codes that are not what they should be: separators, lost Đ, letter case, spaces."""
    for citation in view.parsed.citations:
        if citation.rule == "cite.shared_code":
            continue  # "số 18, 19-NQ/TW": the number alone is as it should be
        if citation.norm != citation.symbol and not citation.is_self:
            yield view.at_span(
                "cite.code",
                Klass.CITE_CODE,
                Severity.ERROR,
                citation.span,
                why=f"Ký hiệu “{citation.symbol}” viết sai.",
                mend=f"Sửa thành “{citation.norm}”.",
            )
        else:
            yield from _loose_code(view, citation)


def _loose_code(view: View, citation: Citation) -> Iterator[Finding]:
    start, end = view.citation_place(citation)
    printed = view.text[start:end]
    parted = _parted(citation.symbol)
    if parted is not None:
        yield view.at_span(
            "cite.code",
            Klass.CITE_CODE,
            Severity.WARNING if view.is_scanned else Severity.ERROR,
            citation.span,
            why=f"Ký hiệu “{citation.symbol}” thiếu dấu nối giữa tên loại và cơ quan.",
            mend=f"Sửa thành “{parted}”.",
        )
        return
    code = _code_part(printed, citation)
    right = right_separators(citation.symbol)
    if right is not None:
        yield view.at_span(
            "cite.code",
            Klass.CITE_CODE,
            Severity.ERROR,
            citation.span,
            why=f"Dấu nối trong ký hiệu “{citation.symbol}” viết sai.",
            mend=f"Sửa thành “{right}”.",
        )
        return
    if re.search(r"(?i)\bsố\s*-\s*\d", printed):
        why, severity = "Có dấu gạch nối thừa giữa “số” và số hiệu.", Severity.ERROR
    elif code and re.search(r"[^\S\n]", code) and "\n" not in code and not _spaced_symbol(citation):
        why, severity = "Có khoảng trắng trong số, ký hiệu.", Severity.WARNING
    else:
        return
    yield view.at_span(
        "cite.code-space",
        Klass.CITE_CODE,
        severity,
        citation.span,
        why=why,
        mend=f"Sửa thành “{citation.norm}”.",
    )


def _parted(symbol: str) -> str | None:
    """The code with the hyphen that was left out between type and body: "2080/QĐTTg"."""
    number, _, rest = symbol.rpartition("/")
    if not number or "-" in rest or rest in all_type_codes():
        return None
    bodies = frozenset(state_bodies().values())
    types = (code for code in UNMISTAKABLE if rest.startswith(code) and rest[len(code) :] in bodies)
    return next((f"{number}/{code}-{rest[len(code) :]}" for code in types), None)


def _code_part(printed: str, citation: Citation) -> str:
    match = re.search(r"\s*".join(re.escape(char) for char in citation.symbol), printed)
    return match.group() if match else ""


def _spaced_symbol(citation: Citation) -> bool:
    return any(word in citation.symbol for word in ("THPT", "THCS", "MN"))


def right_separators(symbol: str) -> str | None:
    """The code with its slash and hyphen where they belong: NUMBER/TYPE-BODY, of the Party NUMBER-TYPE/BODY."""
    match = _SHAPE.fullmatch(symbol)
    if match is None or match["type"] not in all_type_codes() or match["type"].endswith(_JOINT):
        return None
    if match["body"].upper() in party_bodies():
        right = f"{match['number']}-{match['type']}/{match['body']}"
    elif fold(match["body"]) in state_bodies():
        right = f"{match['number']}/{match['type']}-{match['body']}"
    else:
        return None
    return None if right == symbol else right


def type_against_code(view: View) -> Iterator[Finding]:
    """ "Quyết định số 12/KH-UBND": the code is of a plan."""
    for citation in view.parsed.citations:
        code = _type_code(citation)
        named = name_of_code(code) if code in UNMISTAKABLE else None
        if named is None or citation.type is None or fold(citation.type) in ("van ban", fold(code)):
            continue
        printed = fold(citation.type)
        if fold(named) not in printed and printed not in fold(named) and not _is_kin(printed, fold(named)):
            yield view.at_span(
                "cite.type-against-code",
                Klass.CITE_CODE,
                Severity.WARNING if view.is_scanned else Severity.ERROR,
                citation.span,
                why=f"Ký hiệu “{code}” là của {named}, ở đây ghi {citation.type}.",
                mend="Thống nhất tên loại và ký hiệu theo bản gốc.",
            )


def _type_code(citation: Citation) -> str:
    pieces = re.split(r"[-/]", citation.norm)
    return pieces[2] if len(pieces) > 2 and re.fullmatch(r"(?:19|20)\d\d", pieces[1]) else (pieces[1:] or [""])[0]


def _is_kin(printed: str, named: str) -> bool:
    """Names that share an abbreviation: "Thông báo kết luận", "Chương trình hành động", "Quy định" under a decision."""
    return printed.split()[0] == named.split()[0] or {printed, named} <= {"quyet dinh", "quy dinh", "quy che"}


def issuer_against_code(view: View) -> Iterator[Finding]:
    """ "12/QĐ-TTg … của Chính phủ": the body in the code is another one."""
    for citation in view.parsed.citations:
        code = _body_code(citation.norm)
        wanted = _issuers("bodies").get(code)
        if wanted is None or citation.issuer is None:
            continue
        issuer = fold(collapse(citation.issuer))
        if key(code)[1:] in {key(word) for word in citation.issuer.split()}:
            continue  # "Bộ trưởng Bộ GDĐT" of BGDĐT
        if not any(word in issuer for word in wanted) or any(word in issuer for word in _issuers("not").get(code, ())):
            yield view.at_span(
                "cite.issuer-against-code",
                Klass.CITE_ISSUER,
                Severity.WARNING if view.is_scanned else Severity.ERROR,
                citation.span,
                why=f"Cơ quan “{citation.issuer}” không khớp với ký hiệu {citation.symbol}.",
                mend="Ghi lại cơ quan ban hành theo bản gốc.",
            )


def _body_code(norm: str) -> str:
    """The code of the body: behind the type, in a dispatch right behind the number ("3301/BNG-CNV")."""
    pieces = [piece for piece in re.split(r"[-/]", norm)[1:] if not piece.isdigit()] or [""]
    return pieces[-1] if pieces[0] in all_type_codes() else pieces[0]


@cache
def _issuers(field: str) -> Mapping[str, tuple[str, ...]]:
    """Code of a body → folded words of which one must (``bodies``) or none may (``not``) stand in its name."""
    rows = cast(dict[str, list[str]], load("issuer_names.json")[field])
    return {code: tuple(names) for code, names in rows.items()}


def two_issuers(view: View) -> Iterator[Finding]:
    """One document, same code and day, given to two bodies."""
    mentions: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in view.parsed.citations:
        if citation.date and citation.issuer:
            mentions[(citation.key, citation.date.isoformat())].append(citation)
    for group in mentions.values():
        first = group[0]
        for other in group[1:]:
            one, two = key(first.issuer or ""), key(other.issuer or "")
            if one in two or two in one or one[:6] == two[:6]:
                continue
            yield view.at_span(
                "cite.two-issuers",
                Klass.CITE_ISSUER,
                Severity.WARNING if view.is_scanned else Severity.ERROR,
                other.span,
                why=f"{other.symbol} lúc ghi của “{first.issuer}”, lúc ghi của “{other.issuer}”.",
                mend="Thống nhất cơ quan ban hành theo bản gốc.",
            )


RULES = (codes, type_against_code, issuer_against_code, two_issuers)
