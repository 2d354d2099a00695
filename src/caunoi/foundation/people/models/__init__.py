from caunoi.foundation.people.models.grant import Grant
from caunoi.foundation.people.models.person import Person
from caunoi.foundation.people.models.post import Holding, Post, SigningAuthority, SigningForm

__all__ = ["Grant", "Holding", "Person", "Post", "SigningAuthority", "SigningForm"]
