"""Regimes and campaigns are found by their words, without accents, by those who may see them."""

from __future__ import annotations

from caunoi.business.reporting.tests.scenes import scene
from caunoi.foundation.search.public import find
from caunoi.surfaces.demonstration.office import Office


def titles(office: Office, who: str) -> list[str]:
    here = scene(office)
    here.open()
    return sorted(hit.title for group in find("cong tac doi ngoai", by=here.by(who)) for hit in group.hits)


def test_regimes_and_campaigns_are_found(office: Office) -> None:
    name = "Báo cáo công tác đối ngoại"
    assert titles(office, "specialist") == [name, f"{name} – năm 2026"]


def test_nobody_finds_what_is_not_theirs(office: Office) -> None:
    assert titles(office, "receiver") == []
