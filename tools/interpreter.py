"""Choice of the Python that everything runs on. No syntax newer than Python 3.6 here."""

import os
import shutil
import subprocess
import sys

MINIMUM = (3, 11)
# The newest one that the pinned wheels were tried on comes first.
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14")


def too_old(version: "tuple[int, ...]") -> "str | None":
    """Say what to do about a Python of that version (major, minor, …); None when it will do."""
    if tuple(version[:2]) >= MINIMUM:
        return None
    return (
        "Python %d.%d est trop ancien, il faut Python 3.11 ou plus récent "
        "(Debian, Ubuntu : « sudo apt-get install python3.11 python3.11-venv » ; macOS : « brew install python »)."
    ) % tuple(version[:2])


def require_supported() -> None:
    """Go on with this Python, or start again with a newer one of the PATH; exit with one sentence if there is none."""
    complaint = too_old(sys.version_info[:2])
    if complaint is None:
        return
    for name in CANDIDATES:
        path = shutil.which(name)
        # A version manager may have put a name on the PATH that leads nowhere: try it first.
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(path, [path, "-m", "tools"] + sys.argv[1:])
    sys.exit(complaint)
