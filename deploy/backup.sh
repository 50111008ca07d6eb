#!/bin/sh
# Copies database and files of the running portal into one archive: deploy/backup.sh [FOLDER] (default: var/backups).
set -eu
umask 077
cd "$(dirname "$0")/.."
python=${PYTHON:-$PWD/.venv/bin/python}
exec "$python" -m deploy.archive save "$@"
