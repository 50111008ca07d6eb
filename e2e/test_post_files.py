"""A post with pictures: sent one by one, prepared by the worker, described, checked, seen as it will look."""

import io
from collections.abc import Callable

from person import Person
from PIL import Image
from playwright.sync_api import FilePayload, expect

Come = Callable[..., Person]

FORM = "/plans/chilinskoe/2026-W49/?new=2026-12-01&time=10:00#form"
TEXT = "Мост через Уртамку откроют в пятницу: https://example.ru/most #Чилино. Вопросы: +7 913 555-12-34."


def picture(name: str, colour: str) -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_pictures_from_the_phone_to_the_page_of_the_post(person: Come) -> None:
    editor = person("chilino")
    page = editor.page
    editor.go(FORM)
    page.get_by_label("Тема").fill("Ремонт моста")
    page.locator("#post-form [name=text]").fill(TEXT)
    page.locator("input[type=file]").set_input_files([picture("мост.jpg", "teal"), picture("сад.jpg", "olive")])
    rows = page.locator("[data-media-row]")
    expect(rows).to_have_count(2)
    expect(rows.locator("img")).to_have_count(2, timeout=30_000)
    rows.nth(1).get_by_role("button", name="Выше").click()
    rows.nth(0).get_by_label("Что на картинке").fill("Яблони у школы")
    page.get_by_role("button", name="Проверить").click()
    expect(page.locator("#check")).to_contain_text("1 картинка без описания: мост.jpg.")
    expect(page.locator("#check")).to_contain_text("номер мобильного телефона")
    expect(page.locator(".preview .marked")).to_have_text(["https://example.ru/most", "#Чилино"])
    editor.look("post-files-01-checked")

    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    editor.press(page.get_by_role("link", name="Ремонт моста").first)
    assert rows.locator("b").all_inner_texts() == ["сад.jpg", "мост.jpg"]
    editor.press("История")
    page.get_by_text("Как это будет выглядеть").click()
    editor.look("post-files-02-page")
    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать все файлы").click()
    assert download.value.suggested_filename == "2026-12-01-ремонт-моста.zip"
