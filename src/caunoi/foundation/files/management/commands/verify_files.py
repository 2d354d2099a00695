"""``caunoi verify_files``: looks at every kept original and says which are gone or altered."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from caunoi.foundation.files.access import FileDamaged, content_of
from caunoi.foundation.files.models import StoredFile

_WORDS = {"file_missing": "không còn trên đĩa", "file_altered": "nội dung không đúng mã băm"}


class Command(BaseCommand):
    """Compare what is on disk with the rows."""

    help = "Finds kept originals that are gone or do not match their hash."

    def handle(self, *args: object, **options: object) -> None:
        """Print every damaged file and exit with an error when there is one."""
        count = wrong = 0
        for stored in StoredFile.objects.order_by("id").iterator(500):
            count += 1
            try:
                content_of(stored)
            except FileDamaged as damaged:
                wrong += 1
                self.stderr.write(f"{stored.sha256}  {stored.name}: {_WORDS[damaged.code]}")
        if wrong:
            raise CommandError(f"{wrong} trong {count} tệp gốc bị hỏng hoặc mất, kể trên. Hãy lấy lại từ bản sao lưu.")
        self.stdout.write(f"Đủ {count} tệp gốc, đúng mã băm.")
