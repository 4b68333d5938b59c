"""A director alerts the COMOP, which puts it to the COSTRAT; what is decided comes back to the director."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import expect

from common.scope import elevated
from governance.enums import ArbitrationStatus, BodyKind, DecisionMode, Presence
from governance.models import Alert, Arbitration, ArbitrationOption, Body
from governance.services.rulings import decide
from organisations.access import acting_as
from organisations.models import OG, Project, User
from tests.browser.conftest import email_of
from tests.browser.visitor import PROJECT, Visitor, plain
from tests.factories import AttendanceFactory, MeetingFactory

Visit = Callable[..., Visitor]
ALERTS = f"{PROJECT}gouvernance/alertes/"
DECIDED = "La MAS ouvre en vague 3, avec un lien dédié."


def costrat_decides(text: str) -> None:
    """A COSTRAT in session, all OG present, agrees on the last arbitration that was opened."""
    with elevated():
        project = Project.objects.get(slug="trois-rivages")
        lead = User.objects.get(email=email_of("lead"))
        body = Body.objects.get(project=project, kind=BodyKind.COSTRAT)
        meeting = MeetingFactory(body=body, number=90, in_session=True)
        for og in OG.objects.filter(project=project).order_by("name"):
            AttendanceFactory(meeting=meeting, og=og, votes=True, presence=Presence.PRESENT)
    with acting_as(lead.pk):
        alert = Alert.objects.filter(project=project).exclude(arbitration=None).latest("escalated_at")
        option = ArbitrationOption.objects.create(
            project=project, arbitration_id=alert.arbitration_id, position=1, label="Vague 3", description="Plus tard."
        )
        Arbitration.objects.filter(pk=alert.arbitration_id).update(status=ArbitrationStatus.TO_DECIDE, meeting=meeting)
        decide(
            arbitration=alert.arbitration,
            version=alert.arbitration.version,
            mode=DecisionMode.CONSENSUS,
            option=option,
            text=text,
            user=lead,
            token=uuid4(),
        )


def test_an_alert_from_the_director_to_the_costrat_and_back(visit: Visit) -> None:
    nadege = visit("dir_valcendre", viewport={"width": 390, "height": 844})
    page = nadege.go(f"{PROJECT}structures/mas-le-grand-large/")
    page.get_by_role("link", name="Alerter le COMOP sur cette structure").click()
    nadege.ready()
    nadege.expect_no_side_scroll()
    nadege.expect_accessible()
    expect(page.get_by_label("À quel propos")).to_have_value("mas-le-grand-large")
    page.get_by_role("button", name="Alerter le COMOP").click()  # nothing is written yet
    expect(page.get_by_role("alert")).to_contain_text("2 points sont à corriger")
    page.get_by_label("De quoi il s’agit, en quelques mots").fill("Le débit du site est insuffisant")
    page.get_by_label("Ce que le COMOP doit savoir").fill("4 Mbit/s pour 61 utilisateurs.")
    page.get_by_label("Critique").check()
    page.get_by_role("button", name="Alerter le COMOP").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le débit du site est insuffisant")
    expect(page.get_by_text("Votre alerte est donnée")).to_be_visible()

    clemence = visit("comop_habitat")
    desk = clemence.go(ALERTS)
    assert re.search(r"alertes? attend(ent)? une réponse", plain(desk.get_by_role("heading", level=1).inner_text()))
    clemence.expect_accessible()
    desk.get_by_role("link", name="Le débit du site est insuffisant").click()
    clemence.ready()
    clemence.expect_accessible()
    desk.get_by_role("button", name="Je la prends en main").click()
    expect(desk.get_by_text("Vous avez cette alerte en main.")).to_be_visible()
    desk.get_by_role("link", name="La porter au COSTRAT").click()
    clemence.ready()
    clemence.expect_accessible()
    expect(desk.get_by_label("Ce que le COSTRAT doit savoir")).to_have_value(re.compile("4 Mbit/s"))
    desk.get_by_label("La question posée au COSTRAT").fill("Faut-il financer un lien dédié ou reporter la vague ?")
    desk.get_by_label("Nature").select_option(label="Calendrier, vagues, report")
    desk.get_by_role("button", name="Porter au COSTRAT").click()
    expect(desk.get_by_role("link", name=re.compile("Portée au COSTRAT le .*, arbitrage ARB"))).to_be_visible()
    expect(desk.get_by_role("button", name="Répondre et fermer l’alerte")).to_have_count(0)

    page.reload()
    expect(page.get_by_text("Ce que le COSTRAT décide sera la réponse")).to_be_visible()
    costrat_decides(DECIDED)
    nadege.go(ALERTS)
    answer = page.get_by_role("region", name="Une réponse à votre alerte")
    expect(answer).to_contain_text(DECIDED)
    nadege.expect_accessible()
    nadege.expect_no_side_scroll()
    answer.get_by_role("button", name="J’ai lu cette réponse").click()
    expect(page.get_by_text("C’est noté")).to_be_visible()
    expect(answer).to_have_count(0)


def test_the_pages_of_alerts_hold_at_320_px(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 320, "height": 640})
    page = maelle.go(ALERTS)
    number = re.search(r"/alertes/(\d+)/", page.locator(".tasks a").first.get_attribute("href") or "")
    assert number
    for address in (
        ALERTS,
        f"{ALERTS}?vue=ouvertes",
        f"{ALERTS}nouvelle/",
        f"{ALERTS}{number[1]}/",
        f"{ALERTS}{number[1]}/porter/",
    ):
        maelle.go(address)
        maelle.expect_no_side_scroll()
        maelle.expect_accessible()
