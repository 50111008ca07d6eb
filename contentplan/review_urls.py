"""Addresses of approval: the conveyor, its decisions, what authors answer, who looks, what was before."""

from django.urls import path

from contentplan.views import answers, decisions, history, review

POST = "posts/<int:pk>/"

urlpatterns = [
    path("review/", review.review_queue, name="review_queue"),
    path(POST, review.post_detail, name="post_detail"),
    path(f"{POST}approve/", decisions.post_approve, name="post_approve"),
    path(f"{POST}correct/", decisions.post_correct, name="post_correct"),
    path(f"{POST}return/", decisions.post_return, name="post_return"),
    path(f"{POST}undo/", decisions.post_undo, name="post_undo"),
    path(f"{POST}claim/", decisions.post_claim, name="post_claim"),
    path(f"{POST}release/", decisions.post_release, name="post_release"),
    path(f"{POST}withdraw/", answers.post_withdraw, name="post_withdraw"),
    path(f"{POST}answers/", answers.post_answer, name="post_answer"),
    path(f"{POST}correction/", answers.post_acknowledge, name="post_acknowledge"),
    path(f"{POST}note/", answers.post_note, name="post_note"),
    path(f"{POST}occasion/", answers.post_occasion, name="post_occasion"),
    path(f"{POST}presence/", answers.post_presence, name="post_presence"),
    path(f"{POST}history/", history.post_history, name="post_history"),
]
