from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.district.loading import load


class Command(BaseCommand):
    help = "Loads the bodies of Kozhevnikovsky district and the reference lists; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load()
        if any(added.values()):
            self.stdout.write(_("The district is loaded: %s.") % ", ".join(_words(added)))
        else:
            self.stdout.write(_("The district is loaded already."))


def _words(added: dict[str, int]) -> list[str]:
    """«11 органов», «1 норма»; nothing of what was there already."""
    words = {
        "organizations": ngettext("%(n)d body", "%(n)d bodies", added["organizations"]),
        "networks": ngettext("%(n)d social network", "%(n)d social networks", added["networks"]),
        "limits": ngettext("%(n)d limit of texts", "%(n)d limits of texts", added["limits"]),
        "formats": ngettext("%(n)d format of posts", "%(n)d formats of posts", added["formats"]),
        "rubrics": ngettext("%(n)d rubric", "%(n)d rubrics", added["rubrics"]),
        "grounds": ngettext("%(n)d ground for removal", "%(n)d grounds for removal", added["grounds"]),
        "norms": ngettext("%(n)d norm", "%(n)d norms", added["norms"]),
        "checks": ngettext(
            "%(n)d question of the verification checklist",
            "%(n)d questions of the verification checklist",
            added["checks"],
        ),
        "security": ngettext(
            "%(n)d item of the security checklist", "%(n)d items of the security checklist", added["security"]
        ),
        "dates": ngettext("%(n)d memorable date", "%(n)d memorable dates", added["dates"]),
        "reply_limits": ngettext("%(n)d limit of replies", "%(n)d limits of replies", added["reply_limits"]),
        "tone": ngettext("%(n)d word of a wrong tone", "%(n)d words of a wrong tone", added["tone"]),
        "reply_templates": ngettext(
            "%(n)d template of replies", "%(n)d templates of replies", added["reply_templates"]
        ),
        "phrases": ngettext("%(n)d frequent remark", "%(n)d frequent remarks", added["phrases"]),
    }
    return [words[name] % {"n": count} for name, count in added.items() if count]
