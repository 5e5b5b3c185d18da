"""Why a store cannot be used, each with what to do."""

from dataclasses import dataclass

HOW_TO_SALVAGE = (
    "Start mockpin serve once with --salvage to keep the rest in a new file, or name another file."
)


@dataclass(eq=False)
class StoreFailed(Exception):
    """The history's file cannot be used."""

    path: str
    reason: str = ""

    def __str__(self) -> str:
        return f"The store {self.path} cannot be opened: {self.reason}."


class StoreUnreadable(StoreFailed):
    """The file cannot be opened, or is not a store of mockpin."""


class StoreDamaged(StoreFailed):
    """Parts of the file cannot be read; `reason` says which."""

    def __str__(self) -> str:
        return f"The store {self.path} is damaged: {self.reason}. {HOW_TO_SALVAGE}"


class StoreTooNew(StoreFailed):
    """A newer mockpin wrote the file."""

    def __str__(self) -> str:
        what = f"The store {self.path} was written by a newer mockpin ({self.reason})"
        return f"{what}: use that one, or another file."


class StoreInUse(StoreFailed):
    """Another process has the file."""

    def __str__(self) -> str:
        return f"The store {self.path} is in use by another mockpin: stop that one, or use another file."


class StoreUnwritable(StoreFailed):
    """What came in cannot be kept, as on a full disk."""

    def __str__(self) -> str:
        what = f"The store {self.path} cannot be written: {self.reason}"
        return f"{what}. Nothing of the request was done; send it again once that is mended."


class StoreClosed(StoreFailed):
    """The store has been closed."""

    def __str__(self) -> str:
        return f"The store {self.path} is closed."
