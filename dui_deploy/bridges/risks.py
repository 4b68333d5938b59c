"""What risks tell the pathway of a structure, and what they ask of it."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.utils.text import Truncator

from common import french
from organisations.models import ESMS
from risks.aggregates import standings_of
from risks.enums import AssessmentStatus
from risks.models import Assessment, Risk
from risks.places import Place
from risks.selectors.assessments import asked_questions, readable_of
from risks.selectors.standings import Standing, settled_on
from structures.addresses import done_at
from structures.asks import Ask, asks
from structures.enums.pathway import LineState
from structures.facts import Fact, facts

EXCERPT = 120  # characters of what the lead wants taken up

done_at("risk_analysis", "esms_risk_questionnaire")


@facts("risks")
def risk_facts(structures: Sequence[ESMS]) -> dict[tuple[uuid.UUID, str], Fact]:
    """Six queries. A structure of which no campaign asked anything ticks its lines by hand."""
    found = {}
    for one in standings_of(structures):
        found[one.esms.pk, "act_assess_risks"] = _assessed(one)
        found[one.esms.pk, "act_plan_risk_actions"] = _planned(one)
        found[one.esms.pk, "act_transmit_risks"] = _transmitted(one)
    return found


def _assessed(one: Standing) -> Fact:
    current = one.current
    if one.sent_back and current.sent_back_at:
        return Fact(LineState.IN_PROGRESS, f"à reprendre, renvoyée le {french.long_date(current.sent_back_at)}")
    if one.settled and (day := settled_on(one.settled)):
        return Fact(LineState.DONE, f"notes retenues le {french.long_date(day)}{_next(one, one.settled)}", day)
    if current.closed_at:
        return Fact(LineState.TODO, "la campagne s’est close avant que les notes soient retenues")
    if current.converging:
        return Fact(LineState.IN_PROGRESS, "les réponses sont mises en commun")
    if count := one.answering.began:
        words = french.counted(count, "personne a commencé", "personnes ont commencé", feminine=True)
        return Fact(LineState.IN_PROGRESS, f"{words} à répondre")
    return Fact(LineState.TODO, f"questionnaire attendu pour le {french.long_date(current.campaign.due_on)}")


def _planned(one: Standing) -> Fact:
    """Of what was transmitted: the project lead reads the pathway before that, and nothing tells then whether a mark is
    strong."""
    day = settled_on(one.sent) if one.sent else None
    if day is None and one.settled:
        return Fact(
            LineState.IN_PROGRESS, "les notes sont retenues, la structure seule les lit avant de les transmettre"
        )
    if day is None:
        return Fact(LineState.TODO, "les notes ne sont pas encore retenues")
    if not one.told.missing:
        return Fact(LineState.DONE, "aucun risque fort n’est sans action datée", max(day, one.told.day or day))
    state = LineState.IN_PROGRESS if one.told.covered else LineState.TODO
    return Fact(state, "une action datée manque encore à un risque fort au moins")


def _transmitted(one: Standing) -> Fact:
    current = one.current
    if one.sent_back and current.sent_back_at:
        words = f"renvoyée par le chef de projet le {french.long_date(current.sent_back_at)}"
        return Fact(LineState.IN_PROGRESS, words)
    if one.sent and one.sent.transmitted_at:
        day = french.day(one.sent.transmitted_at)
        return Fact(LineState.DONE, f"transmise le {french.long_date(day)}{_next(one, one.sent)}", day)
    if current.closed_at:
        return Fact(LineState.TODO, "la campagne s’est close avant la transmission")
    if current.status == AssessmentStatus.VALIDATED and current.validated_at:
        return Fact(LineState.IN_PROGRESS, f"validée le {french.long_date(current.validated_at)}, à transmettre")
    if current.status == AssessmentStatus.SUBMITTED and current.submitted_at:
        day = french.day(current.submitted_at)
        return Fact(LineState.SUBMITTED, f"soumise à la direction le {french.long_date(day)}", day)
    return Fact(LineState.TODO, "l’analyse n’est pas encore soumise à la direction")


def _next(one: Standing, done: Assessment) -> str:
    """What follows an analysis that is over."""
    return "" if done == one.current or one.current.closed_at else ", une nouvelle analyse est en cours"


@asks("risks")
def risk_asks(structures: Sequence[ESMS]) -> list[Ask]:
    """What comes next for the open analysis of each structure, strong risks without an action for who may read these
    marks, risks to look at again. Eight queries."""
    found, readable = [], readable_of(structures)
    for one in standings_of(structures):
        current, place = one.current, Place(one.esms.project, one.esms)
        if current.closed_at is None and not current.transmitted:
            found.append(_next_step(one, place))
        if one.plan.missing and one.settled and one.settled.pk in readable:
            found.append(
                Ask(
                    esms=one.esms,
                    title="Donner une action datée à chaque risque fort",
                    url=place.url("risk_scores"),
                    detail="d’après les notes retenues",
                    icon="alert",
                )
            )
    return [*found, *_to_review(structures)]


def _next_step(one: Standing, place: Place) -> Ask:
    """What the open analysis waits for."""
    current, esms, due_on = one.current, one.esms, one.current.campaign.due_on
    url = place.url("risk_questionnaire")  # who only reads may open it too
    match current.state:
        case AssessmentStatus.VALIDATED:
            title = "Transmettre l’analyse de risques au chef de projet"
            return Ask(esms, title, url, "elle est validée", due_on, of_director=True, icon="mail")
        case AssessmentStatus.SUBMITTED:
            day = f"soumise le {french.long_date(current.submitted_at)}" if current.submitted_at else ""
            return Ask(esms, "Valider l’analyse de risques", url, day, due_on, of_director=True, icon="check")
        case AssessmentStatus.CONVERGING if one.sent_back:
            note = Truncator(current.sent_back_note).chars(EXCERPT)
            words = french.typography(f"renvoyée par le chef de projet : « {note} »")
            return Ask(esms, "Reprendre l’analyse de risques", url, words, due_on, icon="chat")
        case AssessmentStatus.CONVERGING if one.is_agreed:
            words = "toutes les notes sont retenues"
            return Ask(esms, "Soumettre l’analyse de risques", url, words, due_on, icon="check")
        case AssessmentStatus.CONVERGING:
            words = f"{french.plural(one.agreed, 'note retenue', 'notes retenues')} sur {len(asked_questions(current))}"
            return Ask(esms, "Retenir ensemble les notes de risques", url, words, due_on, icon="people")
    answering = one.answering
    if answering.over:
        words = french.counted(len(answering.asked), "personne a répondu", "personnes ont répondu", feminine=True)
        return Ask(esms, "Mettre en commun les réponses sur les risques", url, words, due_on, icon="people")
    done = f"{len(answering.finished)} sur {len(answering.asked)} ont terminé" if answering.finished else ""
    count = french.plural(len(asked_questions(current)), "question", "questions")
    return Ask(
        esms=esms,
        title="Répondre au questionnaire de risques",
        url=url,
        detail=" · ".join(filter(None, (current.campaign.title, count, done))),
        due_on=due_on,
        icon="edit",
        done_by=answering.finished,
    )


def _to_review(structures: Sequence[ESMS]) -> list[Ask]:
    """Those that the reader may read."""
    due: dict[uuid.UUID, list[Risk]] = defaultdict(list)
    for risk in Risk.objects.open().filter(esms__in=structures, review_on__lte=french.today()).order_by("review_on"):
        due[risk.place].append(risk)
    found = []
    for esms in structures:
        if risks := due[esms.pk]:
            first, place = risks[0], Place(esms.project, esms)
            alone = len(risks) == 1
            found.append(
                Ask(
                    esms=esms,
                    title=f"Revoir le risque : {first.title}" if alone else f"Revoir {len(risks)} risques du registre",
                    url=place.url("risk", first.number) if alone else place.url("risk_register"),
                    detail="sa date de revue est passée" if alone else "leur date de revue est passée",
                    due_on=first.review_on,
                    icon="refresh",
                )
            )
    return found
