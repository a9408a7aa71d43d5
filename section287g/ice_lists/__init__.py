"""ICE's lists of participating agencies: reading one (``read``), cleaning it (``normalise``), following agreements (``history``)."""

from section287g.ice_lists.history import Agreement, Change, follow
from section287g.ice_lists.importing import Archive, Listing, agreement_table, open_listing, summary
from section287g.ice_lists.names import ListName, list_name
from section287g.ice_lists.normalise import normalise
from section287g.ice_lists.read import ListError, read

__all__ = [
    "Agreement", "Archive", "Change", "ListError", "ListName", "Listing", "agreement_table", "follow", "list_name", "normalise",
    "open_listing", "read", "summary",
]  # fmt: skip
