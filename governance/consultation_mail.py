"""The e-mail that asks for a vote by writing: the question, the options, until when, and the way to the vote."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from common import french
from governance.enums import DispatchKind
from governance.mailing import builds
from governance.models import Arbitration, Dispatch
from governance.presentation.arbitrations import reference
from governance.presentation.meetings import named
from governance.presentation.options import name_of
from governance.presentation.votes import majority_needed
from governance.rights import rights_of
from governance.selectors.arbitrations import with_file
from governance.selectors.votes import Scrutiny, VoiceLine, scrutiny_of, sits
from organisations.access import Access
from organisations.models import User

TEMPLATE = "governance/mail/consultation"


@builds(DispatchKind.CONSULTATION)
def consultation_mail(dispatch: Dispatch, access: Access) -> EmailMultiAlternatives | None:
    """The e-mail for one person who may express a voice, in their scope. None when they read the deliberations or sit
    no more, once each of their voices has voted, and once the vote is over."""
    found = with_file(Arbitration.objects.select_related("project")).filter(pk=dispatch.arbitration_id).first()
    if found is None or not rights_of(dispatch.user, found.project, access).reads_council:
        return None
    scrutiny = scrutiny_of(found)
    if scrutiny is None or not (scrutiny.written and scrutiny.open) or not sits(dispatch.user, scrutiny.meeting):
        return None
    voices = [line for line in scrutiny.voice_of(dispatch.user) if line.waits]
    if not voices:
        return None
    context = _context(dispatch, scrutiny, voices)
    subject = f"Vote par écrit jusqu’au {context['until']} : {named(scrutiny.meeting.body)}, {found.project.name}"
    message = EmailMultiAlternatives(
        subject=" ".join(french.typography(subject).split()),
        body=render_to_string(f"{TEMPLATE}.txt", context),
        to=[dispatch.user.email],
        reply_to=[dispatch.asked_by.email],
    )
    message.attach_alternative(render_to_string(f"{TEMPLATE}.html", context), "text/html")
    return message


def _context(dispatch: Dispatch, scrutiny: Scrutiny, voices: Sequence[VoiceLine]) -> dict[str, object]:
    arbitration = scrutiny.arbitration
    until = arbitration.consultation_until
    page = reverse("arbitration", args=[arbitration.project.slug, arbitration.year, arbitration.number])
    recommended = arbitration.recommended
    return {
        "person": dispatch.user,
        "who": dispatch.asked_by.get_full_name(),
        "body": named(scrutiny.meeting.body),
        "project": french.typography(arbitration.project.name),
        "reference": reference(arbitration),
        "until": french.long_date(until) if until else "",
        "day": french.long_date(until, weekday=True) if until else "",
        "question": french.typography(arbitration.question),
        "voices": [_voice(line, scrutiny, dispatch.user) for line in voices],
        "options": [french.typography(f"{name_of(option)} : {option.label}") for option in arbitration.options.all()],
        "recommended": f"Le chef de projet recommande l’option{french.NBSP}{recommended.letter}."
        if recommended
        else "",
        "consequence": french.typography(arbitration.consequence),
        "majority": majority_needed(arbitration),
        "address": f"{settings.SITE_URL}{page}#vote",
    }


def _voice(line: VoiceLine, scrutiny: Scrutiny, reader: User) -> str:
    """« Vous votez au nom de Brumes Claires (41,67 %). » ; of a substitute, when they do."""
    one, weight = line.delegation, french.percent(line.weight)
    of_whom = f"au nom de {one.label} ({weight})" if scrutiny.by_og else f"pour {one.label} ({weight} des voix)"
    if one.holder != reader and one.holder is not None:
        return french.typography(f"Vous suppléez {one.holder} : vous pouvez voter à sa place, {of_whom}.")
    return french.typography(f"Vous votez {of_whom}." if scrutiny.by_og else f"Votre voix compte pour {weight}.")
