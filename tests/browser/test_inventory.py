"""The inventory of a structure in Chromium: filled on a phone, by two people at once, by keyboard, without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 844}
TILLEUL = f"{PROJECT}structures/foyer-dhebergement-le-tilleul-bleu/etat-des-lieux/"
CLAIRIERE = f"{PROJECT}structures/ime-la-clairiere-aux-songes/etat-des-lieux/"
# What the demonstration leaves open in the inventory of this structure, section by section: question, answer.
MISSING = {
    "software": [("Messagerie sécurisée de santé", "Aucune")],
    "data_takeover": [
        ("Qualité générale des données actuelles", "Fragile"),
        ("Export possible depuis l’outil actuel", "Ne sait pas"),
        ("Durées de conservation des dossiers définies", "En partie"),
    ],
    "security": [
        ("Plans de continuité et de reprise (PCA, PRA)", "N’existe pas"),
        ("Registre des activités de traitement", "Existe mais ancien"),
    ],
    "support": [("Organisation du support informatique", "Prestataire")],
    "documentation": [
        ("Feuille de route du système d’information", "Existe et à jour"),
        ("Cartographie fonctionnelle ou applicative", "N’existe pas"),
        ("Plan du réseau et inventaire du parc", "Existe mais ancien"),
        ("Procédures liées au dossier de l’usager", "Existe mais ancien"),
    ],
}


def h1(page: Page) -> str:
    return plain(page.locator("h1").inner_text())


def saved(page: Page, code: str) -> None:
    expect(page.locator(f'[id="{code}-sv"]')).to_contain_text("Enregistré à")


def write(page: Page, code: str, label: str, value: str) -> None:
    """Type an answer and go on to something else."""
    field = page.get_by_label(label)
    field.fill(value)
    field.press("Tab")
    saved(page, code)


def tap(page: Page, question: str, choice: str) -> None:
    """One tap on a choice, saved."""
    group = page.get_by_role("group", name=question)
    with page.expect_response(lambda answer: "/reponses/" in answer.url and answer.status == 200):
        group.get_by_label(choice, exact=True).check()
    expect(page.get_by_role("group", name=question).get_by_label(choice, exact=True)).to_be_checked()


def press(visitor: Visitor, button: str) -> None:
    visitor.page.get_by_role("button", name=button).click()
    visitor.ready()


def test_a_director_fills_it_on_a_phone_leaves_comes_back_and_transmits_it(visit: Visit) -> None:
    thierry = visit("dir_travail", viewport=PHONE)
    page = thierry.go(TILLEUL)
    assert h1(page) == "36 réponses sur 58 ; quatre points bloquent, quatorze sont à corriger"
    thierry.expect_no_side_scroll()
    thierry.expect_accessible()
    page.get_by_role("link", name="Continuer : Identités et annuaires").click()
    thierry.ready()
    thierry.expect_accessible()
    write(
        page, "professional_email_rate", "Professionnels disposant d’une adresse électronique professionnelle", "70 %"
    )
    expect(page.locator("h1")).to_contain_text("7 réponses sur 8")

    # A figure that is refused stays typed; the right one lifts the flag, on this page and in the sentence above.
    rate = page.get_by_label("Professionnels disposant d’un compte nominatif")
    rate.fill("110")
    rate.press("Tab")
    expect(page.locator("#q-named_accounts_rate")).to_contain_text("Écrivez un nombre de 0 à 100.")
    expect(page.locator("#bilan")).to_contain_text("quatre points bloquent")
    write(page, "named_accounts_rate", "Professionnels disposant d’un compte nominatif", "95")
    expect(page.locator("#bilan")).to_contain_text("trois points bloquent")
    expect(page.locator("#named_accounts_rate-flag")).to_be_empty()

    # What is computed follows.
    thierry.go(f"{TILLEUL}sections/devices/")
    write(page, "laptops", "Ordinateurs portables professionnels", "6")
    expect(page.locator("#q-users_per_device")).to_contain_text(re.compile(r"0,7\sutilisateur par appareil"))
    thierry.context.close()

    # Later, on another phone: everything is there.
    again = visit("dir_travail", viewport=PHONE)
    page = again.go(f"{TILLEUL}sections/identities/")
    expect(page.get_by_label("Professionnels disposant d’un compte nominatif")).to_have_value("95")
    for section, questions in MISSING.items():
        again.go(f"{TILLEUL}sections/{section}/")
        for question, choice in questions:
            tap(page, question, choice)
    again.go(f"{TILLEUL}sections/security/")
    write(page, "endpoint_protection_rate", "Postes protégés et supervisés", "98")
    page.get_by_label("Aucun à ce jour").check()
    saved(page, "last_restore_test")
    again.go(f"{TILLEUL}sections/digital_skills/")
    write(page, "internal_trainers_count", "Formateurs internes mobilisables", "1")

    # A table, a line at a time, taken away and put back.
    again.go(f"{TILLEUL}sections/competing_projects/")
    page.get_by_role("link", name="Ajouter un projet").click()
    again.ready()
    again.expect_accessible()
    again.expect_no_side_scroll()
    page.get_by_label("Projet", exact=True).fill("Travaux de la cuisine")
    page.get_by_role("group", name="Nature").get_by_label("Travaux ou déménagement").check()
    page.get_by_label("Début").fill("2027-02-01")
    page.get_by_role("group", name="Charge pour les équipes").get_by_label("Moyenne").check()
    press(again, "Enregistrer")
    expect(page.locator("main")).to_contain_text("est dans la liste")
    press(again, "Retirer Travaux de la cuisine")
    expect(page.locator("#q-projects")).not_to_contain_text("Travaux de la cuisine")
    press(again, "Annuler")
    expect(page.locator("#q-projects")).to_contain_text("Travaux de la cuisine")

    again.go(TILLEUL)
    for button, then in (
        ("Soumettre à la direction", "L’état des lieux attend votre validation"),
        ("Valider l’état des lieux", "L’état des lieux est validé : il reste à le transmettre au chef de projet"),
        ("Transmettre au chef de projet", "L’état des lieux est transmis : structure non prête"),
    ):
        press(again, button)
        assert h1(page) == then
    again.expect_accessible()
    page.get_by_role("link", name="Réseau et connectivité").click()
    again.ready()
    expect(page.locator("main")).to_contain_text("Il est transmis au chef de projet : lui seul peut le renvoyer")
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(0)


def test_a_referent_reviews_it_and_does_not_validate_it(visit: Visit) -> None:
    lucas = visit("ref_ime", viewport={"width": 320, "height": 700})
    page = lucas.go(CLAIRIERE)
    press(lucas, "Mettre à jour l’état des lieux")
    lucas.expect_no_side_scroll()
    lucas.go(f"{CLAIRIERE}sections/network/")
    lucas.expect_no_side_scroll()
    # By keyboard only.
    page.get_by_role("group", name="Lien internet de secours").get_by_label("Oui").focus()
    page.keyboard.press("ArrowRight")
    saved(page, "backup_link")
    expect(page.get_by_role("group", name="Lien internet de secours").get_by_label("Non")).to_be_focused()
    expect(page.locator("#backup_link-flag")).to_contain_text("À corriger : Aucun secours")
    lucas.go(CLAIRIERE)
    page.get_by_role("main").get_by_role("link", name="Ce qui a changé").first.click()
    lucas.ready()
    assert h1(page) == "Une réponse a changé depuis l’état des lieux n° 2"
    lucas.expect_accessible()
    lucas.expect_no_side_scroll()
    lucas.go(CLAIRIERE)
    press(lucas, "Soumettre à la direction")
    assert h1(page) == "L’état des lieux attend la validation de la direction"
    expect(page.get_by_role("button", name="Valider")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("La direction de la structure le valide, puis le transmet.")
    page.get_by_role("link", name="Tout relire sur une page").click()
    lucas.ready()
    lucas.expect_accessible()
    lucas.expect_no_side_scroll()


def test_two_people_answer_at_once_and_each_sees_the_other(visit: Visit) -> None:
    fanny, lucas = visit("dir_enfance"), visit("ref_ime")
    fanny.go(CLAIRIERE)
    press(fanny, "Mettre à jour l’état des lieux")
    for someone in (fanny, lucas):
        someone.go(f"{CLAIRIERE}sections/devices/")
    write(lucas.page, "laptops", "Ordinateurs portables professionnels", "14")
    page = fanny.page
    field = page.get_by_label("Ordinateurs portables professionnels")
    field.fill("16")
    field.press("Tab")
    both = page.locator("#q-laptops-form")
    expect(both).to_contain_text("Lucas Tambourin a changé cette réponse pendant que vous répondiez.")
    expect(both).to_contain_text(re.compile(r"Votre réponse\s*16\spostes"))
    expect(both).to_contain_text(re.compile(r"14\spostes"))
    fanny.expect_accessible()
    page.get_by_role("button", name="Enregistrer la mienne").click()
    saved(page, "laptops")
    # Another question, at the same time, is nobody's loss.
    write(page, "peak_users", "Utilisateurs connectés en même temps aux heures de pointe", "25")
    lucas.go(f"{CLAIRIERE}sections/devices/")
    expect(lucas.page.get_by_label("Ordinateurs portables professionnels")).to_have_value("16")
    expect(lucas.page.get_by_label("Utilisateurs connectés en même temps")).to_have_value("25")


def test_the_project_lead_sends_it_back_with_what_is_lacking(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CLAIRIERE}sections/software/")
    maelle.expect_accessible()
    page.get_by_label("À propos de").select_option(label="Logiciels utilisés")
    page.get_by_label("Ce qui est à compléter").fill("Le logiciel de la cuisine manque.")
    press(maelle, "Noter cette remarque")
    maelle.go(CLAIRIERE)
    press(maelle, "Renvoyer à compléter, avec une remarque")
    assert h1(page) == "L’état des lieux est à compléter : une remarque du chef de projet"
    fanny = visit("dir_enfance", viewport=PHONE)
    page = fanny.go(CLAIRIERE)
    expect(page.locator("main")).to_contain_text("Le logiciel de la cuisine manque.")
    fanny.expect_accessible()
    press(fanny, "C’est complété")
    expect(page.locator("main")).to_contain_text("Complété par Fanny Delorgerie")


def test_an_answer_without_javascript(visit: Visit) -> None:
    thierry = visit("dir_travail", java_script_enabled=False)
    page = thierry.page
    page.goto(f"{TILLEUL}sections/identities/")
    page.get_by_label("Professionnels disposant d’une adresse électronique professionnelle").fill("70")
    page.locator("#q-professional_email_rate").get_by_role("button", name="Enregistrer").click()
    expect(page).to_have_url(re.compile("#q-professional_email_rate$"))
    expect(page.locator("h1")).to_contain_text("7 réponses sur 8")
