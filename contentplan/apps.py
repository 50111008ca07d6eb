from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentplanConfig(AppConfig):
    name = "contentplan"
    verbose_name = _("content plans")
