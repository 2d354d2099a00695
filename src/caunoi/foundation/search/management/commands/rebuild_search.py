"""``caunoi rebuild_search``: enters every record of units, people and other kinds into the search index anew."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import transaction

from caunoi.foundation.search.operations import rebuild


class Command(BaseCommand):
    """Rebuild the index in one transaction; the search answers from the old one until it is done."""

    help = "Enters the records of every kind that names its source into the search index anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let one kind be named."""
        parser.add_argument("--only", help="one kind: unit, person, plan, task")

    def handle(self, *args: object, **options: object) -> None:
        """Rebuild and say how many records of each kind there are."""
        only = options.get("only")
        with transaction.atomic():
            made = rebuild(only=str(only) if only else None)
        for kind, count in made.items():
            self.stdout.write(f"{kind}: {count} bản ghi")
