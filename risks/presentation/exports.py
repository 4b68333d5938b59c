"""The risks of a place as spreadsheets: what was answered, the register, the plan of action, structures together."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from common import french
from common.spreadsheets.tables import Column, Row, Sheet, Value
from organisations.models import User
from risks.catalogue import Question, questionnaire
from risks.enums import Level, RiskStatus
from risks.models import AgreedMark, Risk, RiskAction
from risks.places import Place
from risks.presentation.words import LEVELS, ORIENTATION, UNMARKED
from risks.scoring import Score
from risks.selectors.overview import Followed, Overview
from risks.selectors.reading import PlaceReading
from risks.selectors.register import action_is_late, action_is_open

Names = Mapping[uuid.UUID, str]
MARKS = [
    Column("Section", 30),
    Column("N°", 7),
    Column("Affirmation", 60),
    Column("Reposée en fin de phase", 12),
    Column("Note retenue (1 à 10)", 11),
    Column("Non concerné", 11),
    Column("Commentaire", 50),
    Column("Gardée de", 22),
    Column("Note précédente", 11),
    Column("Écart", 8),
    Column("Parade proposée", 60),
]
SCORES = [
    Column("Section", 50),
    Column("Score brut", 10),
    Column("Questions notées", 10),
    Column("Questions", 10),
    Column("Score ramené", 10),
    Column("Sur", 8),
    Column("Niveau", 16),
    Column("Score précédent", 10),
    Column("Écart", 8),
]
WHOSE = [Column("Structure", 32), Column("OG", 24)]
RISKS = [
    Column("N°", 6),
    Column("Risque", 50),
    Column("Catégorie", 16),
    Column("Question", 9),
    Column("Description", 40),
    Column("D’où il vient", 40),
    Column("Ce qu’il entraînerait", 40),
    Column("Probabilité (1 à 4)", 11),
    Column("Impact (1 à 4)", 9),
    Column("Criticité (1 à 16)", 10),
    Column("Niveau", 12),
    Column("Criticité après traitement", 12),
    Column("État", 16),
    Column("Traitement", 12),
    Column("Suivi par", 24),
    Column("Relevé le", 12),
    Column("À revoir le", 12),
    Column("Transmis le", 12),
    Column("Porté au projet le", 12),
    Column("Pourquoi il est porté au projet", 40),
    Column("Accepté par", 24),
    Column("Accepté le", 12),
    Column("Pourquoi il est accepté", 40),
    Column("Clos le", 12),
    Column("Pourquoi il est clos", 40),
    Column("Actions en cours", 10),
    Column("Actions en retard", 10),
]
ACTIONS = [
    Column("N° du risque", 9),
    Column("Risque", 50),
    Column("Action", 50),
    Column("Nature", 12),
    Column("Faite par", 24),
    Column("Pour le", 12),
    Column("Commencée le", 12),
    Column("Avancement (%)", 12),
    Column("Faite le", 12),
    Column("En retard", 10),
    Column("Abandonnée le", 12),
    Column("Pourquoi elle est abandonnée", 40),
    Column("Où on en est", 40),
]


def file_name(what: str, place: Place, ending: str) -> str:
    """« risques-registre-ime-la-clairiere-2026-11-29.xlsx ». `what`: registre, plan, notes, scores."""
    slug = place.esms.slug if place.esms else place.project.slug
    return f"risques-{what}-{slug}-{french.today().isoformat()}.{ending}"


def _title(what: str, place: Place) -> str:
    return french.typography(f"{what}, {place.name}, le {french.long_date(french.today())}. {ORIENTATION}")


# --- What was answered -----------------------------------------------------------------------------------------------


def answers(place: Place, found: PlaceReading) -> list[Sheet]:
    """Every question with what was agreed on, then the scores."""
    title = _title(f"Analyse de risques, {found.assessment.campaign.title}", place)
    return [
        Sheet(
            "Notes", MARKS, [_mark(question, found) for question in questionnaire().questions], title=title, frozen=2
        ),
        Sheet("Scores", SCORES, _scores(found), title=title, frozen=1),
    ]


def _mark(question: Question, found: PlaceReading) -> Row:
    agreed = found.agreed.get(question.number)
    before = found.before.marks.get(question.number) if found.before else None
    value = agreed.value if agreed else None
    origin = found.origins.get(question.number)
    return Row(
        [
            questionnaire().section(question.section).title,
            question.number,
            question.text,
            _yes(question.starred),
            _number(value),
            _yes(agreed.not_concerned) if agreed else "",
            agreed.comment if agreed else "",
            origin.title if origin else _carried(agreed),
            _number(before),
            _difference(before, value),
            question.mitigation,
        ]
    )


def _carried(agreed: AgreedMark | None) -> str:
    return "la campagne précédente" if agreed and agreed.carried else ""


def _scores(found: PlaceReading) -> list[Row]:
    reading, before = found.reading, found.before
    earlier = before.scores.points if before else (None,) * len(reading.scores.sections)
    lines = zip(reading.scores.sections, reading.levels, earlier, strict=True)
    rows = [
        _score(f"{item.section.number}. {item.section.title}", item.score, level, was, 100)
        for item, level, was in lines
    ]
    total = before.scores.total.points if before else None
    return [*rows, _score("Ensemble", reading.scores.total, reading.level, total, 1000, kind="heading")]


def _score(label: str, score: Score, level: Level | None, before: int | None, highest: int, *, kind: str = "") -> Row:
    return Row(
        [
            label,
            str(score.raw),
            str(score.marked),
            str(score.asked),
            _number(score.points),
            str(highest),
            _level(level),
            _number(before),
            _difference(before, score.points),
        ],
        kind=kind,
    )


# --- The register, and what is done about it -------------------------------------------------------------------------


def register(place: Place, risks: Iterable[Risk], ogs: Names, today: date) -> list[Sheet]:
    """`risks` with their actions; `ogs`: the names of those of the project, in which alone they are said."""
    columns = RISKS if place.esms else [*WHOSE, *RISKS]
    rows = [Row([*_whose(place, risk, ogs), *_risk(risk, today)]) for risk in risks]
    return [Sheet("Registre", columns, rows, title=_title("Registre des risques", place), frozen=2)]


def _risk(risk: Risk, today: date) -> list[Value]:
    actions = list(risk.actions.all())
    late = sum(action_is_late(action, today) for action in actions) if risk.is_open else 0
    left = (risk.residual_probability, risk.residual_impact)
    return [
        str(risk.number),
        risk.title,
        risk.get_category_display(),
        risk.question,
        risk.description,
        risk.cause,
        risk.consequence,
        str(risk.probability),
        str(risk.impact),
        str(risk.probability * risk.impact),
        risk.criticality.label,
        str(left[0] * left[1]) if left[0] and left[1] else "",
        RiskStatus(risk.status).label,
        risk.get_treatment_display() if risk.treatment else "",
        _person(risk.owner),
        risk.opened_on,
        risk.review_on,
        french.day(risk.transmitted_at) if risk.transmitted_at else None,
        french.day(risk.raised_at) if risk.raised_at else None,
        risk.raised_why,
        _person(risk.accepted_by),
        risk.accepted_on,
        risk.accepted_why,
        risk.closed_on,
        risk.closing_note,
        str(sum(action_is_open(action) for action in actions)),
        str(late),
    ]


def plan(place: Place, actions: Iterable[RiskAction], ogs: Names, today: date) -> list[Sheet]:
    """`actions` with their risk."""
    columns = ACTIONS if place.esms else [*WHOSE, *ACTIONS]
    rows = [Row([*_whose(place, action.risk, ogs), *_action(action, today)]) for action in actions]
    return [Sheet("Plan d’action", columns, rows, title=_title("Plan d’action sur les risques", place), frozen=2)]


def _action(action: RiskAction, today: date) -> list[Value]:
    risk = action.risk
    return [
        str(risk.number),
        risk.title,
        action.label,
        action.get_kind_display(),
        _person(action.owner),
        action.due_on,
        action.started_on,
        str(action.progress),
        action.done_on,
        _yes(action_is_late(action, today)),
        action.given_up_on,
        action.given_up_why,
        action.note,
    ]


def _whose(place: Place, risk: Risk, ogs: Names) -> list[Value]:
    """In the project, whose risk it is."""
    if place.esms:
        return []
    return [risk.esms.name, ogs[risk.esms.og_id]] if risk.esms else ["Le projet", ""]


# --- Structures side by side -----------------------------------------------------------------------------------------


def scores(place: Place, found: Overview) -> list[Sheet]:
    """What each structure transmitted last: sections, then the whole. Those that never did have no score."""
    sections = questionnaire().sections
    columns = [
        *WHOSE,
        Column("Campagne de ces notes", 24),
        *(Column(f"{section.number}. {section.short}", 13) for section in sections),
        Column("Ensemble (sur 1 000)", 12),
        Column("Niveau", 16),
        Column("Écart", 8),
        Column("À cette campagne", 22),
    ]
    campaign = found.campaign.title if found.campaign else "aucune campagne"
    title = _title(f"Scores des structures, {campaign}", place)
    return [
        Sheet("Scores", columns, [_structure(one, len(sections)) for one in found.structures], title=title, frozen=1)
    ]


def _structure(one: Followed, sections: int) -> Row:
    reading = one.reading
    points: Sequence[int | None] = reading.scores.points if reading else (None,) * sections
    return Row(
        [
            one.esms.name,
            one.esms.og.name,
            reading.assessment.campaign.title if reading else "",
            *(_number(value) for value in points),
            _number(reading.scores.total.points) if reading else "",
            _level(one.level) if reading else "",
            _number(one.change),
            one.asked.get_status_display() if one.asked else "Non interrogée",
        ]
    )


# --- Words -----------------------------------------------------------------------------------------------------------


def _person(user: User | None) -> str:
    return user.get_full_name() if user else ""


def _yes(value: bool) -> str:
    return "oui" if value else "non"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _level(level: Level | None) -> str:
    return LEVELS[level].word if level else UNMARKED.word


def _difference(before: int | None, after: int | None) -> str:
    """« 12 », « -3 »; nothing when there is nothing to compare."""
    return "" if before is None or after is None else str(after - before)
