"""One person at one browser."""

import re
import time
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, BrowserContext, ConsoleMessage, Locator, Page, expect

from dui_deploy.demo import loading

PROJECT = "/projets/trois-rivages/"
CHECKLIST = f"{PROJECT}checklist/"
REPORTS = f"{PROJECT}rapports/"
READY = "html[data-ready]"

# What the browser itself writes in its console when an answer is 401, 409…: expected where a test makes it happen.
ANSWER = re.compile(r"Failed to load resource|Response Status Error Code (401|409|422)")
AXE = Axe()


class Visitor:
    """A browser context with one page, and what went wrong in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.problems: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"{self.page.url} : {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not ANSWER.search(message.text):
            self.problems.append(f"{self.page.url} : {message.text}")

    # --- Moving about

    def go(self, address: str) -> Page:
        """Open a page, and wait until its script has started."""
        self.page.goto(address)
        return self.ready()

    def ready(self) -> Page:
        self.page.wait_for_selector(READY, state="attached")
        return self.page

    def sign_in(self, email: str) -> None:
        """By the sign-in page, from wherever the browser is (it opens the page if it isn't there)."""
        if "/compte/connexion/" not in self.page.url:
            self.go("/compte/connexion/")
        self.page.get_by_label("Adresse").fill(email)
        self.page.get_by_label("Mot de passe", exact=True).fill(loading.PASSWORD)
        self.page.get_by_role("button", name="Se connecter").click()
        self.page.wait_for_url(lambda url: "/compte/connexion/" not in url)
        self.ready()

    def ask(self, method: str, address: str) -> APIResponse:
        """A request of this browser, past its pages, with the token that a form would carry."""
        token = next(item["value"] for item in self.context.cookies() if item["name"] == "csrftoken")
        return self.context.request.fetch(address, method=method, headers={"X-CSRFToken": token}, max_redirects=0)

    # --- The checklist

    def action(self, number: str) -> Locator:
        """The line of an action, on the page of its step."""
        return self.page.locator(f'[id="a{number}"]')

    def choose(self, number: str, label: str) -> None:
        """One tap on the switch of an action."""
        self.action(number).locator(".status label", has_text=re.compile(f"^\\s*{label}\\s*$")).click()

    def tick(self, number: str, label: str) -> None:
        """Set the state of an action by one tap on the switch, and wait for the answer."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST" and "/etat/" in answer.url):
            self.choose(number, label)

    def state(self, number: str) -> str:
        """The state that the switch of an action shows."""
        return self.action(number).locator(".status label:has(input:checked)").inner_text().strip()

    def expect_state(self, number: str, label: str) -> None:
        """The state that an action comes to: what is sent while a page is left may arrive after the next one."""
        limit = time.monotonic() + 10
        while self.state(number) != label and time.monotonic() < limit:
            self.page.wait_for_timeout(200)
            self.page.reload()
            self.ready()
        assert self.state(number) == label

    # --- What must hold everywhere

    def expect_no_side_scroll(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            culprits = self.page.evaluate(
                "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
                ".slice(0, 5).map(e => e.outerHTML.slice(0, 120))"
            )
            raise AssertionError(f"{self.page.url} déborde de {wide} px : {culprits}")

    def expect_accessible(self, *, rules: tuple[str, ...] = ()) -> None:
        """No violation of any rule of axe, whatever its level, best practices included; or of these rules only."""
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        found = AXE.run(self.page, options=options).response["violations"]
        assert not found, f"{self.page.url}\n" + "\n".join(_violation(item) for item in found)


def _violation(item: dict[str, Any]) -> str:
    nodes = "\n    ".join(
        f"{node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:300]}" for node in item["nodes"][:4]
    )
    return f"  {item['id']} ({item['impact']}) : {item['help']}, {len(item['nodes'])} fois\n    {nodes}"


def plain(text: str) -> str:
    """Text with every run of white space, no-break ones too, made one space: French typography left aside."""
    return " ".join(text.split())


def expect_formula(page: Page, percent: int, ok: int) -> None:
    """The progress that the page tells, in words."""
    expect(page.locator("#formule")).to_contain_text(re.compile(rf"{percent}\s%, soit {ok} actions? faites?"))
