"""Addresses of reporting."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.business.reporting.web import (
    views_campaigns,
    views_consolidation,
    views_designer,
    views_editing,
    views_mine,
    views_papers,
    views_regimes,
    views_reports,
    views_totals,
)

app_name = "reporting"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_campaigns.campaigns, name="campaigns"),
    path("dot/<uuid:public_id>/", views_campaigns.campaign, name="campaign"),
    path("dot/<uuid:public_id>/don-doc/", views_campaigns.chase_units, name="chase"),
    path("dot/<uuid:public_id>/chon/", views_campaigns.decide_units, name="decide_units"),
    path("dot/<uuid:public_id>/khoa/", views_campaigns.lock, name="lock"),
    path("dot/<uuid:public_id>/so-lieu/", views_totals.totals, name="totals"),
    path("dot/<uuid:public_id>/so-lieu/<uuid:place>/", views_totals.totals, name="place"),
    path("dot/<uuid:public_id>/so-lieu/<uuid:place>/don-vi/", views_totals.contributing, name="contributors"),
    path("dot/<uuid:public_id>/tong-hop/", views_campaigns.gathered, name="gathered"),
    path("dot/<uuid:public_id>/tong-hop/lap/", views_consolidation.make, name="consolidate"),
    path("cua-toi/", views_mine.mine, name="mine"),
    path("cua-toi/<uuid:public_id>/", views_mine.report, name="entry"),
    path("cua-toi/<uuid:public_id>/luu/", views_mine.autosave, name="autosave"),
    path("don-vi/<uuid:public_id>/", views_reports.report, name="report"),
    path("don-vi/<uuid:public_id>/tiep-nhan/", views_reports.accept_report, name="accept"),
    path("don-vi/<uuid:public_id>/tra-lai/", views_reports.return_report, name="return"),
    path("don-vi/<uuid:public_id>/mo-lai/", views_reports.reopen_report, name="reopen"),
    path("don-vi/<uuid:public_id>/don-doc/", views_reports.chase_report, name="chase_one"),
    path("don-vi/<uuid:public_id>/gia-han/", views_reports.extend_report, name="extend"),
    path("tong-hop/", views_consolidation.consolidations, name="consolidations"),
    path("tong-hop/<uuid:public_id>/", views_consolidation.consolidation, name="consolidation"),
    path("tong-hop/<uuid:public_id>/so-lieu/", views_consolidation.cell, name="consolidated_cell"),
    path("tong-hop/<uuid:public_id>/doan/", views_editing.add, name="add_paragraph"),
    path("tong-hop/<uuid:public_id>/doan/<uuid:row>/", views_editing.edit, name="edit_paragraph"),
    path("tong-hop/<uuid:public_id>/word/", views_papers.word, name="word"),
    path("tong-hop/<uuid:public_id>/pdf/", views_papers.pdf, name="pdf"),
    path("tong-hop/<uuid:public_id>/du-thao/", views_papers.make_document, name="make_document"),
    path("che-do/", views_regimes.regimes, name="regimes"),
    path("che-do/mau/", views_regimes.shipped, name="shipped"),
    path("che-do/moi/", views_regimes.new_regime, name="new_regime"),
    path("che-do/<uuid:public_id>/", views_regimes.regime, name="regime"),
    path("che-do/<uuid:public_id>/sua/", views_regimes.edit_regime, name="edit_regime"),
    path("che-do/<uuid:public_id>/buoc/", views_regimes.step_regime, name="step_regime"),
    path("che-do/<uuid:public_id>/bieu-mau/", views_designer.designer, name="designer"),
    path("che-do/<uuid:public_id>/bieu-mau/doi/", views_designer.change_form, name="change_form"),
    path("che-do/<uuid:public_id>/bieu-mau/muc/", views_designer.section, name="new_section"),
    path("che-do/<uuid:public_id>/bieu-mau/muc/<slug:code>/", views_designer.section, name="section"),
    path("che-do/<uuid:public_id>/bieu-mau/bieu/", views_designer.table, name="new_table"),
    path("che-do/<uuid:public_id>/bieu-mau/bieu/<slug:code>/", views_designer.table, name="table"),
]
