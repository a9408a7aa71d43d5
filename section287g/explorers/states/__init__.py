"""What each state requires or forbids, with date, confidence and sources."""
