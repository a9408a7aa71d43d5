"""Tables that differ from the published ones, for tests of what follows from them."""

import contextlib
import sys

from section287g import tables


@contextlib.contextmanager
def changed(change):
    """Inside, every loaded table has gone through ``change(name, table)``. Gives the set of names of the tables loaded
    so far."""
    load, loaded = tables.load, set()

    def other(name, *folder):
        loaded.add(name)
        table = load(name, *folder)
        change(name, table)
        return table

    forget()
    tables.load = other
    try:
        yield loaded
    finally:
        tables.load = load
        forget()


def forget(*modules):
    """Drop what modules, or all that know tables, have made from them and kept; tables as they stand in their files
    stay."""
    ours = [module for name, module in sys.modules.items() if name.startswith("section287g") and module is not tables]
    for module in modules or ours:
        for thing in vars(module).values():
            if hasattr(thing, "cache_clear"):
                thing.cache_clear()
