"""The door of organisations."""

from caunoi.foundation.organisations.access import (
    UnitNotFound,
    ancestors,
    children,
    covers,
    ids_within,
    on_day,
    parent_of,
    path_of,
    paths_of,
    subtree,
    unit_by_public_id,
    with_paths,
    within,
)
from caunoi.foundation.organisations.events import UnitEventUndone, UnitsChanged
from caunoi.foundation.organisations.models import Unit, UnitHeir, UnitKind, UnitName
from caunoi.foundation.organisations.operations import (
    Naming,
    TreeRefused,
    dissolve_unit,
    establish_unit,
    load_kinds,
    move_unit,
    rename_unit,
)
from caunoi.foundation.organisations.queries import heir_of, heirs, predecessors_of
from caunoi.foundation.organisations.rules.kinds import EventKind
from caunoi.foundation.organisations.rules.paths import END, WIDTH

__all__ = [
    "END",
    "WIDTH",
    "EventKind",
    "Naming",
    "TreeRefused",
    "Unit",
    "UnitEventUndone",
    "UnitHeir",
    "UnitKind",
    "UnitName",
    "UnitNotFound",
    "UnitsChanged",
    "ancestors",
    "children",
    "covers",
    "dissolve_unit",
    "establish_unit",
    "heir_of",
    "heirs",
    "ids_within",
    "load_kinds",
    "move_unit",
    "on_day",
    "parent_of",
    "path_of",
    "paths_of",
    "predecessors_of",
    "rename_unit",
    "subtree",
    "unit_by_public_id",
    "with_paths",
    "within",
]
