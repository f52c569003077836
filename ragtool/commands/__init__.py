"""What each command does, from its folder to its outputs."""
