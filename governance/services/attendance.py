"""Who is here, and who votes for whom."""

from django.db import transaction

from common.errors import DomainError
from common.french import day, plural, typography
from common.refusals import refused_in_words
from common.versions import change, change_fields
from governance.calling import called_on
from governance.enums import Presence
from governance.models import Attendance, Meeting
from governance.selectors.voices import Assembly, assembly_of
from governance.services.sessions import in_session
from organisations.models import User


@transaction.atomic
def mark_presence(*, attendance: Attendance, version: int, presence: Presence) -> Attendance:
    """Say how a person attends. Who comes takes back the voice that they had given.

    Raises Conflict when somebody else said otherwise since `version`, DomainError unless the meeting is in session.
    """
    in_session(attendance.meeting)
    given = {"proxy_id": None} if presence.attends else {}
    return change_fields(attendance, version=version, presence=presence, **given)


@transaction.atomic
def give_proxy(*, attendance: Attendance, version: int, to: User) -> Attendance:
    """An absent person gives their voice to somebody who attends; who was awaited is then excused. Twice is once.

    Raises DomainError (field) for who has no voice to give or gave it already, to who can't carry it; Conflict.
    """
    assembly = assembly_of(in_session(attendance.meeting))
    if attendance.proxy_id == to.pk:
        return attendance
    _check_giver(attendance, assembly)
    _check_bearer(attendance, to, assembly)
    awaited = attendance.presence == Presence.EXPECTED
    presence = Presence.EXCUSED if awaited else attendance.presence
    with refused_in_words(Attendance, field="to"):
        return change(attendance, version=version, proxy=to, presence=presence)


@transaction.atomic
def take_back_proxy(*, attendance: Attendance, version: int) -> Attendance:
    """A voice that was given is given no more. Raises Conflict, DomainError unless the meeting is in session."""
    in_session(attendance.meeting)
    return change_fields(attendance, version=version, proxy_id=None)


def _check_giver(giver: Attendance, assembly: Assembly) -> None:
    held = next((one for one in assembly.delegations if one.voice.holder_id == giver.user_id), None)
    if held is None:
        raise DomainError(f"{giver.user} n’a pas de voix à donner : seul un titulaire donne pouvoir.", field="giver")
    if giver.proxy_id is not None:
        told = f"{giver.user} a déjà donné pouvoir à {giver.proxy} : retirez ce pouvoir pour en donner un autre."
        raise DomainError(typography(told), field="giver")
    if Presence(giver.presence).attends:
        raise DomainError(typography(f"{giver.user} est là : sa voix ne se donne pas."), field="giver")
    present = next((one for one in held.substitutes if one.pk in assembly.room.attending), None)
    if present:
        raise DomainError(typography(f"{present}, suppléance de {giver.user}, est là et vote."), field="giver")


def _check_bearer(giver: Attendance, to: User, assembly: Assembly) -> None:
    called = {row.user_id: row for row in assembly.attendances}
    bearer, most = called.get(to.pk), assembly.meeting.body.proxies_each
    if bearer is None or not Presence(bearer.presence).attends:
        raise DomainError(typography(f"{to} n’est pas là : un pouvoir se donne à une personne présente."), field="to")
    if bearer.invited:
        raise DomainError(typography(f"{to} est là en invité : un invité ne vote pas."), field="to")
    if not most:
        raise DomainError("Cette instance n’admet pas de pouvoir.", field="to")
    carried = sum(row.proxy_id == to.pk and row.pk != giver.pk for row in assembly.attendances)
    if carried >= most:
        said = f"{to} porte déjà {plural(carried, 'pouvoir', 'pouvoirs')} : c’est le plus que cette instance permet."
        raise DomainError(typography(said), field="to")


@transaction.atomic
def add_attendee(*, meeting: Meeting, person: User) -> Attendance:
    """A person who came without being called: at their seat if they hold one, as a guest otherwise. Twice is once.

    Raises DomainError unless the meeting is in session.
    """
    current = in_session(meeting)
    known = Attendance.objects.filter(meeting=current, user=person).first()
    if known:
        return known
    seats = called_on(current.body, day(current.starts_at))
    seat = next((line for line in seats if line.user == person), None)
    return Attendance.objects.create(
        project_id=current.project_id,
        meeting=current,
        user=person,
        mandate=seat.mandate if seat else None,
        og=seat.og if seat else None,
        votes=seat.votes if seat else False,
        invited=seat.invited if seat else True,
        stands_in_for=seat.stands_in_for if seat else None,
        presence=Presence.PRESENT,
    )
