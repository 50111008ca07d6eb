"""Russian dates where Django's own are not enough.

ISO stands first among the input formats: that is what native inputs (`type="date"`, `"datetime-local"`, `"time"`)
show and send, and Django writes the first format into the input. People may still type 30.11.2026.
"""

DATETIME_FORMAT = "j E Y г., H:i"
TIME_FORMAT = "H:i"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%y %H:%M"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
