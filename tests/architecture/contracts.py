"""A contract of the import linter: modules are entered by their doors."""

from __future__ import annotations

from typing import Final

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

IGNORED_PARTS: Final = frozenset({"migrations", "tests", "conftest"})
"""Parts of a module whose imports are not judged: migrations name rows of old, tests build their scenes."""


class Doors(Contract):
    """A module imports another one only through ``<module>.<door>``; surfaces also through the surface doors.

    Options: ``tiers`` (packages whose children are modules), ``door``, ``surfaces`` (importers with more rights),
    ``surface_doors`` (what these may also import) and ``form_doors`` (full names that the ``web`` of any module may).
    """

    type_name = "doors"

    tiers = fields.ListField(subfield=fields.StringField())
    door = fields.StringField()
    surfaces = fields.ListField(subfield=fields.StringField())
    surface_doors = fields.ListField(subfield=fields.StringField())
    form_doors = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return the imports that go past a door."""
        modules = sorted(
            module for tier in self._words(self.tiers) if tier in graph.modules for module in graph.find_children(tier)
        )
        broken = [
            (importer, imported, graph.get_import_details(importer=importer, imported=imported)[0]["line_number"])
            for module in modules
            for inside in sorted({module, *graph.find_descendants(module)})
            for importer in sorted(graph.find_modules_that_directly_import(inside))
            for imported in [inside]
            if not self._allowed(importer, imported, module)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _allowed(self, importer: str, imported: str, module: str) -> bool:
        if _within(importer, module) or IGNORED_PARTS.intersection(importer.split(".")):
            return True
        if "web" in importer.split(".") and imported in self._words(self.form_doors):
            return True
        doors = [str(self.door)]
        if any(_within(importer, surface) for surface in self._words(self.surfaces)):
            doors += self._words(self.surface_doors)
        return imported in {f"{module}.{door}" for door in doors}

    @staticmethod
    def _words(value: object) -> list[str]:
        assert isinstance(value, list)
        return [str(word) for word in value]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import that goes past a door."""
        for importer, imported, line in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported} (line {line}): use the public door", bold=False)


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")
