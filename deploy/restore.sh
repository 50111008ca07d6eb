#!/bin/sh
# Puts an archive of backup.sh in the place of what is there; stop the portal first: deploy/restore.sh ARCHIVE --replace
set -eu
umask 077
cd "$(dirname "$0")/.."
python=${PYTHON:-$PWD/.venv/bin/python}
exec "$python" -m deploy.archive restore "$@"
