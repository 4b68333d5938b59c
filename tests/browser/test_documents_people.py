"""A director answers on a phone what the project lead asks: a document, one that doesn't exist, and a person."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
SESSAD = f"{PROJECT}structures/sessad-les-passerelles/"
PDF = b"%PDF-1.7 un plan"


def test_documents_are_answered_and_a_person_is_proposed_from_a_phone(visit: Visit) -> None:
    fanny = visit("dir_enfance", viewport={"width": 390, "height": 844})
    page = fanny.go(f"{SESSAD}documents/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("deux sont attendus")
    fanny.expect_no_side_scroll()

    # One exists, the other does not.
    page.get_by_role("link", name="Déposer : Plan du réseau et inventaire du parc").click()
    fanny.ready()
    fanny.expect_accessible()
    expect(page.get_by_label("Type de document")).to_have_value("network_diagram")
    page.get_by_role("button", name="Déposer").click()  # nothing is chosen yet
    expect(page.get_by_role("alert")).to_contain_text("Choisissez un fichier, ou donnez un lien.")
    file = {"name": "plan-du-reseau.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("Fichier").set_input_files(file)
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("un est attendu")
    page.locator("summary", has_text="Il n’existe pas").click()
    page.get_by_label("Un mot, si vous voulez").fill("Nous l’écrirons avec l’éditeur.")
    page.get_by_role("button", name="Signaler qu’il n’existe pas").click()
    expect(page.locator("main")).to_contain_text("C’est une réponse.")
    expect(page.get_by_role("heading", name="Attendus par le chef de projet")).to_have_count(0)
    fanny.expect_accessible()
    fanny.expect_no_side_scroll()

    # A person, part by part.
    page = fanny.go(f"{SESSAD}personnes/")
    page.get_by_role("link", name="Proposer une personne : Relire le paramétrage des transmissions").click()
    fanny.ready()
    page.get_by_label("Nom de la personne").fill("Oriane Vaucresson")
    page.get_by_label("Sa fonction").fill("Éducatrice spécialisée")
    page.get_by_label("Son adresse professionnelle").fill("o.vaucresson@brumes.example")
    page.get_by_role("button", name="Continuer").click()
    fanny.ready()
    fanny.expect_accessible()
    page.get_by_label("Écrits professionnels").check()
    page.get_by_label("Jours par mois").fill("1,5")
    page.get_by_role("button", name="Enregistrer").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("il manque son accord et l’accord de la direction")
    page.get_by_role("button", name="La personne est d’accord").click()
    page.get_by_label("Temps dégagé, en heures par mois").fill("8")
    page.get_by_role("button", name="Donner l’accord de la direction").click()
    page.get_by_role("button", name="Transmettre au chef de projet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("candidature transmise")
    fanny.expect_no_side_scroll()

    # The project lead reads both, and answers.
    maelle = visit("lead")
    page = maelle.go(f"{PROJECT}suivi/documents/")
    row = page.get_by_role("row", name="SESSAD Les Passerelles")
    expect(row).to_contain_text("N’existe pas")
    row.get_by_role("link", name="Réseau et parc").click()
    maelle.ready()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename == "plan-du-reseau.pdf"
    page = maelle.go(f"{PROJECT}suivi/personnes/?competence=writing")
    maelle.expect_accessible()
    page.get_by_role("link", name="Oriane Vaucresson").click()
    maelle.ready()
    page.get_by_label("Un mot à la structure").fill("Premier atelier jeudi.")
    page.get_by_role("button", name="Retenir", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("candidature retenue")
    maelle.go(f"{PROJECT}suivi/personnes/")
    assert "Deux personnes peuvent être mobilisées, 18 heures par mois" in plain(page.locator("h1").inner_text())
