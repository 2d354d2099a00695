"""Addresses of documents."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from caunoi.business.documents.web import (
    views_books,
    views_drafts,
    views_facts,
    views_files,
    views_handling,
    views_intake,
    views_lists,
    views_record,
    views_review,
)

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="documents:incoming")),
    path("den/", views_lists.incoming, name="incoming"),
    path("di/", views_lists.outgoing, name="outgoing"),
    path("du-thao/", views_lists.drafts, name="drafts"),
    path("can-doc/", views_lists.to_read, name="to_read"),
    path("cho-xu-ly/", views_lists.waiting, name="waiting"),
    path("so-den/", views_books.incoming_book, name="incoming_book"),
    path("so-di/", views_books.outgoing_book, name="outgoing_book"),
    path("tiep-nhan/", views_intake.intake, name="intake"),
    path("tiep-nhan/<uuid:public_id>/", views_review.review, name="review"),
    path("tiep-nhan/<uuid:public_id>/tien-do/", views_intake.progress, name="progress"),
    path("tiep-nhan/<uuid:public_id>/doc-lai/", views_intake.read_again, name="read_again"),
    path("tiep-nhan/<uuid:public_id>/vao-so/", views_intake.accept, name="accept"),
    path("tiep-nhan/<uuid:public_id>/loai/", views_intake.reject, name="reject"),
    path("<uuid:public_id>/muc/<slug:name>/", views_facts.head, name="fact"),
    path("<uuid:public_id>/vien-dan/them/", views_facts.citation, name="citation_add"),
    path("<uuid:public_id>/vien-dan/<int:pk>/", views_facts.citation, name="citation"),
    path("<uuid:public_id>/nhiem-vu/them/", views_facts.obligation, name="obligation_add"),
    path("<uuid:public_id>/nhiem-vu/<int:pk>/", views_facts.obligation, name="obligation"),
    path("<uuid:public_id>/noi-nhan/<slug:kind>/", views_facts.recipients, name="recipients"),
    path("soan-thao/", views_drafts.compose, name="compose"),
    path("<uuid:public_id>/", views_record.record, name="record"),
    path("<uuid:public_id>/ban-goc/", views_review.original, name="original"),
    path("<uuid:public_id>/vao-so/", views_handling.register, name="register"),
    path("<uuid:public_id>/phan-phoi/", views_handling.distribute, name="distribute"),
    path("<uuid:public_id>/giai-quyet/", views_handling.settle, name="settle"),
    path("<uuid:public_id>/mo-cho-don-vi/", views_handling.open_to_unit, name="open_to_unit"),
    path("<uuid:public_id>/huy-so/", views_handling.annul, name="annul"),
    path("nhiem-vu/<uuid:public_id>/khong-ap-dung/", views_handling.dismiss, name="dismiss"),
    path("nhiem-vu/<uuid:public_id>/mo-lai/", views_handling.reopen, name="reopen"),
    path("<uuid:public_id>/sua/", views_drafts.edit, name="edit_draft"),
    path("<uuid:public_id>/trinh-ky/", views_drafts.present, name="present"),
    path("<uuid:public_id>/ky/", views_drafts.sign, name="sign"),
    path("<uuid:public_id>/tra-lai/", views_drafts.send_back, name="return_draft"),
    path("<uuid:public_id>/huy/", views_drafts.withdraw, name="withdraw"),
    path("<uuid:public_id>/phat-hanh/", views_drafts.issue, name="issue"),
    path("<uuid:public_id>/du-thao.docx", views_files.draft_docx, name="draft_docx"),
    path("tep/<uuid:public_id>/", views_files.download, name="file"),
    path("tep/<uuid:public_id>/pdf/", views_files.as_pdf, name="pdf"),
    path("tep/<uuid:public_id>/trang/<int:number>/", views_files.page, name="page"),
]
