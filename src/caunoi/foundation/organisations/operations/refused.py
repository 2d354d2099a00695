"""Why a change of the tree is refused."""

from __future__ import annotations

from caunoi.kernel.errors import Refused


class TreeRefused(Refused):
    """A change the tree does not allow; the code says why (``under_itself``, ``in_the_past``, ``has_children`` …)."""
