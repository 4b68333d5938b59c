"""As root, PostgreSQL refuses to run: it is started as a user who may do nothing and who exists already.

No user is added, and no folder of anyone's is opened to others. Where that user can't reach the checkout
(one in root's home, for example), data and programs go to a folder of the system that he can reach.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.console import Refusal

USERS = ("postgres", "nobody")
DATA_FOLDERS = (Path("/var/lib"), Path("/var/db"))


@dataclass(frozen=True)
class Identity:
    """Who a program runs as; None is whoever started this command."""

    user: int | None = None
    group: int | None = None

    def own(self, path: Path) -> None:
        """Give him a file or a folder."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def run(self, command: list[str], cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program as him and return what it printed. Never raises for its exit code."""
        return subprocess.run(
            command,
            cwd=cwd,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
        )

    def crosses(self, *folders: Path) -> bool:
        """Tell whether he may pass through these folders and all above them."""
        return self._may("-x", folders)

    def reads(self, *folders: Path) -> bool:
        """Tell whether he may list these folders, and pass through them and all above them."""
        return self._may("-x", folders) and self._may("-r", folders)

    def _may(self, right: str, paths: tuple[Path, ...]) -> bool:
        if self.user is None:
            return True
        script = f'for path in "$@"; do test {right} "$path" || exit 1; done'
        return self.run(["/bin/sh", "-c", script, "sh", *map(str, paths)], cwd=Path("/")).returncode == 0


def choose(data: Path) -> Identity:
    """Return who the database server runs as: ourselves or, when we are root, the data's owner or a harmless user.

    Raises Refusal when this system has no such user.
    """
    if os.geteuid() != 0:
        return Identity()
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Identity(owner.st_uid, owner.st_gid)
    for name in USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Identity(entry.pw_uid, entry.pw_gid)
    raise Refusal("PostgreSQL ne tourne pas sous root : lancez la commande en utilisateur ordinaire.")


def outside_folder() -> Path:
    """Make a folder for the data of a workspace that the other user can't reach."""
    parent = next((folder for folder in DATA_FOLDERS if folder.is_dir()), None)
    return Path(tempfile.mkdtemp(prefix="dui-deploy-", dir=parent))


def copy_programs(package: Path, install: Path, target: Path) -> Path:
    """Copy a PostgreSQL installation, and the libraries that its wheel lays beside the package, under `target`.

    Returns the copied installation; does nothing when it is there.
    """
    copied = target / package.name / install.name
    if not copied.exists():
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, target / libraries.name, dirs_exist_ok=True)
        draft = copied.with_name(f"{install.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(install, draft, ignore=shutil.ignore_patterns("include", "*.a", "pkgconfig"))
        draft.rename(copied)
    return copied
