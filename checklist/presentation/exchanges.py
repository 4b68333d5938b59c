"""The exchanges about an action in French."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from checklist.mentions import Participant, names_in
from checklist.models import Comment
from checklist.rights import Rights, may_handle
from checklist.selectors import ActionDetail
from common import french
from organisations.enums import Role
from organisations.models import User

SHOWN = 20  # older messages are folded, but for those that still wait for somebody


@dataclass(frozen=True)
class Message:
    """One message. `waits`: it names somebody and nobody has handled it; `handled` says who did, and when."""

    id: UUID
    who: str
    at: datetime
    text: SafeString
    waits: bool
    handled: str
    may_handle: bool


@dataclass(frozen=True)
class Exchanges:
    """`people`: whom a message may name, each with their roles."""

    older: list[Message]
    recent: list[Message]
    waiting: str
    people: list[tuple[str, str]]


def exchanges(found: ActionDetail, rights: Rights) -> Exchanges:
    """What people said about an action, newest last."""
    messages = [_message(comment, found.line.mine, rights) for comment in found.comments]
    before = messages[:-SHOWN]
    waiting = sum(message.waits for message in messages)
    return Exchanges(
        older=[message for message in before if not message.waits],
        recent=[message for message in before if message.waits] + messages[-SHOWN:],
        waiting=f"{french.plural(waiting, 'message', 'messages')} à traiter." if waiting else "",
        people=[_choice(person) for person in found.participants if person.reads and person.user != rights.user],
    )


def _message(comment: Comment, acts: bool, rights: Rights) -> Message:
    mentioned = [mention.user for mention in comment.mentions.all()]
    return Message(
        id=comment.pk,
        who=comment.author.get_full_name(),
        at=comment.created_at,
        text=_with_names(comment.text, mentioned),
        waits=bool(mentioned) and comment.handled_at is None,
        handled=_handled(comment),
        may_handle=may_handle(rights, comment, acts=acts),
    )


def _with_names(text: str, mentioned: list[User]) -> SafeString:
    """The text, escaped, with the names of these people marked."""
    parts, after = [], 0
    for named in names_in(text, mentioned):
        parts += [escape(text[after : named.start]), format_html("<b>{}</b>", text[named.start : named.end])]
        after = named.end
    return mark_safe("".join([*parts, escape(text[after:])]))  # each part is escaped


def _handled(comment: Comment) -> str:
    if comment.handled_at is None or comment.handled_by is None:
        return ""
    return f"Traité par {comment.handled_by.get_full_name()} le {french.short_date(comment.handled_at)}"


def _choice(person: Participant) -> tuple[str, str]:
    return person.name, ", ".join(Role(role).label for role in dict.fromkeys(person.roles))
