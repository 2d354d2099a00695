"""Signed copies: asked for, attached, sealed, shown; and reports entered in the place of a unit, from the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Submission
from caunoi.business.reporting.operations.copies import attach_signed_copy
from caunoi.business.reporting.operations.submissions import enter_on_behalf
from caunoi.business.reporting.public import (
    ReportingForbidden,
    SubmissionRefused,
    change_regime,
    present,
    put_in_force,
    return_submission,
    save_draft,
    submit,
)
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, draft_regime, figures, scene
from caunoi.foundation.files.public import StoredFile
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
PDF = b"%PDF-1.4 signed"
TYPED = {f"cell:b1.r{row}.c{column}": "1" for row in (1, 2, 3) for column in (1, 2)}
TYPED |= {f"section:{FIRST}": "Có.", f"section:{SECOND}": "Có."}


@pytest.fixture
def here(office: Office) -> Scene:
    """Return a scene whose regime asks for a signed copy."""
    by = office.actor("specialist", on=OPENED.date())
    regime = draft_regime(office)
    change_regime(regime=regime, facts={"asks_signed_copy": True}, by=by, at=OPENED)
    regime = type(regime).objects.select_related("owner").get(pk=regime.pk)
    return Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))


def test_a_report_goes_only_with_its_signed_copy_which_is_then_sealed(here: Scene, client_of: ClientOf) -> None:
    campaign, client = here.open(), client_of("school_officer")
    report = here.reporter(campaign)
    entry = reverse("reporting:entry", args=[report.public_id])
    refused = client.post(entry, {**TYPED, "key": "k", "act": "submit"})
    assert refused.status_code == 422
    assert "cần bản có chữ ký" in refused.content.decode()
    attached = client.post(
        reverse("reporting:attach_copy", args=[report.public_id]), {"copy": SimpleUploadedFile("bao-cao.pdf", PDF)}
    )
    assert attached.status_code == 302
    assert client.post(entry, {**TYPED, "key": "k", "act": "submit"}).status_code == 302
    sent = Submission.objects.get()
    assert (sent.state, sent.signed_copy_name) == ("submitted", "bao-cao.pdf")
    address = reverse("reporting:signed_copy", args=[report.public_id, sent.public_id])
    answer = client_of("specialist").get(address)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert address in client_of("specialist").get(reverse("reporting:report", args=[report.public_id])).content.decode()
    assert client_of("reporter").get(address).status_code == 404
    with pytest.raises(DatabaseError, match="reporting_submission_sealed"), transaction.atomic():
        Submission.objects.filter(pk=sent.pk).update(signed_copy=None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90", "signed_copy_unreadable"), (b"%PDF-1.7 /Encrypt 5 0 R", "signed_copy_unreadable"),
        (b"", "signed_copy_unreadable"), (b"%PDF-" + b"0" * (20 * 1024 * 1024), "signed_copy_too_big"),
    ],
)  # fmt: skip
def test_what_is_no_readable_paper_is_refused_and_not_kept(here: Scene, content: bytes, code: str) -> None:
    campaign, by = here.open(), here.by("thpt_1.officer")
    save_draft(reporter=here.reporter(campaign), cells=figures(1), by=by, at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        attach_signed_copy(reporter=here.reporter(campaign), content=content, name="x.pdf", by=by, at=OPENED)
    assert refused.value.code == f"reporting.{code}"
    with pytest.raises(ReportingForbidden):
        attach_signed_copy(
            reporter=here.reporter(campaign), content=PDF, name="x.pdf", by=here.by("thpt_2.officer"), at=OPENED
        )
    assert (StoredFile.objects.count(), Submission.objects.get().signed_copy_id) == (0, None)


def test_those_who_gather_enter_a_report_from_paper(here: Scene, client_of: ClientOf) -> None:
    campaign, client = here.open(), client_of("specialist")
    report = here.reporter(campaign, "thcs_1")
    page = client.get(reverse("reporting:report", args=[report.public_id])).content.decode()
    assert "Nhập thay đơn vị" in page
    entry = reverse("reporting:entry", args=[report.public_id])
    assert client.get(entry).status_code == 403
    begun = client.post(reverse("reporting:on_behalf", args=[report.public_id]), {"ground": "Trường gửi bản giấy"})
    assert begun["Location"] == entry
    assert client.post(entry, {**TYPED, "act": "save"}).status_code == 302
    by = here.by("specialist")
    attach_signed_copy(reporter=report, content=PDF, name="giay.pdf", by=by, at=OPENED)
    sent = submit(reporter=report, key="k", by=by, at=OPENED)
    shown = client.get(reverse("reporting:report", args=[report.public_id])).content.decode()
    assert sent.behalf_ground == "Trường gửi bản giấy"
    assert "Trường gửi bản giấy" in shown


def test_the_copy_before_the_head_is_not_changed_behind_their_back(here: Scene) -> None:
    campaign, by = here.open(), here.by("thpt_1.officer")
    report = here.reporter(campaign)
    save_draft(reporter=report, cells=figures(1), by=by, at=OPENED)
    shown = attach_signed_copy(reporter=report, content=PDF, name="a.pdf", by=by, at=OPENED).signed_copy_id
    present(reporter=report, by=by, at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        attach_signed_copy(reporter=report, content=PDF + b"2", name="b.pdf", by=by, at=OPENED)
    assert refused.value.code == "reporting.waits_for_approval"
    version = Submission.objects.get()
    assert (version.signed_copy_id, version.signed_copy_name) == (shown, "a.pdf")


def test_a_ground_for_one_version_gives_no_hold_on_what_the_unit_writes_later(office: Office) -> None:
    here = scene(office, needs_approval=True)
    campaign, gatherer, own = here.open(), here.by("specialist"), here.by("thpt_1.officer")
    report, words = here.reporter(campaign), {FIRST: "Có.", SECOND: "Có."}
    enter_on_behalf(reporter=report, ground="Trường gửi bản giấy", by=gatherer, at=OPENED)
    save_draft(reporter=report, cells=figures(1, 2, 3, 4, 5, 6), narrative=words, by=gatherer, at=OPENED)
    sent = submit(reporter=report, key="k1", by=gatherer, at=OPENED)
    return_submission(submission=sent, reason="Sai số.", by=gatherer, at=OPENED)
    save_draft(reporter=report, cells=figures(9), by=own, at=OPENED)
    with pytest.raises(ReportingForbidden):
        save_draft(reporter=report, cells=figures(7), by=gatherer, at=OPENED)
    with pytest.raises(ReportingForbidden):
        submit(reporter=report, key="k2", by=gatherer, at=OPENED)
    assert list(Submission.objects.order_by("version").values_list("state", flat=True)) == ["returned", "draft"]
    present(reporter=report, by=own, at=OPENED)
    assert submit(reporter=report, key="k2", by=here.by("thpt_1.principal"), at=OPENED).behalf_ground == ""
