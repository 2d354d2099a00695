"""How far a plan carries out the one above: what is kept, what is dropped, what nobody has been given to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """An item of the plan, in reading order; ``is_order`` when it comes from the content of the document above."""

    id: int
    parent_id: int | None
    is_order: bool
    cascade: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The orders above (clauses of the content with none below them), by what became of each."""

    with_task: tuple[int, ...]
    without_task: tuple[int, ...]
    dropped: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many orders stand above."""
        return len(self.with_task) + len(self.without_task) + len(self.dropped)

    @property
    def settled(self) -> int:
        """How many are answered: by a task, or by a reason why they do not apply."""
        return len(self.with_task) + len(self.dropped)


def coverage(items: Sequence[Taken], with_task: Collection[int]) -> Coverage:
    """Return what became of each order above. A task on a heading covers everything under it."""
    parents = {item.id: item.parent_id for item in items}
    has_below = {item.parent_id for item in items if item.is_order}
    orders = [item for item in items if item.is_order and item.id not in has_below]
    dropped = tuple(item.id for item in orders if item.cascade == "drop")
    kept = [item.id for item in orders if item.cascade != "drop"]
    covered = tuple(item for item in kept if _is_covered(item, parents, with_task))
    return Coverage(covered, tuple(item for item in kept if item not in covered), dropped)


def _is_covered(item: int, parents: dict[int, int | None], with_task: Collection[int]) -> bool:
    here: int | None = item
    while here is not None:
        if here in with_task:
            return True
        here = parents[here]
    return False
