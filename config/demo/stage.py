"""What the demonstration is made of: `stage.yaml`, read once."""

from pathlib import Path
from typing import Any

import yaml

STAGE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "stage.yaml").read_text(encoding="utf-8"))
