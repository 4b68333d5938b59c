"""Convening in French: who will be written to, with what delay; how the e-mails left."""

from dataclasses import dataclass
from datetime import date

from common import french
from common.ui import Link, Person
from governance.calling import Called
from governance.enums import MeetingStatus
from governance.models import Arbitration, Dispatch, Meeting
from governance.presentation.meetings import crumb_of, crumbs, named, of_day
from governance.selectors.convening import Convocation, Delivery
from organisations.models import Project


@dataclass(frozen=True)
class ConveneView:
    """`short`: the delay isn't kept; `nobody`: there is nobody to call."""

    title: str
    delay: str
    short: bool
    warnings: list[str]
    crumbs: list[Link]
    members: list[Person]
    guests: list[Person]
    nobody: bool
    button: str


@dataclass(frozen=True)
class FailedLine:
    name: str
    what: str
    error: str


@dataclass(frozen=True)
class DeliveryView:
    title: str
    tone: str
    icon: str
    failed: list[FailedLine]
    waiting: bool


def convene_page(meeting: Meeting, project: Project, found: Convocation, *, points: int, today: date) -> ConveneView:
    """What convening a meeting does, before it is done. `points`: on its agenda."""
    kept, delay = _delay(meeting, today)
    again = meeting.status == MeetingStatus.CONVENED
    return ConveneView(
        title=_who(found, meeting, again=again),
        delay="" if again else delay,
        short=not kept and not again,
        warnings=_warnings(found, points),
        crumbs=crumbs(project, crumb_of(meeting, project), "Convocation"),
        members=[_person(line) for line in found.called if not line.invited],
        guests=[_person(line) for line in found.called if line.invited],
        nobody=not found.called,
        button="Envoyer l’invitation" if again else f"Convoquer le {named(meeting.body)}",
    )


def told(count: int, meeting: Meeting) -> str:
    """« Le COSTRAT du 10 décembre 2026 est convoqué : douze invitations partent. »"""
    if not count:
        return french.typography(f"Le {of_day(meeting)} était déjà convoqué : rien de plus ne part.")
    leave = french.agree(count, "invitation part", "invitations partent")
    return french.typography(f"Le {of_day(meeting)} est convoqué : {french.in_words(count, feminine=True)} {leave}.")


def told_consultation(opened: Arbitration, found: Delivery) -> str:
    """« La consultation écrite est ouverte jusqu’au 9 décembre 2026 inclus : trois courriels partent. »"""
    until = french.long_date(opened.consultation_until) if opened.consultation_until else ""
    said = f"La consultation écrite est ouverte jusqu’au {until} inclus"
    count = found.sent + len(found.waiting) + len(found.failed)
    if not count:
        return french.typography(f"{said}. Personne ne porte de voix à consulter : aucun courriel ne part.")
    leave = french.counted(count, "courriel part", "courriels partent")
    return french.typography(f"{said} : {leave}.")


def delivery_view(found: Delivery) -> DeliveryView | None:
    """« Douze sont parties, une n’est pas partie. » None before anything was sent."""
    if not found:
        return None
    failed, waiting = len(found.failed), len(found.waiting)
    parts = []
    if found.sent:
        parts.append(french.counted(found.sent, "message est parti", "messages sont partis"))
    if waiting:
        parts.append(f"{french.counted(waiting, *_noun('part', 'partent', parts))} dans un instant")
    if failed:
        parts.append(french.counted(failed, *_noun("n’est pas parti", "ne sont pas partis", parts)))
    return DeliveryView(
        title=f"{french.capital(french.listed(parts))}.",
        tone="ko" if failed else "progress" if waiting else "ok",
        icon="alert" if failed else "clock" if waiting else "check",
        failed=[_failed(row) for row in found.failed],
        waiting=bool(waiting),
    )


def _noun(singular: str, plural: str, said: list[str]) -> tuple[str, str]:
    """The verb, with its noun where nothing was counted before it."""
    return (singular, plural) if said else (f"message {singular}", f"messages {plural}")


def _who(found: Convocation, meeting: Meeting, *, again: bool) -> str:
    """« Douze personnes recevront l’invitation au COSTRAT du 10 décembre 2026 »."""
    count = len(found.written_to)
    if not count:
        if again:
            return f"Tous les membres du {named(meeting.body)} sont déjà conviés"
        return f"Personne ne recevrait l’invitation au {of_day(meeting)}"
    verb = french.agree(count, "personne recevra", "personnes recevront")
    words = f"{french.in_words(count, feminine=True)} {verb} l’invitation au {of_day(meeting)}"
    return french.capital(words)


def _delay(meeting: Meeting, today: date) -> tuple[bool, str]:
    """Whether the delay of the body is kept, and the sentence that says so."""
    day, needed = french.day(meeting.starts_at), meeting.body.convocation_days
    notice = (day - today).days
    if meeting.second_call_of_id:
        return True, "C’est une seconde convocation : le délai ordinaire ne s’applique pas."
    if notice >= needed:
        return True, f"Le délai de {french.plural(needed, 'jour', 'jours')} est respecté."
    short = needed - notice
    return False, french.typography(
        f"Il manque {french.plural(short, 'jour', 'jours')} sur les {needed} du délai de convocation : "
        f"vous pouvez convoquer quand même, ou choisir une date à partir du {french.long_date(_from(today, needed))}."
    )


def _from(today: date, needed: int) -> date:
    return date.fromordinal(today.toordinal() + needed)


def _warnings(found: Convocation, points: int) -> list[str]:
    warnings = []
    if not points:
        warnings.append("L’ordre du jour est vide : les membres ne sauront pas ce qui se traite.")
    if found.without_role:
        names = french.listed([user.get_full_name() for user in found.without_role])
        verb = french.agree(len(found.without_role), "n’a pas de rôle", "n’ont pas de rôle")
        warnings.append(french.typography(f"{names} {verb} dans le projet aujourd’hui : rien ne leur sera envoyé."))
    return warnings


def _person(line: Called) -> Person:
    stands = f"supplée {line.stands_in_for.get_full_name()}" if line.stands_in_for else ""
    parts = [line.user.title, line.og.short_name if line.og else "", stands]
    return Person(line.user.get_full_name(), ", ".join(part for part in parts if part))


def _failed(row: Dispatch) -> FailedLine:
    return FailedLine(row.user.get_full_name(), row.get_kind_display(), row.error)
