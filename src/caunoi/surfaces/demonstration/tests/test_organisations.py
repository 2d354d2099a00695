import datetime as dt

from caunoi.foundation.organisations.public import Unit, UnitGroup, faults_of_paths, heirs
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.organisations import tell_of_units


def test_the_tree_has_a_past(office: Office, now: dt.datetime) -> None:
    tell_of_units(office, at=now)
    kept = Unit.objects.get(code="TG.SKHCN")
    assert heirs(on=now.date()).get(code="TG.STTTT").heir_id == kept.pk  # type: ignore[attr-defined]  # annotated
    assert Unit.objects.get(pk=office.unit("ttnn_1").pk).name.endswith(" - Tin học")
    assert UnitGroup.objects.get().name == "Cụm trường ven sông"
    assert faults_of_paths() == []
