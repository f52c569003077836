#!/bin/sh
# Starts ragtool on Linux and macOS, and keeps its window open. What it does stands in scripts/launch.py.
# A file manager may start it where nothing can be read: then it opens a terminal for itself.
if ! [ -t 0 ] && ! [ -t 1 ] && [ -n "$DISPLAY$WAYLAND_DISPLAY" ] && [ -z "$RAGTOOL_WINDOW" ]; then
    export RAGTOOL_WINDOW=open
    for terminal in x-terminal-emulator konsole xterm; do
        if command -v "$terminal" >/dev/null; then exec "$terminal" -e "$0" "$@"; fi
    done
fi
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for python in python3 python3.14 python3.13 python3.12 python3.11 python ''; do
    if [ -n "$python" ] && "$python" -c "$new_enough" >/dev/null 2>&1; then break; fi
done
trap : INT # Ctrl-C ends what runs, which says so, and not the window in which it stands
if [ -n "$python" ]; then
    "$python" "$here/../scripts/launch.py" "$@"
    status=$?
else
    echo "ragtool needs Python 3.11 or newer: install it from https://www.python.org/downloads/, then open this again."
    status=2
fi
if [ -t 0 ]; then
    printf '\nPress Enter to close this window. '
    read -r _
fi
exit "$status"
