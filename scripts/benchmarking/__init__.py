"""What scripts/benchmark.py does: runs commands in turn, measures each from outside, and lays out the figures."""
