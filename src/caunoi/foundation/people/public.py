"""The door of people."""

from caunoi.foundation.people.access import (
    PeopleForbidden,
    PeopleNotFound,
    Permission,
    PostNotHeld,
    actor_of,
    holders_of,
    holdings_of,
    only_stands_in,
    posts_with_role,
    wholly_within,
)
from caunoi.foundation.people.events import PostLeft
from caunoi.foundation.people.models import (
    Capacity,
    Grant,
    Holding,
    ImportRun,
    ImportState,
    Person,
    Post,
    SigningAuthority,
    SigningForm,
)
from caunoi.foundation.people.operations.exporting import export_branch
from caunoi.foundation.people.operations.intake.runs import (
    CHECK_JOB,
    ENTER_JOB,
    annotated,
    branch_template,
    confirm_import,
    findings_of,
    people_to_invite,
    receive_import,
)
from caunoi.foundation.people.operations.people import correct_person, register_person
from caunoi.foundation.people.operations.posts import (
    Handover,
    change_post,
    close_post,
    create_post,
    hand_over,
    leave,
    take_up,
)
from caunoi.foundation.people.operations.refused import PeopleRefused
from caunoi.foundation.people.operations.rights import end_grant, grant_role
from caunoi.foundation.people.operations.signing import authorise_signing, end_signing
from caunoi.foundation.people.queries import (
    import_by_public_id,
    import_root,
    import_roots,
    imports_within,
    signing_authorities,
)
from caunoi.foundation.people.rules.exports import register_export
from caunoi.foundation.people.rules.roles import Role, allow, permissions_of

__all__ = [
    "CHECK_JOB",
    "ENTER_JOB",
    "Capacity",
    "Grant",
    "Handover",
    "Holding",
    "ImportRun",
    "ImportState",
    "PeopleForbidden",
    "PeopleNotFound",
    "PeopleRefused",
    "Permission",
    "Person",
    "Post",
    "PostLeft",
    "PostNotHeld",
    "Role",
    "SigningAuthority",
    "SigningForm",
    "actor_of",
    "allow",
    "annotated",
    "authorise_signing",
    "branch_template",
    "change_post",
    "close_post",
    "confirm_import",
    "correct_person",
    "create_post",
    "end_grant",
    "end_signing",
    "export_branch",
    "findings_of",
    "grant_role",
    "hand_over",
    "holders_of",
    "holdings_of",
    "import_by_public_id",
    "import_root",
    "import_roots",
    "imports_within",
    "leave",
    "only_stands_in",
    "people_to_invite",
    "permissions_of",
    "posts_with_role",
    "receive_import",
    "register_export",
    "register_person",
    "signing_authorities",
    "take_up",
    "wholly_within",
]
