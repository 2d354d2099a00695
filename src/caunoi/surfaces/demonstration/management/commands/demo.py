"""``caunoi demo``: loads the fictional office. Never in production settings."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from caunoi.foundation.organisations.public import Unit
from caunoi.kernel import clock
from caunoi.surfaces.demonstration.office import DEMO_ACCOUNTS, PASSWORD
from caunoi.surfaces.demonstration.story import tell

_ROLES = {
    "specialist": "Chuyên viên phụ trách đối ngoại ở Sở",
    "clerk": "Văn thư Sở",
    "director": "Giám đốc Sở",
    "deputy_director": "Phó Giám đốc Sở",
    "head_of_office": "Chánh Văn phòng Sở",
    "school_officer": "Cán bộ phụ trách ở trường THPT",
    "principal": "Hiệu trưởng trường THPT",
    "commune_officer": "Phòng Văn hóa – Xã hội phường",
    "reporter": "Công ty tư vấn du học",
    "receiver": "Văn phòng UBND tỉnh",
    "administrator": "Quản trị hệ thống",
}


class Command(BaseCommand):
    """Load the demonstration, or print its accounts."""

    help = "Loads the demonstration office (never in production)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add ``--if-empty`` and ``--accounts``."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the database holds units already")
        parser.add_argument("--accounts", action="store_true", help="print one account for each kind of person")

    def handle(self, *args: object, if_empty: bool = False, accounts: bool = False, **options: object) -> None:
        """Refuse in production; else load the office once."""
        if not settings.DEMONSTRATION:
            raise CommandError("Dữ liệu thử nghiệm không được nạp vào hệ thống thật.")
        if accounts:
            return self._print_accounts()
        if Unit.objects.exists():
            if if_empty:
                return None
            raise CommandError("Cơ sở dữ liệu đã có đơn vị. Dữ liệu thử nghiệm chỉ được nạp vào cơ sở dữ liệu trống.")
        with override("vi"):
            tell(at=clock.now(), say=self.stdout.write)
        return None

    def _print_accounts(self) -> None:
        width = max(len(name) for name in DEMO_ACCOUNTS.values())
        for kind, name in DEMO_ACCOUNTS.items():
            self.stdout.write(f"  {name:<{width}}  {PASSWORD}  {_ROLES[kind]}")
