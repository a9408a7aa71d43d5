"""Dated events in the history of 287(g), 1996 to 2026."""
