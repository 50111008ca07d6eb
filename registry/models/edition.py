"""The number of what the open pages show now."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """One row. Its number grows with every change of a table that open pages read; only triggers write it.

    See `registry.editions`.
    """

    number = models.BigIntegerField(_("number"))

    class Meta:
        verbose_name = _("edition of the registry")
        verbose_name_plural = _("editions of the registry")

    def __str__(self) -> str:
        return str(self.number)
