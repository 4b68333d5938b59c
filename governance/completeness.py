"""What the file of an arbitration must hold before it goes on an agenda (governance.yaml, arbitration, fields)."""

from collections.abc import Sequence

from governance.enums import ArbitrationKind
from governance.models import Arbitration, ArbitrationOption

FEWEST, MOST = 2, 5  # options


def missing(arbitration: Arbitration, options: Sequence[ArbitrationOption]) -> list[str]:
    """What is still to be written, each as it stands after « Il manque »: « le contexte », « une seconde option »."""
    found = []
    if not arbitration.context:
        found.append("le contexte")
    if not arbitration.consequence:
        found.append("l’effet d’une absence de décision")
    if arbitration.deadline is None:
        found.append("la date avant laquelle trancher")
    found += _of_options(options)
    if arbitration.recommended_id is None:
        found.append("l’option que vous recommandez")
    if not arbitration.recommendation:
        found.append("la raison de votre recommandation")
    return found


def _of_options(options: Sequence[ArbitrationOption]) -> list[str]:
    found = [f"la description de l’option {option.letter}" for option in options if not option.description]
    if not options:
        found.append("deux options au moins")
    elif len(options) < FEWEST:
        found.append("une seconde option")
    return found


def lacks_dpo(arbitration: Arbitration) -> bool:
    """Whether the DPD still has to be heard before anything is decided."""
    return ArbitrationKind(arbitration.kind).needs_dpo and not arbitration.dpo_opinion
