"""Keeps the processes of the Procfile alive, and stops them so that running tasks are finished.

Why our own: a stop must reach the main process of each only (a signal to the whole group kills a worker's children in
the middle of a task), and a process that died must come back. See docs/adr/0001-embedded-broker-and-supervisor.md.
"""

import contextlib
import ctypes
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

GRACE = 30.0
# Seconds before a dead process is started again: doubled each time up to the longest, forgotten after a calm minute.
FIRST_PAUSE, LONGEST_PAUSE, CALM = 0.5, 30.0, 60.0
# How often the web server may die before its first answer.
ATTEMPTS = 3
PR_SET_PDEATHSIG = 1


def read_procfile(path: Path, python: str) -> dict[str, list[str]]:
    """Name → command; `python` stands for the project's own."""
    lines = [line.partition(":") for line in path.read_text().splitlines() if line and not line.startswith("#")]
    commands = {name: shlex.split(command) for name, _, command in lines}
    return {name: [python if word == "python" else word for word in words] for name, words in commands.items()}


def die_with_parent() -> None:
    """Asks the kernel to stop this process when the one that started it is gone, even killed hard (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One line of the Procfile and the process that runs it now."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self.name, self.command, self.environment, self.folder = name, command, environment, folder
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = FIRST_PAUSE
        self.started = self.due = 0.0
        self.deaths = 0

    def start(self) -> None:
        # A session of its own: Ctrl+C in the terminal reaches the supervisor only. The process is single-threaded, so
        # preexec_fn is safe.
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        self.started = time.monotonic()

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look_after(self) -> None:
        """Notices a death, and starts again when the pause is over."""
        if self.is_alive:
            return
        now = time.monotonic()
        if self.process is not None:
            self._bury(now)
        elif now >= self.due:
            self.start()

    def _bury(self, now: float) -> None:
        assert self.process is not None  # noqa: S101 - for the type checker
        self.signal_group(signal.SIGTERM)
        if now - self.started > CALM:
            self.pause = FIRST_PAUSE
        code = self.process.returncode
        how = f"сигнал {-code}" if code < 0 else f"код {code}"
        print(f"{self.name}: процесс остановился ({how}), запускаю снова через {self.pause:g} с", flush=True)
        self.process, self.due = None, now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.deaths += 1

    def signal_group(self, number: signal.Signals) -> None:
        """Reaches what a dead process has left behind."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Runs all children until it is told to stop."""

    def __init__(self, commands: dict[str, list[str]], environment: dict[str, str], folder: Path) -> None:
        self.children = [Child(name, command, environment, folder) for name, command in commands.items()]
        self.stops = 0

    def run(self, answers: Callable[[], bool], ready: Callable[[], None], patience: float = 90) -> int:
        """Starts everything, calls `ready` at the first answer, looks after it; returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        deadline: float | None = time.monotonic() + patience
        while not self.stops:
            for child in self.children:
                child.look_after()
            if deadline is not None and answers():
                deadline = None
                ready()
            if deadline is not None and (time.monotonic() > deadline or self.children[0].deaths >= ATTEMPTS):
                print("Веб-сервер не отвечает, причина выше; всё остановлено.", file=sys.stderr, flush=True)
                self.stop()
                return 1
            time.sleep(0.2)
        print("\nОстанавливаю: начатые задачи будут закончены…", flush=True)
        self.stop()
        return 0

    def _stop(self, *_: object) -> None:
        self.stops += 1

    def stop(self) -> None:
        """Asks each main process to finish; kills what does not within the grace, or at a second Ctrl+C."""
        alive = [child for child in self.children if child.is_alive]
        for child in alive:
            assert child.process is not None  # noqa: S101 - for the type checker
            child.process.terminate()
        end = time.monotonic() + GRACE
        while any(child.is_alive for child in alive) and time.monotonic() < end and self.stops < 2:
            time.sleep(0.1)
        for child in alive:
            child.signal_group(signal.SIGKILL)
