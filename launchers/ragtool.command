#!/bin/sh
# Starts ragtool on macOS, where a file of this kind is opened in Terminal.
exec "$(dirname -- "$0")/ragtool.sh" "$@"
