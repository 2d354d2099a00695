from caunoi.foundation.organisations.models.event import Succession, UnitEvent, UnitEventPart, UnitHeir
from caunoi.foundation.organisations.models.group import GroupMember, UnitGroup
from caunoi.foundation.organisations.models.placement import Placement, UnitPath
from caunoi.foundation.organisations.models.unit import Unit, UnitKind, UnitName

__all__ = [
    "GroupMember",
    "Placement",
    "Succession",
    "Unit",
    "UnitEvent",
    "UnitEventPart",
    "UnitGroup",
    "UnitHeir",
    "UnitKind",
    "UnitName",
    "UnitPath",
]
