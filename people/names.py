"""Russian names in the case a sentence needs: only as far as the rules are certain."""

from people.models import User

_LIKE_ADJECTIVES = ("ский", "цкий", "ской", "цкой", "стой", "ный")
_SOUNDLESS = "бвгджзклмнпрстфхцчшщ"


def accusative(user: User) -> str:
    """«Иванову И. И.»; empty where the person's gender, and so the ending, is not known."""
    ending = _ENDINGS.get(_gender(user))
    if ending is None or not user.last_name:
        return ""
    changed: str = ending(user.last_name)
    return user.short_name.replace(user.last_name, changed, 1)


def _gender(user: User) -> str:
    patronymic = user.patronymic.lower()
    if patronymic.endswith(("вна", "чна")):
        return "feminine"
    return "masculine" if patronymic.endswith("ич") else ""


def _feminine(name: str) -> str:
    for nominative, accusative_ending in (("ая", "ую"), ("яя", "юю"), ("а", "у"), ("я", "ю")):
        if name.endswith(nominative):
            return name.removesuffix(nominative) + accusative_ending
    return name  # Шевченко, Ким: they do not change


def _masculine(name: str) -> str:
    if name.endswith(_LIKE_ADJECTIVES):
        return name[:-2] + "ого"
    for nominative, accusative_ending in (("ь", "я"), ("й", "я"), ("а", "у"), ("я", "ю")):
        if name.endswith(nominative):
            return name.removesuffix(nominative) + accusative_ending
    if name.endswith(("ых", "их")):
        return name
    return name + "а" if name[-1] in _SOUNDLESS else name


_ENDINGS = {"feminine": _feminine, "masculine": _masculine}
