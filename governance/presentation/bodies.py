"""Bodies in French: what each is for, who sits there, and what its rule says of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from common import french
from common.charts import HeatMap
from common.history import Change
from common.ui import Entry, Link
from governance.catalogue import catalogue
from governance.composition import Finding
from governance.enums import BodyKind, Severity
from governance.forms.bodies import BodySettingsForm, GroupSettingsForm
from governance.models import Body, Mandate
from governance.presentation.coverage import coverage_map, to_name
from governance.presentation.seats import (
    PersonSeats,
    body_code,
    body_url,
    by_person,
    crumbs_to_body,
    seat_asked,
    the_body,
)
from governance.presentation.sheets import crumbs_to
from governance.selectors.bodies import BodyHistory, BodyState
from organisations.enums import ProjectKind
from organisations.models import Project, User
from organisations.presentation.sheets import Fact, SavedField, Sheet, label_of, saved_fields, value_in_words

TONES = {Severity.CRITICAL: ("ko", "s-ko"), Severity.WARNING: ("late", "s-watch")}
WELL = "La composition suit la règle."
TITLE = 72  # characters that a heading says in a breath
PEOPLE = {"chair_id", "secretary_id"}  # columns of the history that hold people


class BodySheet(Sheet):
    """The settings of a body, that save themselves."""

    @staticmethod
    def _arguments(row: Body, project: Project) -> list[object]:
        return [project.slug, body_code(row)]


COMMITTEE_SHEET = BodySheet("instance", BodySettingsForm, "body_field")
GROUP_SHEET = BodySheet("groupe", GroupSettingsForm, "body_field")


def sheet_of(body: Body) -> Sheet:
    return GROUP_SHEET if body.kind == BodyKind.WORKING_GROUP else COMMITTEE_SHEET


@dataclass(frozen=True)
class Verdict:
    """One thing that the rule says, in a tone and a shape."""

    text: str
    tone: str = "ok"
    icon: str = "s-ok"


def verdicts(findings: Sequence[Finding]) -> list[Verdict]:
    """What the rule says, line by line; that all is well when it says nothing."""
    return [Verdict(found.text, *TONES[found.severity]) for found in findings] or [Verdict(WELL)]


def _in_short(findings: Sequence[Finding]) -> Verdict:
    """The first thing that the rule says, and how many more there are."""
    first, rest = verdicts(findings)[0], len(findings) - 1
    if rest < 1:
        return first
    more = french.counted(rest, "autre point à revoir", "autres points à revoir")
    return Verdict(f"{first.text} Et {more}.", first.tone, first.icon)


# --- All of them -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BodyCard:
    """A body in the list. A group has no rule: its verdict is None."""

    title: str
    url: str
    label: str
    purpose: str
    facts: list[Fact]
    sits: str
    until: str
    verdict: Verdict | None


@dataclass(frozen=True)
class BodiesView:
    """`missing`: which of the two bodies the project hasn't yet, in words."""

    title: str
    lede: str
    crumbs: list[Link]
    committees: list[BodyCard]
    groups: list[BodyCard]
    closed: list[BodyCard]
    to_answer: list[Link]
    missing: str


def bodies_page(states: Sequence[BodyState], waiting: Sequence[Mandate], project: Project) -> BodiesView:
    """`waiting`: the seats of the reader that wait for their answer."""
    committees = [state for state in states if state.body.kind != BodyKind.WORKING_GROUP]
    groups = [state for state in states if state.body.kind == BodyKind.WORKING_GROUP]
    present = {state.body.kind for state in committees}
    missing = [f"le {kind.label}" for kind in catalogue().bodies if kind not in present]
    return BodiesView(
        title=_bodies_title(committees),
        lede="Le COSTRAT décide, le COMOP suit et prépare, un groupe de travail étudie un sujet.",
        crumbs=crumbs_to(project, "Instances"),
        committees=[_card(state, project) for state in committees],
        groups=[_card(state, project) for state in groups if not state.closed],
        closed=[_card(state, project) for state in groups if state.closed],
        to_answer=[seat_asked(seat) for seat in waiting],
        missing=french.listed(missing),
    )


def group_crumbs(project: Project) -> list[Link]:
    before = crumbs_to(project, "Instances")[:-1]
    return [*before, Link("Instances", reverse("bodies", args=[project.slug])), Link("Nouveau groupe")]


