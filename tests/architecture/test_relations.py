"""Foreign keys and addresses point downward."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.apps import apps
from django.db.models import Field
from django.db.models.fields.related import ForeignKey, ManyToManyField

from tests.architecture.tree import Module, is_below, module_of, modules, parsed, place, python_files

RELATIONS: Final = {"ForeignKey", "OneToOneField", "ManyToManyField"}
ADDRESS: Final = re.compile(r"""\{%\s*url\s+['"](?P<name>[\w:-]+)['"]""")
FOREIGN_ADDRESSES: Final = {"account": "accounts", "mfa": "accounts", "openid": "accounts", "socialaccount": "accounts"}
"""Addresses of allauth belong to accounts; they have no namespace but a first word."""
SHELL: Final = Module("foundation", "pages")
"""The frame round every page may link to signing in and out, which every installation has."""


def _relations() -> Iterator[tuple[Module, Module, Field[object, object]]]:
    for model in apps.get_models():
        owner = module_of(model.__module__)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many) if owner else ():
            if isinstance(field, ForeignKey | ManyToManyField) and field.remote_field:
                target = module_of(field.remote_field.model.__module__)
                if owner and target and not getattr(field.model._meta, "auto_created", False):
                    yield owner, target, field


def test_foreign_keys_point_downward() -> None:
    upward = [
        f"{owner}: {field} -> {target}"
        for owner, target, field in _relations()
        if target != owner and not is_below(target, owner)
    ]
    assert upward == []


def test_foreign_keys_leave_no_name_in_a_lower_module() -> None:
    named = [
        str(field)
        for owner, target, field in _relations()
        if owner != target and field.remote_field and not field.remote_field.hidden
    ]
    assert named == []


def test_foreign_keys_are_written_as_words() -> None:
    direct = [
        place(file, node.lineno)
        for module in modules()
        for file in python_files(module.folder / "models")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in RELATIONS
        for target in [node.args[0] if node.args else next(k.value for k in node.keywords if k.arg == "to")]
        if not (isinstance(target, ast.Constant) and isinstance(target.value, str))
    ]
    assert direct == []


def _templates() -> Iterator[tuple[Module, Path]]:
    for module in modules():
        for folder in (module.folder / "templates", module.folder / "web" / "templates"):
            for file in sorted(folder.rglob("*.html")) + sorted(folder.rglob("*.txt")):
                yield module, file


def _owner_of(name: str, known: dict[str, Module]) -> Module | None:
    space, colon, _ = name.partition(":")
    return known.get(space if colon else FOREIGN_ADDRESSES.get(name.partition("_")[0], ""))


def test_templates_link_downward() -> None:
    known = {module.name: module for module in modules()}
    wrong = []
    for module, file in _templates():
        for found in ADDRESS.finditer(file.read_text(encoding="utf-8")):
            owner = _owner_of(found["name"], known)
            if owner == module or (module == SHELL and not found["name"].count(":")):
                continue
            if owner is None or not is_below(owner, module):
                wrong.append(f"{place(file)}: {found['name']}")
    assert wrong == []


def test_templates_lie_under_the_name_of_their_module() -> None:
    """No module shadows a template of another one; those of libraries are replaced under the libraries' names."""
    allowed = {"accounts": {"accounts", "account", "mfa", "socialaccount", "allauth"}}
    wrong = [
        place(file)
        for module, file in _templates()
        for first in [file.parts[file.parts.index("templates") + 1]]
        if module != SHELL and first not in allowed.get(module.name, {module.name})
    ]
    assert wrong == []
