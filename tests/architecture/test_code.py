"""Size and habits of the code."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

from tests.architecture.tree import LIBRARY, PACKAGE, ROOT, modules, parsed, place, python_files

LONGEST_FUNCTION: Final = 60
LONGEST_FILE: Final = 400
WRITTEN: Final = (PACKAGE, LIBRARY / "src", LIBRARY / "tests", ROOT / "tests", ROOT / "scripts", ROOT / "benchmarks")
CLOCKS: Final = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("timezone", "now"),
    ("timezone", "localdate"), ("time", "time"), ("clock", "now"), ("clock", "today"),
}  # fmt: skip
DRAWERS: Final = {"utils", "helpers", "services", "misc", "common", "lib"}


def test_no_file_is_too_long() -> None:
    long = {place(file): size for file in python_files(*WRITTEN) if (size := _lines(file)) > LONGEST_FILE}
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{place(file, node.lineno)} {node.name}": size
        for file in python_files(*WRITTEN)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_there_are_no_drawers_for_anything() -> None:
    drawers = [
        place(entry)
        for root in (PACKAGE, LIBRARY / "src")
        for entry in root.rglob("*")
        if entry.name.removesuffix(".py") in DRAWERS and "static" not in entry.parts
    ]
    assert drawers == []


def test_models_do_not_override_save() -> None:
    overrides = [
        place(file, node.lineno)
        for module in modules()
        for file in python_files(module.folder / "models")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"} and _is_method_of_model(file, node)
    ]
    assert overrides == []


def test_nobody_listens_to_signals_of_django() -> None:
    listeners = [
        place(file, node.lineno)
        for file in python_files(PACKAGE)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom)
        and node.module
        and (node.module == "django.dispatch" or node.module.rpartition(".")[2] == "signals")
    ]
    assert listeners == []


def test_generic_foreign_keys_are_not_used() -> None:
    assert [
        place(file) for file in python_files(PACKAGE) if "GenericForeignKey" in file.read_text(encoding="utf-8")
    ] == []


def test_rules_and_operations_read_neither_clock_nor_settings() -> None:
    found = [
        f"{place(file)} {reading}"
        for module in modules("foundation", "business")
        for file in python_files(module.folder)
        if file.name == "operations.py" or "rules" in file.relative_to(module.folder).parts
        for node in ast.walk(parsed(file))
        if "tests" not in file.parts and (reading := _reading(node))
    ]
    assert found == []


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _is_method_of_model(file: Path, method: ast.FunctionDef) -> bool:
    """Queryset words may be called ``delete``; a class with a Meta or fields from django is what is meant here."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.ClassDef) and method in node.body:
            return not any("QuerySet" in ast.unparse(base) for base in node.bases)
    return False


def _reading(node: ast.AST) -> str:
    if isinstance(node, ast.ImportFrom) and node.module == "django.conf":
        return "settings"
    if isinstance(node, ast.Attribute):
        owner = ast.unparse(node.value).rpartition(".")[2]
        if (owner, node.attr) in CLOCKS:
            return f"{owner}.{node.attr}"
    return ""
