"""A Sở invites its 300 schools at once: every letter reaches the mail server, each with a link of its own."""

from __future__ import annotations

import datetime as dt
import re
from email.message import EmailMessage

from django.conf import LazySettings

from caunoi.foundation.accounts.models import Invitation, MailState
from caunoi.foundation.accounts.public import invite_many
from caunoi.foundation.jobs.models import Job
from caunoi.foundation.jobs.operations import Run, handler_named
from caunoi.foundation.notifications.tests.smtp import Postman, free_port, running
from caunoi.foundation.people.models import Holding
from caunoi.foundation.people.public import create_post, register_person
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

SCHOOLS = 300


def _work(name: str, at: dt.datetime) -> int:
    """Run every job of a kind that is due, as the worker does; return how many."""
    handle = handler_named(name)
    assert handle is not None
    jobs = list(Job.objects.filter(handler=name, state="ready", run_after__lte=at).order_by("pk"))
    for job in jobs:
        Job.objects.filter(pk=job.pk).update(state="done")
        handle(Run(job.pk, at, 1), **job.arguments)
    return len(jobs)


def test_three_hundred_invitations_lose_no_letter(office: Office, now: dt.datetime, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    settings.PUBLIC_ADDRESS = "https://caunoi.thanhgiang.example"
    post = create_post(unit=office.unit("thpt_1"), title="Ban giám hiệu", by=system(), at=now)
    people = [
        register_person(name=f"Nguyễn Văn {n}", email=f"truong{n}@thanhgiang.example", by=system(), at=now)
        for n in range(SCHOOLS)
    ]
    day = now.date() - dt.timedelta(days=1000)
    Holding.objects.bulk_create(
        Holding(person=one, post=post, from_on=day, until_on=day + dt.timedelta(days=1)) for one in people
    )
    by = office.actor("administrator", on=now.date())
    batch = invite_many(people=[(one, one.email) for one in people], by=by, at=now)
    assert _work("accounts.invite_many", now) == 1
    batch.refresh_from_db()
    assert (batch.done, batch.total, batch.refused, batch.finished_at) == (SCHOOLS, SCHOOLS, [], now)
    postman = Postman()
    with running(postman, settings.EMAIL_PORT):
        assert _work("notifications.deliver", now) == SCHOOLS
    assert {mail["To"] for mail in postman.taken} == {one.email for one in people}
    assert len({_link(mail) for mail in postman.taken}) == len(postman.taken) == SCHOOLS
    assert set(Invitation.objects.filter(batch=batch).values_list("mail_state", flat=True)) == {MailState.TAKEN}


def _link(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    found = re.search(r"/tai-khoan/loi-moi/([0-9a-f]{64})/", plain.get_content())
    assert found is not None, "a letter without a link"
    return found[1]
