"""What an agency could claim: see `widget`."""
