"""What a document may load: pictures it carries itself and our own stylesheet."""

from django.template import Engine
from weasyprint.urls import URLFetcher, URLFetcherResponse

from common.documents.errors import ForbiddenSource

#: The base address of every document. Nothing can be joined to it, so a relative address reaches the fetcher as it
#: stands and is refused, where without a base WeasyPrint would drop it in silence.
BASE = "dui:"

#: Our own assets: address → (template, media type).
ASSETS = {"dui:document.css": ("documents/document.css", "text/css")}

CARRIED = ("data:image/png;", "data:image/jpeg;", "data:image/svg+xml")


class ClosedFetcher(URLFetcher):
    """Answers the addresses above, refuses every other and remembers it. One instance a document.

    Remembers, because WeasyPrint logs a failed fetch and goes on, and swallows whatever is raised while it draws an
    SVG: the renderer has to ask `refused` (addresses, in order) before it hands the file out.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The resource at `url`. Raises ForbiddenSource."""
        if url in ASSETS:
            template_name, media_type = ASSETS[url]
            source = Engine.get_default().get_template(template_name).source
            return URLFetcherResponse(url, source, {"Content-Type": media_type})
        if url.startswith(CARRIED):
            return super().fetch(url, headers)
        self.refused.append(url[:200])
        raise ForbiddenSource([url[:200]])
