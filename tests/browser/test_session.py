"""The session ends while somebody writes: the text is there after signing in again."""

import re
from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from checklist.models import Comment
from common.scope import elevated
from tests.browser.conftest import email_of
from tests.browser.visitor import CHECKLIST, Visitor

TEXT = "Le Val-Cendré a répondu ce matin : ils nomment quelqu’un vendredi."


def test_text_typed_on_the_page_of_an_action(visit: Callable[..., Visitor]) -> None:
    maelle = visit("lead", through_the_door=True)
    page = maelle.go(f"{CHECKLIST}actions/1.1.3/")
    page.get_by_label("Votre message").fill(TEXT)
    Session.objects.all().delete()
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url(re.compile("/compte/connexion/"))
    maelle.ready()
    maelle.sign_in(email_of("lead"))
    expect(page.get_by_label("Votre message")).to_have_value(TEXT)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("main")).to_contain_text(TEXT)


def test_text_typed_in_the_panel(visit: Callable[..., Visitor]) -> None:
    maelle = visit("lead", through_the_door=True)
    page = maelle.go(f"{CHECKLIST}?etape=1")
    maelle.action("1.1.3").get_by_role("link").first.click()
    page.get_by_label("Votre message").fill(TEXT)
    Session.objects.all().delete()
    page.get_by_role("button", name="Envoyer").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Votre session est terminée")
    dialog.get_by_role("link", name="Se reconnecter").click()
    maelle.ready()
    maelle.sign_in(email_of("lead"))
    assert CHECKLIST in page.url
    if page.get_by_label("Votre message").count() == 0:
        maelle.action("1.1.3").get_by_role("link").first.click()
    expect(page.get_by_label("Votre message")).to_have_value(TEXT)


def test_what_is_sent_twice_is_written_once(visit: Callable[..., Visitor]) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}actions/1.1.3/")
    page.get_by_label("Votre message").fill(TEXT)
    page.get_by_role("button", name="Envoyer").dblclick()
    expect(page.locator("main")).to_contain_text(TEXT)
    with elevated():
        assert Comment.objects.filter(text=TEXT).count() == 1
