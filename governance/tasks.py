"""Celery tasks of the governance app."""

from celery import shared_task
from django.core.mail import EmailMultiAlternatives

from common.outbox import NotSent, send_waiting
from governance import consultation_mail, invitation_mail, minutes_mail  # noqa: F401  how each kind is written
from governance.enums import DispatchKind
from governance.mailing import builders
from governance.models import Dispatch
from organisations.access import acting_as
from organisations.enums import Permission

NO_RIGHT = "Cette personne n’a plus de rôle dans le projet : rien ne lui est envoyé."
NOTHING_LEFT = (
    "Il n’y avait plus rien à lui dire : la séance ou le vote a changé, ou cette personne n’y est plus appelée."
)


@shared_task(name="governance.send_dispatches", expires=600)
def send_dispatches() -> None:
    """Send each e-mail about a meeting that waits."""
    send_waiting(Dispatch, _written)


def _written(dispatch: Dispatch) -> EmailMultiAlternatives:
    """The e-mail, made in the scope of the person it is for."""
    with acting_as(dispatch.user_id, request_id=f"dispatch:{dispatch.pk}") as access:
        if not dispatch.user.is_active or str(dispatch.project_id) not in access.projects_with(Permission.VIEW_PROJECT):
            raise NotSent(NO_RIGHT)
        message = builders[DispatchKind(dispatch.kind)](dispatch, access)
    if message is None:
        raise NotSent(NOTHING_LEFT)
    return message
