"""``caunoi verify_audit``: walks the chain of the audit and says which links do not hold."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from caunoi.foundation.audit.access import Fault, Head, faults, head_hash, heads
from caunoi.foundation.audit.models import ChainLink
from caunoi.foundation.audit.rules.anchors import AnchorUnreadable, line_of, read_anchors
from caunoi.kernel import clock

_WORDS = {
    "missing": "đã bị xóa",
    "chain": "mã băm không khớp với mắt xích trước (bị sửa, thêm vào hoặc đổi chỗ)",
    "entries": "nội dung nhật ký đã bị sửa, thêm hoặc xóa",
    "folded": "phần dùng để tìm kiếm không khớp với nội dung nhật ký (bị sửa)",
    "at": "thời điểm của mắt xích không khớp với nhật ký (bị sửa)",
    "witness": "mắt xích của làn khác mà nó chứng kiến không còn",
    "anchor": "không khớp với mốc neo đã lưu (phần cuối nhật ký bị cắt hoặc bị viết lại)",
}


class Command(BaseCommand):
    """Check the whole audit, against anchors kept elsewhere when they are given."""

    help = "Finds edited, removed, inserted or reordered rows of the audit; with --anchor also a tail that was cut off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Anchors are read from one file and, on request, a new one is added to a file."""
        parser.add_argument("--anchor", help="file of anchors noted earlier (one a line); CAUNOI_ANCHORS otherwise")
        parser.add_argument("--note", help="file to which the present head is added as an anchor, when all is well")

    def handle(self, *args: object, **options: object) -> None:
        """Print every fault and exit with an error when there is one."""
        anchors = _anchors(options.get("anchor") or _kept())
        found = list(faults(anchors))
        for fault in found:
            self.stderr.write(_line(fault))
        if found:
            raise CommandError(f"Nhật ký không còn nguyên vẹn: {len(found)} chỗ sai, kể trên.")
        held = heads()
        if options.get("note"):
            with Path(str(options["note"])).open("a", encoding="utf-8") as out:
                out.write(line_of([(head.lane, head.position, head.hash) for head in held], at=clock.now()) + "\n")
        self.stdout.write(f"Nhật ký nguyên vẹn: {ChainLink.objects.count()} mắt xích.")
        self.stdout.write(_against(anchors))
        self.stdout.write(f"Mã băm đầu chuỗi: {head_hash(held)}")


def _kept() -> Path | None:
    place: Path | None = settings.AUDIT_ANCHORS
    return place if place is not None and place.exists() else None


def _against(anchors: list[Head]) -> str:
    if anchors:
        return f"Khớp với {len(anchors)} mốc neo lưu ở nơi khác."
    return "Chưa so với mốc neo nào: nếu cả bảng bị viết lại thì không phát hiện được. Hãy đặt CAUNOI_ANCHORS."


def _line(fault: Fault) -> str:
    return f"làn {fault.lane}, mắt xích {fault.position}: {_WORDS[fault.code]}"


def _anchors(path: object) -> list[Head]:
    if not path:
        return []
    try:
        return [Head(*row) for row in read_anchors(Path(str(path)).read_text(encoding="utf-8"))]
    except (OSError, AnchorUnreadable) as error:
        raise CommandError(f"Không đọc được tệp mốc neo {path}: {error}") from None
