"""The quarters so far: earlier reports, what was last said of an item, how it moved."""
