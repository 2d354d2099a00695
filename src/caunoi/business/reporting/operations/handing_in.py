"""A consolidated report goes out: its document is issued, and with it the report to the body above is handed in."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from caunoi.business.documents.public import Document, Draft, TableNode, draft_of
from caunoi.business.reporting.access import Permission, is_own
from caunoi.business.reporting.models import Consolidation, ExpectedReporter, Submission
from caunoi.business.reporting.operations.campaigns import subject_of
from caunoi.business.reporting.operations.drafting import draft_for
from caunoi.business.reporting.operations.flow import submit
from caunoi.business.reporting.operations.refused import ConsolidationRefused
from caunoi.business.reporting.operations.submissions import held
from caunoi.business.reporting.operations.telling import tell
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.queries.branch import seen_in, words_of
from caunoi.business.reporting.queries.taken import taken_by
from caunoi.business.reporting.rules.answering import is_covered
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.people.public import Role, actor_of, holders_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused


@use_case
def hand_in(*, document_id: int, by: Actor, at: dt.datetime) -> Consolidation | None:
    """Note that the outgoing document of a consolidated report was issued, and hand in the report that it answers.

    What was signed is what is handed in: the report is sent in the name of who signed the document, by every rule of
    sending (``flow.submit``). Where one of them does not allow it, or the report says something else than the document,
    it stays a draft, the reason is kept and the unit is told; the document is issued all the same.
    """
    rows = Consolidation.objects.select_for_update(of=("self",)).select_related("campaign__regime", "campaign__owner")
    made = rows.filter(document_id=document_id, issued_at__isnull=True).first()
    if made is None:
        return None
    made.issued_at = at
    if made.answers is not None and made.answered_version is not None:
        version = Submission.objects.get(reporter=made.answers, version=made.answered_version)
        if version.sent_at is None:
            document = Document.objects.get(pk=document_id)
            made.held_back = _send(made, document, held(made.answers), version, by, at)
    made.save(update_fields=["issued_at", "held_back"])
    record(by=by, at=at, verb="reporting.hand_in", subject=subject_of(made.campaign),
           changes={"held_back": (None, made.held_back.get("code"))})  # fmt: skip
    return made


def _send(
    made: Consolidation, document: Document, reporter: ExpectedReporter, version: Submission, by: Actor, at: dt.datetime
) -> dict[str, object]:
    """Send the report of the unit to the body above; return why it could not be."""
    try:
        with transaction.atomic():
            _refuse_other_words(made, document, reporter, version)
            signer = _signer(document, reporter, at)
            submit(reporter=reporter, key=f"document:{document.public_id}", by=signer, at=at)
    except Refused as refused:
        words = "Văn bản đã phát hành nhưng báo cáo chưa gửi được cùng văn bản. Lý do ghi ở báo cáo tổng hợp."
        tell(
            "held_back", reporter.campaign, [reporter.bearer_id], text=words, reporter=reporter,
            roles=(Role.SPECIALIST,), by=by, at=at,
        )  # fmt: skip
        facts = {name: fact for name, fact in refused.facts.items() if isinstance(fact, str | int)}
        code = "reporting.findings_held" if refused.code == "reporting.findings_block" else refused.code
        return {"code": code, "facts": facts}
    return {}


def _refuse_other_words(
    made: Consolidation, document: Document, reporter: ExpectedReporter, version: Submission
) -> None:
    """Raise ConsolidationRefused where the document did not go to the body above, or does not say what the report says.

    ``not_addressed``, ``document_reworded``, ``report_differs``.
    """
    above = reporter.campaign.owner
    if not Document.objects.filter(issued_from=document, unit=above).exists():
        raise ConsolidationRefused("reporting.not_addressed", unit=above.name)
    draft, now = draft_of(document), draft_for(made, at=document.entered_at)
    if draft.body != now.body or _figures(draft, made) != _figures(now, made):
        raise ConsolidationRefused("reporting.document_reworded", unit=reporter.name)
    taken = taken_by(reporter.pk, version.version)
    mark = seen_in(made, words_of(made))
    fresh = {at for at, take in enumerate(taken.takes) if take.get("consolidation") == mark} if taken else set()
    cells = {key: row[1] for key, row in taken.cells.items() if row[0] in fresh} if taken else {}
    words = {code: row[1] for code, row in taken.sections.items() if row[0] in fresh} if taken else {}
    if not is_covered(version.cells, version.narrative, cells, words):
        raise ConsolidationRefused("reporting.report_differs", unit=reporter.name)


def _figures(draft: Draft, made: Consolidation) -> list[TableNode]:
    """Return the tables of the form; those behind them compare with other periods and list units."""
    annexes = draft.annexes[: len(form_of(made.campaign.regime).tables)]
    return [node for annex in annexes for node in annex.body if isinstance(node, TableNode)]


def _signer(document: Document, reporter: ExpectedReporter, at: dt.datetime) -> Actor:
    """Return who signed the document, with the rights of that day.

    Raises ConsolidationRefused ``signer_gone``, ``signer_does_not_send`` for one who may not send for the unit.
    """
    on, post = clock.day_of(at), document.signed_by_post
    if post is None:
        raise ConsolidationRefused("reporting.signer_gone", unit=reporter.name)
    person = next((one for one in holders_of(post, on=on) if one.name == document.signer_name), None)
    if person is None:
        raise ConsolidationRefused("reporting.signer_gone", unit=reporter.name)
    signer = actor_of(account_id=None, person=person, post=post, on=on)
    if not any(is_own(reporter, signer, permission) for permission in (Permission.SUBMIT, Permission.APPROVE)):
        raise ConsolidationRefused("reporting.signer_does_not_send", name=person.name, post=post.title)
    return signer
