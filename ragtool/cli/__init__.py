"""What a person types, and what they are told: the only room that prints, asks, shows progress or exits."""

from ragtool.cli.endings import main, run, stop
from ragtool.cli.progress import Progress
from ragtool.cli.statuses import CLEAN, FAILED, STOPPED, TO_CHASE

__all__ = ["CLEAN", "FAILED", "STOPPED", "TO_CHASE", "Progress", "main", "run", "stop"]
