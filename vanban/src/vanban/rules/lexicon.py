"""The word lists of ``vanban/data`` as the rules read them: document types, codes of bodies, names of bodies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from vanban.data.doc_types import cited_types
from vanban.text.fold import fold

_MISREAD = {"quyet dinh": ("ouyet dinh", "quyet dinb"), "cong van": ("cong vin",), "to trinh": ("to trinb",)}


@cache
def _data(name: str) -> Mapping[str, object]:
    raw = files("vanban").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(raw))


def _strings(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = data.get(key)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


@cache
def type_names() -> Mapping[tuple[str, ...], str]:
    """Folded words of every type name -> the name as it is written; the 29 of the decree, laws, Party, practice."""
    names: dict[tuple[str, ...], str] = {}
    for name in cited_types():
        folded = fold(name)
        for form in (folded, *_MISREAD.get(folded, ())):
            names[tuple(form.split())] = name
    return MappingProxyType(names)


@cache
def type_codes() -> Mapping[str, str]:
    """Folded abbreviation -> abbreviation as prescribed; those that fold alike (HD, HĐ) are left out."""
    seen: dict[str, set[str]] = {}
    for code in all_type_codes():
        seen.setdefault(fold(code), set()).add(code)
    return MappingProxyType({folded: next(iter(codes)) for folded, codes in seen.items() if len(codes) == 1})


@cache
def all_type_codes() -> frozenset[str]:
    """Every abbreviation of a type, as prescribed."""
    return frozenset(code for codes in cited_types().values() for code in codes)


@cache
def party_bodies() -> frozenset[str]:
    """Codes of Party bodies, upper case: theirs are written number-TYPE/BODY."""
    return frozenset(code.upper() for code in _strings(_data("org_codes"), "party"))


@cache
def state_bodies() -> Mapping[str, str]:
    """Folded code of a state body -> the code as it is written; those that fold alike are left out."""
    seen: dict[str, set[str]] = {}
    for code in (*_strings(_data("org_codes"), "state"), *_strings(_data("org_codes"), "party")):
        seen.setdefault(fold(code), set()).add(code)
    return MappingProxyType({folded: next(iter(codes)) for folded, codes in seen.items() if len(codes) == 1})


@cache
def spaced_bodies() -> frozenset[str]:
    """Words of a body's code after which the code may go on behind a space."""
    return frozenset(_strings(_data("org_codes"), "spaced"))


@cache
def body_heads() -> tuple[str, ...]:
    """Folded words that begin the name of a body, longest first."""
    return tuple(sorted(_strings(_data("issuers"), "heads"), key=len, reverse=True))


@cache
def names_with_comma() -> tuple[str, ...]:
    """Folded pieces of names that hold a comma."""
    return _strings(_data("issuers"), "with_comma")


@cache
def name_words(kind: str) -> tuple[str, ...]:
    """Words that end a name: ``exact`` (accents kept), ``pairs`` and ``lower`` (folded); ``after_and`` go on."""
    return _strings(_data("issuers"), kind)
