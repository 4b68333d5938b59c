"""The report that a COSTRAT member asks for."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from common.models import Job, JobState
from common.scope import elevated
from tests.browser.visitor import CHECKLIST, Visitor, plain
from tests.browser.worker import Worker
from tests.pdf import page_texts


def test_a_costrat_member_gets_a_report_that_says_what_the_page_says(
    visit: Callable[..., Visitor], worker: Worker, tmp_path: Path
) -> None:
    maelle = visit("lead", through_the_door=True)
    maelle.go(f"{CHECKLIST}?etape=1")
    maelle.tick("1.1.3", "OK")
    expect(maelle.page.locator(".lede")).to_contain_text("7 actions sur 8")

    solene = visit("ogdir_lucioles", through_the_door=True)
    page = solene.page
    page.get_by_role("link", name="DUI partagé des Trois Rivages").click()
    page.get_by_role("link", name="Checklist", exact=True).click()
    solene.ready()
    formula, lede = plain(page.locator("#formule").inner_text()), plain(page.locator(".lede").inner_text())
    assert "7 actions sur 8 sont faites." in lede
    page.get_by_role("link", name="Rapports", exact=True).click()
    page.get_by_role("link", name="État de la checklist pour le COSTRAT").click()
    solene.ready()
    page.get_by_role("button", name="Demander le document").click()
    solene.ready()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("#fabrication")).to_contain_text("En attente")

    worker.start()
    hold_halfway(worker)
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", re.compile(r"[1-9]"))
    expect(page.locator("#fabrication")).to_contain_text(re.compile(r"\d+ sur \d+"))
    worker.thaw()
    download = page.get_by_role("link", name="Télécharger")
    expect(download).to_be_visible(timeout=60_000)

    with page.expect_download() as started:
        download.click()
    document = Path(started.value.path()).read_bytes()
    assert started.value.suggested_filename == "trois-rivages-rapport-001.pdf"
    text = plain(" ".join(page_texts(document)))
    assert "7 actions sur 8 sont faites." in text
    assert formula in text
    row = text.partition("1.1.3 Identifier les membres du Comité")[2].partition("1.1.4")[0]
    assert re.search(r"R Chef de projet OK fait le", row), row
    assert "Solène Aubertin-Roy" in text


def hold_halfway(worker: Worker) -> None:
    """Stop the worker while it makes the document, so that the page has the time to show it."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        with elevated():
            job = Job.objects.get()
        if job.state == JobState.RUNNING and 0 < job.done < job.total:
            worker.freeze()
            return
        assert job.state != JobState.DONE, "Le rapport a été fait sans que son avancement ait été écrit."
        time.sleep(0.005)
    raise AssertionError("Le rapport n’avance pas.")
