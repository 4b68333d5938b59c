"""What each person may see and change, seen from their browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import expect

from checklist.models import Action, Deposit, OpinionRequest
from common.scope import elevated
from dui_deploy.demo import source
from governance.models import Decision
from organisations.enums import Phase
from organisations.models import ESMS, OG, Membership, Project
from tests.browser.visitor import CHECKLIST, PROJECT, Visitor

Visit = Callable[..., Visitor]
PARAMETER = re.compile(r"<(?:\w+:)?(?P<name>\w+)>")


def test_the_lead_of_another_project_finds_nothing_at_any_address(visit: Visit) -> None:
    secrets = source.read_yaml(source.PATH)["isolation"]["markers_dui_trois_rivages"]
    rodolphe = visit("mir_lead", through_the_door=True)
    expect(rodolphe.page.get_by_role("link", name="DUI de Cap Mirabelle")).to_be_visible()
    addresses = list(addresses_of_project("trois-rivages"))
    assert len(addresses) > 20
    for address in addresses:
        for method in ("GET", "POST"):
            answer = rodolphe.ask(method, address)
            assert answer.status == 404, f"{method} {address} : {answer.status}"
            assert not [secret for secret in secrets if secret in answer.text()], address
    page = rodolphe.go(CHECKLIST)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Mon travail|accueil", re.IGNORECASE)).first).to_be_visible()


def addresses_of_project(slug: str) -> Iterator[str]:
    """Every address under the project's, with ids of rows that do exist in it."""
    with elevated():
        project = Project.objects.get(slug=slug)
        deposit = Deposit.objects.filter(project=project).order_by("pk")[0]
        known = {
            "slug": slug,
            "number": Action.objects.filter(project=project).order_by("position")[0].number,
            "field": "note",
            "deliverable_id": deposit.deliverable_id,
            "deposit_id": deposit.pk,
            "esms_slug": ESMS.objects.filter(project=project).order_by("pk")[0].slug,
            "og_id": OG.objects.filter(project=project).order_by("pk")[0].pk,
            "membership_id": Membership.objects.filter(project=project).order_by("pk")[0].pk,
            "request_id": OpinionRequest.objects.filter(project=project).order_by("pk")[0].pk,
            "group": "2.4",
            "phase": Phase.PILOT.value,
            "year": Decision.objects.filter(project=project).order_by("pk")[0].year,
        }
        any_id = deposit.pk  # where the demonstration may have no row
    for route in routes(get_resolver().url_patterns):
        if route.startswith("projets/"):
            values = {**known, "number": 1} if "<int:number>" in route else known
            yield "/" + PARAMETER.sub(lambda match, values=values: str(values.get(match["name"], any_id)), route)


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


@pytest.mark.parametrize(("code", "body"), [("comop_habitat", "COMOP"), ("dpo", "DPD")])
def test_who_acts_changes_where_they_act_and_nowhere_else(visit: Visit, code: str, body: str) -> None:
    someone = visit(code, through_the_door=True)
    page = someone.page
    offered, locked = [], []
    for step in range(1, 8):
        someone.go(f"{CHECKLIST}?etape={step}")
        page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")
        lines = page.evaluate(
            """() => [...document.querySelectorAll(".action")].map(line => ({
                number: line.id.slice(1),
                locked: line.querySelector(".status").disabled,
                acting: [...line.querySelectorAll(".raci .R, .raci .A")].map(chip => chip.innerText).join(", "),
            }))"""
        )
        for line in lines:
            (locked if line["locked"] else offered).append(line["number"])
            assert line["locked"] == (body not in line["acting"]), line
    assert offered
    assert locked

    number = offered[0]
    someone.go(f"{CHECKLIST}?etape={number[0]}")
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")
    wanted = "En cours" if someone.state(number) == "OK" else "OK"
    someone.tick(number, wanted)
    expect(someone.action(number).locator(".status label:has(input:checked)")).to_have_text(re.compile(wanted))
    page.reload()
    with elevated():
        assert Action.objects.get(project__slug="trois-rivages", number=number).get_status_display() == wanted
    assert someone.ask("POST", f"{CHECKLIST}actions/{locked[0]}/etat/").status == 403


def test_the_vendor_sees_no_checklist(visit: Visit) -> None:
    mathilde = visit("vendor", through_the_door=True)
    page = mathilde.page
    page.get_by_role("link", name="DUI partagé des Trois Rivages").click()
    mathilde.ready()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trois Rivages")
    expect(page.get_by_role("link", name="Checklist", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Ouvrir la checklist")).to_have_count(0)
    for address in (CHECKLIST, f"{CHECKLIST}actions/1.1.1/", f"{PROJECT}rapports/"):
        assert mathilde.ask("GET", address).status == 403
    mathilde.go(CHECKLIST)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("chef de projet")
