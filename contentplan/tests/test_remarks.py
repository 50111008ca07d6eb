"""Remarks hang on words, are answered one by one, and become the author's own checklist."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from contentplan import actions, checklist
from contentplan.models import PlannedPost, Remark, RemarkPhrase, Status
from contentplan.review_forms import ReturnForm
from contentplan.views.cards import remarks_of
from contentplan.views.remarks import lines
from people.http import TooLate
from people.models import User
from review import quotes
from review.answers import read
from review.diff import words

from .conftest import MakeContent

QUOTE = "откроют в пятницу"


def returned(post: PlannedPost, by: User, *remarks: Remark | str) -> list[Remark]:
    actions.return_for_changes(post, revision=post.revision, remarks=remarks or ["Уточните дату"], by=by)
    return list(Remark.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("в пятницу", "Откроют в пятницу.", (8, 17)),
        ("в  пятницу", "Откроют в\nпятницу.", (8, 17)),
        ("в субботу", "Откроют в пятницу.", None),
        ("(5 + 5)", "Всего (5 + 5) мест", (6, 13)),
        ("", "Откроют", None),
    ],
)
def test_words_are_found_whatever_lies_between_them(quote: str, text: str, found: tuple[int, int] | None) -> None:
    assert quotes.find(quote, text) == found


def test_quoted_words_are_marked_across_what_was_added_and_never_in_what_was_removed() -> None:
    chunks = words("Мост откроют скоро.", "Мост откроют в пятницу.")

    marked = quotes.marked(chunks, [(1, Remark(quote=QUOTE))])

    assert "".join(chunk.text for chunk in marked if chunk.mark == 1 and chunk.kind != "removed") == QUOTE
    assert [chunk.begins for chunk in marked if chunk.mark].count(True) == 1
    assert "".join(c.text for c in marked) == "".join(c.text for c in chunks)
    assert not any(chunk.mark for chunk in marked if chunk.kind == "removed")


def test_a_remark_survives_an_edit_and_falls_back_to_the_text_as_a_whole(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    (remark,) = returned(submitted_post, coordinator, Remark(body="Точная дата?", field="text", quote=QUOTE))
    actions.edit_post(submitted_post, content(text="Напоминаем: мост откроют в пятницу."), revision=1, by=editor)
    assert lines([remark], submitted_post)[0].stands

    actions.edit_post(submitted_post, content(text="Мост откроют 5 декабря."), revision=2, by=editor)

    line = lines([remark], submitted_post)[0]
    assert not line.stands
    assert QUOTE in line.where


def test_every_remark_is_answered_before_the_post_is_sent_again(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    first, second = returned(submitted_post, coordinator, "Уточните дату", "Добавьте фото")
    actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)
    actions.answer_remarks(submitted_post, {first.pk: ""}, by=editor)

    with pytest.raises(ValidationError):
        actions.submit(submitted_post, revision=2, by=editor)
    actions.answer_remarks(submitted_post, {second.pk: "Фото будет в четверг"}, by=editor)
    actions.submit(submitted_post, revision=2, by=editor)

    assert submitted_post.status == Status.SUBMITTED
    answered = [remark.answer.body for remark in remarks_of([submitted_post.pk])[submitted_post.pk]]
    assert answered == ["", "Фото будет в четверг"]


def test_done_must_be_seen_in_the_wording(submitted_post: PlannedPost, coordinator: User, editor: User) -> None:
    (remark,) = returned(submitted_post, coordinator)
    actions.answer_remarks(submitted_post, {remark.pk: ""}, by=editor)

    with pytest.raises(ValidationError):
        actions.submit(submitted_post, revision=1, by=editor)
    actions.answer_remarks(submitted_post, {remark.pk: "Дата в тексте есть: пятница"}, by=editor)
    actions.submit(submitted_post, revision=1, by=editor)

    assert submitted_post.status == Status.SUBMITTED


def test_remarks_of_another_post_are_not_answered(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    (strange,) = returned(submitted_post, coordinator)
    other = actions.add_post(submitted_post.plan, content(3, topic="Другое"), by=editor)
    actions.submit(other, revision=1, by=editor)
    returned(other, coordinator)

    actions.answer_remarks(other, {strange.pk: ""}, by=editor)

    assert not hasattr(Remark.objects.get(pk=strange.pk), "answer")


def test_a_post_that_was_not_returned_takes_no_answers(submitted_post: PlannedPost, editor: User) -> None:
    with pytest.raises(TooLate):
        actions.answer_remarks(submitted_post, {1: ""}, by=editor)


def test_no_without_words_is_no_answer() -> None:
    data = {"answer_1": "done", "answer_2": "no", "why_2": " ", "answer_3": "no", "why_3": "Нет фото", "answer_x": "no"}

    assert read(data) == {1: "", 3: "Нет фото"}


def form(post: PlannedPost, **data: object) -> ReturnForm:
    return ReturnForm(data, post=post)


def test_a_quote_tells_its_field(submitted_post: PlannedPost) -> None:
    one = form(submitted_post, remark_1="Точная дата?", quote_1=QUOTE, remark_2="Короче", quote_2="Ремонт моста")

    assert one.is_valid()
    assert [(remark.field, remark.quote) for remark in one.remarks] == [("text", QUOTE), ("topic", "Ремонт моста")]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "remark_1"),
        ({"remark_1": "Дата?", "quote_1": "в субботу"}, "quote_1"),
        ({"quote_1": QUOTE}, "remark_1"),
    ],
    ids=["nothing", "words that are not there", "words without a remark"],
)
def test_what_a_return_is_refused_for(data: dict[str, object], field: str, submitted_post: PlannedPost) -> None:
    one = form(submitted_post, **data)

    assert not one.is_valid()
    assert list(one.errors) == [field]


def test_one_tap_of_the_library_is_a_remark(submitted_post: PlannedPost) -> None:
    phrase = RemarkPhrase.objects.create(text="Добавьте фотографию.", field="media")

    one = form(submitted_post, phrases=[phrase.pk])

    assert one.is_valid()
    assert [(remark.body, remark.field, remark.phrase) for remark in one.remarks] == [(phrase.text, "media", phrase)]


def test_what_was_said_most_often_becomes_the_checklist(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User, now: time_machine.Traveller
) -> None:
    often, once, never = (RemarkPhrase.objects.create(text=text) for text in ("Часто", "Однажды", "Никогда"))
    other = actions.add_post(submitted_post.plan, content(3, topic="Другое"), by=editor)
    actions.submit(other, revision=1, by=editor)
    returned(submitted_post, coordinator, Remark(body="Часто", phrase=often), Remark(body="Однажды", phrase=once))
    returned(other, coordinator, Remark(body="Часто", phrase=often))

    assert checklist.of_post(submitted_post) == [often, once]
    assert never not in checklist.of_post(other)
    now.shift(timedelta(days=91))
    assert checklist.of_post(submitted_post) == []
