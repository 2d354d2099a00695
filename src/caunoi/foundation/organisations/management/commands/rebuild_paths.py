"""``caunoi rebuild_paths``: compare the derived rows of the tree with the truth, and derive them anew."""

from __future__ import annotations

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from caunoi.foundation.organisations.public import faults_of_heirs, faults_of_paths, rebuild_heirs, rebuild_paths


class Command(BaseCommand):
    """Prints what differs, then rebuilds; with ``--check`` it only looks and fails when something differs."""

    help = "Compare derived paths and carriers of units with placements and successions, and derive them anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--check``."""
        parser.add_argument("--check", action="store_true", help="only compare; fails when something differs")

    def handle(self, *args: object, **options: object) -> None:
        """Compare, and rebuild unless asked only to look."""
        found = [*faults_of_paths(), *faults_of_heirs()]
        for line in found:
            self.stdout.write(line)
        if options["check"]:
            if found:
                raise CommandError("Derived rows differ from the truth.")
            self.stdout.write("Derived rows equal the truth.")
            return
        began = time.perf_counter()
        with transaction.atomic():
            paths, heirs = rebuild_paths(), rebuild_heirs()
        self.stdout.write(f"{paths} paths and {heirs} carriers derived in {time.perf_counter() - began:.1f} s.")
