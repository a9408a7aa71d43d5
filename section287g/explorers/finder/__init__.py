"""The finder explorer: every agreement ever listed."""
