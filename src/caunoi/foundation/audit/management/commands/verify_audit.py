"""``caunoi verify_audit``: walks the chain of the audit and says which links do not hold."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from caunoi.foundation.audit.access import faults
from caunoi.foundation.audit.models import ChainLink

_WORDS = {
    "missing": "mắt xích {position}: đã bị xóa",
    "chain": "mắt xích {position}: mã băm không khớp với mắt xích trước",
    "entries": "mắt xích {position}: nội dung nhật ký đã bị sửa hoặc xóa",
}


class Command(BaseCommand):
    """Check the whole audit."""

    help = "Finds edited or removed rows of the audit."

    def handle(self, *args: object, **options: object) -> None:
        """Print every fault and exit with an error when there is one."""
        found = list(faults())
        for fault in found:
            self.stderr.write(_WORDS[fault.code].format(position=fault.position))
        if found:
            raise CommandError(f"Nhật ký không còn nguyên vẹn: {len(found)} chỗ sai.")
        self.stdout.write(f"Nhật ký nguyên vẹn: {ChainLink.objects.count()} mắt xích.")
