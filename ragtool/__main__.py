"""Lets `python -m ragtool` do what the `ragtool` command does."""

from ragtool.cli import main

main()
