"""From which scores a risk is moderate, certain, and calls for an action; what others would change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from common import french
from common.history import entries
from common.ui import Entry, Link
from organisations.models import Project
from risks.enums import Level
from risks.models import RiskThresholds
from risks.places import Place
from risks.presentation import words
from risks.presentation.crumbs import crumbs
from risks.presentation.overview_charts import counted
from risks.scoring import Thresholds
from risks.selectors.assessments import Reading
from risks.selectors.overview import Overview

OURS = Thresholds()


@dataclass(frozen=True)
class ThresholdsPage:
    """`moved`: what somebody else wrote meanwhile; `effect`: what those that are typed would change."""

    title: str
    lede: str
    crumbs: list[Link]
    ours: str
    moved: str
    effect: list[str]
    entries: list[Entry]


def thresholds_page(
    project: Project, row: RiskThresholds | None, *, moved: bool = False, effect: Sequence[str] = ()
) -> ThresholdsPage:
    said = of(row) if row else of(OURS)
    return ThresholdsPage(
        title="Les seuils de ce projet" if row else "Les seuils proposés s’appliquent",
        lede=french.typography(f"{said} Un seuil ne change aucune note : il change la façon de la lire."),
        crumbs=crumbs(Place(project), Link("Seuils")),
        ours=french.typography(
            f"Ceux que propose cette application : {words.in_sentence(of(OURS))} Ils ne sont pas de l’ANAP."
        ),
        moved=french.typography(f"Quelqu’un a changé les seuils entre-temps. {said} Les vôtres sont gardés ci-dessous.")
        if moved
        else "",
        effect=list(effect),
        entries=_history(row) if row else [],
    )


def of(row: RiskThresholds | Thresholds) -> str:
    return (
        f"Une section est en risque modéré à partir de {row.moderate_from} points sur 100, certain à partir de "
        f"{row.certain_from} ; une action est proposée à partir de la note {row.action_from}."
    )


def effect(found: Overview, tried: Thresholds) -> list[str]:
    """« Trois structures changeraient de niveau : deux de modéré à certain, une de … »."""
    before = [one.reading for one in found.read if one.reading]
    after = [replace(reading, thresholds=tried) for reading in before]
    if not before:
        return ["Aucune analyse n’est encore transmise : ces seuils ne changeraient rien pour l’instant."]
    return [
        french.typography(said) for said in (_structures(before, after), _sections(before, after), _acts(before, after))
    ]


def _structures(before: Sequence[Reading], after: Sequence[Reading]) -> str:
    """How many change level in the whole, from which to which."""
    pairs = zip(before, after, strict=True)
    moves = Counter((old.level, new.level) for old, new in pairs if old.level and new.level and old.level != new.level)
    total = sum(moves.values())
    if not total:
        return "Aucune structure ne changerait de niveau dans l’ensemble."
    parts = [
        f"{french.in_words(count, feminine=True)} de « {old.label.lower()} » à « {new.label.lower()} »"
        for (old, new), count in sorted(moves.items(), key=lambda item: (-item[1], item[0]))
        if old and new
    ]
    verb = french.agree(total, "changerait", "changeraient")
    return french.capital(f"{counted(total)} {verb} de niveau dans l’ensemble : {french.listed(parts)}.")


def _sections(before: Sequence[Reading], after: Sequence[Reading]) -> str:
    was, now = _certain(before), _certain(after)
    if was == now:
        return f"Les sections en risque certain seraient toujours {french.number(now)}, toutes structures confondues."
    moved = f"de {french.number(was)} à {french.number(now)}"
    return f"Les sections en risque certain passeraient {moved}, toutes structures confondues."


def _certain(readings: Sequence[Reading]) -> int:
    return sum(reading.levels.count(Level.CERTAIN) for reading in readings)


def _acts(before: Sequence[Reading], after: Sequence[Reading]) -> str:
    was, now = (sum(len(one.to_act_on) for one in found) for found in (before, after))
    if was == now:
        return f"Les actions proposées seraient toujours {french.number(now)}."
    return f"Les actions proposées passeraient de {french.number(was)} à {french.number(now)}."


def saved(row: RiskThresholds) -> str:
    return french.typography(f"C’est enregistré. {of(row)}")


def _history(row: RiskThresholds) -> list[Entry]:
    fields = ("moderate_from", "certain_from", "action_from")
    labels = {"moderate_from": "modéré", "certain_from": "certain", "action_from": "action"}
    return [
        Entry(
            entry.at,
            entry.who,
            french.typography(french.listed([f"{labels[change.field]} : {change.new}" for change in entry.changes])),
        )
        for entry in entries(row, fields)
    ]
