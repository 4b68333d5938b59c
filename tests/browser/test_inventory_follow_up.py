"""The project lead reads all inventories side by side, compares, sets a threshold and gives more time."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
FOLLOW_UP = f"{PROJECT}suivi/etats-des-lieux/"


def test_the_lead_follows_the_inventories_of_all_structures(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{PROJECT}structures/")
    page.get_by_role("link", name="États des lieux", exact=True).click()
    maelle.ready()
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("Neuf structures sur douze ont transmis leur état des lieux")
    maelle.expect_accessible()
    maelle.expect_no_side_scroll()

    page.get_by_text("Choisir un OG, une vague").click()
    page.get_by_label("OG", exact=True).select_option(label="Val-Cendré")
    page.get_by_role("button", name="Filtrer").click()
    maelle.ready()
    expect(title).to_contain_text("sur trois")
    page.get_by_role("link", name="Logiciels", exact=True).click()
    maelle.ready()
    assert "Val-Cendré" in page.get_by_label("OG", exact=True).locator("option:checked").inner_text()
    maelle.expect_accessible()

    maelle.go(FOLLOW_UP)
    page.get_by_role("link", name="Lien internet de secours", exact=True).click()
    maelle.ready()
    expect(title).to_contain_text("Lien internet de secours : huit structures sur douze sont signalées")
    maelle.expect_accessible()
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Exporter").click()
    assert downloaded.value.suggested_filename.endswith(".xlsx")


def test_the_lead_sets_a_threshold_and_sees_its_effect_before(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 390, "height": 844})
    page = maelle.go(f"{FOLLOW_UP}seuils/")
    maelle.expect_accessible()
    page.get_by_role("link", name=re.compile("Délai de fermeture d’un compte")).click()
    maelle.ready()
    title, effect = page.get_by_role("heading", level=1), page.locator("#effet")
    expect(title).to_contain_text("signalé au-dessus de 7")
    threshold = page.get_by_label("Seuil, en jours")
    threshold.press_sequentially("45")
    expect(effect).to_contain_text(re.compile("aucune structure ne serait signalée"))  # nothing is saved yet
    expect(title).to_contain_text("au-dessus de 7")
    threshold.press("Tab")
    expect(page.get_by_text(re.compile("Enregistré à"))).to_be_visible()
    expect(title).to_contain_text("au-dessus de 45")
    page.get_by_label("D’où vient ce seuil").fill("Note de l’éditeur")
    page.get_by_label("D’où vient ce seuil").press("Tab")
    expect(page.locator("#seuil-source").get_by_text(re.compile("Enregistré à"))).to_be_visible()
    maelle.expect_accessible()
    maelle.expect_no_side_scroll()
    page.get_by_role("button", name="Revenir à la proposition").click()
    maelle.ready()
    expect(title).to_contain_text("signalé au-dessus de 7")
    expect(page.get_by_text("revient au seuil proposé")).to_be_visible()

    maelle.go(FOLLOW_UP)
    page.get_by_role("link", name="Donner plus de temps").click()
    maelle.ready()
    maelle.expect_accessible()
    later = timezone.localdate() + timedelta(days=40)
    page.get_by_label("Nouvelle date").fill(later.isoformat())
    page.get_by_label("Pourquoi la date change").fill("les fêtes")
    page.get_by_role("button", name="Changer la date").click()
    maelle.ready()
    assert "dans 40 jours" in plain(page.locator("main").inner_text())
    fanny = visit("dir_travail")
    assert "les fêtes" in plain(fanny.go(f"{PROJECT}structures/foyer-dhebergement-le-tilleul-bleu/").inner_text("main"))


def test_who_reads_the_whole_reads_figures_and_no_name(visit: Visit) -> None:
    yasmine = visit("observer", viewport={"width": 390, "height": 844})
    page = yasmine.go(f"{PROJECT}structures/")
    page.get_by_role("link", name="États des lieux", exact=True).click()
    yasmine.ready()
    expect(page).to_have_url(re.compile("/chiffres/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Neuf structures sur douze")
    assert "Tournesols" not in page.inner_text("main")
    yasmine.expect_accessible()
    yasmine.expect_no_side_scroll()
