"""What holds on every page: no violation in axe, light and dark, wide and narrow; no side scroll down to 320 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import CHECKLIST, PROJECT, REPORTS, Visitor

Visit = Callable[..., Visitor]
GOVERNANCE = f"{PROJECT}gouvernance/"
IME = f"{PROJECT}structures/ime-la-clairiere-aux-songes/"


def _opened_panel(visitor: Visitor, page: Page) -> None:
    visitor.action("1.1.3").get_by_role("link").first.click()
    expect(page.locator("#detail")).to_contain_text("Échanges")


def _all_cards(visitor: Visitor, page: Page) -> None:
    expect(page.locator(".ko-sum")).to_have_count(6)
    for left in range(5, -1, -1):
        page.get_by_role("link", name="Compléter").first.click()
        expect(page.locator(".ko-sum")).to_have_count(left)
    expect(page.locator(".ko-card")).to_have_count(6)


def _asked_why(visitor: Visitor, page: Page) -> None:
    visitor.tick("1.1.3", "Sans objet")
    expect(page.get_by_label("Pourquoi cette action est-elle sans objet ?")).to_be_visible()


def _asked_which_decision(visitor: Visitor, page: Page) -> None:
    visitor.tick("2.1.3", "OK")
    expect(page.get_by_text("Quelle décision du COSTRAT rend cette action OK ?")).to_be_visible()


def _alert_form(visitor: Visitor, page: Page) -> None:
    visitor.action("2.4.3").get_by_role("link", name="Compléter").click()
    visitor.action("2.4.3").get_by_role("link", name="Alerter le COMOP").click()
    expect(page.get_by_label("Ce que le COMOP doit savoir")).to_be_visible()


def _first_decision(visitor: Visitor, page: Page) -> None:
    page.locator("main .tasks a").first.click()
    visitor.ready()
    expect(page.get_by_role("heading", name="Ce qui a été décidé")).to_be_visible()


def _first_task(visitor: Visitor, page: Page) -> None:
    page.locator("main .tasks a").first.click()
    visitor.ready()


def _empty_message(visitor: Visitor, page: Page) -> None:
    page.evaluate("document.querySelector('#message').noValidate = true")
    page.get_by_role("button", name="Envoyer").click()
    visitor.ready()
    expect(page.locator(".error").first).to_be_visible()


def _opened_cards(visitor: Visitor, page: Page) -> None:
    for title in page.locator(".card summary").all():
        title.click()


def _asked_why_on_the_board(visitor: Visitor, page: Page) -> None:
    card = page.locator(".card").first
    card.locator("summary").click()
    card.get_by_role("button", name="Sans objet").click()
    expect(page.get_by_label("est-elle sans objet ?")).to_be_focused()


def _offered_names(visitor: Visitor, page: Page) -> None:
    page.get_by_label("Votre message").press_sequentially("@m")
    expect(page.get_by_role("listbox")).to_be_visible()


def _asked_report(visitor: Visitor, page: Page) -> None:
    page.get_by_role("button", name="Demander le document").click()
    visitor.ready()
    expect(page.get_by_role("progressbar")).to_be_visible()


def _open_letters(visitor: Visitor, page: Page) -> None:
    page.locator("[id='r1.1.2'] td").nth(1).click()
    page.get_by_role("menuitemcheckbox", name="Acteur").click()
    expect(page.locator("#dit")).to_contain_text("Enregistré")


def _give(visitor: Visitor, page: Page, name: str, edits: tuple[str, str]) -> None:
    """Export the checklist, replace a text in it, and give it back."""
    answer = visitor.context.request.get(f"{CHECKLIST}export/?format=csv")
    content = answer.body().decode().replace(*edits, 1).encode()
    page.get_by_label("Fichier", exact=True).set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Voir ce que ce fichier change").click()
    visitor.ready()


def _previewed(visitor: Visitor, page: Page) -> None:
    _give(visitor, page, "checklist.csv", ("Chef de projet;", "Chef de projet, DPD;"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce fichier change 1 action")


def _refused_file(visitor: Visitor, page: Page) -> None:
    _give(visitor, page, "checklist.csv", ("Chef de projet;", "Cheffe;"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("à corriger")


def _two_own_actions(visitor: Visitor, page: Page) -> None:
    for label in ("Former les veilleurs de nuit", "Prévenir les familles"):
        visitor.go(f"{CHECKLIST}actions-propres/ajouter/2.4/")
        page.get_by_label("Ce qui est à faire").fill(label)
        page.get_by_role("button", name="Ajouter cette action").click()
        visitor.ready()
    visitor.go(f"{CHECKLIST}actions-propres/")
    page.get_by_role("button", name="Retirer l’action 2.4.P2").click()
    expect(page.get_by_role("heading", name="Retirées")).to_be_visible()


def _refused_selection(visitor: Visitor, page: Page) -> None:
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Changer ces actions").click()
    visitor.ready()
    expect(page.locator("#refus")).to_be_visible()


PAGES = {
    "sign-in": ("", "/compte/connexion/", None),
    "help": ("", "/aide/", None),
    "accessibility": ("", "/accessibilite/", None),
    "personal data": ("", "/donnees-personnelles/", None),
    "home of the lead": ("lead", "/", None),
    "home of a director": ("dir_enfance", "/", None),
    "home with nothing to do": ("vendor", "/", None),
    "account": ("lead", "/compte/", None),
    "project": ("lead", PROJECT, None),
    "step": ("lead", f"{CHECKLIST}?etape=5", None),
    "selection": ("lead", f"{CHECKLIST}?etape=2&choisir=oui", None),
    "selection refused": ("lead", f"{CHECKLIST}?etape=2&choisir=oui", _refused_selection),
    "since a day": ("lead", f"{CHECKLIST}?depuis=2025-01-01", None),
    "step, locked": ("observer", f"{CHECKLIST}?etape=1", None),
    "blocked": ("lead", f"{CHECKLIST}?vue=ko", _all_cards),
    "panel": ("lead", f"{CHECKLIST}?etape=1", _opened_panel),
    "why not applicable": ("lead", f"{CHECKLIST}?etape=1", _asked_why),
    "which decision": ("mir_lead", "/projets/cap-mirabelle/checklist/?etape=2", _asked_which_decision),
    "alert raised from a card": ("lead", f"{CHECKLIST}?vue=ko", _alert_form),
    "governance": ("lead", GOVERNANCE, None),
    "record a decision": ("lead", f"{GOVERNANCE}decisions/nouvelle/", None),
    "governance of the vendor": ("vendor", GOVERNANCE, None),
    "decisions": ("observer", f"{GOVERNANCE}decisions/", None),
    "decision": ("observer", f"{GOVERNANCE}decisions/", _first_decision),
    "alert": ("lead", f"{GOVERNANCE}alertes/2/", None),
    "own actions": ("purchasing", CHECKLIST, None),
    "action": ("lead", f"{CHECKLIST}actions/2.4.3/", None),
    "import": ("lead", f"{CHECKLIST}import/", None),
    "import, preview": ("lead", f"{CHECKLIST}import/", _previewed),
    "import, refused": ("lead", f"{CHECKLIST}import/", _refused_file),
    "action, message refused": ("lead", f"{CHECKLIST}actions/1.1.3/", _empty_message),
    "board": ("lead", f"{CHECKLIST}tableau/?etape=1&faites=1", _opened_cards),
    "board, why not applicable": ("lead", f"{CHECKLIST}tableau/", _asked_why_on_the_board),
    "calendar": ("lead", f"{CHECKLIST}calendrier/", None),
    "calendar, empty": ("lead", f"{CHECKLIST}calendrier/?mois=2099-01", None),
    "whom to name": ("lead", f"{CHECKLIST}actions/1.1.3/", _offered_names),
    "matrix": ("lead", f"{CHECKLIST}raci/", _open_letters),
    "matrix, read": ("observer", f"{CHECKLIST}raci/?etape=2", None),
    "letters of an action": ("lead", f"{CHECKLIST}raci/2.4.1/", None),
    "reports": ("lead", REPORTS, None),
    "report, COSTRAT": ("lead", f"{REPORTS}demander/arbitrages-costrat/", None),
    "report, minutes": ("lead", f"{REPORTS}demander/compte-rendu/", None),
    "report, filtered checklist": ("lead", f"{REPORTS}demander/checklist/?filtre=vue%3Dko", None),
    "report under way": ("lead", f"{REPORTS}demander/suivi-comop/", _asked_report),
    "report to verify": ("observer", f"{REPORTS}verifier/", None),
    "report unknown": ("observer", f"{REPORTS}verifier/?empreinte=0123456789abcdef", None),
    "structures": ("lead", f"{PROJECT}structures/", None),
    "structure": ("lead", f"{IME}", None),
    "documents of a structure": ("dir_enfance", f"{IME}documents/", None),
    "document": ("dir_enfance", f"{IME}documents/", _first_task),
    "documents, followed": ("dpo", f"{PROJECT}suivi/documents/", None),
    "documents, asked": ("lead", f"{PROJECT}suivi/documents/demander/", None),
    "people of a structure": ("dir_enfance", f"{IME}personnes/", None),
    "mission letter": ("dir_enfance", f"{IME}personnes/", _first_task),
    "person proposed": ("lead", f"{PROJECT}structures/savs-la-boussole-dargent/personnes/", _first_task),
    "people, followed": ("ogdir_brumes", f"{PROJECT}suivi/personnes/", None),
    "call": ("lead", f"{PROJECT}suivi/personnes/", _first_task),
    "structure_team": ("lead", f"{IME}equipe/", None),
    "habilitations": ("ref_ime", f"{IME}habilitations/", None),
    "habilitations, a profile": (
        "ref_ime",
        f"{IME}habilitations/profils/educator/",
        None,
    ),
    "habilitations, compared": (
        "ref_ime",
        f"{IME}habilitations/comparer/",
        None,
    ),
    "habilitations, pasted": (
        "ref_ime",
        f"{IME}habilitations/coller/",
        None,
    ),
    "habilitations, none yet": ("dir_valcendre", f"{PROJECT}structures/mas-le-grand-large/habilitations/", None),
    "risks of a structure": ("dir_enfance", f"{IME}risques/", None),
    "risks, marks together": ("ref_ime", f"{IME}risques/mise-en-commun/", None),
    "risks, reading": ("dir_enfance", f"{IME}risques/lecture/?campagne=1", None),
    "risks, register": ("dir_enfance", f"{IME}risques/registre/", None),
    "risks, a question": ("lead", f"{PROJECT}risques/repondre/question/6-1/", None),
    "risks of the project": ("lead", f"{PROJECT}risques/", None),
    "risks in figures": ("comop_habitat", f"{PROJECT}risques/", None),
    "risk of the project": ("lead", f"{PROJECT}risques/registre/1/", None),
    "people": ("lead", f"{PROJECT}acces/", None),
    "phases": ("lead", f"{PROJECT}reglages/phases/", None),
    "dates proposed": ("lead", f"{CHECKLIST}dates/", None),
    "own actions of the project": ("lead", f"{CHECKLIST}actions-propres/", _two_own_actions),
    "own action, added": ("lead", f"{CHECKLIST}actions-propres/ajouter/2.4/", None),
    "version of the checklist": ("lead", f"{CHECKLIST}catalogue/", None),
    "settings": ("lead", f"{PROJECT}reglages/", None),
    "refused": ("vendor", CHECKLIST, None),
    "not found": ("lead", "/projets/cap-mirabelle/", None),
}
WIDE, NARROW, NARROWEST = 1280, 390, 320


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well_for_everybody(visit: Visit, name: str) -> None:
    code, address, then = PAGES[name]
    visitor = visit(code, viewport={"width": WIDE, "height": 900}, reduced_motion="reduce")
    page = visitor.go(address)
    if then:
        then(visitor, page)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        visitor.expect_accessible()
        page.emulate_media(color_scheme="dark")
        visitor.expect_accessible(rules=("color-contrast",))  # all that colours can change
    for width in (360, NARROWEST):
        page.set_viewport_size({"width": width, "height": 700})
        visitor.expect_no_side_scroll()
    expect(page.locator("h1")).to_have_count(1)


def test_a_tick_on_a_phone(visit: Visit) -> None:
    maelle = visit(
        "lead", through_the_door=True, viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True
    )
    page = maelle.go(PROJECT)
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Checklist", exact=True).tap()
    maelle.ready()
    maelle.action("1.1.3").locator(".status label").nth(2).tap()
    expect(page.locator(".lede")).to_contain_text("7 actions sur 8 sont faites")
    maelle.action("1.1.3").get_by_role("link").first.tap()
    expect(page.locator("#detail")).to_contain_text("Échanges")
    expect(page.locator("#detail")).to_be_in_viewport()
    maelle.expect_no_side_scroll()
