"""The door of organisations."""

from caunoi.foundation.organisations.access import (
    NotManaged,
    Permission,
    UnitNotFound,
    ancestors,
    children,
    covers,
    ids_within,
    managed,
    manages,
    on_day,
    parent_of,
    path_of,
    paths_ever,
    paths_of,
    subtree,
    unit_by_public_id,
    with_paths,
    within,
)
from caunoi.foundation.organisations.events import UnitEventUndone, UnitsChanged
from caunoi.foundation.organisations.models import Unit, UnitEvent, UnitGroup, UnitHeir, UnitKind, UnitName
from caunoi.foundation.organisations.operations.carrying import enter_event, show_names_in_force
from caunoi.foundation.organisations.operations.country import load_country
from caunoi.foundation.organisations.operations.derived import (
    faults_of_heirs,
    faults_of_paths,
    rebuild_heirs,
    rebuild_paths,
)
from caunoi.foundation.organisations.operations.groups import add_to_group, create_group, drop_from_group
from caunoi.foundation.organisations.operations.kinds import load_kinds
from caunoi.foundation.organisations.operations.plan import Opening, Plan
from caunoi.foundation.organisations.operations.planning import (
    plan_change_of_kind,
    plan_dissolution,
    plan_establishment,
    plan_merger,
    plan_move,
    plan_moves,
    plan_renaming,
    plan_split,
    plan_transfer,
)
from caunoi.foundation.organisations.operations.previewing import Preview, preview
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.operations.resting import resting_on
from caunoi.foundation.organisations.operations.undoing import undo_event
from caunoi.foundation.organisations.operations.units import (
    dissolve_unit,
    establish_unit,
    establish_units,
    merge_units,
    move_unit,
    rename_unit,
)
from caunoi.foundation.organisations.queries import (
    Ahead,
    ahead_of,
    bearers_of,
    heir_of,
    heirs,
    may_have_moved,
    predecessors_of,
    tree_export,
)
from caunoi.foundation.organisations.rules.kinds import EventKind, Level
from caunoi.foundation.organisations.rules.naming import Decision, Naming
from caunoi.foundation.organisations.rules.paths import END, WIDTH, segment
from caunoi.foundation.organisations.rules.resting import Footprint, Resting, resting_on_event, rests_on_units

__all__ = [
    "END",
    "WIDTH",
    "Ahead",
    "Decision",
    "EventKind",
    "Footprint",
    "Level",
    "Naming",
    "NotManaged",
    "Opening",
    "Permission",
    "Plan",
    "Preview",
    "Resting",
    "TreeRefused",
    "Unit",
    "UnitEvent",
    "UnitEventUndone",
    "UnitGroup",
    "UnitHeir",
    "UnitKind",
    "UnitName",
    "UnitNotFound",
    "UnitsChanged",
    "add_to_group",
    "ahead_of",
    "ancestors",
    "bearers_of",
    "children",
    "covers",
    "create_group",
    "dissolve_unit",
    "drop_from_group",
    "enter_event",
    "establish_unit",
    "establish_units",
    "faults_of_heirs",
    "faults_of_paths",
    "heir_of",
    "heirs",
    "ids_within",
    "load_country",
    "load_kinds",
    "managed",
    "manages",
    "may_have_moved",
    "merge_units",
    "move_unit",
    "on_day",
    "parent_of",
    "path_of",
    "paths_ever",
    "paths_of",
    "plan_change_of_kind",
    "plan_dissolution",
    "plan_establishment",
    "plan_merger",
    "plan_move",
    "plan_moves",
    "plan_renaming",
    "plan_split",
    "plan_transfer",
    "predecessors_of",
    "preview",
    "rebuild_heirs",
    "rebuild_paths",
    "rename_unit",
    "resting_on",
    "resting_on_event",
    "rests_on_units",
    "segment",
    "show_names_in_force",
    "subtree",
    "tree_export",
    "undo_event",
    "unit_by_public_id",
    "with_paths",
    "within",
]
