"""``caunoi verify_audit``: walks the chain of the audit and says which links do not hold."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from caunoi.foundation.audit.access import Fault, Head, faults, head_hash, heads
from caunoi.foundation.audit.models import ChainLink
from caunoi.foundation.audit.rules.anchors import AnchorUnreadable, read_anchors, written

_WORDS = {
    "missing": "đã bị xóa",
    "chain": "mã băm không khớp với mắt xích trước (bị sửa, thêm vào hoặc đổi chỗ)",
    "entries": "nội dung nhật ký đã bị sửa, thêm hoặc xóa",
    "witness": "mắt xích của làn khác mà nó chứng kiến không còn",
    "anchor": "không khớp với mốc neo đã lưu (phần cuối nhật ký bị cắt hoặc bị viết lại)",
}


class Command(BaseCommand):
    """Check the whole audit, against anchors kept elsewhere when they are given."""

    help = "Finds edited, removed, inserted or reordered rows of the audit; with --anchor also a tail that was cut off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Anchors are read from one file and, on request, a new one is added to a file."""
        parser.add_argument("--anchor", help="file of anchors noted earlier (one a line)")
        parser.add_argument("--note", help="file to which the present head is added as an anchor, when all is well")

    def handle(self, *args: object, **options: object) -> None:
        """Print every fault and exit with an error when there is one."""
        found = list(faults(_anchors(options.get("anchor"))))
        for fault in found:
            self.stderr.write(_line(fault))
        if found:
            raise CommandError(f"Nhật ký không còn nguyên vẹn: {len(found)} chỗ sai.")
        held = heads()
        if options.get("note"):
            with Path(str(options["note"])).open("a", encoding="utf-8") as out:
                out.write(written([(head.lane, head.position, head.hash) for head in held]) + "\n")
        self.stdout.write(f"Nhật ký nguyên vẹn: {ChainLink.objects.count()} mắt xích.")
        self.stdout.write(f"Mã băm đầu chuỗi: {head_hash(held)}")


def _line(fault: Fault) -> str:
    return f"làn {fault.lane}, mắt xích {fault.position}: {_WORDS[fault.code]}"


def _anchors(path: object) -> list[Head]:
    if not path:
        return []
    try:
        return [Head(*row) for row in read_anchors(Path(str(path)).read_text(encoding="utf-8"))]
    except (OSError, AnchorUnreadable) as error:
        raise CommandError(f"Không đọc được tệp mốc neo {path}: {error}") from None
