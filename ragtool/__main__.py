"""Lets `python -m ragtool` do what the `ragtool` command does."""


def start() -> None:
    """Loads the commands and runs the one that was typed. Ctrl-C waits until they are there to answer it."""
    asked: list[int] = []
    try:
        hold_back(asked)
    except KeyboardInterrupt:  # while even that was loaded
        asked.append(0)
        hold_back(asked)
    from ragtool import cli

    try:
        cli.main(stopped=asked)
    except KeyboardInterrupt:  # once more, when the first was answered and the end had begun
        cli.stop()


def hold_back(asked: list[int]) -> None:
    """Notes each Ctrl-C from now on, and no more."""
    import signal

    signal.signal(signal.SIGINT, lambda number, _: asked.append(number))


if __name__ == "__main__":  # the processes that share the work import this module too
    start()
