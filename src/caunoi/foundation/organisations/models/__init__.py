from caunoi.foundation.organisations.models.placement import Placement, UnitPath
from caunoi.foundation.organisations.models.unit import Unit, UnitKind, UnitName

__all__ = ["Placement", "Unit", "UnitKind", "UnitName", "UnitPath"]
