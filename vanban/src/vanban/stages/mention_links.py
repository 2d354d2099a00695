"""How mentions hang together: items of a list share day and issuer, a short repeat points to the full mention."""

from __future__ import annotations

import re
from itertools import pairwise

from vanban.document import Header
from vanban.rules.codes import Code
from vanban.rules.lexicon import all_type_codes
from vanban.stages.mentions import Mention, Page
from vanban.text.fold import fold, key

_SAME_LEVEL = re.compile(r"[\s,]{0,4}(?:va\s{1,4})?(?:cac\s{1,3})?")
_PARTING = re.compile(r"\s{0,4}(?:,|\sva\s)\s{0,4}(?:cac\s{1,3})?\Z")
_TYPES = frozenset(fold(code) for code in all_type_codes())


def share_in_lists(page: Page, mentions: list[Mention]) -> None:
    """Give every item of a list what is printed once: backwards from the last, forwards from an issuer before it."""
    for item, following in reversed(list(pairwise(mentions))):
        if _is_list(page, item, following):
            _take(item, following)
    for item, following in pairwise(mentions):
        if _is_list(page, item, following) and item.issuer_stood_before and following.issuer is None:
            following.issuer, following.issuer_stood_before = item.issuer, True


def part_subjects(page: Page, mentions: list[Mention]) -> None:
    """End a subject before "và Quyết định số …" where no document was nested in it before that."""
    for item, following in pairwise(mentions):
        if item.about and item.about[0] < following.start < item.about[1] and following.own_type:
            glue = _PARTING.search(page.folded, max(item.about[0], following.start - 16), following.start)
            if glue:
                item.about = (item.about[0], glue.start())


def _is_list(page: Page, item: Mention, following: Mention) -> bool:
    if not following.linked or (item.about and item.about[0] < following.start < item.about[1]):
        return False
    if not following.own_type:
        return True
    return bool(_SAME_LEVEL.fullmatch(page.folded, item.tail, following.start)) and bool(
        _bodies(item.code) & _bodies(following.code)
    )


def _bodies(code: Code) -> set[str]:
    return {fold(piece) for piece in code.segments} - _TYPES


def _take(item: Mention, following: Mention) -> None:
    if item.issuer is None and not following.issuer_stood_before:
        item.issuer = following.issuer
    if following.own_type:
        return
    if item.date is None and item.tail == item.end:
        item.date = following.date
    if item.about is None:
        item.about = following.about


def is_own(code: Code, header: Header) -> bool:
    """Whether the code is the number of the document itself."""
    if header.number is None or header.symbol is None or not header.number.value:
        return False
    own = header.number.value.lstrip("0"), key(header.symbol.value)
    rest = key(re.sub(r"^[0-9]+[A-Za-zĐ]?", "", code.norm, count=1))
    return own == (code.number.lstrip("0"), rest)


def first_full(mentions: list[Mention], keys: list[str]) -> list[int | None]:
    """For each short repeat (no day, no issuer) the index of the first full mention; None when two days compete."""
    dated: dict[str, list[int]] = {}
    for at, mention in enumerate(mentions):
        if mention.date is not None:
            dated.setdefault(keys[at], []).append(at)
    clear = {name: places[0] for name, places in dated.items() if len({mentions[at].date for at in places}) == 1}
    return [
        clear.get(keys[at]) if mention.date is None and mention.issuer is None else None
        for at, mention in enumerate(mentions)
    ]
