"""What WeasyPrint needs of the system: Pango, HarfBuzz, Fontconfig and a font that can write French."""

import contextlib
import ctypes
import ctypes.util
import sys
from pathlib import Path

from tools import packages
from tools.console import Console, Refusal

# The names WeasyPrint 70 looks for (its text/ffi.py): as Linux calls the file, as macOS calls it.
LIBRARIES = {
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "HarfBuzz-Subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
}
DEBIAN_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core"]
HOMEBREW_FOLDERS = [Path("/opt/homebrew/lib"), Path("/usr/local/lib")]


def search_path() -> dict[str, str]:
    """Return the variables a program needs so as to find Homebrew's libraries; none elsewhere than on macOS."""
    if sys.platform != "darwin":
        return {}
    return {"DYLD_FALLBACK_LIBRARY_PATH": ":".join(str(folder) for folder in [*HOMEBREW_FOLDERS, Path("/usr/lib")])}


def _load(names: tuple[str, ...]) -> ctypes.CDLL | None:
    folders = HOMEBREW_FOLDERS if sys.platform == "darwin" else []
    for name in [*names, *(str(folder / name) for folder in folders for name in names)]:
        with contextlib.suppress(OSError):
            return ctypes.CDLL(name)
    return None


def _has_french_font(fontconfig: ctypes.CDLL) -> bool:
    """Ask Fontconfig for one scalable font that covers French."""
    fontconfig.FcNameParse.restype = ctypes.c_void_p
    fontconfig.FcObjectSetCreate.restype = ctypes.c_void_p
    fontconfig.FcFontList.restype = ctypes.c_void_p
    fontconfig.FcFontList.argtypes = [ctypes.c_void_p] * 3
    found = fontconfig.FcFontList(
        None, fontconfig.FcNameParse(b":lang=fr:scalable=true"), fontconfig.FcObjectSetCreate()
    )
    return bool(found) and ctypes.cast(found, ctypes.POINTER(ctypes.c_int))[0] > 0  # FcFontSet begins with its count


def missing() -> list[str]:
    """Return the names of what is absent, empty when documents can be made."""
    libraries = {name: _load(names) for name, names in LIBRARIES.items()}
    absent = [name for name, library in libraries.items() if library is None]
    fontconfig = libraries["Fontconfig"]
    if fontconfig is not None and not _has_french_font(fontconfig):
        absent.append("police de caractères")
    return absent


def ensure(console: Console) -> None:
    """Check that PDF documents can be made; as root on Debian, install what is missing.

    Raises Refusal with the command to type everywhere else.
    """
    absent = missing()
    if absent and packages.can_install():
        packages.install(console, DEBIAN_PACKAGES)
        absent = missing()
    if absent:
        cure = "brew install pango" if sys.platform == "darwin" else f"sudo apt-get install {' '.join(DEBIAN_PACKAGES)}"
        raise Refusal(
            f"Il manque de quoi composer les PDF ({', '.join(absent)}) : lancez « {cure} », puis recommencez."
        )
