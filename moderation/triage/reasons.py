"""The sentence of each flag."""

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moderation.triage.disguise import Disguise
from moderation.triage.rule import INSULT, OBSCENE, THREAT, Rule


def of(rule: Rule, disguise: Disguise) -> str:
    return _sentence(rule.flag, rule.note, disguise, get_language() or "")


@lru_cache(maxsize=2048)
def _sentence(flag: str, note: str, disguise: Disguise, language: str) -> str:
    start = {
        OBSCENE: _("Looks like obscene language"),
        INSULT: _("Looks like an insult"),
        THREAT: _("May be a threat"),
    }[flag]
    how = {
        Disguise.PLAIN: "",
        Disguise.REPEATS: _("letters are repeated"),
        Disguise.SOUND: _("spelled as it sounds"),
        Disguise.TWINS: _("letters are replaced with similar signs"),
        Disguise.LATIN: _("written in Latin letters"),
        Disguise.MASK: _("letters are hidden behind signs"),
        Disguise.SEPARATED: _("the letters stand apart"),
        Disguise.REVERSED: _("written from the end to the beginning"),
    }[disguise]
    why = "; ".join(filter(None, [note, how]))
    return f"{start}: {why}." if why else f"{start}."
