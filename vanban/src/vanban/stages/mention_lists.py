"""Items of a list whose type, issuer or code is printed once: "các Nghị định của …: số …; số …", "số 18, 19-NQ/TW"."""

from __future__ import annotations

import re
from dataclasses import replace

from vanban.rules.codes import Code
from vanban.stages.mentions import NUMBERS, Mention, Page

_ITEM = re.compile(r"[;,]\s{0,4}(?:và\s{1,3})?\Z|\svà\s{1,3}\Z")
_ENDS = re.compile(r"\.\s|\n\s*\n|:\s")
_NUMBER = re.compile(r"[0-9]{1,5}")
_LONGEST_ITEM = 700


def go_on(page: Page, previous: Mention | None, mention: Mention) -> None:
    """Give an item without a type of its own the type, and the issuer printed before the colon, of its list."""
    if previous is None or not previous.opens_list or mention.own_type or mention.start - previous.end > _LONGEST_ITEM:
        return
    between = page.text[previous.end : mention.start]
    if not _ITEM.search(between) or _ENDS.search(between):
        return
    mention.type, mention.opens_list, mention.rule = previous.type, True, "cite.elliptic"
    if mention.issuer is None and previous.issuer and previous.issuer[1] <= previous.number_at:
        mention.issuer = previous.issuer


def numbers_before(page: Page, low: int, mention: Mention) -> list[Mention]:
    """The numbers that share the code of ``mention`` and stand before it, each as a mention; ``mention`` follows them.

    The type before the first of them is theirs: ``mention`` then begins at its own number.
    """
    found = NUMBERS.search(page.folded, max(low, mention.number_at - 60), mention.number_at)
    if found is None or mention.code.is_bare:
        return []
    result: list[Mention] = []
    for number in _NUMBER.finditer(page.folded, found.start(), found.end()):
        rest = mention.code.norm[len(mention.code.number) :]
        code = Code(number.group(), mention.code.year, mention.code.segments, number.group(), number.group() + rest)
        start = mention.start if not result else number.start()
        result.append(
            replace(
                mention, code=code, start=start, number_at=number.start(), end=number.end(), tail=number.end(),
                own_type=mention.own_type and not result, linked=mention.linked or bool(result),
                rule="cite.shared_code", confidence=0.8,
            )
        )  # fmt: skip
    mention.start, mention.own_type, mention.linked = mention.number_at, False, True
    return result
