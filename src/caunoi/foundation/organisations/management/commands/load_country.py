"""``caunoi load_country``: the 34 provinces, their 63 predecessors and the central bodies, with their events."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from caunoi.foundation.organisations.public import TreeRefused, load_country
from caunoi.foundation.pages.public import sentence
from caunoi.kernel import clock
from caunoi.kernel.actor import system


class Command(BaseCommand):
    """Loads what is not there yet; doing it again changes nothing."""

    help = (
        "Load the provinces of 2025 with their predecessors, and the central bodies; see data/*.toml for the sources. "
        "A department that was set up before becomes the record of its province."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the one option."""
        parser.add_argument("--beside", action="store_true", help="keep units that are none of the map beside it")

    def handle(self, *args: object, **options: object) -> None:
        """Load and say what came in."""
        try:
            loaded = load_country(by=system("Nạp bản đồ"), at=clock.now(), beside=bool(options["beside"]))
        except TreeRefused as refused:
            raise CommandError(sentence(refused) or refused.code) from None
        self.stdout.write(
            f"{loaded.provinces} provinces, {loaded.predecessors} predecessors, {loaded.bodies} central bodies loaded; "
            f"{loaded.joined} units that stood here became the record of their province."
        )
