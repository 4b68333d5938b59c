"""Why a document was not made."""

from common.errors import DomainError


class ForbiddenSource(DomainError):
    """A template asked for something outside the document. `urls` are the addresses it asked for."""

    def __init__(self, urls: list[str]) -> None:
        super().__init__(f"Le document fait appel à une ressource extérieure, ce qui est interdit : {', '.join(urls)}.")
        self.urls = urls


class InaccessibleDocument(DomainError):
    """The file lacks what a screen reader needs; `str(error)` says what."""
