"""The environment that Django's processes get, and ways to call `manage.py`."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from tools import environment, typesetting
from tools.console import Refusal
from tools.engines import Engines
from tools.layout import ROOT, VENV, Workspace, write_private

APP_ROLE = "dui_app"


def refuse_production() -> None:
    """Raise Refusal when the surroundings say production: what follows opens demonstration accounts or drops data."""
    if os.environ.get("DUI_MODE", "development") == "production":
        raise Refusal(
            "DUI_MODE=production : cette commande est celle du développement et de la démonstration. "
            "En production, voir « Pour de vrai » dans README.md ; sinon : « unset DUI_MODE »."
        )


def variables(mode: str, workspace: Workspace, engines: Engines) -> dict[str, str]:
    """Return the environment of Django's processes in `development` or `test` mode, on these engines."""
    surroundings = dict(os.environ)
    if urlsplit(engines.database_url).username != APP_ROLE:
        surroundings.setdefault("DATABASE_ROLE", APP_ROLE)
    return (
        {
            "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1],testserver",
            "SECRET_KEY": secret_key(workspace),
            "PYTHONUNBUFFERED": "1",
            "MALLOC_ARENA_MAX": "2",  # glibc keeps a heap a thread otherwise: 5 to 8 MB more in the web process
            **typesetting.search_path(),
        }
        | surroundings
        | {
            "DJANGO_SETTINGS_MODULE": "dui_deploy.settings",
            "DUI_MODE": mode,
            "DUI_DEMO": "1",
            "DUI_VAR": str(workspace.folder),
            "DATABASE_URL": engines.database_url,
            "REDIS_URL": engines.redis_url,
            # What the pages and the jobs call must be the environment's, not the system's.
            "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "VIRTUAL_ENV": str(VENV),
        }
    )


def throwaway(mode: str) -> dict[str, str]:
    """Return an environment for checks that read code and settings, and no database."""
    nowhere = {"DATABASE_URL": "postgres://dui_app@127.0.0.1:1/dui", "REDIS_URL": "redis://127.0.0.1:1/0"}
    return {
        **os.environ,
        **nowhere,
        "DJANGO_SETTINGS_MODULE": "dui_deploy.settings",
        "DUI_MODE": mode,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "dui.example.org",
        "SITE_URL": "https://dui.example.org",
        "EMAIL_URL": "smtp+tls://nobody@127.0.0.1:1",
        **typesetting.search_path(),
    }


def secret_key(workspace: Workspace) -> str:
    """Return this workspace's own signing key, made at first use: sessions outlive a restart."""
    path = workspace.notes / "secret-key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(64))
    return path.read_text("utf-8")


def manage(*arguments: str) -> list[str]:
    """Return the command line of a `manage.py` command."""
    return [str(environment.PYTHON), str(ROOT / "manage.py"), *arguments]


def setup_files() -> list[Path]:
    """Return the files that decide what `manage.py prepare` makes of a database."""
    patterns = (
        "*/migrations/*.py",
        "*/catalogue/**/*",
        "**/management/commands/*.py",
        "**/demo.yaml",
        "requirements.lock",
    )
    hidden = {".venv", ".git", "var"}
    return [
        path
        for pattern in patterns
        for path in ROOT.glob(pattern)
        if path.is_file() and path.relative_to(ROOT).parts[0] not in hidden and path.suffix != ".pyc"
    ]
