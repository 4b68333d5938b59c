"""The light tones of ``static/css/tokens.css``, written into drawings as attributes: the PDF engine reads no stylesheet
inside SVG. In a page the classes of ``chart.css`` override them and follow the colour scheme. A test compares the
two."""

from collections.abc import Mapping
from types import MappingProxyType

PALETTE: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#fff",
        "track": "#efe9e0",
        "line": "#ddd5c9",
        "edge": "#877d73",
        "ink": "#241c22",
        "muted": "#63585f",
        "accent": "#5b2153",
        "ok": "#1c6240",
        "progress": "#1f5a85",
        "ko": "#a52a12",
        "late": "#7d4c00",
        "none": "#615c58",
        "todo": "#63585f",
    }
)

# Series that say nothing good or bad take these in turn.
SERIES = ("accent", "progress", "late", "none", "ok", "ko")
