"""The demonstration office: a province that does not exist, its Sở, some sixty units and the people in their posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from caunoi.foundation.accounts.public import Account, open_account
from caunoi.foundation.audit.public import use_case
from caunoi.foundation.organisations.public import Naming, Unit, UnitKind, establish_unit, load_kinds
from caunoi.foundation.people.public import (
    Person,
    Post,
    Role,
    SigningForm,
    actor_of,
    authorise_signing,
    create_post,
    grant_role,
    register_person,
    take_up,
)
from caunoi.kernel.actor import Actor, Line, system
from caunoi.kernel.text import fold
from caunoi.surfaces.demonstration import names

FOUNDED = dt.date(2023, 1, 1)
PASSWORD = "cau-noi-thu-nghiem"  # noqa: S105 - printed on the screen of every demonstration; refused in production
BY = system("Dữ liệu thử nghiệm")

DEMO_ACCOUNTS: Mapping[str, str] = {
    "specialist": "chuyenvien",
    "clerk": "vanthu",
    "director": "giamdoc",
    "deputy_director": "phogiamdoc",
    "head_of_office": "chanhvanphong",
    "school_officer": "canbotruong",
    "principal": "hieutruong",
    "commune_officer": "canboxa",
    "reporter": "tuvanduhoc",
    "receiver": "ubndtinh",
    "administrator": "quantri",
}
"""Kind of person → sign-in name of the one demonstration account of that kind."""


@dataclass
class Office:
    """The units and posts by a short key; ``actor`` gives the rights of a kind of person on a day."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def unit(self, key: str) -> Unit:
        """Return a unit by key: ``so``, ``van_phong``, ``ubnd``, ``thpt_1``, ``xa_1``, ``thcs_1``, ``tvdh_1`` …"""
        return self.units[key]

    def actor(self, key: str, *, on: dt.date) -> Actor:
        """Return the actor of a demonstration account (``specialist``) or of any post (``thpt_3.principal``)."""
        account = self.accounts.get(key)
        return actor_of(
            account_id=account.pk if account else None, person=self.people[key], post=self.posts[key], on=on
        )


@use_case
def build_office(*, at: dt.datetime, on: dt.date = FOUNDED) -> Office:
    """Establish the whole office as of ``on``; deterministic but for public ids. Everything goes through the doors."""
    office, kinds, people = Office(), load_kinds(), names.people()
    builder = _Builder(office, kinds, people, on, at)
    builder.authorities()
    builder.department()
    builder.schools()
    builder.communes()
    builder.centres()
    builder.accounts()
    return office


