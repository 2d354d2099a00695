"""What accounts do when somebody leaves a post."""

from __future__ import annotations

from caunoi.foundation.accounts.operations.sessions import after_leaving
from caunoi.foundation.people.public import Person, PostLeft
from caunoi.kernel import clock
from caunoi.kernel.events import react_to


@react_to(PostLeft)
def end_what_rested_on_the_post(left: PostLeft) -> None:
    """End keys and sessions at once; a leave that lies ahead is noticed by the guard when the day has come."""
    if left.on <= clock.day_of(left.at):
        after_leaving(person=Person.objects.get(pk=left.person_id), post_id=left.post_id, by=left.by, at=left.at)