def _bodies_title(committees: Sequence[BodyState]) -> str:
    """« Le COSTRAT suit la règle, le COMOP a deux points à revoir »."""
    if not committees:
        return "Le projet n’a pas encore d’instance"
    counts = {len(state.findings) for state in committees}
    if len(committees) > 1 and len(counts) == 1:
        if counts == {0}:
            return "Le COSTRAT et le COMOP sont composés comme il se doit"
        points = french.counted(*counts, "point à revoir", "points à revoir")
        return f"Le COSTRAT et le COMOP ont chacun {points}"
    return french.capital(", ".join(f"le {state.body} {_how(state)}" for state in committees))


def _how(state: BodyState) -> str:
    if not state.findings:
        return "suit la règle"
    return f"a {french.counted(len(state.findings), 'point à revoir', 'points à revoir')}"


def _card(state: BodyState, project: Project) -> BodyCard:
    body = state.body
    described = catalogue().bodies.get(BodyKind(body.kind))
    sits = who_sits(state)
    return BodyCard(
        title=french.typography(str(body)),
        url=body_url(body, project),
        label=described.label if described else "",
        purpose=described.purpose if described else french.typography(body.purpose),
        facts=[
            Fact("Présidence", _person(body.chair)),
            Fact("Secrétariat", _person(body.secretary)),
            Fact("Qui y siège", sits),
        ],
        sits=sits,
        until=_until(state),
        verdict=_in_short(state.findings) if described else None,
    )


def _until(state: BodyState) -> str:
    """« dissous le 12 mars 2026 », « jusqu’au 12 mars 2026 »."""
    if state.body.closed_on is None:
        return ""
    return f"{'dissous le' if state.closed else 'jusqu’au'} {french.long_date(state.body.closed_on)}"


def _person(user: object) -> str:
    return str(user) if user else "À désigner"


def who_sits(state: BodyState) -> str:
    """« 5 membres, dont 3 votent, et 2 invités »."""
    members = {seat.user_id for seat in state.seats if not seat.invited}
    guests = {seat.user_id for seat in state.seats if seat.invited} - members
    if not members and not guests:
        return "Personne encore"
    said = french.plural(len(members), "membre", "membres")
    if state.body.kind == BodyKind.COSTRAT:
        votes = len({seat.user_id for seat in state.seats if seat.votes})
        said += f", dont {french.number(votes)} {french.agree(votes, 'vote', 'votent')}"
    if not guests:
        return said
    return f"{said}{',' if ',' in said else ''} et {french.plural(len(guests), 'invité', 'invités')}"


# --- One of them -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BodyView:
    title: str
    lede: str
    crumbs: list[Link]
    name: str
    rule: str
    wanted: tuple[str, ...]
    missions: tuple[str, ...]
    verdicts: list[Verdict]
    coverage: HeatMap | None
    to_name: list[Link]
    members: list[PersonSeats]
    guests: list[PersonSeats]
    ahead: list[PersonSeats]
    past: list[PersonSeats]
    fields: list[SavedField]
    facts: list[Fact]
    history: list[Entry]
    group: bool
    closed: bool
    to_answer: list[Link]


def body_page(
    state: BodyState,
    seats: Sequence[Mandate],
    project: Project,
    reader: User,
    told: BodyHistory,
    *,
    manages: bool,
    today: date,
) -> BodyView:
    """`seats`: all that the body had, has or will have; `told`: how its settings changed."""
    body = state.body
    described = catalogue().bodies.get(BodyKind(body.kind))
    composition = described.compositions[ProjectKind(project.kind)] if described else None
    over = [seat for seat in seats if _is_over(seat, today)]
    standing = [seat for seat in seats if seat not in over]

    def lines(found: list[Mandate]) -> list[PersonSeats]:
        return by_person(found, project, reader, manages=manages and not state.closed, today=today)

    waiting = [seat for seat in standing if seat.user == reader and seat.accepted_at is None]
    for seat in waiting:
        seat.project = project
    return BodyView(
        title=body_title(state),
        lede=_lede(state),
        crumbs=crumbs_to_body(body, project),
        name=french.typography(str(body)),
        rule=composition.rule if composition else "",
        wanted=composition.members if composition else (),
        missions=described.missions if described else (),
        verdicts=verdicts(state.findings) if described else [],
        coverage=coverage_map(state.coverage) if state.coverage else None,
        to_name=to_name(state.coverage, body, project) if state.coverage and manages else [],
        members=lines([seat for seat in standing if seat.starts_on <= today and not seat.invited]),
        guests=lines([seat for seat in standing if seat.starts_on <= today and seat.invited]),
        ahead=lines([seat for seat in standing if seat.starts_on > today]),
        past=by_person(over, project, reader, manages=False, today=today),
        fields=saved_fields(sheet_of(body), body, project) if manages and not state.closed else [],
        facts=settings_in_words(body, project),
        history=_history(told),
        group=described is None,
        closed=state.closed,
        to_answer=[seat_asked(seat) for seat in waiting],
    )


