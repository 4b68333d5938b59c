"""Where the analysis of a place stands: what to do now and by whom, who answers, its past campaigns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from common import french
from common.charts.bars import Segment, segments
from common.ui import Act, Link, Stage
from organisations.models import User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus
from risks.forms.convergence import SendBackForm
from risks.models import Assessment
from risks.places import Place
from risks.presentation import questionnaire_words as said
from risks.presentation import words
from risks.presentation.crumbs import under_questionnaire
from risks.presentation.questionnaire_words import Read
from risks.presentation.tabs import tabs
from risks.selectors.answers import Answering, own_capacity

STATES = list(AssessmentStatus)


@dataclass(frozen=True)
class RespondentLine:
    name: str
    capacity: str
    detail: str
    bar: Sequence[Segment]


@dataclass(frozen=True)
class PastLine:
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class SentBack:
    title: str
    note: str


@dataclass(frozen=True)
class Page:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    version: int = 0
    acts: list[Act] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    late: str = ""
    message: str = ""
    sent_back: SentBack | None = None
    steps: list[Stage] = field(default_factory=list)
    respondents: list[RespondentLine] = field(default_factory=list)
    respondents_url: str = ""
    past: list[PastLine] = field(default_factory=list)
    send_back_form: SendBackForm | None = None
    send_back_url: str = ""
    send_back_label: str = ""
    method: str = french.typography(words.METHOD)


def not_asked(read: Read) -> Page:
    """No campaign ever asked anything of the place."""
    whom = "à la structure" if read.place.esms else "pour le projet lui-même"
    lede = (
        "Ouvrez une campagne : vous choisissez qui y répond, et pour quand."
        if read.rights.leads
        else "Quand le chef de projet ouvrira une campagne, chacun y répondra d’abord de son côté, puis vous mettrez "
        "vos réponses en commun ici. Un risque peut se noter dès maintenant au registre."
        if read.rights.fills
        else "L’analyse de la structure se lira ici, une fois qu’elle l’aura transmise."
    )
    acts = []
    if read.rights.leads:
        acts = [Act("Ouvrir une campagne", Place(read.place.project).url("risk_campaign_open"), icon="plus")]
    elif read.rights.fills:
        acts = [Act("Ouvrir le registre", read.place.url("risk_register"), icon="list", primary=False)]
    return Page(
        title=french.typography(f"Aucune analyse de risques n’est demandée {whom}"),
        lede=french.typography(lede),
        crumbs=under_questionnaire(read.place),
        tabs=tabs(read.place, read.rights, "risk_questionnaire"),
        acts=acts,
    )


def page(read: Read, *, form: SendBackForm | None = None) -> Page:
    """`form`: the note of a send-back that was refused."""
    current, campaign = read.current, read.current.campaign
    sends_back = current.transmitted and read.rights.leads and not campaign.closed_at
    fresh = SendBackForm(initial={"version": current.version}) if sends_back else None
    return Page(
        title=french.typography(said.title(read)),
        lede=french.typography(said.lede(read)),
        crumbs=under_questionnaire(read.place),
        tabs=tabs(read.place, read.rights, "risk_questionnaire"),
        version=current.version,
        acts=_acts(read),
        facts=_facts(read),
        late=french.typography(_late(read)),
        message=campaign.message,
        sent_back=_sent_back(read),
        steps=_steps(read),
        respondents=[_respondent(read, one) for one in read.people] if read.rights.inside else [],
        respondents_url=read.place.url("risk_respondents") if read.rights.fills and current.answering else "",
        past=[_past(read, one) for one in read.assessments[1:]],
        send_back_form=form or fresh,
        send_back_url=read.place.url("risk_send_back"),
        send_back_label="Renvoyer à la structure" if read.place.esms else "Reprendre l’analyse",
    )


# --- What to do now --------------------------------------------------------------------------------------------------


def _acts(read: Read) -> list[Act]:
    """The first is the one thing to do."""
    url, rights = read.place.url, read.rights
    if read.stopped:
        together = rights.fills and read.current.state != AssessmentStatus.ANSWERING
        return [_reread(read)] if together else []
    match read.current.state:
        case AssessmentStatus.ANSWERING:
            return _acts_answering(read)
        case AssessmentStatus.CONVERGING if rights.fills and read.left:
            return [Act("Accorder les notes", url("risk_convergence"), icon="people")]
        case AssessmentStatus.CONVERGING if rights.fills:
            return _acts_agreed(read)
        case AssessmentStatus.SUBMITTED if rights.fills:
            validate = [Act("Valider l’analyse", url("risk_validate"), posts=True)] if rights.validates else []
            return [*validate, _reread(read), _reopen(read)]
        case AssessmentStatus.VALIDATED if rights.validates:
            label = "Transmettre au chef de projet" if read.place.esms else "Figer l’analyse"
            return [Act(label, url("risk_transmit"), posts=True, icon="mail"), _reread(read), _reopen(read)]
        case AssessmentStatus.TRANSMITTED:
            return [Act("Lire l’analyse", url("risk_scores"), icon="chart")]
    return []


def _acts_agreed(read: Read) -> list[Act]:
    """All is agreed: hand it on; of one that was sent back, look at the marks first."""
    url, back = read.place.url, read.sent_back
    label, act = (
        ("Valider l’analyse", "risk_validate") if read.rights.validates else ("Soumettre à la direction", "risk_submit")
    )
    on = Act(label, url(act), posts=True, primary=not back)
    again = Act("Revoir les notes", url("risk_convergence"), icon="eye", primary=back)
    return [again, on] if back else [on, again]


def _acts_answering(read: Read) -> list[Act]:
    url, acts, all_done = read.place.url, [], read.over
    if read.mine is None:
        if own_capacity(read.place, read.rights):
            acts.append(Act("Répondre", url("risk_answer"), icon="edit", primary=not all_done))
    elif read.mine.respondent.finished_at is None:
        label = f"Continuer de répondre ({read.mine.answered} sur {read.asked})" if read.mine.answered else "Répondre"
        acts.append(Act(label, url("risk_answer"), icon="edit"))
    if not read.rights.fills:
        return acts
    if not read.people:
        return [*acts, Act("Choisir qui répond", url("risk_respondents"), icon="people", primary=False)]
    label = "Mettre en commun" if all_done else "Mettre en commun sans attendre"
    together = Act(label, url("risk_convergence_open"), icon="people", primary=all_done)
    return [together, *acts] if all_done else [*acts, together]


def _reread(read: Read) -> Act:
    return Act("Relire les notes", read.place.url("risk_convergence"), icon="eye", primary=False)


def _reopen(read: Read) -> Act:
    return Act("Rouvrir la mise en commun", read.place.url("risk_reopen"), posts=True, icon="undo", primary=False)


# --- The rest --------------------------------------------------------------------------------------------------------


def _facts(read: Read) -> list[tuple[str, str]]:
    campaign, current = read.current.campaign, read.current
    kept = len(questionnaire().questions) - read.asked
    asked = f"{read.asked} questions"
    if not current.asks_all:
        asked += f", celles qui reviennent à chaque fin de phase ; les {kept} autres gardent leur note précédente"
    due = f"{french.long_date(campaign.due_on)}"
    if not current.transmitted and not read.stopped:
        due += f", {french.relative(campaign.due_on, read.today)}"
    facts = [("Campagne", f"{campaign.title} (n° {campaign.number})"), ("À rendre le", due), ("Questions", asked)]
    if campaign.extended_why:
        facts.append(("Pourquoi la date a changé", campaign.extended_why))
    return [(label, french.typography(value)) for label, value in facts]


def _late(read: Read) -> str:
    if not read.late:
        return ""
    days = (read.today - read.current.campaign.due_on).days
    return f"En retard de {french.counted(days, 'jour', 'jours')}"


def _sent_back(read: Read) -> SentBack | None:
    current = read.current
    if current.transmitted or current.sent_back_at is None or current.sent_back_by is None:
        return None
    title = f"Renvoyée par {current.sent_back_by.get_full_name()} le {french.long_date(current.sent_back_at)}"
    return SentBack(title, current.sent_back_note)


def _steps(read: Read) -> list[Stage]:
    current, esms = read.current, read.place.esms
    rank = STATES.index(current.state)
    lead = "Le chef de projet"
    moments: list[tuple[str, str, User | None, datetime | None]] = [
        ("Répondre", "Chacun de son côté, sans voir les autres", None, current.converging_at),
        (
            "Mettre en commun",
            "La direction et le référent local, ensemble" if esms else lead,
            current.submitted_by,
            current.submitted_at,
        ),
        ("Valider", "La direction de la structure" if esms else lead, current.validated_by, current.validated_at),
        (
            "Transmettre au chef de projet" if esms else "Figer",
            "La direction de la structure" if esms else lead,
            current.transmitted_by,
            current.transmitted_at,
        ),
    ]
    return [_step(place, rank, read.stopped, *moment) for place, moment in enumerate(moments)]


def _step(place: int, rank: int, stopped: bool, title: str, who: str, by: User | None, at: datetime | None) -> Stage:
    done, now = place < rank, place == rank and not stopped
    if done:
        return Stage(title, by.get_full_name() if by else who, "ok", "s-ok", "Fait", current=False, at=at)
    word, tone, icon = ("En cours", "progress", "s-progress") if now else ("À venir", "none", "s-todo")
    if stopped:
        word, icon = "Non fait", "s-na"
    return Stage(title, who, tone, icon, word, current=now)


def _respondent(read: Read, one: Answering) -> RespondentLine:
    answered, finished_at = min(one.answered, read.asked), one.respondent.finished_at
    detail = f"{french.plural(answered, 'réponse', 'réponses')} sur {read.asked}"
    if finished_at:
        detail = f"Terminé le {french.long_date(finished_at, year=False)}, {detail}"
    return RespondentLine(
        name=one.respondent.user.get_full_name(),
        capacity=one.respondent.get_capacity_display(),
        detail=detail,
        bar=segments(("ok" if finished_at else "progress", answered), total=read.asked),
    )


def _past(read: Read, one: Assessment) -> PastLine:
    title = f"{one.campaign.title} (n° {one.campaign.number})"
    if not one.transmitted:
        return PastLine(french.typography(title), "Campagne close avant la transmission", "")
    reading = read.readings[one.pk]
    detail = f"{french.capital(said.total(reading))}, {'transmise' if read.place.esms else 'figée'} le "
    detail += french.long_date(said.done_at(one.transmitted_at))
    url = f"{read.place.url('risk_scores')}?campagne={one.campaign.number}"
    return PastLine(french.typography(title), french.typography(detail), url)
