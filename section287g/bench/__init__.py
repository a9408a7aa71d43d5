"""Measures the book, beside its peers: ``python -m section287g.bench [FOLDER] [--json]``.

Numbers depend on the machine: run it alone, compare ratios. Nothing here fails because a machine is slow.
"""
