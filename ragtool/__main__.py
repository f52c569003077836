"""Lets `python -m ragtool` do what the `ragtool` command does."""

import signal


def start() -> None:
    """Loads the commands and runs the one that was typed. Ctrl-C waits until they are there to answer it."""
    asked: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    from ragtool import cli

    try:
        cli.main(stopped=asked)
    except KeyboardInterrupt:  # once more, when the first was answered and the end had begun
        cli.stop()


if __name__ == "__main__":  # the processes that share the work import this module too
    start()
