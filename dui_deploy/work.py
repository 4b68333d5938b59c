"""« Mon travail » in words: what is asked of one person, by date, and what they are told."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from checklist.models import SOON, Action, Mention, OpinionRequest
from checklist.selectors import StatusChange
from common import french
from common.ui import Link
from dui_deploy import work_governed, work_indicators, work_risks, work_structures, work_tasks
from dui_deploy.work_governed import Governed
from dui_deploy.work_indicators import Missing
from dui_deploy.work_risks import Risky
from dui_deploy.work_structures import Asked, Structural
from dui_deploy.work_tasks import Task
from governance.models import FollowUp
from organisations.models import User

FAR = timedelta(days=30)
NEWS = timedelta(days=14)  # how far back « Pour votre information » looks
AHEAD = timedelta(days=30)  # how far meetings are told
FEW = 5  # actions without a date, and news, that are shown unfolded


# Something to do by a day: an action of a checklist, one that a body decided, what structures or risks ask, late
# figures.
ToDo = Action | FollowUp | Asked | Risky | Missing


@dataclass(frozen=True)
class Work:
    """What checklists, bodies, structures, risks and indicators hold for one person: open actions, opinions and
    messages that wait, what changed."""

    actions: list[Action] = field(default_factory=list)
    opinions: list[OpinionRequest] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    news: list[StatusChange] = field(default_factory=list)
    governed: Governed = field(default_factory=Governed)
    structural: Structural = field(default_factory=Structural)
    risks: list[Risky] = field(default_factory=list)
    indicators: list[Missing] = field(default_factory=list)

    @property
    def to_do(self) -> list[ToDo]:
        """By due date; those without one last."""
        todo: list[ToDo] = [
            *self.actions,
            *self.governed.follow_ups,
            *self.structural.dated,
            *self.risks,
            *self.indicators,
        ]
        return sorted(todo, key=lambda item: item.due_on or date.max)

    @property
    def several_projects(self) -> bool:
        projects = {action.project_id for action in self.actions} | self.governed.project_ids
        projects |= self.structural.project_ids
        projects |= {row.project_id for row in (*self.opinions, *self.mentions, *self.risks, *self.indicators)}
        return len(projects | {change.action.project_id for change in self.news}) > 1


@dataclass(frozen=True)
class Section:
    """A heading and its lines; with ``fold``, the lines are behind these words, open when nothing else is shown."""

    title: str
    note: str
    tone: str
    tasks: list[Task]
    fold: str = ""
    unfolded: bool = False


@dataclass(frozen=True)
class WorkPage:
    title: str
    lede: str
    today: str
    button: Link | None
    sections: list[Section]


@dataclass(frozen=True)
class Agenda:
    """The open actions of one person, each list by due date."""

    today: date
    late: list[ToDo]
    soon: list[ToDo]
    later: list[ToDo]
    far: list[ToDo]
    undated: list[ToDo]

    @property
    def soon_until(self) -> date:
        return self.today + SOON

    @property
    def far_from(self) -> date:
        return self.today + FAR

    @property
    def urgent(self) -> list[ToDo]:
        return self.late + self.soon

    @property
    def dated(self) -> list[ToDo]:
        return self.urgent + self.later + self.far


def work_page(user: User, work: Work, today: date, *, shared: bool) -> WorkPage:
    """The work of a person as the page says it: actions and opinions already by due date, messages by age.

    ``shared``: the person sits in a body, whose actions are asked of all its members.
    """
    agenda = _agenda(work.to_do, today)
    lede, button = _first(work, agenda)
    return WorkPage(
        title=_title(user, work, agenda),
        lede=lede,
        today=french.long_date(today, weekday=True).capitalize(),
        button=button,
        sections=_sections(work, agenda, shared),
    )


def _agenda(actions: list[ToDo], today: date) -> Agenda:
    late = [action for action in actions if action.days_late(today)]
    ahead = [action for action in actions if action.due_on and not action.days_late(today)]
    days = [(action, action.due_on - today) for action in ahead if action.due_on]
    return Agenda(
        today=today,
        late=late,
        soon=[action for action, left in days if left <= SOON],
        later=[action for action, left in days if SOON < left <= FAR],
        far=[action for action, left in days if left > FAR],
        undated=[action for action in actions if action.due_on is None],
    )


def _title(user: User, work: Work, agenda: Agenda) -> str:
    by = french.long_date(agenda.soon_until, weekday=True, year=False)
    urgent, awaited = _urgent_words(agenda, by), _awaited_words(work)
    if urgent and awaited:
        said = f"{urgent} ; {awaited}"
    elif urgent or awaited:
        said = urgent or french.capital(awaited)
    elif agenda.dated or agenda.undated:
        said = f"Rien n’est à finir d’ici {by}"
    else:
        said = "Rien ne vous est demandé pour l’instant"
    return french.typography(f"Bonjour {user.first_name}. {said}.")


def _urgent_words(agenda: Agenda, by: str) -> str:
    """« Douze actions sont en retard, deux sont à finir d’ici dimanche 29 novembre », nothing when none is urgent."""
    late, soon = len(agenda.late), len(agenda.soon)
    finish = french.agree(soon, "est à finir", "sont à finir") + f" d’ici {by}"
    if late:
        verb = french.agree(late, "est en retard", "sont en retard")
        more = f", {french.in_words(soon, feminine=True)} {finish}" if soon else ""
        return f"{_some_actions(late)} {verb}{more}"
    return f"{_some_actions(soon)} {finish}" if soon else ""


def _awaited_words(work: Work) -> str:
    """« un avis vous est demandé et deux messages vous attendent », nothing when nobody waits for an answer."""
    said = []
    if count := len(work.opinions):
        said.append(french.counted(count, "avis vous est demandé", "avis vous sont demandés"))
    if count := len(work.mentions):
        said.append(french.counted(count, "message vous attend", "messages vous attendent"))
    if count := len(work.governed.votes):
        said.append(french.counted(count, "vote vous attend", "votes vous attendent"))
    if count := len(work.governed.seats):
        said.append(french.counted(count, "siège attend votre accord", "sièges attendent votre accord"))
    if count := len(work.governed.answers):
        said.append(french.counted(count, "alerte a reçu sa réponse", "alertes ont reçu leur réponse", feminine=True))
    said += work_structures.awaited(work.structural)
    return french.listed(said)


def _some_actions(count: int) -> str:
    """« Douze actions », at the start of a sentence."""
    return french.capital(french.counted(count, "action", "actions", feminine=True))


def _first(work: Work, agenda: Agenda) -> tuple[str, Link | None]:
    """What to open first: the sentence that names it, and the button that opens it."""
    if agenda.urgent:
        return _lede(agenda), _button(agenda)
    if work.opinions:
        return _lede_of_opinions(work.opinions, agenda.today), Link(
            "Donner mon avis", work_tasks.opinion_address(work.opinions[0])
        )
    if work.mentions:
        comment = work.mentions[0].comment
        lede = french.typography(f"De {comment.author}, à propos de : {_lower(comment.action.label)}.")
        label = "Lire ce message" if len(work.mentions) == 1 else "Lire le plus ancien"
        return lede, Link(label, work_tasks.mention_address(work.mentions[0]))
    return _lede(agenda), _button(agenda)


def _lede(agenda: Agenda) -> str:
    if not agenda.dated:
        return ""
    first = agenda.dated[0]
    late = french.plural(first.days_late(agenda.today), "jour", "jours")
    by = french.long_date(first.due_on) if first.due_on else ""
    what = _lower(first.label)
    if len(agenda.urgent) == 1:
        sentence = f"Il s’agit de : {what}."
    elif len(agenda.late) == 1:
        sentence = f"En retard de {late} : {what}."
    elif agenda.late:
        sentence = f"La plus ancienne, de {late} : {what}."
    else:
        sentence = f"La plus proche, pour le {by} : {what}."
    return french.typography(sentence)


def _lede_of_opinions(requests: list[OpinionRequest], today: date) -> str:
    first = requests[0]
    by, what = french.long_date(first.due_on), _lower(first.action.label)
    if first.days_late(today):
        sentence = f"Attendu depuis le {by} : {what}."
    elif len(requests) == 1:
        sentence = f"Pour le {by} : {what}."
    else:
        sentence = f"Le plus proche, pour le {by} : {what}."
    return french.typography(sentence)


def address(item: ToDo) -> str:
    """Where it is done."""
    if isinstance(item, Asked):
        return item.ask.url
    if isinstance(item, Risky | Missing):
        return item.url
    return work_governed.follow_up_address(item) if isinstance(item, FollowUp) else work_tasks.address(item)


def _task(item: ToDo, today: date, several: bool) -> Task:
    if isinstance(item, Asked):
        return work_structures.of_asked(item, today, several)
    if isinstance(item, Risky):
        return work_risks.of_risky(item, today, several)
    if isinstance(item, Missing):
        return work_indicators.of_missing(item, today, several)
    of = work_governed.of_follow_up if isinstance(item, FollowUp) else work_tasks.of_action
    return of(item, today, several)


def _lower(label: str) -> str:
    """As within a sentence."""
    return label[:1].lower() + label[1:]


def _button(agenda: Agenda) -> Link | None:
    """What to open first, named as the lede names it."""
    actions = agenda.dated or agenda.undated
    if not actions:
        return None
    if len(agenda.urgent) == 1 or len(actions) == 1:
        label = "Ouvrir cette action"
    elif agenda.late:
        label = "Ouvrir la plus ancienne"
    elif agenda.dated:
        label = "Ouvrir la plus proche"
    else:
        label = "Ouvrir la première"
    return Link(label, address(actions[0]))


def _sections(work: Work, agenda: Agenda, shared: bool) -> list[Section]:
    several = work.several_projects
    governed = work.governed
    awaited = work.opinions or work.mentions or governed.meetings or governed.votes or work.structural.waits
    shown = bool(agenda.urgent or agenda.later or awaited)

    def section(title: str, note: str, tone: str, actions: list[ToDo], fold: str = "") -> Section:
        tasks = [_task(action, agenda.today, several) for action in actions]
        return Section(title, note, tone, tasks, fold, unfolded=not shown)

    # The far ones stand under « Ensuite »; with nothing before them the heading is theirs.
    far_title, far_note = ("", "") if agenda.later else ("Ensuite", "par date")
    sections = [
        section("En retard", _late_note(len(agenda.late), shared), "late", agenda.late),
        *(Section(*given) for given in work_structures.first_sections(work.structural, several)),
        Section(
            french.agree(len(governed.seats), "Votre siège", "Vos sièges"),
            "à accepter ou décliner",
            "",
            [work_governed.of_seat(seat, several) for seat in governed.seats],
        ),
        Section(
            french.agree(len(governed.votes), "Vote ouvert", "Votes ouverts"),
            "votre voix est attendue",
            "",
            [work_governed.of_vote(item, several) for item in governed.votes],
        ),
        section("Cette semaine", f"jusqu’au {french.long_date(agenda.soon_until, weekday=True)}", "", agenda.soon),
        Section(
            french.agree(len(governed.meetings), "Séance", "Séances"),
            f"jusqu’au {french.long_date(agenda.today + AHEAD, year=False)}",
            "",
            [work_governed.of_meeting(meeting, several) for meeting in governed.meetings],
        ),
        _opinions(work.opinions, agenda.today, several),
        Section(
            french.agree(len(work.mentions), "Message", "Messages"),
            "où l’on vous cite, à traiter",
            "",
            [work_tasks.of_mention(mention, several) for mention in work.mentions],
        ),
        Section(
            french.agree(len(governed.answers), "Réponse à votre alerte", "Réponses à vos alertes"),
            "à lire",
            "",
            [work_governed.of_answer(alert, several) for alert in governed.answers],
        ),
        _alerts(governed, several),
        *(Section(*given) for given in work_structures.last_sections(work.structural, several)),
        section("Ensuite", "par date", "", agenda.later),
        section(far_title, far_note, "", agenda.far, _far_words(agenda)),
        section("Sans échéance", "le chef de projet peut en fixer une", "", agenda.undated, _undated_words(agenda)),
        _news(work.news, agenda.today, several),
    ]
    return [section for section in sections if section.tasks]


def _alerts(governed: Governed, several: bool) -> Section:
    count = len(governed.alerts)
    return Section(
        title=french.agree(count, "Alerte sans réponse", "Alertes sans réponse"),
        note="vous, ou un autre membre du COMOP",
        tone="",
        tasks=[work_governed.of_alert(alert, several) for alert in governed.alerts],
        fold=f"Voir les {french.number(count)} alertes" if count > FEW else "",
    )


def _opinions(requests: list[OpinionRequest], today: date, several: bool) -> Section:
    of_bodies = any(request.actor for request in requests)
    return Section(
        title=french.agree(len(requests), "Avis demandé", "Avis demandés"),
        note="à vous, ou à une instance où vous siégez" if of_bodies else "à vous",
        tone="late" if any(request.days_late(today) for request in requests) else "",
        tasks=[work_tasks.of_opinion(request, today, several) for request in requests],
    )


def _news(news: list[StatusChange], today: date, several: bool) -> Section:
    count = len(news)
    return Section(
        title="Pour votre information",
        note=f"là où vous êtes Informé, depuis le {french.long_date(today - NEWS, year=False)}",
        tone="",
        tasks=[work_tasks.of_news(change, several) for change in news],
        fold=f"Voir les {french.number(count)} changements" if count > FEW else "",
    )


def _late_note(count: int, shared: bool) -> str:
    who = ", vous ou un autre membre de votre instance" if shared else ""
    return f"{french.agree(count, 'action', 'actions')} où vous pouvez agir{who}"


def _far_words(agenda: Agenda) -> str:
    count = len(agenda.far)
    what = french.agree(count, "l’action", f"les {french.number(count)} actions")
    return f"Voir {what} d’après le {french.long_date(agenda.far_from, year=False)}"


def _undated_words(agenda: Agenda) -> str:
    count = len(agenda.undated)
    return f"Voir les {french.number(count)} actions sans échéance" if count > FEW else ""
