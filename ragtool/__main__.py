"""Lets `python -m ragtool` do what the `ragtool` command does."""

from ragtool.cli import main

if __name__ == "__main__":  # the processes that share the work import this module too
    main()
