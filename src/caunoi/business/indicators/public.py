"""The door of indicators."""

from caunoi.business.indicators.access import (
    IndicatorNotFound,
    IndicatorsForbidden,
    Permission,
    indicator_by_code,
    indicators,
    units_seen,
)
from caunoi.business.indicators.models import Indicator
from caunoi.business.indicators.operations import load_indicators
from caunoi.business.indicators.queries import contributors, figures, total
from caunoi.business.indicators.rules.registry import (
    Contributor,
    Source,
    address_of,
    codes_with_source,
    register_source,
    source_of,
)

__all__ = [
    "Contributor",
    "Indicator",
    "IndicatorNotFound",
    "IndicatorsForbidden",
    "Permission",
    "Source",
    "address_of",
    "codes_with_source",
    "contributors",
    "figures",
    "indicator_by_code",
    "indicators",
    "load_indicators",
    "register_source",
    "source_of",
    "total",
    "units_seen",
]
