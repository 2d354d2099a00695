"""What writes is a use case, and a use case records."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.tree import modules, parsed, place, python_files

WRITES: Final = {"create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
"""Methods of a manager or a set of rows that write; ``save``, ``update`` and ``delete`` have other owners too."""
WITHOUT_RECORD: Final = {
    "attempt_failed": "records when it locks an account; a single wrong password is counted, not recorded",
}
NOT_THE_OFFICES: Final = {"management", "migrations", "tests", "operations", "operations.py", "models"}


def _operations() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for module in modules("foundation", "business"):
        for file in python_files(module.folder):
            if "tests" not in file.parts:
                for node in ast.walk(parsed(file)):
                    if isinstance(node, ast.FunctionDef) and _is_use_case(node):
                        yield file, node


def _is_use_case(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(one).rpartition(".")[2] == "use_case" for one in node.decorator_list)


def test_there_are_use_cases_in_every_subject_of_business() -> None:
    found = {file.relative_to(module.folder.parent).parts[0] for module in modules("business")
             for file, _node in _operations() if module.folder in file.parents}  # fmt: skip
    assert {"documents", "plans", "reporting"} <= found


def test_a_use_case_says_who_acts() -> None:
    silent = [
        f"{place(file, node.lineno)} {node.name}"
        for file, node in _operations()
        if "by" not in {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        and node.name not in WITHOUT_RECORD
    ]
    assert silent == []


def test_pages_do_not_write_rows_themselves() -> None:
    written = [
        f"{place(file, node.lineno)} {ast.unparse(node.func)}"
        for module in modules("foundation", "business", "surfaces")
        if module.name not in {"demonstration", "jobs", "audit"}
        for file in python_files(module.folder)
        if not NOT_THE_OFFICES.intersection(file.relative_to(module.folder).parts)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        and ".objects" in ast.unparse(node.func)
    ]  # fmt: skip
    assert written == []
