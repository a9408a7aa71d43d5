"""ICE's lists of participating agencies: reading one (``read``), cleaning it (``normalise``), following agreements (``history``)."""

from section287g.ice_lists.history import Agreement, Change, follow
from section287g.ice_lists.importing import Archive, Listing, Report, agreement_table, import_list, open_listing
from section287g.ice_lists.names import ListName, list_name
from section287g.ice_lists.normalise import normalise
from section287g.ice_lists.read import ListError, read

__all__ = [
    "Agreement", "Archive", "Change", "ListError", "ListName", "Listing", "Report", "agreement_table", "follow", "import_list",
    "list_name", "normalise", "open_listing", "read",
]  # fmt: skip
