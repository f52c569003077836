"""What holds ragtool against rules and books of its own; `python tests/referees` lists them."""
