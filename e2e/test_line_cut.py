"""Nothing typed is lost: a cut line and a crash, a session that ends, two people in one post."""

from collections.abc import Callable

from person import Person
from playwright.sync_api import Page, expect
from portal import PASSWORD

Come = Callable[..., Person]

PLAN = "/plans/chilinskoe/2026-W49/"
FORM = f"{PLAN}?new=2026-12-01&time=10:00#form"
BEGUN = "Мост через Уртамку"
GONE_ON = " откроют в пятницу, движение пойдёт по обеим полосам."


def text_of(page: Page) -> str:
    return page.locator("#post-form [name=text]").input_value()


def begins(editor: Person, topic: str) -> Page:
    """Types the first words and waits until they are saved by themselves."""
    page = editor.page
    editor.go(FORM)
    page.get_by_label("Тема").fill(topic)
    page.locator("#post-form [name=text]").press_sequentially(BEGUN)
    expect(page.locator("[data-draft-status]")).to_contain_text("Сохранено в")
    return page


def comes_back(editor: Person) -> Page:
    """The old page is gone as after a crash; the address is opened again."""
    editor.page.close()
    editor.page = editor.context.new_page()
    editor.go(FORM)
    expect(editor.page.locator("[data-draft-offer]")).to_contain_text("Есть несохранённый текст")
    return editor.page


def forgives_the_cut(editor: Person) -> None:
    """The browser reports what it could not reach; anything else counts."""
    editor.errors = [error for error in editor.errors if "ERR_INTERNET_DISCONNECTED" not in error]


def test_a_line_cut_while_typing_and_a_crash_lose_nothing(person: Come) -> None:
    editor = person("chilino")
    page = begins(editor, "Открытие моста")
    editor.context.set_offline(True)
    page.locator("#post-form [name=text]").press_sequentially(GONE_ON)
    expect(page.locator("[data-draft-status]")).to_contain_text("Связи нет")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    assert text_of(page) == BEGUN + GONE_ON, "without a line the form stays"

    editor.context.set_offline(False)
    forgives_the_cut(editor)
    page = comes_back(editor)
    editor.look("line-cut-01-offered-back")
    assert text_of(page) == ""
    page.get_by_role("link", name="Вернуть").click()
    expect(page.locator("#post-form [name=text]")).to_have_value(BEGUN + GONE_ON)
    expect(page.get_by_label("Тема")).to_have_value("Открытие моста")
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    editor.sees("Открытие моста")

    editor.go(FORM)
    expect(page.locator("[data-draft-offer]")).to_be_hidden()


def test_the_line_comes_back_and_the_text_goes_on_by_itself(person: Come) -> None:
    editor = person("voronovo")
    page = editor.page
    editor.go(FORM.replace("chilinskoe", "voronovskoe"))
    editor.context.set_offline(True)
    page.locator("#post-form [name=text]").press_sequentially(BEGUN)
    expect(page.locator("[data-draft-status]")).to_contain_text("Связи нет")

    editor.context.set_offline(False)

    expect(page.locator("[data-draft-status]")).to_contain_text("Сохранено в")
    forgives_the_cut(editor)


def test_who_is_signed_out_in_the_middle_signs_in_again_and_goes_on(person: Come) -> None:
    editor = person("chilino")
    page = begins(editor, "Новый объезд")
    editor.context.clear_cookies(name="sessionid")
    page.locator("#post-form [name=text]").press_sequentially(GONE_ON)
    expect(page.locator("[data-draft-signed-out]")).to_contain_text("Войдите снова в новой вкладке")

    other = editor.context.new_page()
    other.goto("/me/login/")
    other.fill("[name=login]", "chilino")
    other.fill("[name=password]", PASSWORD)
    other.press("[name=password]", "Enter")
    other.wait_for_url("**/today/")
    other.close()
    page.locator("#post-form [name=text]").press_sequentially(" Объезд закроют.")

    expect(page.locator("[data-draft-signed-out]")).to_be_hidden()
    expect(page.locator("[data-draft-status]")).to_contain_text("Сохранено в")
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    editor.sees("Новый объезд")


