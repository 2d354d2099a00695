"""The page of rules between figures: looking at the sentence, adding, removing, and nothing on a regime in force."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import FormCheck
from caunoi.business.reporting.public import put_in_force
from caunoi.business.reporting.tests.scenes import OPENED, draft_regime
from caunoi.surfaces.demonstration.office import Office

SENTENCE = (
    "Ô B2 (Đoàn ra, dòng “Lào”, cột “Số đoàn”): 12 phải nhỏ hơn hoặc bằng Đoàn ra / Lào / Số lượt người, đang là 10. "
    "Mỗi đoàn có người."
)
RULE = {
    "left": "b1.*.c1", "relation": "le", "right": "b1.*.c2", "severity": "query", "note": "Mỗi đoàn có người.",
}  # fmt: skip


def test_a_rule_is_previewed_added_and_removed(office: Office, client_of: Callable[[str], Client]) -> None:
    regime, client = draft_regime(office), client_of("specialist")
    address = reverse("reporting:checks", args=[regime.public_id])
    assert SENTENCE in client.post(address, {**RULE, "act": "preview"}).content.decode()
    assert not FormCheck.objects.exists()
    assert client.post(address, {**RULE, "act": "add", "left": "b9.*.c1"}).status_code == 422
    assert client.post(address, {**RULE, "act": "add"}).status_code == 302
    held = FormCheck.objects.get()
    assert (held.left, held.relation, held.right, held.severity) == (["b1.*.c1"], "le", ["b1.*.c2"], "query")
    assert SENTENCE in client.get(address).content.decode()
    assert client.post(address, {"act": "remove", "code": held.code}).status_code == 302
    assert not FormCheck.objects.exists()


def test_a_regime_in_force_keeps_its_rules_and_others_do_not_see_the_page(
    office: Office, client_of: Callable[[str], Client]
) -> None:
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED)
    address = reverse("reporting:checks", args=[regime.public_id])
    assert client_of("specialist").post(address, {**RULE, "act": "add"}).status_code == 422
    assert client_of("director").post(address, {**RULE, "act": "add"}).status_code == 403
    assert not FormCheck.objects.exists()
