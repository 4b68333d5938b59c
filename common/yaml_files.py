"""Reading YAML."""

from pathlib import Path
from typing import Any

import yaml

# The C loader reads the catalogues ten times faster; not every build of PyYAML has it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> dict[str, Any]:
    """The content of a YAML file of ours. Raises yaml.YAMLError when it isn't YAML."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_Loader)  # noqa: S506  a safe loader either way
