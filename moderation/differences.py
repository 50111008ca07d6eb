"""The same kind of text decided differently by two bodies: shown to the department, judged by nobody here.

Nearly equal texts have one fingerprint: the stems of their words, sorted, without repeats. It is made once, when the
row is written, and stands in an index: the page asks the database for groups, never for pairs.
"""

from hashlib import blake2b

from django.db.models import Count, Max, Q, QuerySet

from moderation.models import Decision
from moderation.triage.fold import fold
from moderation.triage.reading import TOKEN

WORDS = 3  # «спасибо», «позор» are written everywhere
SHORTEST = 4
STEM = 5  # letters: «реклама», «рекламу» and «рекламой» are one word


def fingerprint(text: str) -> str:
    """24 hexadecimal digits; "" for a text too short to tell."""
    stems = {word[:STEM] for word in TOKEN.findall(fold(text).text) if len(word) >= SHORTEST}
    return blake2b(" ".join(sorted(stems)).encode(), digest_size=12).hexdigest() if len(stems) >= WORDS else ""


def fingerprints(rows: QuerySet[Decision]) -> QuerySet[Decision, tuple[str, int]]:
    """Fingerprints of texts on which two bodies did not do the same: another measure or another ground."""
    groups = rows.exclude(fingerprint="").values("fingerprint")
    counted = groups.annotate(
        bodies=Count("organization", distinct=True),
        measures=Count("measure", distinct=True),
        grounds=Count("ground", distinct=True),
        newest=Max("number"),
    )
    told = counted.filter(Q(measures__gt=1) | Q(grounds__gt=1), bodies__gt=1).order_by("-newest")
    return told.values_list("fingerprint", "newest")
