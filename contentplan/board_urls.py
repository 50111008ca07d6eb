"""Addresses around the week board: moving posts, habitual times, repeating posts, templates, ideas."""

from django.urls import path

from contentplan.views import habits, ideas, moving, repetitions, templates, undo

BODY = "plans/<slug:organization>/"

urlpatterns = [
    path("plans/undo/", undo.plan_undo, name="plan_undo"),
    path("posts/<int:pk>/move/", moving.post_move, name="post_move"),
    path(f"{BODY}times/", habits.slot_list, name="slot_list"),
    path("accounts/<int:pk>/times/take/", habits.slot_take, name="slot_take"),
    path("times/<int:pk>/delete/", habits.slot_delete, name="slot_delete"),
    path(f"{BODY}repeating/", repetitions.repetition_list, name="repetition_list"),
    path(f"{BODY}repeating/new/", repetitions.repetition_create, name="repetition_create"),
    path("repeating/<int:pk>/skip/", repetitions.repetition_skip, name="repetition_skip"),
    path("repeating/<int:pk>/end/", repetitions.repetition_end, name="repetition_end"),
    path(f"{BODY}templates/", templates.template_list, name="template_list"),
    path(f"{BODY}templates/new/", templates.template_create, name="template_create"),
    path("templates/<int:pk>/", templates.template_edit, name="template_edit"),
    path("templates/<int:pk>/delete/", templates.template_delete, name="template_delete"),
    path(f"{BODY}ideas/new/", ideas.idea_create, name="idea_create"),
    path("ideas/<int:pk>/plan/", ideas.idea_plan, name="idea_plan"),
    path("ideas/<int:pk>/delete/", ideas.idea_delete, name="idea_delete"),
]
