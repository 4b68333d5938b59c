"""The report of a COSTRAT: asked with chosen parts, read by a member, and told from another by its fingerprint."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.visitor import REPORTS, Visitor, plain
from tests.browser.worker import Worker
from tests.reports.documents import outline, pages


def test_the_lead_asks_a_member_reads_and_the_fingerprint_is_verified(
    visit: Callable[..., Visitor], worker: Worker, tmp_path: Path
) -> None:
    maelle = visit("lead", through_the_door=True)
    page = maelle.go(REPORTS)
    page.get_by_role("link", name="Rapport d’arbitrages du COSTRAT").first.click()
    maelle.ready()
    maelle.expect_accessible()
    expect(page.get_by_label("Pour quelle séance")).to_have_value(re.compile(r"[0-9a-f-]{36}"))  # the next one
    expect(page.get_by_label("Synthèse (toujours)")).to_be_disabled()
    for part in ("Alertes", "Annexe : un volet par OG"):
        page.get_by_label(part, exact=True).uncheck()
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        maelle.expect_no_side_scroll()
    page.get_by_role("button", name="Demander le document").click()
    maelle.ready()
    expect(page.get_by_role("heading", level=1)).to_contain_text("attend son tour")
    worker.start()
    expect(page.get_by_role("heading", level=1)).to_contain_text("est prêt", timeout=60_000)

    solene = visit("ogdir_lucioles", through_the_door=True)
    page = solene.go(REPORTS)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Un document est à lire")
    page.get_by_role("link", name=re.compile("N°.1. Rapport d’arbitrages du COSTRAT")).click()
    solene.ready()
    solene.expect_accessible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger").click()
    document = Path(started.value.path()).read_bytes()
    titles = outline(document)
    assert "2. Synthèse" in titles
    assert not any("alerte" in title or "OG un à un" in title for title in titles)
    code = re.search(r"Empreinte ((?:[0-9A-F]{4} ?){4})page 3", pages(document)[2])[1].strip()

    page = solene.go(f"{REPORTS}verifier/")
    solene.expect_accessible()
    page.get_by_label("L’empreinte imprimée au bas de ses pages").fill(code.lower())
    page.get_by_role("button", name="Vérifier").click()
    solene.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Cette empreinte est celle du rapport n°.1"))
    assert "demandé par Maëlle Kerdrain" in plain(page.locator(".lede").inner_text())
    page.get_by_label("Le fichier lui-même").set_input_files(
        {"name": "rapport.pdf", "mimeType": "application/pdf", "buffer": document}
    )
    page.get_by_role("button", name="Vérifier un autre document").click()
    solene.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"C’est bien le rapport n°.1"))
    page.get_by_label("Le fichier lui-même").set_input_files(
        {"name": "rapport.pdf", "mimeType": "application/pdf", "buffer": document + b"%"}
    )
    page.get_by_role("button", name="Vérifier un autre document").click()
    solene.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Ce fichier n’est pas le rapport n°.1"))
    solene.expect_accessible()

    clemence = visit("comop_habitat", through_the_door=True)
    page = clemence.go(REPORTS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Aucun document n’a encore été émis")
    assert clemence.page.goto(f"{REPORTS}1/").status == 404