def test_a_form_sent_after_the_session_ended_is_found_again(person: Come) -> None:
    """Without scripts nothing is saved on the way: the form itself is what must not be lost."""
    editor = person("chilino", java_script_enabled=False)
    page = editor.page
    editor.go(FORM)
    page.get_by_label("Тема").fill("Уборка снега")
    page.locator("#post-form [name=text]").fill(BEGUN)
    editor.context.clear_cookies(name="sessionid")
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    page.fill("[name=login]", "chilino")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**#form")

    editor.sees("Есть несохранённый текст")
    editor.press(page.get_by_role("link", name="Вернуть"))
    assert text_of(page) == BEGUN
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    editor.sees("Уборка снега")


def test_two_people_in_one_post_keep_both_texts(person: Come) -> None:
    editor, coordinator = person("chilino"), person("coordinator")
    page = begins(editor, "Сход граждан")
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    for one in (editor, coordinator):
        one.go(PLAN)
        one.press(one.page.get_by_role("link", name="Сход граждан").first)
        if "form" not in one.page.url:
            one.press("Изменить")

    theirs = coordinator.page.locator("#post-form [name=text]")
    theirs.fill("Сход перенесли на субботу.")
    coordinator.press(coordinator.page.get_by_role("button", name="Сохранить", exact=True))
    page.locator("#post-form [name=text]").fill(BEGUN + GONE_ON)
    expect(page.locator("[data-draft-changed]")).to_contain_text("Пока вы писали, пост изменили")
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))

    editor.sees("Сход перенесли на субботу.")
    assert text_of(page) == BEGUN + GONE_ON
    editor.look("line-cut-02-both-texts")
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    editor.press(page.get_by_role("link", name="Сход граждан").first)
    assert text_of(page) == BEGUN + GONE_ON
    editor.press("История")
    expect(page.locator("details.history")).to_contain_text("субботу")


REPLY = "Здравствуйте! Мост откроют в среду."


def asks_for_a_reply(editor: Person, words: str) -> str:
    """A message waits for a reply; its address. The same words would be the same message."""
    editor.go("/messages/new/")
    account = editor.page.get_by_label("Аккаунт")
    account.select_option(label=next(one for one in account.locator("option").all_inner_texts() if "ВКонтакте" in one))
    editor.page.get_by_label("Что написали").fill(words)
    editor.press("Поставить в очередь")
    return editor.page.url


def kept_in(page: Page) -> str:
    """Everything the browser has stored."""
    return str(page.evaluate("JSON.stringify(localStorage)"))


def test_a_reply_outlives_a_cut_line_and_a_crash_and_nothing_of_it_stays_in_the_browser(person: Come) -> None:
    editor = person("urtam")
    address = asks_for_a_reply(editor, "Когда откроют мост?")
    text = editor.page.get_by_label("Текст ответа")
    editor.context.set_offline(True)
    text.fill(REPLY)
    expect(editor.page.locator("[data-draft-status]")).to_contain_text("Связи нет")
    editor.page.get_by_role("button", name="Отправить на согласование").click()
    expect(text).to_have_value(REPLY)

    editor.page.close()  # before the line is back: else the text goes on by itself
    editor.context.set_offline(False)
    forgives_the_cut(editor)
    editor.page = editor.context.new_page()
    editor.go(address)
    expect(editor.page.locator("#reply [data-draft-offer]")).to_contain_text("Есть несохранённый текст")
    editor.look("line-cut-03-reply-offered-back")
    editor.page.get_by_role("button", name="Вернуть").click()
    expect(editor.page.get_by_label("Текст ответа")).to_have_value(REPLY)
    editor.press("Отправить на согласование")

    editor.sees("Ответ отправлен на согласование.")
    assert REPLY not in kept_in(editor.page)


def test_who_signs_out_leaves_no_text_of_a_reply_in_the_browser(person: Come) -> None:
    editor = person("urtam")
    asks_for_a_reply(editor, "Когда откроют проезд по Садовой?")
    editor.page.route("**/reply/draft/", lambda route: route.abort())
    editor.page.get_by_label("Текст ответа").fill(REPLY)
    expect(editor.page.locator("[data-draft-status]")).to_contain_text("Связи нет")
    assert REPLY in kept_in(editor.page)

    editor.page.locator("details.menu > summary").click()
    editor.press(editor.page.get_by_role("button", name="Выйти"))

    assert REPLY not in kept_in(editor.page)
    editor.errors.clear()  # the savings that were cut off
