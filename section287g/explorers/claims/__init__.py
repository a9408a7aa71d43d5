"""Traced claims against their sources and ICE's lists, and a workshop for growth, shares and years of signing."""
