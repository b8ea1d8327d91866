"""The store of originals: files taken in, divided into documents and clauses, kept outside version control."""

from indexing.originals.importing import add, remove, update
from indexing.originals.records import ImportReport, Originals, Record, Source
from indexing.originals.status import SourceStatus, status
from indexing.originals.store import files, folder, load_originals

__all__ = [
    "ImportReport", "Originals", "Record", "Source", "SourceStatus", "add", "files", "folder", "load_originals", "remove",
    "status", "update",
]  # fmt: skip
