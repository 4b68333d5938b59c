"""Whom the checklist has something to tell beside the minutes of a body, and what."""

from datetime import date
from uuid import UUID

from checklist.enums import Actor, Letter
from checklist.models import ActionPerson, RaciEntry
from checklist.people import people_of_actors, readers_among
from checklist.selectors.changes import StatusChange, changed_since
from checklist.selectors.mine import news_for
from common import french
from governance.models import Meeting
from governance.selectors.minutes import previous_meeting
from organisations.access import Access
from organisations.models import User


def informed_since(meeting: Meeting) -> list[User]:
    """Who is Informé, by name or through a body, of an action whose status somebody else changed since the meeting
    before of the same body. A fixed number of queries. `meeting` comes with its project."""
    changed = {change.action.pk: change.action for change in changed_since(meeting.project, since_of(meeting))}
    members = people_of_actors(meeting.project)
    informed: dict[User, set[UUID]] = {}
    entries = RaciEntry.objects.filter(action__in=changed, letter=Letter.I)
    for action_id, actor in entries.values_list("action_id", "actor"):
        for person in members[Actor(actor)]:
            informed.setdefault(person, set()).add(action_id)
    for named in ActionPerson.objects.filter(action__in=changed, letter=Letter.I).select_related("user"):
        informed.setdefault(named.user, set()).add(named.action_id)
    told = [
        person
        for person, ids in informed.items()
        if person.is_active and any(changed[action_id].status_by_id != person.pk for action_id in ids)
    ]
    readers = readers_among(meeting.project, told)
    return [person for person in told if person.pk in readers]


def news_since(meeting: Meeting, user: User, access: Access) -> list[StatusChange]:
    """What moved in this project where they are Informé, since the meeting before of the same body."""
    found = news_for(user, access, since_of(meeting))
    return [change for change in found if change.action.project_id == meeting.project_id]


def since_of(meeting: Meeting) -> date:
    """The day of the meeting before of the same body; the first day of the project before the first one. One query."""
    before = previous_meeting(meeting)
    return french.day(before.starts_at) if before else meeting.project.started_on
