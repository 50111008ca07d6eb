"""How often who has asked: the counter behind the limits of the API where there is no Redis."""

from django.db import connections, models, router
from django.utils.translation import gettext_lazy as _


class RateWindowQuerySet(models.QuerySet["RateWindow"]):
    """Phrases about counters."""

    def one_more(self, asker: str, ends: int) -> int:
        """Counts one request in the window that ends then; how many it has seen, with this one.

        One statement: a reading page waits for the database once, and none of two that ask at once is forgotten.
        """
        table = self.model._meta.db_table
        counted = f"""
            INSERT INTO {table} AS kept (asker, ends, used) VALUES (%s, %s, 1) ON CONFLICT (asker) DO UPDATE
            SET used = CASE WHEN kept.ends = excluded.ends THEN kept.used + 1 ELSE 1 END, ends = excluded.ends
            RETURNING used"""  # noqa: S608 - a name from code
        with connections[router.db_for_write(self.model)].cursor() as cursor:
            cursor.execute(counted, [asker, ends])
            return int(cursor.fetchone()[0])

    def over(self, now: int) -> "RateWindowQuerySet":
        """Windows that have ended."""
        return self.filter(ends__lt=now)


class RateWindow(models.Model):
    """The present window of one asker and one allowance."""

    asker = models.CharField(_("who asks"), max_length=100, primary_key=True)
    ends = models.BigIntegerField(_("end of the window"), help_text=_("Seconds since 1970."))
    used = models.PositiveIntegerField(_("requests"))

    objects = RateWindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("counter of requests")
        verbose_name_plural = _("counters of requests")
        indexes = [models.Index(fields=["ends"], name="rate_window_ends")]

    def __str__(self) -> str:
        return f"{self.asker}: {self.used}"
