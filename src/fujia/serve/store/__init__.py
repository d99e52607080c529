"""Turns and traces on disk: what is kept, for how long, and what is never kept."""

from fujia.serve.store.store import Store, StoredTurn

__all__ = ["Store", "StoredTurn"]
