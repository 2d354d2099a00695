from caunoi.foundation.people.models.exporting import ExportRun
from caunoi.foundation.people.models.grant import Grant
from caunoi.foundation.people.models.intake import ImportRun, ImportState
from caunoi.foundation.people.models.person import Person
from caunoi.foundation.people.models.post import Capacity, Holding, Post, SigningAuthority, SigningForm

__all__ = [
    "Capacity",
    "ExportRun",
    "Grant",
    "Holding",
    "ImportRun",
    "ImportState",
    "Person",
    "Post",
    "SigningAuthority",
    "SigningForm",
]
