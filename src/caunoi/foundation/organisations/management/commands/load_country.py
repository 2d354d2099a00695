"""``caunoi load_country``: the 34 provinces, their 63 predecessors and the central bodies, with their events."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from caunoi.foundation.organisations.public import load_country
from caunoi.kernel import clock
from caunoi.kernel.actor import system


class Command(BaseCommand):
    """Loads what is not there yet; doing it again changes nothing."""

    help = (
        "Load the provinces of 2025 with their predecessors, and the central bodies; see data/*.toml for the sources."
    )

    def handle(self, *args: object, **options: object) -> None:
        """Load and say what came in."""
        loaded = load_country(by=system("Nạp bản đồ"), at=clock.now())
        self.stdout.write(
            f"{loaded.provinces} provinces, {loaded.predecessors} predecessors, {loaded.bodies} central bodies loaded."
        )
