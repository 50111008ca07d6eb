"""Runs a module under a clock that was set: `python clock.py 2026-12-07T06:05:00+07:00 1795566963.2 MODULE …`.

The number is the real moment at which that clock was set: processes that start one after another share one clock.
"""

import runpy
import sys
import time
from datetime import datetime, timedelta

import time_machine

if __name__ == "__main__":
    moment, set_at, module, *arguments = sys.argv[1:]
    passed = timedelta(seconds=time.time() - float(set_at))
    time_machine.travel(datetime.fromisoformat(moment) + passed, tick=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
