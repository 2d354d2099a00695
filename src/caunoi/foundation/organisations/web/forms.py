"""Forms of events: what is asked for each kind, and the plan it becomes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.organisations.access import parent_of
from caunoi.foundation.organisations.models import Unit, UnitKind
from caunoi.foundation.organisations.operations.plan import Opening, Plan
from caunoi.foundation.organisations.operations.planning import (
    plan_change_of_kind,
    plan_dissolution,
    plan_establishment,
    plan_merger,
    plan_moves,
    plan_renaming,
    plan_split,
    plan_transfer,
)
from caunoi.foundation.organisations.rules.kinds import EventKind
from caunoi.foundation.organisations.rules.naming import Decision, Naming
from caunoi.foundation.organisations.web.picker import UnitField
from caunoi.kernel.actor import Line
from caunoi.kernel.text import squeeze

_LINES = [(Line.PROFESSIONAL.value, _("Quản lý chuyên môn")), (Line.ADMINISTRATIVE.value, _("Trực thuộc (hành chính)"))]


def _kinds() -> forms.ModelChoiceField:  # type: ignore[type-arg]  # the stubs' generic is not subscriptable at run time
    return forms.ModelChoiceField(
        label=_("Loại hình"),
        queryset=UnitKind.objects.order_by("position", "code"),
        to_field_name="code",
        empty_label=_("Chọn loại hình"),
    )


class EventForm(forms.Form):
    """What every event has: the day from which it holds, and the deciding document."""

    on = forms.DateField(label=_("Ngày có hiệu lực"), help_text=_("Ngày đầu tiên theo tổ chức mới."))
    decision_code = forms.CharField(
        label=_("Số, ký hiệu văn bản quyết định"), max_length=80, help_text=_("Ví dụ: 15/QĐ-UBND")
    )
    decision_on = forms.DateField(label=_("Ngày văn bản"))
    decision_organ = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    note = forms.CharField(
        label=_("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    DECISION = ("on", "decision_code", "decision_on", "decision_organ", "note")

    def decision(self) -> Decision:
        """Return the deciding document."""
        data = self.cleaned_data
        return Decision(data["decision_code"], data["decision_on"], data["decision_organ"], data["note"])

    def day(self) -> dt.date:
        """Return the day from which the event holds."""
        day = self.cleaned_data["on"]
        assert isinstance(day, dt.date)  # noqa: S101 - the field cleans to a day
        return day

    def plan(self) -> Plan:
        """Return the event as a plan; only after ``is_valid``. Raises TreeRefused."""
        raise NotImplementedError


class _Names(EventForm):
    name = forms.CharField(label=_("Tên tiếng Việt"), max_length=300)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
    symbol = forms.CharField(
        label=_("Ký hiệu"), max_length=40, required=False, help_text=_("Chữ viết tắt trong số, ký hiệu văn bản.")
    )
    seat = forms.CharField(
        label=_("Địa danh"), max_length=120, required=False, help_text=_("Ghi trước ngày, tháng trên văn bản.")
    )

    def naming(self) -> Naming:
        """Return the names asked for."""
        data = self.cleaned_data
        return Naming(data["name"], data["name_en"], data["symbol"], data["seat"])


class EstablishForm(_Names):
    """A new unit."""

    kind = _kinds()
    code = forms.CharField(label=_("Mã đơn vị"), max_length=40, help_text=_("Không trùng với đơn vị nào khác."))
    parent = UnitField(label=_("Đơn vị quản lý chuyên môn"), required=False)
    administrative = UnitField(
        label=_("Cơ quan trực tiếp quản lý (hành chính)"),
        required=False,
        help_text=_("Bỏ trống nếu cũng là đơn vị quản lý chuyên môn."),
    )
    field_order = ("name", "name_en", "kind", "code", "symbol", "seat", "parent", "administrative", *EventForm.DECISION)

    def plan(self) -> Plan:
        """Return the establishment."""
        data = self.cleaned_data
        above = data["parent"]
        parents = {Line.PROFESSIONAL: above, Line.ADMINISTRATIVE: data["administrative"] or above}
        opening = Opening(squeeze(data["code"]), data["kind"], self.naming(), parents)
        return plan_establishment(openings=[opening], on=self.day(), decision=self.decision())


class RenameForm(_Names):
    """Other names."""

    unit = UnitField(label=_("Đơn vị"))
    code = forms.CharField(label=_("Mã đơn vị"), max_length=40)
    field_order = ("unit", "name", "name_en", "symbol", "seat", "code", *EventForm.DECISION)

    def plan(self) -> Plan:
        """Return the renaming."""
        data = self.cleaned_data
        code = squeeze(data["code"])
        return plan_renaming(
            unit=data["unit"], naming=self.naming(), code=code, on=self.day(), decision=self.decision()
        )


class ChangeKindForm(EventForm):
    """Another kind or level, with another name where the decision gives one."""

    unit = UnitField(label=_("Đơn vị"))
    kind = _kinds()
    name = forms.CharField(
        label=_("Tên mới"), max_length=300, required=False, help_text=_("Bỏ trống nếu giữ nguyên tên.")
    )
    field_order = ("unit", "kind", "name", *EventForm.DECISION)

    def plan(self) -> Plan:
        """Return the change."""
        data, unit = self.cleaned_data, self.cleaned_data["unit"]
        naming = Naming(data["name"], "", unit.symbol, unit.seat) if data["name"] else None
        return plan_change_of_kind(unit=unit, kind=data["kind"], naming=naming, on=self.day(), decision=self.decision())


class MoveForm(EventForm):
    """Another place in one line, for one unit or several."""

    unit = UnitField(label=_("Đơn vị chuyển"), many=True)
    line = forms.ChoiceField(label=_("Tuyến quản lý"), choices=_LINES, widget=forms.RadioSelect)
    parent = UnitField(label=_("Đơn vị quản lý mới"))
    field_order = ("unit", "line", "parent", *EventForm.DECISION)

    def plan(self) -> Plan:
        """Return the move."""
        data = self.cleaned_data
        return plan_moves(
            units=data["unit"], line=Line(data["line"]), parent=data["parent"], on=self.day(), decision=self.decision()
        )


class MergeForm(EventForm):
    """Units that end and the one that carries them."""

    unit = UnitField(label=_("Đơn vị kết thúc"), many=True, help_text=_("Chọn mọi đơn vị được sáp nhập, hợp nhất."))
    into = UnitField(
        label=_("Sáp nhập vào đơn vị đang có"),
        required=False,
        help_text=_("Bỏ trống nếu hợp nhất thành đơn vị mới và điền các ô bên dưới."),
    )
    name = forms.CharField(label=_("Tên đơn vị mới"), max_length=300, required=False)
    code = forms.CharField(label=_("Mã đơn vị mới"), max_length=40, required=False)
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=40, required=False)
    seat = forms.CharField(label=_("Địa danh"), max_length=120, required=False)
    field_order = ("unit", "into", "name", "code", "symbol", "seat", *EventForm.DECISION)

    def clean(self) -> dict[str, object]:
        """Ask either for a unit that stays or for the name and code of a new one."""
        data = super().clean() or self.cleaned_data
        if not data.get("into"):
            for name in ("name", "code"):
                if not data.get(name):
                    self.add_error(name, gettext("Hợp nhất thành đơn vị mới thì cần có tên và mã."))
        return data

    def plan(self) -> Plan:
        """Return the merger; a new unit takes kind and places of the first one that ends."""
        data = self.cleaned_data
        into = data["into"] or _like(data["unit"][0], data, self.day())
        return plan_merger(units=data["unit"], into=into, on=self.day(), decision=self.decision())


class SplitForm(EventForm):
    """A unit that is divided, or a part that leaves it."""

    unit = UnitField(label=_("Đơn vị được chia, tách"))
    ends = forms.ChoiceField(
        label=_("Hình thức"),
        choices=[
            ("yes", _("Chia: đơn vị kết thúc, đơn vị ghi đầu tiên kế thừa chính")),
            ("no", _("Tách: đơn vị tiếp tục, một phần thành đơn vị khác")),
        ],
        widget=forms.RadioSelect,
    )
    new = forms.CharField(
        label=_("Đơn vị mới"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một đơn vị: mã; tên; ký hiệu. Ví dụ: TG.THCS.9; Trường THCS Bình Minh; THCSBM"),
    )
    into = UnitField(label=_("Đơn vị đang có nhận thêm"), required=False, many=True)
    shares = forms.CharField(required=False, widget=forms.HiddenInput)
    """JSON: public id of a unit beneath → key of who receives it (``receivers``). Filled by the page of sharing out."""
    field_order = ("unit", "ends", "new", "into", *EventForm.DECISION)

    def clean_new(self) -> list[Mapping[str, str]]:
        """Read one unit from each line. Raises ValidationError naming the line that cannot be read."""
        found: list[Mapping[str, str]] = []
        lines = [line for line in str(self.cleaned_data["new"]).splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            parts = [squeeze(part) for part in line.split(";")]
            if len(parts) < 2 or not parts[0] or not parts[1] or len(parts[0]) > 40 or len(parts[1]) > 300:
                raise forms.ValidationError(
                    gettext("Dòng %(number)d: hãy ghi mã; tên; ký hiệu, cách nhau bằng dấu chấm phẩy.")
                    % {"number": number}
                )
            found.append({"code": parts[0], "name": parts[1], "symbol": parts[2][:40] if len(parts) > 2 else ""})
        return found

    def clean_shares(self) -> dict[UUID, str]:
        """Read who receives which unit. Raises ValidationError for what the page did not write."""
        try:
            pairs = json.loads(self.cleaned_data["shares"] or "{}")
            return {UUID(unit): str(key) for unit, key in pairs.items()}
        except (ValueError, AttributeError, TypeError):
            raise forms.ValidationError(
                gettext("Không đọc được cách chia các đơn vị bên dưới. Hãy chia lại.")
            ) from None

    def receivers(self) -> dict[str, str]:
        """Return key → name of those who may receive what stands beneath; ``""``: who does where none is chosen."""
        data = self.cleaned_data
        found = {one["code"]: one["name"] for one in data["new"]}
        found |= {str(one.public_id): one.name for one in data["into"]}
        if data["ends"] == "yes":
            return {"" if place == 0 else key: name for place, (key, name) in enumerate(found.items())}
        return {"": gettext("Ở lại %(unit)s") % {"unit": data["unit"].name}, **found}

    def plan(self) -> Plan:
        """Return the division; new units take kind and places of the divided one."""
        data, unit = self.cleaned_data, self.cleaned_data["unit"]
        into = [*(_like(unit, one, self.day()) for one in data["new"]), *data["into"]]
        keys = [*(one["code"] for one in data["new"]), *(str(one.public_id) for one in data["into"])]
        beneath = Unit.objects.filter(public_id__in=data["shares"]).values_list("pk", "public_id")
        chosen = {pk: data["shares"][public_id] for pk, public_id in beneath}
        return plan_split(
            unit=unit,
            into=into,
            principal=0 if data["ends"] == "yes" else None,
            on=self.day(),
            shares={pk: keys.index(key) for pk, key in chosen.items() if key in keys},
            decision=self.decision(),
        )


class DissolveForm(EventForm):
    """The end of a unit."""

    unit = UnitField(label=_("Đơn vị giải thể"))
    successor = UnitField(
        label=_("Đơn vị kế thừa"),
        required=False,
        help_text=_("Nhận số liệu và việc còn lại. Bỏ trống: đơn vị quản lý trực tiếp kế thừa."),
    )
    field_order = ("unit", "successor", *EventForm.DECISION)

    def plan(self) -> Plan:
        """Return the dissolution."""
        data = self.cleaned_data
        return plan_dissolution(unit=data["unit"], successor=data["successor"], on=self.day(), decision=self.decision())


class TransferForm(EventForm):
    """Duties that pass to others."""

    unit = UnitField(label=_("Đơn vị chuyển giao"))
    to = UnitField(label=_("Đơn vị tiếp nhận"), many=True)
    duties = forms.CharField(
        label=_("Chức năng, nhiệm vụ chuyển giao"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("unit", "to", "duties", *EventForm.DECISION)

    def plan(self) -> Plan:
        """Return the transfer."""
        data = self.cleaned_data
        return plan_transfer(
            unit=data["unit"], to=data["to"], duties=data["duties"], on=self.day(), decision=self.decision()
        )


def _like(unit: Unit, data: Mapping[str, object], on: dt.date) -> Opening:
    parents = {line: parent_of(unit, line=line, on=on) for line in Line}
    naming = Naming(str(data["name"]), "", str(data.get("symbol", "")), str(data.get("seat", "")) or unit.seat)
    return Opening(squeeze(str(data["code"])), unit.kind, naming, parents)


FORMS: Mapping[str, type[EventForm]] = {
    EventKind.ESTABLISH.value: EstablishForm,
    EventKind.RENAME.value: RenameForm,
    EventKind.MOVE.value: MoveForm,
    EventKind.MERGE.value: MergeForm,
    EventKind.SPLIT.value: SplitForm,
    EventKind.CHANGE_KIND.value: ChangeKindForm,
    EventKind.DISSOLVE.value: DissolveForm,
    EventKind.TRANSFER.value: TransferForm,
}


class GroupForm(forms.Form):
    """A group: whose it is, its name, what it is for."""

    owner = UnitField(label=_("Đơn vị quản lý nhóm"))
    name = forms.CharField(label=_("Tên nhóm"), max_length=200, help_text=_("Ví dụ: Cụm trường ven sông"))
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)


class MembersForm(forms.Form):
    """Units that join a group."""

    units = UnitField(label=_("Thêm đơn vị"), many=True)
