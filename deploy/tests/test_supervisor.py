"""The supervisor brings back what died and lets what runs be finished."""

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import supervisor
from deploy.supervisor import Child, Supervisor, read_procfile

PATIENCE = 10
# Says that it lives; at TERM writes that it finished, unless it is killed hard.
STUBBORN = """
import pathlib, signal, sys, time
def finish(*_):
    time.sleep(0.3)
    pathlib.Path(sys.argv[1], "finished").touch()
    sys.exit()
signal.signal(signal.SIGTERM, finish)
pathlib.Path(sys.argv[1], "lives").touch()
time.sleep(60)
"""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    one = Child("worker", [sys.executable, "-c", STUBBORN, str(tmp_path)], {}, tmp_path)
    yield one
    one.signal_group(signal.SIGKILL)
    if one.process:
        one.process.wait()


def wait_for(path: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} did not appear"
        time.sleep(0.02)


def test_the_procfile_names_three_processes(tmp_path: Path) -> None:
    (tmp_path / "Procfile").write_text('# comment\nweb: python -m web\nbeat: python -m beat --pidfile ""\n')

    commands = read_procfile(tmp_path / "Procfile", "/venv/python")

    assert commands == {"web": ["/venv/python", "-m", "web"], "beat": ["/venv/python", "-m", "beat", "--pidfile", ""]}


def test_a_killed_process_is_started_again(child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child.pause = 0
    child.look_after()
    wait_for(tmp_path / "lives")
    assert child.process
    first = child.process.pid

    child.process.kill()
    child.process.wait()
    child.look_after()
    child.look_after()

    assert child.is_alive
    assert child.process.pid != first


def test_the_pause_grows_with_each_death(tmp_path: Path) -> None:
    child = Child("web", ["false"], {"PATH": "/usr/bin:/bin"}, tmp_path)
    pauses = []
    for _ in range(8):
        child.due = 0
        child.look_after()
        assert child.process
        child.process.wait()
        pauses.append(child.pause)
        child.look_after()

    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_a_stop_lets_the_running_task_finish(child: Child, tmp_path: Path) -> None:
    whole = Supervisor({}, {}, tmp_path)
    whole.children = [child]
    child.start()
    wait_for(tmp_path / "lives")

    whole.stop()

    assert (tmp_path / "finished").exists()


def test_a_second_stop_does_not_wait(child: Child, tmp_path: Path) -> None:
    whole = Supervisor({}, {}, tmp_path)
    whole.children, whole.stops = [child], 2
    child.start()
    wait_for(tmp_path / "lives")

    whole.stop()

    assert child.process
    assert child.process.wait(PATIENCE) == -signal.SIGKILL


@pytest.fixture
def own_signals() -> Iterator[None]:
    """The supervisor takes the signals of the process; the test gives them back."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_a_web_server_that_never_answers_ends_the_start(
    own_signals: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.0)
    whole = Supervisor({"web": [sys.executable, "-c", "raise SystemExit(3)"]}, {}, tmp_path)

    code = whole.run(answers=lambda: False, ready=lambda: None)

    assert code == 1
    assert capsys.readouterr().err == "Веб-сервер не отвечает, причина выше; всё остановлено.\n"


def test_the_first_answer_is_announced_once(child: Child, own_signals: None, tmp_path: Path) -> None:
    whole = Supervisor({}, {}, tmp_path)
    whole.children = [child]
    announced = []

    def ready() -> None:
        announced.append("ready")
        signal.raise_signal(signal.SIGINT)

    assert whole.run(answers=lambda: (tmp_path / "lives").exists(), ready=ready) == 0
    assert announced == ["ready"]
