"""What the people of the demonstration world told each other: blockings, messages, opinions, a document.

Written by the services, as they would have, then put back to the day it is said to be of.
"""

import uuid
from datetime import timedelta

from django.utils import timezone

from checklist.enums import Actor, Stance
from checklist.models import Action, ActionDocument, Comment
from checklist.services import add_document, ask_opinions, comment, edit, give_opinion, handle
from common import french
from organisations.models import Project, User

# Action → what would unblock it, who can, in how many days it is looked at again. The others are still to be told.
BLOCKINGS: dict[str, tuple[str, str, int]] = {
    "3.3.1": ("Une annexe que l’éditeur accepte, relue par le DPD.", "purchasing", 9),
    "4.4.6": ("Le bilan du pilote de l’EAM, puis une décision du COSTRAT.", "lead", 16),
    "5.3.3": ("Un rapprochement des doublons avant la prochaine reprise.", "vendor", -2),
}
# Action, days ago, author, text, and who handled it.
MESSAGES = (
    ("5.2.3", 12, "lead", "@Aurélien Pestourie, quels OG n’ont pas encore rendu leur registre ?", "dpo"),
    ("5.2.3", 11, "dpo", "Les Hautes-Lucioles et le Val-Cendré. Je les relance cette semaine.", ""),
    ("4.4.5", 3, "lead", "@Nadège Fillastre, le bilan de l’EAM peut-il être rendu avant le prochain COMOP ?", ""),
)
LINK = ("5.2.3", 11, "dpo", "Modèle de registre", "https://documents.demo.example/trois-rivages/modele-de-registre")


def load(project: Project, users: dict[str, User]) -> None:
    """Tell what was exchanged in `project`, whose checklist is written."""
    actions = {action.number: action for action in Action.objects.filter(project=project).select_related("project")}
    for number, (unblock, owner, days) in BLOCKINGS.items():
        _blocking(actions[number], unblock, users[owner], days)
    for number, days, author, text, handled_by in MESSAGES:
        _message(actions[number], days, users[author], text, users.get(handled_by))
    number, days, author, label, link = LINK
    document = add_document(action=actions[number], user=users[author], token=uuid.uuid4(), label=label, link=link)
    ActionDocument.objects.filter(pk=document.pk).update(added_at=timezone.now() - timedelta(days=days))
    _opinions(actions, users)


def _blocking(action: Action, unblock: str, owner: User, days: int) -> None:
    told = {"ko_unblock": unblock, "ko_owner": owner, "ko_review_on": timezone.localdate() + timedelta(days=days)}
    for field, value in told.items():
        action = edit(action=action, version=action.version, field=field, value=value)


def _message(action: Action, days: int, author: User, text: str, handled_by: User | None) -> None:
    written = comment(action=action, author=author, text=french.typography(text), token=uuid.uuid4())
    at = timezone.now() - timedelta(days=days)
    Comment.objects.filter(pk=written.pk).update(created_at=at)
    if handled_by is not None:
        handle(comment=written, user=handled_by)
        Comment.objects.filter(pk=written.pk).update(handled_at=at + timedelta(hours=20))


def _opinions(actions: dict[str, Action], users: dict[str, User]) -> None:
    """Two opinions asked of the COMOP: one that waits, one that a member gave."""
    asked = {
        "5.3.4": "Qui saisirait les dossiers à la main, si la reprise échouait ?",
        "6.1.1": "L’éditeur peut-il siéger à chaque séance du COMOP ?",
    }
    for number, question in asked.items():
        (request,) = ask_opinions(
            action=actions[number],
            holders=[Actor.COMOP],
            question=french.typography(question),
            due_on=timezone.localdate() + timedelta(days=6),
            asked_by=users["lead"],
            token=uuid.uuid4(),
        )
    give_opinion(
        request=request,
        author=users["comop_habitat"],
        stance=Stance.RESERVED,
        text=french.typography("Oui, sauf aux points où nous parlons de ses engagements : il sort alors de la salle."),
        token=uuid.uuid4(),
    )
