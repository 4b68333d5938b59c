"""The pathway on a phone, from the referent to the direction, and the lead who follows and reminds."""

import re
from collections.abc import Callable

from django.core import mail
from playwright.sync_api import expect

from common.scope import elevated
from structures.models import Reminder, ReminderLetter
from structures.tasks import send_reminders
from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
IME = f"{PROJECT}structures/ime-la-clairiere-aux-songes/"
JOURNAL = f"{IME}parcours/donner-des-nouvelles-regulieres-du-projet/"  # the referent's, without validation
ADAPT = f"{IME}parcours/rendre-la-formation-au-dui-obligatoire/"  # the direction's
FOLLOW_UP = f"{PROJECT}suivi/parcours/"
PHONE = {"width": 390, "height": 844}


def done_steps(visitor: Visitor) -> int:
    """How many lines the title of the page tells done."""
    found = re.match(r"(\d+) étapes? sur", plain(visitor.page.get_by_role("heading", level=1).inner_text()))
    assert found
    return int(found[1])


def checked(visitor: Visitor) -> None:
    visitor.ready()
    visitor.expect_no_side_scroll()
    visitor.expect_accessible()


def test_a_director_on_a_phone_ticks_undoes_and_validates(visit: Visit) -> None:
    fanny = visit("dir_enfance", viewport=PHONE)
    page = fanny.go(IME)
    checked(fanny)
    before = done_steps(fanny)

    # What the referent submitted: one tap, and one tap back.
    card = page.locator(".note", has_text="Préparer la communication locale")
    card.get_by_role("button", name="Valider").click()
    expect(page.get_by_text("est validée.")).to_be_visible()
    assert done_steps(fanny) == before + 1
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("C’est annulé")).to_be_visible()
    expect(page.get_by_role("heading", name="Elle attend votre validation")).to_be_visible()
    checked(fanny)
    page.get_by_role("button", name="Valider", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("c’est fait")

    # A line of the direction, ticked with what shows it; nothing shows it, nothing is done.
    fanny.go(ADAPT)
    checked(fanny)
    page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites ce qui montre que c’est fait")
    checked(fanny)
    page.get_by_label("Ce qui le montre").fill("Socle révisé en CSE, point 4 du compte rendu.")
    page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("c’est fait")
    expect(page.get_by_role("definition").filter(has_text="Socle révisé en CSE")).to_be_visible()
    fanny.go(IME)
    assert done_steps(fanny) == before + 2
    fanny.go(f"{IME}parcours/?vue=a-moi")
    checked(fanny)


def test_the_referent_does_theirs_and_the_direction_gives_more(visit: Visit) -> None:
    lucas, fanny = visit("ref_ime", viewport=PHONE), visit("dir_enfance")
    page = lucas.go(JOURNAL)
    checked(lucas)
    page.get_by_label("Ce qui le montre").fill("Numéro de novembre affiché en salle de pause.")
    page.get_by_text("Ajouter un lien ou un document").click()
    page.get_by_label("Un document").set_input_files(
        {"name": "journal.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 journal"}
    )
    page.get_by_role("button", name="C’est fait").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("c’est fait")
    with page.expect_download() as download:
        page.get_by_role("link", name="journal.pdf").first.click()
    assert download.value.suggested_filename == "journal.pdf"

    page = lucas.go(ADAPT)
    expect(page.get_by_text("La direction fait cette étape.")).to_be_visible()
    expect(page.get_by_role("button", name="C’est fait")).to_have_count(0)

    desk = fanny.go(f"{IME}parcours/confier/")
    checked(fanny)
    desk.get_by_label("Rendre la formation au DUI obligatoire").check()
    desk.get_by_role("button", name="Confier ces étapes").click()
    expect(desk.get_by_text("Une étape est confiée à Lucas Tambourin.")).to_be_visible()

    lucas.go(ADAPT)
    page.get_by_label("Ce qui le montre").fill("Projet de socle transmis.")
    page.get_by_role("button", name="Soumettre à la direction").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("soumise à la direction")
    checked(lucas)
    fanny.go("/")
    expect(desk.get_by_role("link", name=re.compile("Rendre la formation au DUI obligatoire"))).to_be_visible()
    checked(fanny)


def test_the_lead_reads_the_map_and_reminds(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(FOLLOW_UP)
    checked(maelle)
    table = page.get_by_role("table", name="Étapes faites, par structure et par section du parcours")
    expect(table.get_by_role("row")).to_have_count(13)  # twelve structures and the heads
    page.get_by_text("Choisir un OG, une phase ou une vague, trier").click()
    page.get_by_label("Vague").select_option(label="Vague 1")
    page.get_by_role("button", name="Appliquer").click()
    maelle.ready()
    expect(table.get_by_role("row")).to_have_count(5)
    page.get_by_role("button", name="Relancer SESSAD Les Passerelles").click()
    expect(page.get_by_text("SESSAD Les Passerelles est relancée")).to_be_visible()
    checked(maelle)
    send_reminders()
    [message] = mail.outbox
    assert "Relance : SESSAD Les Passerelles" in plain(message.subject)

    fanny = visit("dir_enfance", viewport=PHONE)
    desk = fanny.go("/")
    desk.get_by_role("link", name=re.compile("relance SESSAD Les Passerelles")).click()
    checked(fanny)
    desk.get_by_role("button", name="C’est lu").click()
    expect(desk.get_by_role("button", name="C’est lu")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Relancée aujourd’hui, lue")).to_be_visible()
    with elevated():
        assert ReminderLetter.objects.filter(reminder__in=Reminder.objects.filter(esms__slug="sessad-les-passerelles"))

    # A cell opens the structure at that section.
    maelle.go(FOLLOW_UP)
    page.get_by_role("link", name=re.compile("SESSAD Les Passerelles, Besoins")).click()
    expect(page).to_have_url(re.compile(r"/sessad-les-passerelles/parcours/#section-3-3$"))


def test_the_pages_of_the_pathway_hold_at_320_px(visit: Visit) -> None:
    small = {"width": 320, "height": 640}
    for code, addresses in (
        ("dir_enfance", (IME, f"{IME}parcours/", f"{IME}parcours/confier/", JOURNAL)),
        ("lead", (FOLLOW_UP, f"{PROJECT}reglages/vagues/", IME)),
        ("observer", (FOLLOW_UP,)),
    ):
        visitor = visit(code, viewport=small)
        for address in addresses:
            visitor.go(address)
            checked(visitor)
