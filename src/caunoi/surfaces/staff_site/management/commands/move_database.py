"""``caunoi move-database TARGET``: carries the whole installation to another database, counted and hashed."""

from __future__ import annotations

import hashlib
import shutil
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from caunoi.surfaces.staff_site.management.moving import move, open_alias
from caunoi.surfaces.staff_site.management.tables import MoveRefused

TARGET = "target"


class Command(BaseCommand):
    """Move everything, files too when their folder changes; the source stays as it is."""

    help = "Carries every row to the empty database at TARGET (postgres://… or sqlite:///…), counted and hashed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The target's address as DATABASE_URL would name it; a new folder for the originals on request."""
        parser.add_argument("target", help="postgres://USER:PASSWORD@HOST:PORT/NAME or sqlite:///PATH")
        parser.add_argument("--files", help="folder to which the kept originals are copied too")

    def handle(self, *args: object, **options: object) -> None:
        """Move, and say what was moved and what to do next."""
        url = str(options["target"])
        try:
            open_alias(TARGET, url)
            moved = move(source="default", target=TARGET, url=url, say=self.stdout.write)
        except MoveRefused as refused:
            raise CommandError(str(refused)) from None
        for one in moved.tables:
            self.stdout.write(f"{one.table:45} {one.count:9} dòng  {one.digest}")
        self.stdout.write(f"Đã chuyển {moved.rows} dòng của {len(moved.tables)} bảng; hai bên giống nhau từng bảng.")
        if options.get("files"):
            count = copy_files(Path(settings.FILES_ROOT), Path(str(options["files"])))
            self.stdout.write(f"Đã sao {count} tệp gốc, mã băm đúng.")
        self.stdout.write(
            "Tiếp theo: đặt DATABASE_URL theo cơ sở dữ liệu mới, khởi động lại, rồi chạy “caunoi verify_audit”. "
            "Cơ sở dữ liệu cũ còn nguyên; chỉ xóa khi đã kiểm tra xong."
        )


def copy_files(source: Path, target: Path) -> int:
    """Copy kept originals, each under its hash; what is there already and right is left. Raises CommandError."""
    count = 0
    for path in sorted(path for path in source.rglob("*") if path.is_file() and not path.name.startswith(".")):
        place = target / path.relative_to(source)
        if not place.exists() or _hash(place) != path.name:
            place.parent.mkdir(parents=True, exist_ok=True)
            draft = place.with_name(f".{place.name}.moving")
            shutil.copyfile(path, draft)
            if _hash(draft) != path.name:
                draft.unlink()
                raise CommandError(f"Tệp {path} không đúng mã băm của nó; hãy khôi phục tệp này rồi chạy lại.")
            draft.replace(place)
        count += 1
    return count


def _hash(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
