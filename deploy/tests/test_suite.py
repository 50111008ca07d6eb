"""What the short suite of `.ci/run` may not leave out on the servers."""

import re

from deploy.suite import EMBEDDED, SHORT, SPEAKS
from deploy.venv import ROOT

ROOMS = ("compliance", "config", "contentplan", "deploy", "moderation", "networks", "people", "registry", "review")
# A test that asks which database it stands on, or that commits, says something the other database does not.
OF_THE_DATABASE = re.compile(r"connection\.vendor|django_db\(transaction=True\)")


def test_every_test_in_which_the_database_speaks_is_run_on_the_servers_too() -> None:
    files = [file for room in ROOMS for file in (ROOT / room).glob("**/test_*.py") if file.name != "test_suite.py"]
    speaking = {str(file.relative_to(ROOT)) for file in files if OF_THE_DATABASE.search(file.read_text("utf-8"))}

    assert sorted(speaking - set(SPEAKS)) == []


def test_every_file_the_suite_names_exists() -> None:
    assert [name for name in [*SPEAKS, *EMBEDDED, *SHORT] if not (ROOT / name).is_file()] == []
