"""The whole life of one COSTRAT: prepared, convened, short of its quorum, then in number; a weighted vote; closed, its
minutes sent, and approved at the next one."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from common.french import long_date
from common.scope import elevated
from governance.models import Meeting
from tests.browser.visitor import PROJECT, Visitor

Visit = Callable[..., Visitor]
GOVERNANCE = f"{PROJECT}gouvernance/"
TABLETS = "Le projet finance-t-il des tablettes"
NEXT = 8  # the COSTRAT that the demonstration world has convened


def a_working_day(days: int) -> date:
    """A Thursday, about so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return day + timedelta(days=(3 - day.weekday()) % 7)


def its_day_comes(number: int) -> None:
    with elevated():
        Meeting.objects.filter(project__slug="trois-rivages", number=number).update(starts_at=timezone.now())


def here(visitor: Visitor, name: str, presence: str) -> None:
    """The lead notes how somebody attends."""
    person = visitor.page.locator("#qui .roll li", has_text=name)
    with visitor.page.expect_response(lambda answer: answer.request.method == "POST"):
        person.locator("label", has_text=re.compile(f"^\\s*{presence}\\s*$")).click()
    expect(person.get_by_role("radio", name=presence, exact=True)).to_be_checked()


def take(visitor: Visitor, shelf: str, label: str) -> None:
    """Put on the agenda something that is offered."""
    folded = visitor.page.locator("details", has=visitor.page.locator("summary", has_text=shelf))
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()
    folded.locator("li", has_text=label).get_by_role("button", name="Inscrire").click()
    expect(visitor.page.locator("#ordre")).to_contain_text(label)


def follow(visitor: Visitor, name: str) -> Page:
    visitor.page.get_by_role("link", name=name).first.click()
    return visitor.ready()


def press(visitor: Visitor, name: str) -> Page:
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=name).first.click()
    return visitor.ready()


def test_from_the_draft_to_the_approved_minutes(visit: Visit) -> None:
    maelle, solene, hippolyte = visit("lead"), visit("ogdir_lucioles"), visit("ogdir_brumes")

    # Prepared: nobody is told.
    page = maelle.go(f"{GOVERNANCE}seances/")
    follow(maelle, "Planifier une séance")
    if page.get_by_role("link", name="COSTRAT", exact=True).count():
        follow(maelle, "COSTRAT")
    page.get_by_label("Date", exact=False).first.fill(a_working_day(60).isoformat())
    press(maelle, "Voir les dates et l’ordre du jour")
    expect(page.locator("ol.agenda")).to_contain_text("Arbitrages à rendre")
    with page.expect_navigation():
        page.locator("button[name=etape][value=preparer]").click()
    maelle.ready()
    number = int(re.search(r"/seances/(\d+)/", page.url)[1])
    address = f"{GOVERNANCE}seances/{number}/"
    expect(solene.go(address).get_by_role("heading", level=1)).to_contain_text("Cette page n’existe pas")

    # What waits is offered: the arbitration that was postponed.
    take(maelle, "Arbitrages", TABLETS)

    # Convened: each reads the agenda.
    follow(maelle, "Convoquer")
    expect(page.locator("main")).to_contain_text("Qui sera convié")
    with page.expect_navigation():
        page.locator("#convoquer button.primary").click()
    maelle.ready()
    expect(page.locator("main")).to_contain_text("Convoquée")
    expect(solene.go(address).locator("main")).to_contain_text(TABLETS)

    # In session, one OG of three: the quorum is missed, and nothing can be decided.
    its_day_comes(number)
    maelle.go(address)
    press(maelle, "Ouvrir la séance")
    here(maelle, "Solène Aubertin-Roy", "Présent")
    here(maelle, "Karim Bellouard", "Excusé")
    expect(page.locator("#quorum")).to_contain_text("33,33")
    expect(page.locator("#quorum")).to_contain_text("n’est pas atteint")
    point = page.locator("article", has_text=TABLETS)
    file = point.get_by_role("link", name=re.compile("Arbitrage|ARB")).first.get_attribute("href")
    maelle.go(file)
    follow(maelle, "Conclure")
    expect(page.locator("main")).to_contain_text("quorum")
    expect(page.get_by_role("button", name="Enregistrer la décision")).to_have_count(0)

    # A second OG joins: the quorum is there, both vote in their own browsers, and the weighted vote adopts.
    maelle.go(f"{address}en-seance/")
    here(maelle, "Hippolyte Vasseran", "À distance")
    expect(page.locator("#quorum")).to_contain_text("75")
    expect(page.locator("#quorum")).not_to_contain_text("n’est pas atteint")
    for director in (solene, hippolyte):
        theirs = director.go(file)
        ballot = theirs.locator("form[id^=voter-]")
        ballot.get_by_role("radio", name=re.compile("^Pour l’option C")).check()
        ballot.get_by_role("button", name="Voter").click()
        expect(theirs.locator("#vote-dit")).to_contain_text("pour l’option C")
    maelle.go(file)
    expect(page.locator("#scrutin")).to_contain_text("Le vote adopte l’option C")
    follow(maelle, "Conclure")
    expect(page.get_by_role("radio", name="Vote pondéré")).to_be_checked()
    page.get_by_label("Le texte de la décision").fill("Dix tablettes sont essayées au SSIAD pendant trois mois.")
    press(maelle, "Enregistrer la décision")
    expect(page.locator(".seal")).to_contain_text("Dix tablettes sont essayées")
    maelle.expect_accessible()

    # Closed: the file and the meeting are frozen, the minutes are written and sent.
    maelle.go(f"{address}en-seance/")
    follow(maelle, "Clore la séance")
    expect(page.locator("main")).to_contain_text("Ce que la clôture va figer")
    page.get_by_label("Ce qu’il faut retenir").fill("Le COSTRAT essaie les tablettes avant de les financer.")
    press(maelle, "Clore définitivement la séance")
    maelle.go(f"{address}compte-rendu/")
    expect(page.locator("main")).to_contain_text("Dix tablettes sont essayées")
    expect(page.locator("main")).to_contain_text("75")
    press(maelle, "Envoyer le compte rendu")
    maelle.expect_accessible()
    read = solene.go(f"{address}compte-rendu/").locator("main")
    expect(read).to_contain_text("Le COSTRAT essaie les tablettes avant de les financer.")
    expect(read.get_by_role("button", name="Envoyer")).to_have_count(0)

    # Approved at the next one, which offers it.
    maelle.go(f"{GOVERNANCE}seances/{NEXT}/")
    take(maelle, "De la séance précédente", f"Approbation du compte rendu du {long_date(timezone.localdate())}")
    its_day_comes(NEXT)
    maelle.go(f"{GOVERNANCE}seances/{NEXT}/")
    press(maelle, "Ouvrir la séance")
    page.get_by_role("button", name="Approuver le compte rendu").click()
    expect(page.locator("#points")).to_contain_text("Approuvé en séance du")
    expect(solene.go(f"{address}compte-rendu/").locator("main")).to_contain_text("Approuvé en séance du")
