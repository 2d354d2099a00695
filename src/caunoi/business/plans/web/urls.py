"""Addresses of plans."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.business.plans.web import views_items, views_plans, views_tasklists, views_tasks

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_plans.plans, name="plans"),
    path("lap/", views_plans.new, name="new"),
    path("nhiem-vu/", views_tasklists.tasks, name="tasks"),
    path("nhiem-vu/bang/", views_tasklists.board, name="board"),
    path("nhiem-vu/lich/", views_tasklists.calendar, name="calendar"),
    path("nhiem-vu.xlsx", views_tasklists.export, name="tasks_export"),
    path("nhiem-vu/xac-nhan/", views_tasklists.confirm, name="tasks_confirm"),
    path("nhiem-vu/lap/", views_tasks.new, name="task_new"),
    path("nhiem-vu/<uuid:public_id>/", views_tasks.task, name="task"),
    path("nhiem-vu/<uuid:public_id>/sua/", views_tasks.edit, name="task_edit"),
    path("nhiem-vu/<uuid:public_id>/bo/", views_tasks.remove, name="task_remove"),
    path("nhiem-vu/<uuid:public_id>/buoc/<slug:step>/", views_tasks.step, name="task_step"),
    path("minh-chung/<uuid:public_id>/", views_tasks.evidence, name="evidence"),
    path("noi-dung/<uuid:public_id>/", views_items.item, name="item"),
    path("noi-dung/<uuid:public_id>/khong-ap-dung/", views_items.drop, name="item_drop"),
    path("noi-dung/<uuid:public_id>/khoi-phuc/", views_items.restore, name="item_restore"),
    path("noi-dung/<uuid:public_id>/bo-sung/", views_items.add, name="item_add"),
    path("noi-dung/<uuid:public_id>/bo/", views_items.remove, name="item_remove"),
    path("noi-dung/<uuid:public_id>/chuyen/", views_items.move, name="item_move"),
    path("<uuid:public_id>/", views_plans.plan, name="plan"),
    path("<uuid:public_id>/sua/", views_plans.edit, name="plan_edit"),
    path("<uuid:public_id>/nhiem-vu/", views_plans.plan_tasks, name="plan_tasks"),
    path("<uuid:public_id>/nhiem-vu/lap/", views_tasks.new_of_plan, name="plan_task_new"),
    path("<uuid:public_id>/doi-chieu/", views_plans.plan_coverage, name="plan_coverage"),
    path("<uuid:public_id>/ban-in/", views_plans.plan_print, name="plan_print"),
    path("<uuid:public_id>/ban-in.docx", views_plans.plan_docx, name="plan_docx"),
    path("<uuid:public_id>/trinh-ky/", views_plans.present, name="plan_present"),
    path("<uuid:public_id>/xoa/", views_plans.discard, name="plan_discard"),
]
