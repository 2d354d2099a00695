"""What happened to the units of the demonstration: agencies merged in 2025, a school renamed, a cluster of schools."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.audit.public import use_case
from caunoi.foundation.organisations.public import (
    Decision,
    Naming,
    UnitKind,
    add_to_group,
    create_group,
    establish_unit,
    merge_units,
    rename_unit,
)
from caunoi.kernel.actor import Line
from caunoi.surfaces.demonstration import names
from caunoi.surfaces.demonstration.office import BY, FOUNDED, Office

MERGED = dt.date(2025, 3, 1)
RENAMED = dt.date(2025, 9, 1)


@use_case
def tell_of_units(office: Office, *, at: dt.datetime) -> None:
    """Give the tree a past, through the doors; nothing the other stories rest on is touched."""
    province, committee = names.PROVINCE, office.unit("ubnd")
    kind = UnitKind.objects.get(code="provincial_agency")
    agencies = [
        establish_unit(
            kind=kind, code=code, naming=Naming(f"{name} tỉnh {province}", english, symbol, province),
            parents={Line.PROFESSIONAL: committee, Line.ADMINISTRATIVE: committee}, on=FOUNDED, by=BY, at=at,
        )
        for code, name, english, symbol in (
            ("TG.STTTT", "Sở Thông tin và Truyền thông", "Department of Information and Communications", "STTTT"),
            ("TG.SKHCN", "Sở Khoa học và Công nghệ", "Department of Science and Technology", "SKHCN"),
        )
    ]  # fmt: skip
    merge_units(
        units=agencies[:1], into=agencies[1], on=MERGED, by=BY, at=at,
        decision=Decision("12/NQ-HĐND", dt.date(2025, 2, 20), f"Hội đồng nhân dân tỉnh {province}"),
    )  # fmt: skip
    centre = office.unit("ttnn_1")
    rename_unit(
        unit=centre, naming=Naming(f"{centre.name} - Tin học", "", centre.symbol, centre.seat), on=RENAMED,
        by=BY, at=at,
        decision=Decision("318/QĐ-SGDĐT", dt.date(2025, 8, 15), office.unit("so").name),
    )  # fmt: skip
    group = create_group(owner=office.unit("so"), name="Cụm trường ven sông", note="Giao lưu hằng quý", by=BY, at=at)
    add_to_group(group=group, units=[office.unit(f"thcs_{number}") for number in (1, 2, 3, 4)], by=BY, at=at)
