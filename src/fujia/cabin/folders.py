"""Where the user's own data are kept, for what is shared by all cabins of a process."""

from pathlib import Path

import platformdirs

_folder: list[Path] = []


def use_data_folder(folder: Path) -> None:
    """Keep the user's data, such as manuals, in this folder from now on."""
    _folder[:] = [folder]


def data_folder() -> Path:
    """The folder in use; that of the user by the conventions of the system unless one was set."""
    return _folder[0] if _folder else platformdirs.user_data_path("fujia")
