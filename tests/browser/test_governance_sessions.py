"""The whole life of a COSTRAT in session: opened, a quorum missed then reached, closed, its minutes sent and mended."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from common.scope import elevated
from dui_deploy.demo import source
from governance.enums import BodyKind
from governance.models import Attendance, Body, Meeting
from governance.selectors.voices import weights_on
from governance.services.convening import convene
from governance.services.meetings import plan_meetings
from governance.tasks import send_dispatches
from organisations.access import acting_as
from organisations.models import Project, User
from tests.browser.conftest import email_of
from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
GOVERNANCE = f"{PROJECT}gouvernance/"


@pytest.fixture
def convened(demonstration: None) -> Meeting:
    """A COSTRAT of the demonstration, convened for in a minute with two points."""
    with elevated():
        project = Project.objects.get(slug="trois-rivages")
        lead = User.objects.get(email=email_of("lead"))
    with acting_as(lead.pk):
        body = Body.objects.select_related("project").get(project=project, kind=BodyKind.COSTRAT)
        (meeting,) = plan_meetings(
            body=body,
            starts=[timezone.now() + timedelta(minutes=1)],
            agenda="costrat_periodic",
            token=uuid4(),
            place="Salle du conseil",
        )
        convene(meeting=meeting, version=meeting.version, user=lead)
    return meeting


def tap(page: Page, name: str, what: str) -> None:
    """One tap on the roll, and its answer."""
    line = page.locator("#qui > .roll > li", has_text=name)
    with page.expect_response(lambda answer: "/presences/" in answer.url):
        line.locator("label", has_text=re.compile(f"^\\s*{what}\\s*$")).click()
    expect(line.get_by_role("radio", name=what)).to_be_checked()


def choose(control: Locator, name: str) -> None:
    """The choice of a list whose words begin with a name."""
    control.select_option(value=control.locator("option", has_text=name).get_attribute("value"))


def holders(meeting: Meeting) -> list[str]:
    """The people called who vote for an OG, the heaviest last."""
    with elevated():
        weights = {og.pk: weight for og, weight in weights_on(meeting).items()}
        rows = Attendance.objects.filter(meeting=meeting, votes=True, stands_in_for=None).select_related("user")
        return [row.user.get_full_name() for row in sorted(rows, key=lambda row: weights[row.og_id])]


def expect_well(visitor: Visitor) -> None:
    """No violation, no side scroll on a phone."""
    visitor.expect_accessible()
    for width in (390, 320):
        visitor.page.set_viewport_size({"width": width, "height": 800})
        visitor.expect_no_side_scroll()
    visitor.expect_accessible()
    visitor.page.set_viewport_size({"width": 1280, "height": 900})


def test_a_costrat_from_its_opening_to_its_amendment(visit: Visit, convened: Meeting) -> None:
    maelle = visit("lead", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = maelle.go(f"{GOVERNANCE}seances/{convened.number}/en-seance/")
    page.get_by_role("button", name="Ouvrir la séance").click()
    maelle.ready()
    title, quorum = page.get_by_role("heading", level=1), page.locator("#quorum")
    expect(title).to_contain_text("Le quorum n’est pas atteint")

    # Who is here: too few, then enough.
    lightest, *others = holders(convened)
    tap(page, lightest, "Présent")
    expect(quorum).to_contain_text("Sans quorum, rien ne se décide")
    expect(quorum).to_contain_text("Il manque")
    point = page.get_by_role("article").filter(has_text="Budget et ressources")
    point.get_by_role("link", name="Noter une décision").click()
    expect(point).to_contain_text("Sans quorum, le COSTRAT ne décide de rien")
    expect_well(maelle)
    for name in others:
        tap(page, name, "À distance")
    expect(title).to_contain_text("Le quorum est atteint")
    expect(quorum).to_contain_text("100 % du poids des OG est représenté")

    # Somebody leaves and gives their voice.
    tap(page, others[-1], "Excusé")
    page.get_by_text("Noter un pouvoir").click()
    choose(page.get_by_label("Qui donne pouvoir"), others[-1])
    choose(page.get_by_label("À qui"), lightest)
    page.get_by_role("button", name="Noter ce pouvoir").click()
    expect(page.locator("#pouvoirs")).to_contain_text(f"{others[-1]} donne pouvoir à {lightest}")
    expect(quorum).to_contain_text("par pouvoir")

    # What is said, decided, to be done.
    point.get_by_label("Ce qui se dit").fill("Deux OG demandent un échéancier.")
    point.get_by_role("link", name="Noter une décision").click()
    point.get_by_label("Ce qui a été décidé").fill("Le budget de 412 000 € est validé.")
    point.get_by_role("button", name="Enregistrer la décision").click()
    expect(point).to_contain_text("enregistrée")
    expect(point.get_by_label("Ce qui se dit")).to_have_value("Deux OG demandent un échéancier.")
    expect(point.get_by_role("radio", name="Traité")).to_be_checked()
    point.get_by_role("link", name="Noter une action").click()
    point.get_by_label("Ce qu’il y a à faire").fill("Écrire l’échéancier")
    point.get_by_label("Qui s’en charge").select_option(label=lightest)
    point.get_by_label("Pour le").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    point.get_by_role("button", name="Enregistrer l’action").click()
    expect(point).to_contain_text("Écrire l’échéancier")
    expect_well(maelle)

    # Close, with what to remember of it.
    page.get_by_role("link", name="Clore la séance").click()
    maelle.ready()
    expect(page.get_by_role("main")).to_contain_text("vont à la séance suivante")
    page.get_by_label("Ce qu’il faut retenir").fill("Le budget est validé.")
    expect_well(maelle)
    page.get_by_role("button", name="Clore définitivement la séance").click()
    maelle.ready()
    expect(title).to_contain_text("a pris une décision, décidé une action")
    expect(page.get_by_role("main")).to_contain_text("la clôture ne se défait pas")
    expect_well(maelle)

    # Send: each their own actions first.
    page.get_by_role("button", name="Envoyer le compte rendu").click()
    maelle.ready()
    expect(page.locator(".messages")).to_contain_text("Le compte rendu part à")
    send_dispatches()
    with elevated():
        owner = Attendance.objects.select_related("user").get(
            meeting=convened, user__last_name=lightest.rpartition(" ")[2]
        )
    (received,) = [
        item for item in mail.outbox if item.to == [owner.user.email] and item.subject.startswith("Compte rendu")
    ]
    said = plain(received.body)
    assert said.index("Vos actions") < said.index("Écrire l’échéancier") < said.index("Ce qui a été décidé")

    # Mend: beside what was written, and told again.
    page.get_by_text("Ajouter un rectificatif").click()
    page.get_by_label("Ce que le rectificatif corrige").fill("Le montant est de 421 000 €.")
    page.get_by_role("button", name="Ajouter le rectificatif").click()
    maelle.ready()
    expect(page.get_by_role("main")).to_contain_text("Le montant est de 421 000 €.")
    expect(page.get_by_role("button", name="Renvoyer avec le rectificatif")).to_be_visible()
    expect_well(maelle)

    # The owner says how far it is, and takes it back.
    with elevated():
        code = next(
            user["code"] for user in source.read_yaml(source.PATH)["users"] if user["email"] == owner.user.email
        )
    mine = visit(code, viewport={"width": 1280, "height": 900})
    work = mine.go(f"{GOVERNANCE}actions/")
    line = work.get_by_role("listitem").filter(has_text="Écrire l’échéancier")
    line.get_by_label("Où en est-on").fill("Premier jet prêt.")
    line.get_by_role("button", name="En cours").click()
    expect(line).to_contain_text(re.compile(r"Action n°.+\s: en cours"))
    expect_well(mine)
    line.get_by_role("button", name="Annuler").click()
    expect(line.get_by_role("button", name="À faire")).to_have_attribute("aria-pressed", "true")
