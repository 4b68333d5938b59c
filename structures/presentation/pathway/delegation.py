"""What the direction gives to its local referents, in French."""

from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.ui import Link
from structures.catalogue.local_actions import pathway
from structures.enums.pathway import Doer
from structures.pathway import Standing
from structures.presentation.pathway.words import pathway_url, structure_crumbs
from structures.selectors.pathway import Board


@dataclass(frozen=True)
class Choice:
    """A line that may be ticked."""

    value: str
    id: str
    title: str
    section: str
    checked: bool


@dataclass(frozen=True)
class Given:
    """What a referent holds."""

    name: str
    lines: list[tuple[str, str, str]]  # what is posted, title, since when


@dataclass(frozen=True)
class DelegationView:
    title: str
    lede: str
    crumbs: list[Link]
    has_referent: bool
    team_url: str
    choices: list[Choice]
    given: list[Given]
    kept: list[str]
    rule: str


def delegation_view(board: Board, ticked: set[str]) -> DelegationView:
    esms = board.esms
    free = [item for item in board.standings if item.action.delegable and item.held_by is None and not item.closed]
    held = [item for item in board.standings if item.held_by is not None]
    labels = {section.code: section.label for section in pathway().sections}
    return DelegationView(
        title=_title(board, held),
        lede=(
            "Choisissez les étapes, puis à qui les confier. Vous gardez la validation, et vous pouvez les reprendre."
            if board.referents
            else "Nommez d’abord un référent local : vous pourrez ensuite lui confier des étapes."
        ),
        crumbs=structure_crumbs(esms, ("Parcours", pathway_url(esms)), ("Confier des étapes", "")),
        has_referent=bool(board.referents),
        team_url=reverse("structure_team", args=[esms.project.slug, esms.slug]),
        choices=[
            Choice(
                value=_value(item),
                id=f"c-{item.action.slug}",
                title=item.action.title,
                section=labels[item.action.section],
                checked=item.action.slug in ticked,
            )
            for item in free
        ],
        given=[
            Given(
                user.get_full_name(),
                [
                    (_value(item), item.action.title, f"depuis le {french.long_date(item.line.delegated_on)}")
                    for item in held
                    if item.held_by == pk and item.line and item.line.delegated_on
                ],
            )
            for pk, user in board.referents.items()
            if any(item.held_by == pk for item in held)
        ],
        kept=[action.title for action in pathway().actions if action.doer == Doer.DIRECTOR and not action.delegable],
        rule=pathway().delegation_rule,
    )


def _value(found: Standing) -> str:
    return f"{found.action.slug}:{found.version}"


def _title(board: Board, held: list[Standing]) -> str:
    if not board.referents:
        return "Aucun référent local n’est encore nommé"
    if not held:
        return "Aucune de vos étapes n’est encore confiée"
    count = french.counted(len(held), "étape est confiée", "étapes sont confiées", feminine=True)
    if len(board.referents) == 1:
        return f"{french.capital(count)} à {next(iter(board.referents.values())).get_full_name()}"
    return f"{french.capital(count)} à vos référents locaux"
