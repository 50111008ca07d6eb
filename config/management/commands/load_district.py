from typing import Any

from django.core.management.base import BaseCommand

from config.district.loading import load


class Command(BaseCommand):
    help = "Loads the bodies of Kozhevnikovsky district and the reference lists; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load()
        if any(added.values()):
            self.stdout.write(", ".join(f"{name} +{count}" for name, count in added.items() if count))
        else:
            self.stdout.write("The district is loaded already.")
