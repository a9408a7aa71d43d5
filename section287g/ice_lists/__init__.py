"""ICE's lists of participating agencies: reading one (``read``), cleaning it (``normalise``), following agreements
(``history``), keeping what was printed (``printed``), deriving the tables (``derive``), and adding lists
(``importing``)."""

from section287g.ice_lists.derive import Archive, agreement_table, as_csv, derive, rederive
from section287g.ice_lists.files import ListError
from section287g.ice_lists.history import Agreement, Change, follow
from section287g.ice_lists.importing import Listing, Report, import_lists, open_listing, read_lists, with_lists
from section287g.ice_lists.names import ListName, list_name
from section287g.ice_lists.normalise import normalise
from section287g.ice_lists.read import examine, read

__all__ = [
    "Agreement", "Archive", "Change", "ListError", "ListName", "Listing", "Report", "agreement_table", "as_csv",
    "derive", "examine", "follow",
    "import_lists", "list_name", "normalise", "open_listing", "read", "read_lists", "rederive", "with_lists",
]  # fmt: skip