def body_title(state: BodyState) -> str:
    """What the rule says first; otherwise who sits there."""
    body = state.body
    if state.findings:
        first = state.findings[0].text.removesuffix(".")
        # A long one without the reason that follows.
        return first if len(first) <= TITLE else first.partition(f"{french.NBSP}: ")[0]
    if state.closed:
        return french.typography(f"{french.capital(the_body(body))} est dissous")
    members = {seat.user_id for seat in state.seats if not seat.invited}
    if not members:
        return f"Personne ne siège encore dans {the_body(body)}"
    count = french.counted(len(members), "membre", "membres")
    if body.kind == BodyKind.WORKING_GROUP:
        return f"{french.capital(the_body(body))} réunit {count}"
    return f"{french.capital(the_body(body))} réunit {count}, comme le veut sa règle"


def _lede(state: BodyState) -> str:
    rest = len(state.findings) - 1
    if rest > 0:
        verb = french.agree(rest, "autre point est à revoir", "autres points sont à revoir")
        return f"{french.capital(french.in_words(rest))} {verb} dans la composition du {state.body}."
    if state.body.kind == BodyKind.WORKING_GROUP:
        return french.typography(state.body.purpose)
    return catalogue().bodies[BodyKind(state.body.kind)].purpose


def _is_over(seat: Mandate, today: date) -> bool:
    ended = seat.ends_on is not None and (seat.ends_on < today or seat.ends_on < seat.starts_on)
    return ended or seat.declined_at is not None


def settings_in_words(body: Body, project: Project) -> list[Fact]:
    """How a body meets, to read."""
    group = body.kind == BodyKind.WORKING_GROUP
    facts = [
        Fact("Animation" if group else "Présidence", _person(body.chair)),
        Fact("Secrétariat", _person(body.secretary)),
        Fact("Rythme", "Chaque mois" if body.frequency_months == 1 else f"Tous les {body.frequency_months} mois"),
        Fact("Convocation", f"{_days(body.convocation_days)} avant la séance"),
        Fact("Compte rendu", f"Sous {_days(body.minutes_days)}"),
    ]
    if group:
        return facts
    by_og = body.kind == BodyKind.COSTRAT and project.kind == ProjectKind.MULTI_OG
    of = "du poids des OG" if by_og else "des membres"
    return [
        *facts,
        Fact("Quorum", f"{french.percent(body.quorum_percent)} {of}" if body.quorum_percent else "Aucun"),
        Fact("Rapport", f"Préparé {_days(body.report_days)} avant la séance"),
        Fact(
            "Pouvoirs",
            f"{french.capital(french.in_words(body.proxies_each))} au plus par personne"
            if body.proxies_each
            else "Aucun pouvoir",
        ),
    ]


def _days(count: int) -> str:
    return french.plural(count, "jour", "jours")


def settings_columns(body: Body) -> list[str]:
    """The columns of a body that its history tells."""
    return [*(Body._meta.get_field(name).attname for name in sheet_of(body).form.names()), "closed_on"]


def _history(told: BodyHistory) -> list[Entry]:
    return [
        Entry(
            entry.at,
            entry.who,
            "instance créée"
            if entry.label == "insert"
            else f"{french.NARROW}; ".join(_change(change, told.names) for change in entry.changes),
        )
        for entry in told.entries
    ]


def _change(change: Change, names: Mapping[UUID, str]) -> str:
    label = french.capital(label_of(Body, change.field))
    new, old = (_value(change.field, value, names) for value in (change.new, change.old))
    if not new:
        return french.typography(f"{label} : « {old} » retiré")
    return french.typography(f"{label} : « {new} »" + (f" au lieu de « {old} »" if old else ""))


def _value(column: str, value: object, names: Mapping[UUID, str]) -> str:
    if column in PEOPLE:
        return names.get(value, "une personne partie") if isinstance(value, UUID) else ""
    return value_in_words(Body, column, value)
