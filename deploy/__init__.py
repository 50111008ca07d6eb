"""From a bare machine to a running portal: `make run`, `make test`, `make check`. Standard library only."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - what is refused here is an older Python
    sys.exit(
        "Нужен Python 3.11 или новее, а здесь {}.{}: поставьте его или укажите, "
        "например «make run PYTHON=python3.12».".format(*sys.version_info)
    )
