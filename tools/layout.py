"""Where things lie in a checkout."""

import os
from dataclasses import dataclass
from pathlib import Path

from tools.console import Refusal

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = Path(os.environ.get("DUI_VAR") or ROOT / "var").resolve()


@dataclass(frozen=True)
class Workspace:
    """One set of engines with its data, logs and notes: `make run` has one, `make test` another."""

    folder: Path

    @property
    def logs(self) -> Path:
        """Folder of *.log files."""
        return self.folder / "log"

    @property
    def notes(self) -> Path:
        """Folder of process records, stamps and the lock."""
        return self.folder / "run"

    @property
    def lock(self) -> Path:
        """File that the one long command of this workspace holds."""
        return self.notes / "launcher.lock"

    @property
    def engines(self) -> Path:
        """Folder of the engines' data."""
        return self.folder / "engines"

    def prepare(self) -> None:
        """Create the folders, which others may cross but not list: as root, PostgreSQL runs as another user.

        Raises Refusal when they belong to somebody else.
        """
        try:
            for folder in (self.folder, self.logs, self.notes, self.engines):
                folder.mkdir(parents=True, exist_ok=True)
            for folder in (self.folder, self.engines):
                folder.chmod(0o711)
            for folder in (self.logs, self.notes):
                folder.chmod(0o700)
        except PermissionError:
            raise Refusal(
                f"{self.folder} appartient à un autre utilisateur (un lancement sous root ?) : "
                "relancez sous cet utilisateur, ou supprimez ce dossier."
            ) from None


RUN = Workspace(VAR)
TEST = Workspace(VAR / "test")


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
