"""Every module is built alike: the same names, and those that one expects."""

from __future__ import annotations

from typing import Final

import pytest

from tests.architecture.tree import Module, modules

FIVE: Final = {"public.py", "models", "access.py", "operations.py", "web"}
ALWAYS: Final = {"__init__.py", "apps.py", "README.md"}
SOMETIMES: Final = {
    "operations", "queries.py", "queries", "rules", "events.py", "reactions.py", "plugs.py", "jobs.py", "api.py",
    "management", "templatetags", "migrations", "tests", "templates", "static", "data",
}  # fmt: skip
OTHERWISE: Final = {"surfaces.demonstration": "an office is told in chapters that bear the names of their content"}

WITHOUT: Final = {
    "foundation.audit": {"web": "the audit list joins units and the words of every module: staff_site"},
    "foundation.jobs": {
        "access.py": "a queue has no readers among people",
        "web": "progress is shown by those who enqueue",
    },
    "foundation.pages": {
        "models": "components keep nothing",
        "access.py": "components keep nothing",
        "operations.py": "components keep nothing",
    },
    "foundation.spreadsheets": {
        "models": "files are read and written, none is kept",
        "access.py": "files are read and written, none is kept",
        "web": "the module whose records are in the file shows it",
    },
    "foundation.search": {"web": "the page of search joins modules: staff_site"},
    "foundation.files": {"web": "the module that holds a file serves it under its own rules of access"},
    "foundation.calendar": {"web": "days off are entered by the administrator's page of staff_site"},
}
"""Modules of foundation that lack one of the five, each with its reason; business modules lack none."""


@pytest.mark.parametrize("module", modules("foundation", "business"), ids=str)
def test_a_module_has_what_one_expects(module: Module) -> None:
    present = {entry.name for entry in module.folder.iterdir()}
    if "operations" in present:  # one file a use case, where they are many
        present.add("operations.py")
    expected = (FIVE | ALWAYS) - WITHOUT.get(str(module), {}).keys()
    assert expected - present == set()


@pytest.mark.parametrize("module", modules("surfaces"), ids=str)
def test_a_surface_has_what_one_expects(module: Module) -> None:
    """A surface has pages, addresses or commands, and no door: nobody enters it."""
    present = {entry.name for entry in module.folder.iterdir()}
    assert ALWAYS - present == set()
    assert present & {"web", "api.py", "management"}


@pytest.mark.parametrize("module", modules(), ids=str)
def test_a_module_has_no_file_of_another_name(module: Module) -> None:
    if str(module) in OTHERWISE:
        return
    present = {entry.name for entry in module.folder.iterdir() if entry.name != "__pycache__"}
    assert present - (FIVE | ALWAYS | SOMETIMES) == set()


def test_the_list_of_exceptions_is_true() -> None:
    known = {str(module): module for module in modules("foundation", "business")}
    outdated = [
        f"{name}: {missing}"
        for name, reasons in WITHOUT.items()
        for missing in reasons
        if name in known and (known[name].folder / missing).exists()
    ]
    assert outdated == []


@pytest.mark.parametrize("module", modules(), ids=str)
def test_a_module_tells_what_it_is_for(module: Module) -> None:
    text = (module.folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {module.name}")
    assert len(text.split()) > 20, "the README says nothing"