@dataclass
class _Builder:
    office: Office
    kinds: Mapping[str, UnitKind]
    people: Iterator[str]
    on: dt.date
    at: dt.datetime

    def unit(
        self, key: str, kind: str, naming: Naming, under: str | None = None, administered_by: str | None = None
    ) -> Unit:
        """Establish a unit under ``under`` in the professional line; the administrative line differs where named."""
        professional = self.office.units[under] if under else None
        administrative = self.office.units[administered_by] if administered_by else professional
        self.office.units[key] = establish_unit(
            kind=self.kinds[kind],
            code=f"TG.{key.upper().replace('_', '.')}",
            naming=naming,
            parents={Line.PROFESSIONAL: professional, Line.ADMINISTRATIVE: administrative},
            on=self.on,
            by=BY,
            at=self.at,
        )
        return self.office.units[key]

    def post(self, key: str, unit_key: str, title: str, *grants: tuple[Role, str, bool], head: bool = False) -> Post:
        """Create a post with its holder and its roles (role, unit, with everything below it)."""
        unit = self.office.units[unit_key]
        post = create_post(unit=unit, title=title, is_head=head, position=0 if head else 10, by=BY, at=self.at)
        name = next(self.people)
        email = f"{fold(name).replace(' ', '.')}@thanhgiang.example"
        person = register_person(name=name, email=email, by=BY, at=self.at)
        take_up(person=person, post=post, on=self.on, by=BY, at=self.at)
        for role, over, subtree in grants:
            target = self.office.units[over]
            grant_role(post=post, role=role, unit=target, subtree=subtree, on=self.on, by=BY, at=self.at)
        self.office.posts[key], self.office.people[key] = post, person
        return post

    def signs(self, key: str, unit_key: str, form: SigningForm, head_title: str, title: str, ground: str = "") -> None:
        """Let the holder of a post sign for a unit."""
        authorise_signing(
            post=self.office.posts[key], unit=self.office.units[unit_key], form=form, head_title=head_title,
            title=title, ground=ground, on=self.on, by=BY, at=self.at,
        )  # fmt: skip

    def authorities(self) -> None:
        """The bodies above and beside the Sở."""
        seat = names.PROVINCE
        self.unit(
            "bo", "ministry", Naming("Bộ Giáo dục và Đào tạo", "Ministry of Education and Training", "BGDĐT", "Hà Nội")
        )
        self.unit(
            "ubnd",
            "provincial_committee",
            Naming(f"Ủy ban nhân dân tỉnh {seat}", f"People's Committee of {seat} Province", "UBND", seat),
        )
        self.unit(
            "so_ngoai_vu",
            "provincial_agency",
            Naming(f"Sở Ngoại vụ tỉnh {seat}", f"Department of Foreign Affairs of {seat}", "SNgV", seat),
            under="ubnd",
        )
        self.post("receiver", "ubnd", "Chuyên viên Văn phòng UBND tỉnh", (Role.RECEIVER, "ubnd", False))

    def department(self) -> None:
        """The Sở, its offices and the people who run it."""
        seat = names.PROVINCE
        name = Naming(
            f"Sở Giáo dục và Đào tạo tỉnh {seat}", f"Department of Education and Training of {seat}", "SGDĐT", seat
        )
        self.unit("so", "department", name, under="bo", administered_by="ubnd")
        for key, title, english, symbol in (
            ("van_phong", "Văn phòng Sở", "Office of the Department", "VP"),
            ("chinh_tri", "Phòng Chính trị, tư tưởng", "Political Education and Student Affairs Division", "CTTT"),
            ("ke_hoach", "Phòng Kế hoạch - Tài chính", "Planning and Finance Division", "KHTC"),
            ("trung_hoc", "Phòng Giáo dục trung học", "Secondary Education Division", "GDTrH"),
            ("thuong_xuyen", "Phòng Giáo dục thường xuyên", "Continuing Education Division", "GDTX"),
            ("chat_luong", "Phòng Quản lý chất lượng", "Quality Assurance Division", "QLCL"),
        ):  # fmt: skip
            self.unit(key, "department_office", Naming(title, english, symbol, seat), under="so")
        self.post("director", "so", "Giám đốc", (Role.LEADER, "so", True), head=True)
        self.post("deputy_director", "so", "Phó Giám đốc", (Role.LEADER, "so", True))
        self.post("clerk", "so", "Văn thư", (Role.CLERK, "so", False))
        self.post("specialist", "so", "Chuyên viên phụ trách đối ngoại", (Role.SPECIALIST, "so", True))
        self.post("head_of_office", "van_phong", "Chánh Văn phòng", (Role.BRANCH_OFFICER, "so", True), head=True)
        self.post("administrator", "so", "Quản trị hệ thống", (Role.ADMINISTRATOR, "so", True))
        self.signs("director", "so", SigningForm.HEAD, "", "GIÁM ĐỐC")
        self.signs("deputy_director", "so", SigningForm.KT, "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
        self.signs("head_of_office", "so", SigningForm.TL, "GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Quy chế làm việc của Sở")

    def schools(self) -> None:
        """Upper secondary schools and continuing-education centres, directly under the Sở."""
        for number, name in enumerate(names.UPPER_SECONDARY, start=1):
            key = f"thpt_{number}"
            full = Naming(
                f"Trường THPT {name}", f"{name} Upper Secondary School", f"THPT{_initials(name)}", names.PROVINCE
            )
            self.unit(key, "upper_secondary", full, under="so")
            self._school_posts(key, "HIỆU TRƯỞNG", "Hiệu trưởng", "Phó Hiệu trưởng")
        for number, name in enumerate(names.CONTINUING, start=1):
            key = f"gdtx_{number}"
            full = Naming(
                f"Trung tâm GDNN-GDTX {name}",
                f"{name} Vocational and Continuing Education Centre",
                f"TTGDTX{_initials(name)}",
                names.PROVINCE,
            )
            self.unit(key, "continuing_centre", full, under="so")
            self._school_posts(key, "GIÁM ĐỐC", "Giám đốc", "Phó Giám đốc")

    def communes(self) -> None:
        """Communes: People's Committee, division of culture and social affairs, two lower secondary schools each."""
        for number, (kind, name) in enumerate(names.COMMUNES, start=1):
            committee = Naming(f"Ủy ban nhân dân {kind} {name}", f"People's Committee of {name}", "UBND", name)
            self.unit(f"ubnd_xa_{number}", "commune_committee", committee, under="ubnd")
            division = Naming(
                f"Phòng Văn hóa – Xã hội {kind} {name}",
                f"Division of Culture and Social Affairs of {name}",
                "VHXH",
                name,
            )
            self.unit(f"xa_{number}", "commune_division", division, under="so", administered_by=f"ubnd_xa_{number}")
            grants = ((Role.BRANCH_OFFICER, f"xa_{number}", True), (Role.SCHOOL_OFFICER, f"xa_{number}", False))
            self.post(f"xa_{number}.officer", f"xa_{number}", "Chuyên viên phụ trách giáo dục", *grants)
            for side, suffix in enumerate(("", " 2")):
                key = f"thcs_{2 * number - 1 + side}"
                symbol = f"THCS{_initials(name)}{suffix.strip()}"
                school = Naming(f"Trường THCS {name}{suffix}", f"{name}{suffix} Lower Secondary School", symbol, name)
                self.unit(key, "lower_secondary", school, under=f"xa_{number}", administered_by=f"ubnd_xa_{number}")
                self._school_posts(key, "HIỆU TRƯỞNG", "Hiệu trưởng", "Phó Hiệu trưởng")

    def centres(self) -> None:
        """Language centres and study-abroad consultancies: own reports and nothing else."""
        for number, name in enumerate(names.LANGUAGE, start=1):
            full = Naming(
                f"Trung tâm Ngoại ngữ {name}", f"{name} Language Centre", f"TTNN{_initials(name)}", names.PROVINCE
            )
            self.unit(f"ttnn_{number}", "language_centre", full, under="so")
            self.post(
                f"ttnn_{number}.officer",
                f"ttnn_{number}",
                "Giám đốc",
                (Role.REPORTER, f"ttnn_{number}", False),
                head=True,
            )
        for number, name in enumerate(names.CONSULTANCIES, start=1):
            full = Naming(
                f"Công ty Tư vấn du học {name}",
                f"{name} Study-Abroad Consultancy",
                f"TVDH{_initials(name)}",
                names.PROVINCE,
            )
            self.unit(f"tvdh_{number}", "study_abroad_consultancy", full, under="so")
            self.post(
                f"tvdh_{number}.officer",
                f"tvdh_{number}",
                "Giám đốc",
                (Role.REPORTER, f"tvdh_{number}", False),
                head=True,
            )

    def _school_posts(self, key: str, printed: str, head: str, deputy: str) -> None:
        self.post(f"{key}.principal", key, head, (Role.LEADER, key, False), head=True)
        self.post(f"{key}.officer", key, deputy, (Role.SCHOOL_OFFICER, key, False), (Role.CLERK, key, False))
        self.signs(f"{key}.principal", key, SigningForm.HEAD, "", printed)

    def accounts(self) -> None:
        """One account for each kind of person."""
        office = self.office
        for kind, source in (
            ("school_officer", "thpt_1.officer"),
            ("principal", "thpt_1.principal"),
            ("commune_officer", "xa_1.officer"),
            ("reporter", "tvdh_1.officer"),
        ):
            office.posts[kind], office.people[kind] = office.posts[source], office.people[source]
        for kind, username in DEMO_ACCOUNTS.items():
            office.accounts[kind] = open_account(
                person=office.people[kind], username=username, password=PASSWORD, demonstration=True, by=BY, at=self.at
            )


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
