"""Agreements or agencies in force by date, model and state."""
