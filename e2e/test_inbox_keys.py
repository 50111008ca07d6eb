"""A moderator clears thirty mixed messages by keyboard alone; colleagues of another body see none of their words."""

import json
from collections.abc import Callable

from person import Person
from playwright.sync_api import expect
from portal import Portal

Come = Callable[..., Person]
NOW = "2026-11-26T15:00:00+07:00"
THANKS, SPAM, RUDE, BRIDGE, ASKED = 12, 4, 3, 6, 5
SECRET = "Секретная примета Уртама"
# Beyond this a key for every message would not be worth having.
MOST_KEYS = 130


class Keys:
    """The keyboard of one person; counts what is pressed. A text typed or pasted in a field is one."""

    def __init__(self, person: Person) -> None:
        self.page, self.pressed = person.page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def go(self, *keys: str) -> None:
        """The last key leads to another page."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])

    def write(self, words: str) -> None:
        self.page.keyboard.insert_text(words)
        self.pressed += 1


def bring(portal: Portal) -> None:
    """Thirty messages of five kinds, written one after another: they stand in the queue in this order."""
    words = (
        [f"Спасибо за праздник, было весело, {n}" for n in range(THANKS)]
        + [f"Заработок без вложений, пишите в личку, {n}" for n in range(SPAM)]
        + [f"Фельдшер дура набитая, {n}" for n in range(RUDE)]
        + [f"Когда откроют мост через Уртамку? {n}" for n in range(BRIDGE)]
        + [f"{SECRET}: во сколько приём главы? {n}" for n in range(ASKED)]
    )
    portal.manage(NOW, "shell", "-c", BRING.replace("ROWS", json.dumps(words, ensure_ascii=False)))


BRING = """
from datetime import timedelta
from django.utils import timezone
from moderation.inbox.intake import Arrival, receive
from moderation.models import Message, Source
from people.models import User
from registry.models import Account
page = Account.objects.filter(organization__slug="urtamskoe", network__slug="vk").first()
start = timezone.now() - timedelta(minutes=40)
at = lambda n: {"received_at": start + timedelta(minutes=n), "external_id": f"key-{n}", "post": "7"}
Message.objects.open().update(state="closed", done_at=timezone.now())
rows = [Arrival(account=page, text=text, **at(n)) for n, text in enumerate(ROWS)]
receive(rows, by=User.objects.get(username="urtam"), source=Source.API)
"""


def test_thirty_messages_are_cleared_by_keyboard(portal: Portal, person: Come) -> None:
    portal.start(NOW)
    bring(portal)
    editor = person("urtam")
    keys = Keys(editor)
    editor.go("/messages/")

    # Thanks: no reply is needed.
    keys.press(*["j", "x"] * THANKS, "r")
    keys.write("Благодарность")
    keys.go("Enter")
    editor.sees(f"Готово: {THANKS} сообщений")
    # Spam and insults: removed, each with its ground in the journal; the next message opens by itself.
    keys.go("j", "Enter")
    for ground in ["Alt+4"] * SPAM + ["Alt+5"] * RUDE:
        keys.go("d")
        keys.press(ground, "Alt+0")
        keys.go("Control+Enter")
    editor.look("keys-1-next")
    # One question, six times: a case, taken as a whole; a template begins the reply to all of it.
    keys.go("u")
    keys.press(*["j", "x"] * BRIDGE, "m")
    keys.write("Мост через Уртамку")
    keys.go("Enter")
    editor.look("keys-2-case")
    keys.go("c")
    keys.go("e")
    keys.press("t")
    keys.go("Enter")
    text = editor.page.get_by_label("Текст ответа")
    while not text.evaluate("one => one === document.activeElement"):
        keys.press("Tab")
        assert keys.pressed <= MOST_KEYS, "Tab never reaches the text of the reply"
    keys.go("Control+Enter")
    editor.sees("Ответ отправлен на согласование.")
    editor.look("keys-3-reply")
    # The rest is taken.
    keys.go("u")
    keys.press(*["j"] * BRIDGE, *["j", "x"] * ASKED)
    keys.go("c")

    assert keys.pressed <= MOST_KEYS, keys.pressed
    print(f"keys pressed: {keys.pressed}")
    editor.go("/messages/?state=new")
    expect(editor.page.locator("[data-row]")).to_have_count(0)
    editor.go("/journal/")
    editor.sees("Фельдшер дура набитая")


def test_a_moderator_of_another_body_sees_none_of_it(portal: Portal, person: Come) -> None:
    mine = person("urtam")
    mine.go("/messages/?whose=me")
    address = mine.page.locator("[data-open]").last.get_attribute("href") or ""
    stranger = person("chilino")

    stranger.go(address, status=404)
    for page in ("/messages/?state=any", "/messages/?state=any&q=примета", "/journal/", "/replies/terms/", "/today/"):
        stranger.go(page)
        stranger.sees_not(SECRET)
        stranger.sees_not("Фельдшер дура")
    for page in ("/replies/", "/replies/1/"):
        stranger.go(page, status=403 if page == "/replies/" else 404)
