"""A decision makes an action OK, and is taken back; an alert leaves a card and its answer comes home."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import CHECKLIST, PROJECT, Visitor

Visit = Callable[..., Visitor]
GOVERNANCE = f"{PROJECT}gouvernance/"
MIRABELLE = "/projets/cap-mirabelle/checklist/"


def test_the_lead_records_what_the_costrat_decided_and_takes_the_ok_back(visit: Visit) -> None:
    lead = visit("mir_lead")
    page = lead.go(f"{MIRABELLE}?etape=2")
    lead.tick("2.1.3", "OK")
    line = lead.action("2.1.3")
    expect(line).to_contain_text("Quelle décision du COSTRAT rend cette action OK ?")
    assert lead.state("2.1.3") == "À faire"
    lead.expect_accessible()

    line.get_by_role("button", name="Mettre à l’ordre du jour du prochain COSTRAT").click()
    expect(line).to_contain_text("La question est à l’ordre du jour du prochain COSTRAT depuis le")
    expect(line.locator(".agenda")).to_be_focused()

    line.get_by_label("Ce qui a été décidé").fill("La note de cadrage est validée.")
    line.get_by_role("button", name="Enregistrer la décision et mettre OK").click()
    expect(line).to_contain_text("Décision D-20")
    assert lead.state("2.1.3") == "OK"
    line.get_by_role("link", name="Décision D-20").click()
    lead.ready()
    expect(page.locator("main")).to_contain_text("La note de cadrage est validée.")
    expect(page.locator("main")).to_contain_text("La question posée")

    lead.go(f"{MIRABELLE}?etape=2")
    lead.tick("2.1.3", "KO")
    with page.expect_response(lambda answer: "/etat/annuler/" in answer.url):
        line.get_by_role("button", name="Annuler").click()
    expect(line.locator(".saved", has_text="Annulé à")).to_have_count(1)  # the fields of the KO card leave with it
    expect(line).to_contain_text("Décision D-20")
    assert lead.state("2.1.3") == "OK"


def test_an_alert_leaves_the_card_and_its_answer_is_read_there(visit: Visit) -> None:
    maelle, clemence = visit("lead"), visit("comop_habitat")
    page = maelle.go(f"{CHECKLIST}?vue=ko")
    line = maelle.action("2.4.3")
    line.get_by_role("link", name="Compléter").click()
    line.get_by_label("Ce qui bloque").fill("Le juriste est parti.")
    page.keyboard.press("Tab")
    expect(line.locator(".saved", has_text="Enregistré à")).to_have_count(1)
    line.get_by_role("link", name="Alerter le COMOP").click()
    words = line.get_by_label("Ce que le COMOP doit savoir")
    expect(words).to_have_value("Le juriste est parti.")
    line.locator(".choices label", has_text="Critique").click()
    expect(line.get_by_label("Critique")).to_be_checked()
    line.get_by_role("button", name="Alerter le COMOP").click()
    expect(line).to_contain_text("donnée le")
    expect(line).to_contain_text("par Maëlle Kerdrain, en attente de réponse.")
    maelle.expect_accessible()

    other = clemence.go(f"{GOVERNANCE}alertes/")
    other.get_by_role("link", name="Action 2.4.3 bloquée").click()
    clemence.ready()
    expect(other.locator("main")).to_contain_text("Le juriste est parti.")
    other.get_by_label("Votre réponse").fill("L’OG des Lucioles prête le sien.")
    other.get_by_role("button", name="Répondre et fermer l’alerte").click()
    clemence.ready()
    expect(other.locator("main")).to_contain_text("l’alerte est fermée")

    maelle.go(f"{CHECKLIST}actions/2.4.3/")
    expect(page.locator("main")).to_contain_text("L’OG des Lucioles prête le sien.")
