"""Names in the case a sentence needs, where the rules are certain."""

import pytest

from people.models import User
from people.names import accusative


@pytest.mark.parametrize(
    ("last", "patronymic", "expected"),
    [
        ("Иванова", "Ивановна", "Иванову И. И."),
        ("Северская", "Ильинична", "Северскую И. И."),
        ("Шевченко", "Ивановна", "Шевченко И. И."),
        ("Ким", "Ивановна", "Ким И. И."),
        ("Иванов", "Иванович", "Иванова И. И."),
        ("Достоевский", "Ильич", "Достоевского И. И."),
        ("Толстой", "Иванович", "Толстого И. И."),
        ("Цой", "Иванович", "Цоя И. И."),
        ("Король", "Иванович", "Короля И. И."),
        ("Глинка", "Иванович", "Глинку И. И."),
        ("Черных", "Иванович", "Черных И. И."),
        ("Шевченко", "Иванович", "Шевченко И. И."),
        ("Ким", "Иванович", "Кима И. И."),
        ("Иванова", "", ""),  # a woman or a man: not known
        ("", "Ивановна", ""),
    ],
)
def test_accusative(last: str, patronymic: str, expected: str) -> None:
    assert accusative(User(last_name=last, first_name="Илья", patronymic=patronymic)) == expected
