"""« Qui répond » : who answers, how far each is, whom else to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.ui import Link
from risks.enums import Capacity
from risks.forms.answers import RespondentsForm
from risks.models import Assessment
from risks.places import Place
from risks.presentation import crumbs, tabs
from risks.presentation.answers_end import why_closed
from risks.rights import Rights
from risks.selectors.answers import OF_A_STRUCTURE, Answering, Candidate

ALONE = (
    "Chacun répond seul et ne voit les notes de personne avant la mise en commun. "
    "D’ici là, on ne voit que le nombre de réponses."
)


@dataclass(frozen=True)
class RespondentLine:
    name: str
    capacity: str
    state: str
    tone: str
    icon: str
    version: int
    capacities: list[tuple[str, str, bool]]
    capacity_url: str = ""
    remove_url: str = ""


@dataclass(frozen=True)
class OfferedLine:
    """Somebody who may be asked. `field`: the name of the input that says in what capacity, if there is a choice."""

    id: str
    value: str
    name: str
    capacity: str
    checked: bool
    field: str = ""
    capacities: Sequence[tuple[str, str, bool]] = ()


@dataclass(frozen=True)
class WhoPage:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    locked: str
    lines: list[RespondentLine]
    offered: list[OfferedLine]
    form: RespondentsForm | None
    add_url: str
    answer: Link | None
    team_url: str


def who_page(
    place: Place,
    rights: Rights,
    assessment: Assessment,
    answering: Sequence[Answering],
    offered: Sequence[Candidate],
    total: int,
    *,
    form: RespondentsForm | None = None,
) -> WhoPage:
    """`total`: how many questions are asked. `form`: what was chosen and refused."""
    there = {one.respondent.user_id for one in answering}
    others = [one for one in offered if one.user.pk not in there]
    writes = assessment.answering
    shown = (form or RespondentsForm(offered=others)) if writes and others else None
    return WhoPage(
        title=french.typography(_title(answering)),
        lede=french.typography(ALONE),
        crumbs=crumbs.crumbs(place, Link("Qui répond")),
        tabs=tabs.tabs(place, rights, "risk_questionnaire"),
        locked=why_closed(assessment),
        lines=[_line(place, one, total, writes) for one in answering],
        offered=[_offered(shown, one) for one in others] if shown else [],
        form=shown,
        add_url=place.url("risk_respondents"),
        answer=Link("Répondre", place.url("risk_answer")) if writes else None,
        team_url=reverse("structure_team", args=[place.project.slug, place.esms.slug]) if place.esms else "",
    )


def _title(answering: Sequence[Answering]) -> str:
    if not answering:
        return "Qui répond : personne encore"
    people = french.counted(len(answering), "personne répond", "personnes répondent", feminine=True)
    done = sum(one.respondent.finished_at is not None for one in answering)
    if done == len(answering):
        both = "toutes deux" if done == 2 else "toutes"
        said = french.counted(done, "personne répond et a", f"personnes répondent, {both} ont", feminine=True)
        return f"{french.capital(said)} terminé"
    said = (
        f"{french.in_words(done, feminine=True)} {french.agree(done, 'a', 'ont')} terminé"
        if done
        else "personne n’a terminé"
    )
    return f"{french.capital(people)}, {said}"


def _line(place: Place, one: Answering, total: int, writes: bool) -> RespondentLine:
    row = one.respondent
    state, tone, icon = f"{french.plural(one.answered, 'réponse', 'réponses')} sur {total}", "progress", "s-progress"
    if row.finished_at:
        state, tone, icon = f"Terminé, {state}", "ok", "s-ok"
    elif not one.answered:
        state, tone, icon = "Pas encore commencé", "todo", "s-todo"
    chooses = writes and row.capacity in OF_A_STRUCTURE
    return RespondentLine(
        name=french.typography(row.user.get_full_name()),
        capacity=Capacity(row.capacity).label,
        state=french.typography(state),
        tone=tone,
        icon=icon,
        version=row.version,
        capacities=[(item.value, item.label, item.value == row.capacity) for item in OF_A_STRUCTURE] if chooses else [],
        capacity_url=place.url("risk_respondent_capacity", row.pk) if chooses else "",
        remove_url=place.url("risk_respondent_remove", row.pk) if writes and not one.answered else "",
    )


def _offered(form: RespondentsForm, one: Candidate) -> OfferedLine:
    key, field = str(one.user.pk), ""
    said: object = one.capacities[0]
    if len(one.capacities) > 1:
        field = f"capacity-{key}"
        said = form[field].value()
    return OfferedLine(
        id=f"repondants-{key}",
        value=key,
        name=french.typography(one.user.get_full_name()),
        capacity=one.capacities[0].label,
        checked=key in (form["people"].value() or []),
        field=field,
        capacities=[(item.value, item.label, item.value == said) for item in one.capacities] if field else [],
    )
