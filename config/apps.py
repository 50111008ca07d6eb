from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal as a whole: its commands and its checks."""

    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401 - registers them
