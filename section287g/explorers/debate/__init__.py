"""The arguments for and against 287(g), paired with the other side's answers."""
