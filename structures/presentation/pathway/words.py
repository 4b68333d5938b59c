"""What several pages say alike of a line: its state, who does it, where its tool is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.charts.bars import Segment, segments
from common.ui import Link
from organisations.models import ESMS
from organisations.presentation.words import crumbs
from structures.addresses import address_of
from structures.catalogue.local_actions import PathwayAction, PathwaySection, pathway
from structures.enums.pathway import Doer, LineState
from structures.pathway import Standing, may_do
from structures.rights import Rights
from structures.selectors.pathway import Board, Tally

TONES = {
    LineState.TODO: ("todo", "s-todo"),
    LineState.IN_PROGRESS: ("progress", "s-progress"),
    LineState.SUBMITTED: ("accent", "s-watch"),
    LineState.DONE: ("ok", "s-ok"),
    LineState.BLOCKED: ("ko", "s-ko"),
    LineState.NOT_APPLICABLE: ("none", "s-na"),
}


@dataclass(frozen=True)
class Mark:
    """The state of a line: a word, a tone, a shape."""

    word: str
    tone: str
    icon: str


def mark(found: Standing) -> Mark:
    if found.again:
        return Mark("À refaire", "late", "s-watch")
    tone, icon = TONES[found.state]
    if found.late and found.state == LineState.TODO:
        tone = "late"
    return Mark(found.state.label, tone, icon)


def who(found: Standing, board: Board) -> str:
    """« Direction », « Référent local », « Confiée à Karim Bellouard »."""
    holder = board.holder(found)
    return f"Confiée à {holder.get_full_name()}" if holder else found.action.doer.label


def is_mine(found: Standing, board: Board, rights: Rights, user_id: uuid.UUID | None) -> bool:
    """Whether a line that is still open is for this person to do. A direction without a referent does theirs too."""
    if found.closed or found.state == LineState.SUBMITTED:
        return False
    if rights.validates:
        return not found.for_referent or not board.referents
    return may_do(found, fills=rights.fills, validates=False, user_id=user_id)


def pathway_url(esms: ESMS, section: PathwaySection | None = None) -> str:
    url = reverse("pathway", args=[esms.project.slug, esms.slug])
    return f"{url}#{section.anchor}" if section else url


def line_url(esms: ESMS, action: PathwayAction) -> str:
    return reverse("pathway_line", args=[esms.project.slug, esms.slug, action.slug])


def tool_of(esms: ESMS, action: PathwayAction) -> Link | None:
    """Where the work of a line is done; None while there is no tool for it."""
    url = address_of(esms, action.feature)
    return Link(pathway().features[action.feature], url) if url else None


def progress_sentence(counts: Tally) -> str:
    """« 23 étapes sur 59 sont faites »."""
    if not counts.done:
        return f"Aucune des {french.number(counts.total)} étapes n’est encore faite"
    if counts.done == counts.total:
        return f"Les {french.number(counts.total)} étapes du parcours sont faites"
    done = french.plural(counts.done, "étape", "étapes")
    return f"{done} sur {french.number(counts.total)} {french.agree(counts.done, 'est faite', 'sont faites')}"


def segments_of(counts: Tally) -> Sequence[Segment]:
    return segments(
        ("ok", counts.done),
        ("progress", counts.progress + counts.again),
        ("ko", counts.blocked),
        total=counts.total or 1,
    )


def section_words(counts: Tally) -> str:
    """The bar of a section, for who does not see it: « trois étapes faites sur quatre, une bloquée »."""
    said = [f"{french.plural(counts.done, 'étape faite', 'étapes faites')} sur {french.number(counts.total)}"]
    if counts.progress:
        said.append(f"{french.number(counts.progress)} en cours")
    if counts.again:
        said.append(f"{french.number(counts.again)} à refaire")
    if counts.blocked:
        said.append(french.plural(counts.blocked, "bloquée", "bloquées"))
    return ", ".join(said)


def structure_crumbs(esms: ESMS, *steps: tuple[str, str]) -> list[Link]:
    """The project, its structures, this one, then each step."""
    project = esms.project
    return crumbs(
        project,
        ("Structures", reverse("structures", args=[project.slug])),
        (french.typography(esms.name), reverse("structure", args=[project.slug, esms.slug])),
        *steps,
    )


def does(action: PathwayAction) -> str:
    """Who does it, and who has the last word."""
    doer = "La direction la fait" if action.doer == Doer.DIRECTOR else "Le référent local la fait"
    return f"{doer} et la direction la valide" if action.validated and action.doer == Doer.REFERENT else doer
