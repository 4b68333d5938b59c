"""What the reading of a place opens with: its conclusion, or why there is none yet; what is under way meanwhile."""

from dataclasses import dataclass
from urllib.parse import urlencode

from common import french
from common.ui import Link
from risks.enums import AssessmentStatus
from risks.models import Assessment
from risks.places import Place
from risks.presentation import words
from risks.rights import Rights
from risks.selectors.reading import PlaceReading


@dataclass(frozen=True)
class Notice:
    title: str
    text: str
    tone: str
    icon: str
    link: Link | None = None


def address(place: Place, **query: object) -> str:
    """The page, on one campaign or over one reference."""
    return f"{place.url('risk_scores')}?{urlencode(query)}"


def opening(found: PlaceReading | None, rights: Rights) -> tuple[str, str]:
    """The title and the sentence below it."""
    if found and found.reading.marks:
        return _conclusion(found), f"{_campaign(found.assessment)}, {_stage(found.assessment)}. {words.ORIENTATION}"
    return _not_yet(found, rights)


def _conclusion(found: PlaceReading) -> str:
    reading, total = found.reading, found.reading.scores.total
    if total.points is None:
        return "Aucune note : toutes les questions sont « non concerné »"
    provisional = "" if found.assessment.settled else "Lecture provisoire : "
    return f"{provisional}{words.points(total)}{', ' if provisional else ' : '}{words.risk_is(reading.level)}"


def _campaign(assessment: Assessment) -> str:
    """« Campagne n° 2, fin de la phase Pilote »."""
    return f"Campagne n° {assessment.campaign.number}, {words.in_sentence(assessment.campaign.title)}"


def _stage(assessment: Assessment) -> str:
    """« transmise le 3 octobre 2026 »."""
    at = {
        AssessmentStatus.SUBMITTED: assessment.submitted_at,
        AssessmentStatus.VALIDATED: assessment.validated_at,
        AssessmentStatus.TRANSMITTED: assessment.transmitted_at,
    }.get(assessment.state)
    if assessment.closed_at and not assessment.transmitted:
        return f"close le {french.long_date(assessment.closed_at)} avant la transmission"
    said = "figée" if assessment.transmitted and not assessment.esms_id else words.in_sentence(assessment.state.label)
    return said + (f" le {french.long_date(at)}" if at else "")


def _not_yet(found: PlaceReading | None, rights: Rights) -> tuple[str, str]:
    """Why there is nothing to read, and what will bring it."""
    if found is None:
        return (
            "Aucune analyse de risques n’est encore demandée",
            "Le chef de projet ouvre une campagne ; une fois les réponses mises en commun, elles se lisent ici."
            if not rights.leads
            else "Ouvrez une campagne : une fois les réponses mises en commun et transmises, elles se lisent ici.",
        )
    assessment = found.assessment
    if assessment.closed_at:
        return (
            f"La campagne n° {assessment.campaign.number} est close, sans rien à lire",
            f"Elle a été close le {french.long_date(assessment.closed_at)}, avant que cette analyse soit transmise.",
        )
    if not rights.inside and assessment.sent_back_at:
        return (
            "La structure reprend son analyse de risques",
            f"Renvoyée le {french.long_date(assessment.sent_back_at)}, elle se lira de nouveau ici une fois transmise.",
        )
    if not rights.inside:
        return (
            "La structure n’a pas encore transmis son analyse de risques",
            f"{_step(assessment)} Ses notes se liront ici une fois transmises. {_due(assessment)}",
        )
    if assessment.answering:
        return (
            "La lecture viendra quand les réponses seront mises en commun",
            f"D’ici là chacun répond seul, sans voir les réponses des autres. {_due(assessment)}",
        )
    return (
        "La lecture viendra à la première note retenue",
        "Les réponses se mettent en commun : chaque note retenue compte ici aussitôt.",
    )


def way_out(place: Place, found: PlaceReading | None, rights: Rights) -> Link | None:
    """Where to go while there is nothing to read."""
    if found is None:
        campaigns_url = Place(place.project).url("risk_campaign_open")
        return Link("Ouvrir une campagne", campaigns_url) if rights.leads else None
    if found.assessment.converging and rights.fills:
        return Link("Mettre les notes en commun", place.url("risk_convergence"))
    label = "Ouvrir le questionnaire" if rights.fills else "Voir où elle en est"
    return Link(label, place.url("risk_questionnaire"))


def campaigns(place: Place, found: PlaceReading) -> list[Link]:
    """One analysis or the other, when there are several."""
    if len(found.every) < 2:
        return []
    return [
        Link(
            french.typography(f"Campagne n° {one.campaign.number}"),
            address(place, campagne=one.campaign.number),
            current=one == found.assessment,
        )
        for one in found.every
    ]


def notices(place: Place, found: PlaceReading, rights: Rights) -> list[Notice]:
    """What to know of these marks before reading them; nothing where there are none."""
    if not found.reading.marks:
        return []
    told = [_of_the_shown(place, found, rights), _under_way(place, found, rights)]
    return [
        Notice(french.typography(one.title), french.typography(one.text), one.tone, one.icon, one.link)
        for one in told
        if one
    ]


def _of_the_shown(place: Place, found: PlaceReading, rights: Rights) -> Notice | None:
    """Whether it still changes, and who reads it meanwhile."""
    shown, total = found.assessment, found.reading.scores.total
    if shown.closed_at or shown.transmitted:
        return None
    if not shown.settled:
        kept = french.plural(total.answered, "réponse est retenue", "réponses sont retenues")
        return Notice(
            "Cette lecture est provisoire",
            f"{kept} sur {total.asked}. Elle change à chaque note retenue, et ne se lit qu’ici avant d’être transmise.",
            "late",
            "s-watch",
            Link("Continuer la mise en commun", place.url("risk_convergence")) if rights.fills else None,
        )
    if not place.esms:
        return None
    return Notice(
        "Cette lecture reste dans la structure",
        "Le chef de projet et la direction de l’organisme gestionnaire la liront une fois transmise.",
        "accent",
        "lock",
    )


def _under_way(place: Place, found: PlaceReading, rights: Rights) -> Notice | None:
    """A later campaign, not to be read yet."""
    latest = found.latest
    if latest == found.assessment or latest.closed_at or latest.transmitted:
        return None
    return Notice(
        f"La campagne n° {latest.campaign.number} est en cours",
        f"{_step(latest)} {_where(latest, rights)} {_due(latest)}",
        "progress",
        "s-progress",
        Link("Voir où elle en est", place.url("risk_questionnaire")),
    )


def _where(latest: Assessment, rights: Rights) -> str:
    """Where the marks of the later campaign are read, or when they will be."""
    if not rights.inside:
        return "Ses notes se liront ici une fois transmises."
    if latest.answering:
        return "Ses notes se liront ici une fois mises en commun."
    return f"Ses notes retenues se lisent déjà, sous « Campagne n° {latest.campaign.number} »."


def _step(assessment: Assessment) -> str:
    return f"Étape : {words.in_sentence(assessment.state.label)}."


def _due(assessment: Assessment) -> str:
    return f"Les réponses sont attendues pour le {french.long_date(assessment.campaign.due_on)}."
