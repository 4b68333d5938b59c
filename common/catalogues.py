"""Reference data, kept in the database by version.

Each app has its YAML in `catalogue/` and registers it (`common.catalogue_sources`).

A project is made from one version of a catalogue and remembers which; older versions stay readable.
"""

import hashlib
import json

from common.catalogue_sources import SOURCES, Source
from common.errors import DomainError
from common.models import Catalogue
from common.scope import elevated
from common.yaml_files import read_yaml


def load_all() -> list[tuple[Catalogue, bool]]:
    """Bring each registered catalogue into the database. Idempotent. Returns each with « newly loaded ».

    Raises DomainError when a file is unsound, or changed without changing its `version`.
    """
    with elevated():
        return [_load(source) for source in SOURCES.values()]


def latest(code: str) -> Catalogue:
    """The newest version of a catalogue.

    Raises Catalogue.DoesNotExist when none was loaded (`manage.py load_catalogues`).
    """
    return Catalogue.objects.filter(code=code).latest("version")


def _load(source: Source) -> tuple[Catalogue, bool]:
    content = read_yaml(source.path)
    try:
        version = int(content["version"])
        source.validate(content)
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError(f"Catalogue « {source.code} » ({source.path.name}) : {error}") from error
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
    catalogue, created = Catalogue.objects.get_or_create(
        code=source.code,
        version=version,
        defaults={"sha256": digest, "content": json.loads(json.dumps(content, default=str))},
    )
    if catalogue.sha256 != digest:
        raise DomainError(
            f"Catalogue « {source.code} » : le contenu de la version {version} a changé. Donnez-lui un nouveau numéro."
        )
    return catalogue, created
