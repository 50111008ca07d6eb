"""What the shipped rules mark in a text, and what they leave alone. Every sentence here was made up for the tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.tests.sorting import classes, quotes, sorter
from moderation.triage.rule import CLASSES, Rule, problem, shipped
from moderation.triage.sorter import Flag, Sorter

ALPHABET = "абвгдежзийклмнопрстухцчшщыьэюяё ХУЙ хуйпизде.,!*-_@ \u0301\u200bxyepo0123456789ыйи"


# --- offsets ------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(ALPHABET), max_size=120))
def test_every_flag_lies_inside_the_text_and_says_why(text: str) -> None:
    for flag in sorter().sort(text):
        assert 0 <= flag.start < flag.end <= len(text)
        assert flag.flag in CLASSES
        assert flag.reason.endswith(".")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    flags = sorter().sort(text)

    assert all(0 <= flag.start < flag.end <= len(text) for flag in flags)


@settings(max_examples=60, deadline=None)
@given(
    before=st.sampled_from(["", "Ну и ", "😀 да ", "e\u0301 "]),
    at=st.integers(0, 4),
    sign=st.sampled_from("\u0301\u200b\u2060"),
)
def test_a_hidden_character_is_quoted_with_its_word(before: str, at: int, sign: str) -> None:
    word = "нахуй"[:at] + sign + "нахуй"[at:]

    found = quotes(f"{before}{word} всё", "obscene")

    assert [quote.replace(sign, "") for quote in found] == ["нахуй"]


# --- obscene words and their disguises ----------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "хуй",  # plain
        "НАХУЙ",
        "заебало",
        "пиздец",
        "блять",
        "долбоёб",
        "хуууйня",  # repeats
        "хyйня",  # a Latin twin
        "xyйня",
        "пи3дец",  # digits
        "6лядь",
        "х.у.й",  # separators
        "х у й н я",
        "х-у-й",
        "х_у_й",
        "х\u200bуй",  # zero width
        "ху\u0301й",  # a mark above
        "х*й",  # stars
        "п***ец",
        "бл@дь",
        "huynya",  # Latin spelling
        "nahuy",
        "йобаный",  # as it sounds
        "ПиЗдЕц",
        "ху йня",  # one space
        "пи здец",
        "х_й",
        "бл.....ь",  # a long gap
        "бл@ть",
        "е@аный",
        "йух",  # backwards
        "x😀у😀й".replace("x", "х"),  # pictures between the letters
        "ꓳхуеть".replace("ꓳ", "о"),
    ],
)
def test_an_obscene_word_is_found_however_it_is_hidden(word: str) -> None:
    text = f"Вот так {word} у нас с дорогой"

    assert quotes(text, "obscene") == [word]


@pytest.mark.parametrize(
    "text",
    [
        "Застрахуйте дом до зимы, подстрахуйте соседей.",
        "Жители потребляют и употребляют воду из колонки.",
        "Хлеб привозят по средам, мебель чинят в учебном классе.",
        "Не оскорблять и не ослаблять, озлоблять никого не надо.",
        "Ни рубля на мандат и команду, корабли и сабли в музее.",
        "Психуйте сколько угодно, в сухую и тихую погоду тоже.",
        "На вебинаре обсудят дебет, дебаты и себестоимость.",
        "Дом 3-я Заречная, 36а, кв. 3, к 3-м часам.",
        "Тел. р-на, ж/д вокзал, д.11, стр.2",
        "Себастьян Хуанович Хуарес приехал из Хулио-Сити.",
        "Кораблям и скипидару место в сарае.",
        "Число пи здесь ни при чём.",
        "Рыб-во и х-во района, х_арактеристика без пробела.",
        "Не.....а, не надо, по.....ехали дальше.",
    ],
)
def test_innocent_words_are_left_alone(text: str) -> None:
    assert sorter().sort(text) == []


# --- insults ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ты просто осёл",
        "Какой дурак это придумал?",
        "Дебилы в управлении",
        "Вы все клоуны",
        "Закрой свою пасть",
        "Ты вообще тупой",  # words between
        "@sosed клоун, иди домой",  # after the name of the one who is answered
        "[id1|Пётр], клоун, иди домой",
        "Не позорься, клоун.",  # at the end of what is said to one person
        "Сам читаешь, что пишешь, паразит продажный?",
    ],
)
def test_a_person_who_is_insulted_is_marked(text: str) -> None:
    assert "insult" in classes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Осёл в зоопарке болен, помогите.",
        "Бродячие собаки бегают за детьми.",
        "Козёл гуляет по клумбе у клуба.",
        "Свинья опоросилась, нужен ветеринар.",
        "Дырка в асфальте у школы.",
        "Надо отсосать воду из колодца.",
        "Роман «Дурак» привезли в библиотеку? Нет, в дураки играли.",
        "Администрация ничего не делает, позор!",
        "Бюджет разворовали, а нам отписки шлют.",
        "Прекрасная дорога, спасибо, уже третье колесо меняю.",
        "Дело кончено, вопрос закрыт.",
        "Бездельники в управляющей компании.",
        "Таких чиновников надо увольнять.",
        "Дурацкое расписание автобусов, идиотская разметка.",
        "Собакин и Козлов ответили вовремя.",
        "Тварь неизвестная завелась в пруду.",
        "Жопа, а не дорога.",
    ],
)
def test_things_animals_criticism_and_irony_are_not(text: str) -> None:
    assert classes(text) == set()


# --- threats ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Я тебя найду и прибью", "Таких надо расстрелять", "Сломаю тебе шею", "Чтоб вы сдохли"]
)
def test_a_threat_is_hinted_at(text: str) -> None:
    assert "threat" in classes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Прошу вас повесить фонарь и знак.",
        "Убить время негде, клуб закрыт.",
        "Ноги переломаем на этом льду!",
        "Сжечь мусор нельзя, вывезти некому.",
        "В 1941 году здесь расстреляли мирных жителей.",
        "Борщевик надо уничтожить.",
        "Голову можно разбить об эту трубу.",
        "Руки бы оторвать тем, кто так чинит.",
        "Расстрел декабристов, лекция в музее.",
    ],
)
def test_everyday_words_are_no_threat(text: str) -> None:
    assert classes(text) == set()


# --- advertising --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ищу людей на лёгкую подработку, плачу 4500 в день, пишите в лс",
        "Нyжны люди нa yдaлённyю paбoтy, дoxoд oт 900$ в нeдeлю",
        "Крипта без риска: пассивный доход, всему научим, пиши в личку",
    ],
)
def test_advertising_is_marked(text: str) -> None:
    assert "spam" in classes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Когда выплатят пособие? Доход у семьи 12000 рублей.",
        "Нашли ключи у школы, пишите мне.",
        "Центр занятости предлагает подростковую подработку летом.",
        "Почему мы платим за отопление 5000 рублей в месяц?",
        "Подпишитесь на канал дома культуры, вход бесплатный.",
        "Оплата за мусор выросла до 150 рублей с человека.",
        "Ищем волонтёров для уборки парка в субботу.",
        "Внимание, потерялась собака, вознаграждение 5000 рублей.",
    ],
)
def test_a_resident_who_speaks_of_money_is_not(text: str) -> None:
    assert "spam" not in classes(text)


# --- rules --------------------------------------------------------------------------------------


def test_every_shipped_rule_has_a_pattern_that_people_could_add_too() -> None:
    single_group = {rule.pattern for rule in shipped() if rule.pattern.startswith("<") and " " not in rule.pattern}

    wrong = {rule.pattern for rule in shipped() if problem(rule.kind, rule.pattern)}

    assert wrong <= single_group


def test_no_shipped_rule_stands_twice() -> None:
    keys = [rule.key for rule in shipped()]

    assert len(keys) == len(set(keys))


def test_an_exception_takes_a_word_out() -> None:
    rules = [Rule("insult", "word", "выжига"), Rule("insult", "exception", "старый выжига")]

    flags = Sorter(rules).sort("Старый выжига и новый выжига")

    assert [(flag.start, flag.end) for flag in flags] == [(22, 28)]


def test_a_word_is_found_in_all_its_forms() -> None:
    flags = Sorter([Rule("insult", "word", "выжига", note="скуп")]).sort("Двум выжигам")

    assert flags == [Flag("insult", 5, 12, "Похоже на оскорбление: скуп.")]


@pytest.mark.parametrize("pattern", ["(а+)+$", "*", "а*", "слово слово", "", "дурак.", "<script>"])
def test_a_bad_pattern_gets_a_sentence(pattern: str) -> None:
    assert problem("form", pattern)
