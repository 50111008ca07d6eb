"""A day of each person in short: everybody finds what they came for, and nothing that is not theirs."""

import csv
import io
import re
from collections.abc import Callable

from person import Person
from playwright.sync_api import expect
from portal import PASSWORD, Portal, text_of

Come = Callable[..., Person]

# The smallest picture there is: one white point.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)
INSULT = "Все вы там воры и негодяи, пошли вон"


def test_the_coordinator_goes_through_the_queue_without_a_mouse(person: Come) -> None:
    coordinator = person("coordinator")
    page = coordinator.page
    coordinator.look("days-coordinator-today")
    coordinator.go("/review/")
    waiting = page.locator("ol.queue > li")
    before = waiting.count()
    coordinator.look("days-coordinator-queue")
    coordinator.tab_to(coordinator.control("Начать согласование"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    coordinator.look("days-coordinator-post")

    first = page.get_by_role("heading", level=1).inner_text()
    with page.expect_navigation():
        page.keyboard.press("a")
    coordinator.sees(f"Согласовано: «{first}»")
    second = page.url.split("#")[0]
    with page.expect_navigation():
        page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("k")
    assert page.url.split("#")[0] == second
    returned = page.get_by_role("heading", level=1).inner_text()
    # The same key in the Russian layout, which the driver's own keyboard does not have.
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'к', bubbles: true}))")
    expect(page.get_by_label("Что изменить")).to_be_focused()
    page.keyboard.type("Укажите час и место.")
    coordinator.tab_to(page.get_by_role("button", name="Вернуть", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    coordinator.sees(f"Возвращено с замечанием: «{returned}»")

    coordinator.go("/review/")
    expect(waiting).to_have_count(before - 2)


def test_the_coordinator_sees_all_plans_and_keeps_the_registry(person: Come) -> None:
    coordinator = person("coordinator")
    page = coordinator.page
    coordinator.go("/plans/")
    coordinator.look("days-coordinator-matrix")
    coordinator.press(page.locator("a.cell[href='/plans/urtamskoe/2026-W49/']"))
    coordinator.look("days-coordinator-plan")
    coordinator.go("/registry/?organization=chilinskoe")
    coordinator.look("days-coordinator-registry")
    coordinator.press("Чилино в MAX (демо)")
    coordinator.press("Предложить изменение")
    coordinator.look("days-coordinator-account")
    coordinator.go("/accounts/new/")
    coordinator.look("days-coordinator-new-account")
    page.get_by_label("Ссылка").first.fill("https://vk.com/feed")
    coordinator.press("Предложить запись")
    expect(page.locator("main .error").first).to_be_visible()
    # The browser itself notes the 400 under which the form comes back.
    coordinator.errors = [error for error in coordinator.errors if "400 (Bad Request)" not in error]
    coordinator.look("days-coordinator-account-refused")


def test_the_head_reads_everything_and_changes_nothing(person: Come) -> None:
    head = person("head")
    page = head.page
    pages = {
        "today": "/today/",
        "plans": "/plans/",
        "plan": "/plans/urtamskoe/2026-W49/",
        "weeks": "/weeks/",
        "week": "/weeks/2026-W47/",
        "registry": "/registry/",
        "journal": "/journal/",
        "decision": "/journal/1/",
    }
    for name, address in pages.items():
        head.go(address)
        head.look(f"days-head-{name}")
        expect_nothing_to_change(head)
    head.go("/plans/urtamskoe/2026-W49/")
    head.press(page.locator("article.post a.open").first)
    head.look("days-head-post")
    expect_nothing_to_change(head)
    head.go("/review/", status=403)
    head.look("days-head-forbidden")
    head.go("/journal/new/", status=403)


def expect_nothing_to_change(one: Person) -> None:
    """No form that posts, no way to a form that would."""
    main = one.page.locator("main")
    expect(main).to_be_visible()
    expect(main.locator("form[method=post]")).to_have_count(0)
    ways = main.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert [way for way in ways if way and re.search(r"/(new|edit|reverse)/|[?&](new|post)=", way)] == []


def test_the_moderator_enters_a_decision_with_evidence_and_takes_it_back(person: Come) -> None:
    moderator = person("moderator")
    page = moderator.page
    moderator.look("days-moderator-today")
    moderator.go("/journal/")
    moderator.look("days-moderator-journal")
    moderator.press("Внести решение")
    moderator.look("days-moderator-new-decision")
    page.get_by_label("Аккаунт").select_option(label="ВКонтакте: Уртам официальный (демо)")
    page.locator("[name=text]").fill(INSULT)
    page.locator("[name=text]").press("Alt+1")
    expect(page.get_by_label("Норма, которую нарушили").or_(page.locator("[name=citation]")).first).to_be_visible()
    page.keyboard.press("5")
    expect(page.get_by_role("radio", name="Оскорбление")).to_be_checked()
    expect(page.locator("[name=citation]")).to_be_hidden()
    page.locator("[name=evidence]").set_input_files({"name": "снимок.png", "mimeType": "image/png", "buffer": PICTURE})
    page.locator("[name=is_criticism][value=no]").check()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    moderator.sees("внесено в журнал.")
    moderator.sees(INSULT)
    moderator.look("days-moderator-decision")
    with page.expect_download() as download:
        page.get_by_role("link", name="снимок.png").click()
    assert download.value.path().read_bytes() == PICTURE

    number = page.url.rstrip("/").split("/")[-1]
    moderator.press("Отменить решение")
    moderator.look("days-moderator-reversal")
    page.get_by_label("Почему").fill("Это была критика, критика остаётся.")
    moderator.press("Отменить решение")
    moderator.sees(f"Решение М-2026-{int(number):06} отменено записью М-2026-")
    moderator.look("days-moderator-reversed")
    moderator.go(f"/journal/{number}/")
    expect(moderator.control("Отменить решение")).to_have_count(0)
    moderator.go("/journal/?state=reversed")
    moderator.sees(INSULT)


def test_the_administrator_invites_somebody_who_then_signs_in(portal: Portal, person: Come) -> None:
    administrator = person("admin")
    page = administrator.page
    administrator.look("days-administrator-today")
    administrator.go("/people/")
    administrator.look("days-administrator-people")
    administrator.press("Пригласить")
    administrator.look("days-administrator-invitation")
    page.get_by_label("Фамилия").fill("Новикова")
    page.get_by_label("Имя", exact=False).first.fill("Дарья")
    page.get_by_label("Электронная почта").or_(page.locator("[name=email]")).first.fill("novikova@demo.example")
    option = page.locator("[name=organization] option", has_text="Чилинское").get_attribute("value")
    page.locator("[name=organization]").select_option(option)
    page.locator("[name=role][value=editor]").check()
    administrator.press("Отправить приглашение")
    administrator.sees("Приглашение отправлено на novikova@demo.example.")
    administrator.look("days-administrator-person")

    letter = text_of(portal.letter("novikova@demo.example", "доступ"))
    address = re.search(rf"{re.escape(portal.url)}(/me/invitation/\S+)", letter)
    assert address, letter
    newcomer = person()
    newcomer.go(address[1])
    newcomer.look("days-newcomer-invitation")
    for name in ("password", "again"):
        newcomer.page.fill(f"[name={name}]", PASSWORD)
    newcomer.press("Сохранить пароль")
    newcomer.sees("Пароль сохранён.")
    newcomer.sign_in("novikova@demo.example")
    newcomer.look("days-newcomer-today")
    newcomer.go("/me/")
    newcomer.look("days-newcomer-profile")

    late = person()
    late.go(address[1], status=410)
    late.look("days-newcomer-late")

    for name, where in {"audit": "/audit/", "roles": "/people/roles/", "reference": "/admin/"}.items():
        administrator.go(where)
        administrator.look(f"days-administrator-{name}")
    administrator.go("/audit/")
    administrator.sees("Новикова")


def test_a_citizen_finds_the_page_of_a_village(person: Come) -> None:
    citizen = person()
    page = citizen.page
    citizen.go("/")
    citizen.look("days-citizen-registry")
    page.get_by_role("searchbox", name="Найти орган или страницу").or_(page.locator("[name=q]")).first.fill("ЧИЛИНСКОЕ")
    citizen.press(page.get_by_role("button", name="Найти"))
    expect(page.locator("article.card")).to_have_count(1)
    citizen.sees("Чилино сегодня (демо)")
    citizen.press("Сбросить")
    citizen.press(page.get_by_role("navigation", name="Сети").get_by_role("link", name="Одноклассники"))
    assert "network=ok" in page.url  # a filter is a link that can be handed on
    marks = page.locator("article.card .account .net").all_inner_texts()
    assert marks
    assert {mark.split()[0] for mark in marks} == {"ОК"}
    citizen.look("days-citizen-filter")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = download.value.path().read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert len(rows) == 1 + len(marks)
    citizen.press(page.locator("article.card .account a").first)
    citizen.look("days-citizen-card")
    citizen.go("/?q=такого органа нет")
    citizen.look("days-citizen-nothing")
    citizen.sees("Ничего не нашлось")
    citizen.go("/me/login/")
    citizen.look("days-citizen-sign-in")
    citizen.go("/display/")
    citizen.look("days-citizen-display")
    citizen.go("/accounts/999999/", status=404)
    citizen.look("days-citizen-not-found")


def test_the_webmaster_reads_the_registry_by_machine(person: Come) -> None:
    ask = person().context.request
    first = ask.get("/api/v1/accounts/?page_size=5").json()
    assert len(first["results"]) == 5
    assert first["previous"] is None
    found, answer = list(first["results"]), first
    while answer["next"]:
        answer = ask.get(answer["next"]).json()
        found += answer["results"]
    assert len({row["id"] for row in found}) == first["count"] == len(found)
    assert {"id", "url", "network", "name", "status", "organization", "verified_on"} <= found[0].keys()
    own = ask.get("/api/v1/accounts/?organization=chilinskoe").json()["results"]
    assert [row["url"] for row in own] == ["https://vk.com/glashatay_demo_chilino"]
    assert ask.get(f"/api/v1/accounts/{own[0]['id']}/").json()["name"] == "Чилино сегодня (демо)"
    assert ask.get("/api/v1/accounts/?network=none").status == 400
    answer = ask.get("/api/v1/accounts/", headers={"Origin": "https://kozhevnikovo.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_all_components_fit_every_screen(person: Come) -> None:
    developer = person("admin")
    developer.go("/ui/")
    developer.look("days-developer-components")
