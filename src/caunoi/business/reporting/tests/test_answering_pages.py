"""The pages on which a consolidated report becomes the report to the body above."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Submission
from caunoi.business.reporting.tests.test_answering import ISSUED, built
from caunoi.surfaces.demonstration.office import Office

Clients = Callable[[str], Client]


def test_the_page_says_what_goes_where_and_the_officer_confirms(office: Office, client_of: Clients) -> None:
    above = built(office, same_form=False)
    client = client_of("specialist")
    shown = client.get(reverse("reporting:consolidation", args=[above.made.public_id])).content.decode()
    address = f"{reverse('reporting:branch', args=[above.reporter.public_id])}?tu={above.made.public_id}"
    assert address in shown
    assert "Bộ Giáo dục và Đào tạo" in shown
    page = client.get(address)
    text = page.content.decode()
    assert "Tổng hợp: Đoàn ra, Số đoàn" in text
    assert "2/" in text
    assert page.context["unfilled"] == ["Tổng hợp: Đoàn vào, Số đoàn"]
    assert len(page.context["homeless_cells"]) == 3
    assert [(section.title, words.split(" (")[0]) for section, words in page.context["homeless"]] == [
        ("Phương hướng", "Tiếp tục.")
    ]
    posted = {
        "seen": page.context["have"].seen, "base-version": "1", "base-revision": "0", "how-cell:b1.r1.c1": "replace",
        "how-section:s1": "replace", "place:s2": "s2",
    }  # fmt: skip
    assert client.post(address, {**posted, "seen": "old"}).status_code == 200
    assert not Submission.objects.filter(reporter=above.reporter).exists()
    assert client.post(address, posted).status_code == 302
    draft = Submission.objects.get(reporter=above.reporter)
    assert (draft.cells, sorted(draft.narrative)) == ({"b1.r1.c1": "99"}, ["s1", "s2"])
    told = draft.narrative
    posted |= {"seen": client.get(address).context["have"].seen, "base-revision": "1"}
    assert client.post(address, posted).status_code == 302
    assert Submission.objects.get(reporter=above.reporter).narrative == told


def test_each_side_sees_document_and_consolidation(office: Office, client_of: Clients) -> None:
    above = built(office)
    above.take()
    document = above.document()
    client = client_of("specialist")
    shown = client.get(reverse("reporting:consolidation", args=[above.made.public_id])).content.decode()
    assert f"{ISSUED:%d/%m/%Y}" in shown
    assert document.code in shown
    assert "Bộ Giáo dục và Đào tạo" in shown
    report = client.get(reverse("reporting:report", args=[above.reporter.public_id])).content.decode()
    assert reverse("documents:record", args=[document.public_id]) in report
    assert reverse("reporting:consolidation", args=[above.made.public_id]) in report
    taken = client.get(reverse("reporting:branch_taken", args=[above.reporter.public_id]) + "?o=b1.r1.c1")
    assert office.unit("thpt_1").name in taken.content.decode()
    record = client.get(reverse("documents:record", args=[document.public_id])).content.decode()
    assert "Đã gửi cùng văn bản" in record


def test_gaps_are_named_before_the_document_goes_and_hold_the_report_back(office: Office, client_of: Clients) -> None:
    above = built(office, same_form=False)
    above.take()
    address = reverse("reporting:consolidation", args=[above.made.public_id])
    assert "1 chỗ phải sửa hoặc giải trình" in client_of("specialist").get(address).content.decode()
    above.document()
    above.again()
    assert above.made.held_back == {"code": "reporting.findings_held", "facts": {"count": 1}}
    assert "Báo cáo còn 1 chỗ phải sửa" in client_of("specialist").get(address).content.decode()
    assert Submission.objects.get(reporter=above.reporter).sent_at is None


def test_the_reason_why_it_stayed_behind_is_told(office: Office, client_of: Clients) -> None:
    above = built(office)
    above.take()
    above.document(to_above=False)
    shown = client_of("specialist").get(reverse("reporting:consolidation", args=[above.made.public_id]))
    assert "Văn bản không gửi đến “Bộ Giáo dục và Đào tạo”" in shown.content.decode()
