"""A district stop: one action, everybody sees it, every held post gets a second look; then one comes out by phone."""

from collections.abc import Callable

from person import Person
from playwright.sync_api import Locator, expect
from portal import Portal

Come = Callable[..., Person]

THURSDAY = "2026-11-26T09:10:00+07:00"
REASON = "Траур в области до 27 ноября"
STOPPED = "Публикации остановлены: Администрация района."
# Approved posts of Voronovo in the running week: on Thursday at 9, on Friday at 17.
BODY, POLL, AWARDS = "Вороновское поселение", "Опрос: когда удобнее работать библиотеке", "Награды ко Дню матери"
PLAN = "/plans/voronovskoe/2026-W48/"


def test_a_stop_of_the_whole_district(portal: Portal, person: Come) -> None:
    coordinator, editor = person("coordinator"), person("voronovo")
    stops_the_district(coordinator)
    finds_everything_on_hold(editor)
    lifts_the_stop(coordinator)
    looks_at_held_posts_again(coordinator)

    portal.start(THURSDAY)
    phone = person("voronovo", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    publishes_by_phone(phone)


def stops_the_district(coordinator: Person) -> None:
    """Nothing happens before it was shown what will be held."""
    page = coordinator.page
    coordinator.go("/today/")
    coordinator.press("Остановить публикации")
    page.get_by_label("траур").check()
    page.get_by_label("Коротко, для всех").fill(REASON)
    coordinator.look("stop-01-form")
    coordinator.press("Показать, что приостановится")
    coordinator.sees(f"{BODY}:")
    coordinator.look("stop-02-what-will-be-held")
    coordinator.press("Остановить публикации")
    coordinator.sees(STOPPED)
    expect(row_of(coordinator, POLL)).to_be_visible()
    coordinator.look("stop-03-in-force")


def finds_everything_on_hold(editor: Person) -> None:
    """The banner stands above every page, the posts say why they wait."""
    page = editor.page
    for address in ("/today/", "/day/", "/registry/", PLAN):
        editor.go(address)
        editor.sees(STOPPED)
        editor.sees(REASON)
    expect(page.locator("article.post").filter(has_text=POLL)).to_contain_text("Приостановлен")
    editor.look("stop-04-editor-board")
    editor.press(page.locator("article.post").filter(has_text=POLL).locator("a").first)
    editor.sees("пост возобновят, когда снимут стоп")
    editor.press(page.locator("section.stop-banner").get_by_role("link", name="Что приостановлено"))
    editor.sees(POLL)
    editor.look("stop-05-editor-what-is-held")
    expect(page.get_by_role("button", name="Снять стоп")).to_have_count(0)


def lifts_the_stop(coordinator: Person) -> None:
    page = coordinator.page
    page.get_by_role("button", name="Снять стоп").click()
    coordinator.press(page.get_by_role("dialog").get_by_role("button", name="Снять стоп"))
    coordinator.sees("Стоп снят.")
    expect(page.locator("section.stop-banner")).to_have_count(0)
    coordinator.look("stop-06-second-look")


def looks_at_held_posts_again(coordinator: Person) -> None:
    """One goes on as it is, one is taken off with a reason; the page counts."""
    coordinator.press(row_of(coordinator, POLL).get_by_role("button", name="Возобновить"))
    coordinator.sees(f"Возобновлено: «{POLL}»")
    awards = row_of(coordinator, AWARDS)
    awards.get_by_text("Снять с плана").first.click()
    awards.get_by_label("Почему снимаем").fill("После траура неуместно")
    coordinator.press(awards.get_by_role("button", name="Снять с плана"))
    coordinator.sees(f"Снято с плана: «{AWARDS}»")
    expect(row_of(coordinator, POLL)).to_have_count(0)
    expect(row_of(coordinator, AWARDS)).to_have_count(0)
    expect(coordinator.page.locator(".stat.good")).to_contain_text("2")
    coordinator.look("stop-07-two-looked-at")


def row_of(person: Person, topic: str) -> Locator:
    return person.page.locator("li.today-post").filter(has_text=topic).filter(has_text=BODY)


def publishes_by_phone(phone: Person) -> None:
    """Text, account, link; a link of somebody else's page is refused with a sentence and stays in the field."""
    page = phone.page
    phone.go("/today/")
    phone.press(page.locator("main").get_by_role("link", name="Сегодня выходит"))
    phone.sees("Пора публиковать")
    phone.look("stop-08-today")
    phone.press(page.locator("li.today-post").filter(has_text=POLL).get_by_role("link", name="Опубликовать").first)
    expect(page.get_by_label("Текст поста")).not_to_have_value("")
    phone.look("stop-09-publish")
    stranger = "https://vk.com/glashatay_demo_urtam?w=wall-1_1"
    page.get_by_label("Ссылка на публикацию").fill(stranger)
    phone.press("Отметить выход")
    expect(page.locator(".field.wrong")).to_have_count(1)
    expect(page.get_by_label("Ссылка на публикацию")).to_have_value(stranger)
    while "/publish/" in page.url:
        page.get_by_label("Ссылка на публикацию").fill(link_in(page.locator("a[target=_blank]").first))
        phone.press("Отметить выход")
        phone.sees(f"Отмечено, что пост вышел: «{POLL}»")
    phone.sees("Уже вышло")
    phone.look("stop-10-out")


def link_in(account: Locator) -> str:
    """A publication of the account that the page offers to open."""
    address = account.get_attribute("href")
    assert address
    return f"{address}?w=wall-900000000_801" if "vk.com" in address else f"{address}/topic/801"
