"""The consolidated report of a unit goes out; where the body above is in the tree it is the report handed in there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from caunoi.business.documents.public import (
    Document,
    SentTo,
    draft_of,
    number_and_issue,
    paragraph,
    present_for_signing,
    sign,
    update_draft,
)
from caunoi.business.reporting.access import ReportingForbidden
from caunoi.business.reporting.models import (
    BranchTaken,
    Campaign,
    ConsolidatedParagraph,
    Consolidation,
    ExpectedReporter,
    Submission,
)
from caunoi.business.reporting.operations.branch import take_from_below
from caunoi.business.reporting.operations.copying import copy_form
from caunoi.business.reporting.public import (
    LineSpec,
    ReporterState,
    SectionSpec,
    Span,
    SubmissionRefused,
    TableSpec,
    Turn,
    accept,
    change_regime,
    consolidate,
    create_regime,
    edit_paragraph,
    make_report_document,
    open_campaign,
    put_in_force,
    reopen,
    save_draft,
    save_section,
    save_table,
    set_reporters,
    set_turns,
    submit,
    whole,
)
from caunoi.business.reporting.queries.branch import Gathered, gathered, sources_for
from caunoi.business.reporting.rules.branch import How
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.foundation.notifications.models import Notice
from caunoi.foundation.organisations.public import UnitKind
from caunoi.kernel.actor import Actor, system
from caunoi.kernel.measure import Measure
from caunoi.surfaces.demonstration.office import Office

WORDS = "Đơn vị đã ban hành kế hoạch."
ISSUED = OPENED + dt.timedelta(hours=5)


@dataclass
class Above:
    """The Sở has consolidated the reports of two schools; the ministry asks the Sở for the same period."""

    here: Scene
    campaign: Campaign
    made: Consolidation

    @property
    def reporter(self) -> ExpectedReporter:
        """The place of the Sở in the campaign of the ministry."""
        rows = ExpectedReporter.objects.select_related("campaign__regime", "campaign__owner")
        return rows.get(campaign=self.campaign, unit=self.here.office.unit("so"))

    def by(self, key: str) -> Actor:
        """Return an actor of the office."""
        return self.here.by(key)

    def have(self, chosen: dict[str, str] | None = None) -> Gathered:
        """Return what the consolidated report offers."""
        sources = sources_for(self.reporter, self.by("specialist"))
        source = next(each for each in sources if each.made == self.made)
        return gathered(self.reporter, source, chosen)

    def take(self, how: How = How.REPLACE, chosen: dict[str, str] | None = None) -> int:
        """Confirm that everything goes into the report."""
        have = self.have(chosen)
        return take_from_below(
            reporter=self.reporter, source=self.made.campaign, cells=dict.fromkeys(have.figures, how),
            sections=dict.fromkeys(have.words, how), seen=have.seen, made=self.made, placed=chosen,
            by=self.by("specialist"), at=OPENED,
        )  # fmt: skip

    def document(self, signer: str = "director", *, to_above: bool = True, reworded: bool = False) -> Document:
        """Make the outgoing document, have it signed and issued."""
        by = self.by("specialist")
        document = make_report_document(consolidation=self.made, by=by, at=OPENED)
        if reworded:
            draft = draft_of(document)
            words = replace(draft, body=(*draft.body, paragraph("Thêm một câu.")))
            document = update_draft(document=document, draft=words, by=by, at=OPENED)
        present_for_signing(document=document, by=by, at=OPENED)
        sign(document=document, by=self.by(signer), at=OPENED)
        units = [self.campaign.owner] if to_above else []
        return number_and_issue(document=document, recipients_units=units, by=self.by("clerk"), at=ISSUED)

    def again(self) -> None:
        """Read the consolidated report again."""
        self.made = Consolidation.objects.select_related("campaign__owner", "campaign__regime").get(pk=self.made.pk)


def asked_above(
    office: Office, like: Scene | None, *, needs_approval: bool = True, units: str = "department"
) -> Campaign:
    """Open a campaign of the ministry: in the form of the Sở, or in one of its own."""
    by, owner = system(), office.unit("bo")
    regime = create_regime(owner=owner, name="Báo cáo đối ngoại của các Sở", by=by, at=OPENED)
    facts = {"content": "Kết quả", "asks_figures": True, "ground_text": "Thông tư", "lead_days": 90,
             "needs_approval": needs_approval}  # fmt: skip
    change_regime(regime=regime, facts=facts, by=by, at=OPENED)
    set_turns(regime=regime, turns=[Turn(11, 20, Span.YEAR, own=(10, 20))], by=by, at=OPENED)
    kinds = list(UnitKind.objects.filter(code__in=["department", units]))
    set_reporters(regime=regime, kinds=kinds, root=owner, by=by, at=OPENED)
    if like is not None:
        copy_form(regime=regime, source=like.regime, by=by, at=OPENED)
    else:
        for title in ("Tình hình", "Kiến nghị"):
            save_section(regime=regime, spec=SectionSpec(title, "", "", is_required=False), by=by, at=OPENED)
        asked = TableSpec("Tổng hợp", [LineSpec("Đoàn ra"), LineSpec("Đoàn vào")], [LineSpec("Số đoàn", "đoàn")])
        save_table(regime=regime, spec=asked, by=by, at=OPENED)
    regime = put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED)
    return open_campaign(regime=regime, by=by, at=OPENED)


def built(office: Office, *, same_form: bool = True, needs_approval: bool = True, units: str = "department") -> Above:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1", 1, 2, 3, 4, 5, 6, text=WORDS)
    here.send(campaign, "thpt_2", 10, 20, 30, 40, 50, 60, text=WORDS)
    above = asked_above(office, here if same_form else None, needs_approval=needs_approval, units=units)
    made = consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)
    return Above(here, above, made)


@pytest.fixture
def above(office: Office) -> Above:
    return built(office)


def explained(above: Above) -> None:
    """Explain what the check of the form asks of the draft."""
    why = {"cells_missing|table:b1": "Kỳ này không thống kê."}
    save_draft(reporter=above.reporter, explanations=why, by=above.by("specialist"), at=OPENED)


def test_the_consolidated_report_fills_the_report_above_once(above: Above) -> None:
    names = "; ".join(above.here.office.unit(key).name for key in ("thpt_1", "thpt_2"))
    have = above.have()
    assert have.placing is not None
    assert (have.placing.homeless_cells, have.placing.homeless_sections) == ((), ())
    assert above.take() == 8
    draft = Submission.objects.get(reporter=above.reporter)
    assert draft.cells == {f"b1.r{r}.c{c}": str(11 * (2 * r + c - 2)) for r in (1, 2, 3) for c in (1, 2)}
    assert draft.narrative == {"s1": f"{WORDS} ({names})", "s2": f"Tiếp tục. ({names})"}
    above.again()
    assert (above.made.answers, above.made.answered_version) == (above.reporter, 1)
    taken = BranchTaken.objects.get(reporter=above.reporter)
    assert taken.cells["b1.r1.c1"] == [0, "11", 2, above.made.expected, None]
    assert [unit for _id, unit in taken.takes[0]["sources"]] == names.split("; ")
    assert above.take() == 8
    assert (BranchTaken.objects.get().takes, Submission.objects.get(reporter=above.reporter).revision) == (
        taken.takes, draft.revision,
    )  # fmt: skip


def test_issuing_the_signed_document_hands_the_report_in(above: Above) -> None:
    above.take()
    document = above.document()
    assert SentTo("Bộ Giáo dục và Đào tạo", "để báo cáo") in draft_of(document).recipients
    above.again()
    sent = Submission.objects.get(reporter=above.reporter)
    director = above.by("director")
    assert (above.made.issued_at, above.made.held_back) == (ISSUED, {})
    assert (sent.state, sent.sent_at, sent.sent_by_name) == ("submitted", ISSUED, director.person_name)
    assert above.reporter.state == ReporterState.SUBMITTED
    node = whole(above.campaign)
    assert total_of(node.cells, "b1.r1.c1", node.expected).amount == 11
    assert node.sent == 1
    assert BranchTaken.objects.get(reporter=above.reporter).sealed_at == ISSUED


@pytest.mark.parametrize(
    ("signer", "to_above", "reworded", "typed", "code"),
    [
        ("head_of_office", True, False, False, "reporting.signer_does_not_send"),
        ("director", False, False, False, "reporting.not_addressed"),
        ("director", True, True, False, "reporting.document_reworded"),
        ("director", True, False, True, "reporting.report_differs"),
    ],
)
def test_what_the_signature_does_not_cover_stays_a_draft(
    above: Above, signer: str, to_above: bool, reworded: bool, typed: bool, code: str
) -> None:
    above.take()
    if typed:
        cells = {"b1.r1.c1": Measure.of(99)}
        save_draft(reporter=above.reporter, cells=cells, by=above.by("specialist"), at=OPENED)
    document = above.document(signer, to_above=to_above, reworded=reworded)
    above.again()
    assert (document.state, above.made.issued_at, above.made.held_back["code"]) == ("issued", ISSUED, code)
    sent = Submission.objects.get(reporter=above.reporter)
    assert (sent.state, whole(above.campaign).sent) == ("draft", 0)
    assert Notice.objects.filter(kind="reporting.held_back").exists()
    by = above.by("director")
    if not typed:
        submit(reporter=above.reporter, key="own", by=by, at=ISSUED)
        assert above.reporter.state == ReporterState.SUBMITTED


def test_a_rule_of_sending_holds_for_the_document_too(office: Office) -> None:
    above = built(office)
    locked = ISSUED.date()
    above.take()
    ExpectedReporter.objects.filter(pk=above.reporter.pk).update(lock_on=locked)
    above.document()
    above.again()
    assert above.made.held_back == {
        "code": "reporting.locked", "facts": {"name": above.campaign.name, "day": f"{locked:%d/%m/%Y}"},
    }  # fmt: skip
    assert above.reporter.state == ReporterState.DRAFT


def test_words_changed_after_filling_have_to_be_taken_again(above: Above) -> None:
    above.take()
    seen = above.have().seen
    row = ConsolidatedParagraph.objects.get(consolidation=above.made, text=WORDS)
    edit_paragraph(paragraph=row, text="Các trường có kế hoạch.", by=above.by("specialist"), at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        take_from_below(
            reporter=above.reporter, source=above.made.campaign, cells={}, sections={"s1": How.REPLACE}, seen=seen,
            made=above.made, by=above.by("specialist"), at=OPENED,
        )  # fmt: skip
    assert refused.value.code == "reporting.branch_moved"
    assert WORDS in Submission.objects.get(reporter=above.reporter).narrative["s1"]
    above.document()
    above.again()
    assert above.made.held_back["code"] == "reporting.report_differs"


def test_after_acceptance_a_later_consolidation_is_a_new_version(above: Above) -> None:
    above.take()
    above.document()
    first = Submission.objects.get(reporter=above.reporter)
    accept(submission=first, by=system(), at=ISSUED)
    reopen(submission=first, reason="Thiếu một trường.", by=system(), at=ISSUED)
    here, before = above.here, above.made
    here.send(before.campaign, "thpt_3", 100, 100, 100, 100, 100, 100, text=WORDS)
    above.made = consolidate(campaign=before.campaign, by=above.by("specialist"), at=OPENED)
    above.take()
    above.document()
    versions = Submission.objects.filter(reporter=above.reporter).order_by("version")
    assert [(each.version, each.state, each.cells["b1.r1.c1"]) for each in versions] == [
        (1, "superseded", "11"), (2, "submitted", "111"),
    ]  # fmt: skip
    links = Consolidation.objects.order_by("pk").values_list("answers", "answered_version")
    assert list(links) == [(above.reporter.pk, 1), (above.reporter.pk, 2)]


def test_another_form_takes_what_has_a_place_and_names_what_has_none(office: Office) -> None:
    above = built(office, same_form=False, needs_approval=False)
    have = above.have()
    assert have.placing is not None
    assert list(have.placing.cells) == ["b1.r1.c1"]
    assert have.figures["b1.r1.c1"].measure == Measure.of(99)
    assert have.placing.homeless_cells == ("b1.r1.c2", "b1.r2.c2", "b1.r3.c2")
    assert have.placing.homeless_sections == ("s2",)
    assert above.take(chosen={"s2": "s2"}) == 3
    draft = Submission.objects.get(reporter=above.reporter)
    assert draft.cells == {"b1.r1.c1": "99"}
    assert draft.narrative["s2"].startswith("Tiếp tục. (")
    explained(above)
    above.document()
    above.again()
    assert (above.made.held_back, above.reporter.state) == ({}, ReporterState.SUBMITTED)


def test_a_school_that_reports_above_as_well_is_counted_once(office: Office) -> None:
    above = built(office, needs_approval=False, units="upper_secondary")
    above.here.send(above.campaign, "thpt_1", 1, 2, 3, 4, 5, 6)
    above.here.send(above.campaign, "thpt_2", 10, 20, 30, 40, 50, 60)
    above.take()
    above.document()
    above.again()
    assert above.made.held_back == {}
    node = whole(above.campaign)
    assert total_of(node.cells, "b1.r1.c1", node.expected).amount == 11


def test_a_document_of_a_body_outside_is_noted_as_sent(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1")
    made = consolidate(campaign=campaign, by=here.by("specialist"), at=OPENED)
    alone = Above(here, campaign, made)
    alone.document(to_above=False)
    alone.again()
    assert (alone.made.issued_at, alone.made.held_back, alone.made.answers) == (ISSUED, {}, None)


def test_nobody_else_fills_the_report_above(above: Above) -> None:
    have = above.have()
    for who in ("school_officer", "head_of_office", "clerk", "commune_officer"):
        with pytest.raises(ReportingForbidden):
            take_from_below(
                reporter=above.reporter, source=above.made.campaign, cells=dict.fromkeys(have.figures, How.REPLACE),
                sections={}, seen=have.seen, made=above.made, by=above.by(who), at=OPENED,
            )  # fmt: skip
    above.again()
    assert (above.made.answers, Submission.objects.filter(reporter=above.reporter).count()) == (None, 0)
