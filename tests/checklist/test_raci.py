"""The RACI matrix: read, changed letter by letter, compared with the catalogue, told in the history."""

from collections import Counter
from collections.abc import Callable

import pytest
import yaml
from django.http import HttpResponse
from django.test import Client
from lxml.html import HtmlElement

from checklist import catalogue as reference
from checklist.enums import Actor, Letter
from checklist.models import Action, RaciEntry
from checklist.raci import Letters, by_actor, letters_held
from checklist.services import name_person, set_letters, unname_person
from common.errors import Conflict
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from tests.factories import ActionPersonFactory
from tests.harness.htmx import HTMX, parse, swap, text
from tests.harness.threads import together
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
MATRIX = f"/projets/{SLUG}/checklist/raci/"
NOT_NAMED = ["5.3.1", "5.3.2", "5.3.3", "5.3.4", "5.3.5"]


def plain(element: HtmlElement) -> str:
    return text(element).replace("\xa0", " ").replace("\u202f", " ")


def page(client: Client, query: str = "") -> HtmlElement:
    answer = client.get(MATRIX + query)
    assert answer.status_code == 200
    return parse(answer.content)


def rows(document: HtmlElement) -> list[str]:
    """The numbers of the actions shown."""
    return [row.get("id")[1:] for row in document.xpath("//table//tr[@id]")]


def cell(document: HtmlElement, number: str, actor: Actor) -> HtmlElement:
    column = [head.get("data-actor") for head in document.xpath("//thead//th")].index(actor.value)
    return document.xpath(f"//tr[@id='r{number}']/*")[column]


def shown(document: HtmlElement, number: str, actor: Actor) -> list[str]:
    """What one reads in a cell: « R », « A ajouté », « C retiré »."""
    return [
        f"{sign.text}{sign.tail}" if sign.getparent().tag in ("ins", "del") else sign.text
        for sign in cell(document, number, actor).iter("abbr")
    ]


def change(
    client: Client, number: str, actor: Actor, held: str, expected: str, query: str = "", **options: str
) -> HttpResponse:
    """What a cell posts."""
    boxes = {"held": [f"{actor}-{item}" for item in held], "expected": [f"{actor}-{item}" for item in expected]}
    return client.post(f"{MATRIX}{number}/{query}", {**boxes, "actor": actor.value}, **(options or HTMX))


def held(world: World, number: str) -> Letters:
    with elevated():
        return letters_held(Action.objects.get(project=world.project, number=number))


def letters(**pairs: str) -> Letters:
    """`letters(comop="RA")`."""
    return by_actor((actor, letter) for actor, found in pairs.items() for letter in found)


# --- Read ------------------------------------------------------------------------------------------------------------


def test_every_letter_of_the_source_is_in_its_cell(lead: Client) -> None:
    source = yaml.safe_load(reference.PATH.read_text(encoding="utf-8"))
    document = page(lead)
    columns = document.xpath("//thead//th/@data-actor")
    assert columns == list(source["actors"])
    found = Counter(
        (row.get("id")[1:], sign.text, actor)
        for row in document.xpath("//table//tr[@id]")
        for actor, place in zip(columns, row.xpath("./td"), strict=False)
        for sign in place.iter("abbr")
    )
    assert found == Counter(
        (action["number"], letter, actor)
        for step in source["steps"]
        for group in step["groups"]
        for action in group["actions"]
        for letter, actors in action["raci"].items()
        for actor in actors
    )


def test_the_title_says_how_many_wait_for_a_responsable(lead: Client) -> None:
    document = page(lead)
    assert plain(document.get_element_by_id("titre")) == (
        "95 actions ont un Responsable, cinq attendent qu’on en désigne un"
    )
    assert plain(document.get_element_by_id("bilan")) == "Toutes les lettres sont celles du catalogue de l’ANAP."
    for number in NOT_NAMED:
        assert "Responsable à désigner" in plain(document.get_element_by_id(f"m{number}"))


@pytest.mark.parametrize(
    ("query", "title", "numbers"),
    [
        ("?voir=a-designer", "Cinq actions attendent un Responsable", NOT_NAMED),
        ("?voir=ecarts", "Aucune action ne diffère du catalogue", []),
        ("?etape=2&voir=a-designer", "Aucune action de l’étape 2 n’attend de Responsable", []),
        (
            "?etape=1",
            "Les 8 actions de l’étape 1 ont toutes un Responsable",
            ["1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.2.1", "1.2.2", "1.2.3"],
        ),
        ("?etape=1&acteur=comop", "L’action de l’étape 1 du COMOP a un Responsable", ["1.2.3"]),
    ],
)
def test_filters_leave_what_the_title_says(lead: Client, query: str, title: str, numbers: list[str]) -> None:
    document = page(lead, query)
    assert plain(document.get_element_by_id("titre")) == title
    assert rows(document) == numbers


@pytest.mark.parametrize("query", ["?voir=perdu", "?acteur=facteur", "?etape=99", "?etape=x"])
def test_a_filter_that_means_nothing_shows_the_whole_matrix_and_says_so(lead: Client, query: str) -> None:
    document = page(lead, query)
    assert len(rows(document)) == 100
    assert "Ce filtre n’existe pas" in plain(document)


def test_who_stands_behind_each_actor_is_told(world: World, lead: Client) -> None:
    document = page(lead)
    column = document.xpath("//th[@data-actor='project_lead']")[0]
    assert column.get("title") == world.lead.get_full_name()
    said = {term.text: term.getnext().text for term in document.xpath("//dl[@class='facts']//dt")}
    assert said["Chef de projet"] == world.lead.get_full_name()
    assert said["Référents métiers"] == "personne aujourd’hui"


def test_people_named_stand_in_the_last_column_and_count_as_responsable(world: World, lead: Client) -> None:
    ActionPersonFactory(action=world.action("5.3.1"), user=world.person(Role.DPO), letter=Letter.R)
    document = page(lead)
    row = document.get_element_by_id("r5.3.1")
    assert f"R : {world.person(Role.DPO).get_full_name()}" in plain(row)
    assert "Responsable à désigner" not in plain(row)


def test_who_reads_only_their_actions_finds_those_alone(world: World, client_as: Callable) -> None:
    source = yaml.safe_load(reference.PATH.read_text(encoding="utf-8"))
    mine = [
        action["number"]
        for step in source["steps"]
        for group in step["groups"]
        for action in group["actions"]
        if any("purchasing" in actors for actors in action["raci"].values())
    ]
    assert rows(page(client_as(world.person(Role.PURCHASING)))) == mine


def test_who_may_not_change_the_letters_is_offered_no_way_to(world: World, client_as: Callable) -> None:
    document = page(client_as(world.person(Role.COMOP)))
    assert document.xpath("//table/@data-url") == []
    assert document.xpath("//script[contains(@src, 'raci')]") == []
    assert document.xpath("//tr[@id='r1.1.2']//a/@href") == [f"/projets/{SLUG}/checklist/actions/1.1.2/"]


def test_retired_actions_are_not_shown(world: World, lead: Client) -> None:
    with elevated():
        group = world.action("1.1.1").group
        Action.objects.create(
            project=world.project,
            group=group,
            number="1.1.40",
            label="À nous",
            position=900,
            own=True,
            retired_at="2026-01-01T00:00Z",
        )
    assert "1.1.40" not in rows(page(lead))
    assert lead.get(f"{MATRIX}1.1.40/").status_code == 404


# --- Changed cell by cell --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?etape=5", "?acteur=comop"])
def test_the_page_after_a_change_is_the_page_one_would_load(lead: Client, query: str) -> None:
    """htmx leaves exactly what a fresh page shows: the cell, what the action lacks, the sentences, the counts."""
    before = page(lead, query)
    if rows(before).count("5.3.1") == 0:
        change(lead, "5.3.1", Actor.COMOP, "C", "")
        before = page(lead, query)
    read = "".join(shown(before, "5.3.1", Actor.DPO))
    place = cell(before, "5.3.1", Actor.DPO)
    place.set("id", "cell")
    answer = change(lead, "5.3.1", Actor.DPO, f"R{read}", read, query)
    assert answer.status_code == 200
    inside = f'<td id="cell" data-label="DPD">{answer.content.decode().split("<span id=")[0]}</td>'
    rest = "<span id=" + answer.content.decode().partition("<span id=")[2].replace('"innerHTML"', '"outerHTML"')
    left = swap(before, (inside + rest).encode(), "cell")
    loaded = page(lead, query)
    assert shown(left, "5.3.1", Actor.DPO) == shown(loaded, "5.3.1", Actor.DPO) == ["R ajouté", *read]
    for name in ("titre", "bilan", "m5.3.1", "compte-a-designer", "compte-ecarts"):
        assert text(left.get_element_by_id(name)) == text(loaded.get_element_by_id(name))
    assert "Enregistré à" in plain(left.get_element_by_id("dit"))


def test_letters_are_given_and_taken(world: World, lead: Client) -> None:
    assert change(lead, "2.1.1", Actor.COMOP, "AC", "").status_code == 200
    assert change(lead, "2.1.1", Actor.COSTRAT, "", "A").status_code == 200
    assert held(world, "2.1.1") == letters(project_lead="R", comop="AC")
    document = page(lead)
    assert shown(document, "2.1.1", Actor.COMOP) == ["A ajouté", "C ajouté"]
    assert shown(document, "2.1.1", Actor.COSTRAT) == ["A retiré"]
    assert plain(document.get_element_by_id("bilan")) == (
        "Trois différences avec le catalogue de l’ANAP : deux lettres ajoutées, une retirée."
    )
    assert rows(page(lead, "?voir=ecarts")) == ["2.1.1"]


def test_toggling_again_is_undoing(world: World, lead: Client) -> None:
    before = held(world, "2.1.1")
    change(lead, "2.1.1", Actor.COMOP, "I", "")
    change(lead, "2.1.1", Actor.COMOP, "", "I")
    assert held(world, "2.1.1") == before
    assert rows(page(lead, "?voir=ecarts")) == []


def test_nobody_overwrites_letters_that_they_have_not_seen(world: World, lead: Client) -> None:
    with acting_as(world.person(Role.COSTRAT).pk):
        action = Action.objects.get(number="2.1.1")
        set_letters(action=action, wanted=letters(comop="A"), expected=letters())
    answer = change(lead, "2.1.1", Actor.COMOP, "R", "")
    assert answer.status_code == 409
    said = plain(parse(b"<div>" + answer.content + b"</div>"))
    who = world.person(Role.COSTRAT).get_full_name()
    assert f"COMOP : {who} vient de mettre A ; vous vouliez R. Rien n’a été écrasé." in said
    assert "A ajouté" in said  # the cell shows theirs
    assert held(world, "2.1.1")[Actor.COMOP] == {Letter.A}
    assert change(lead, "2.1.1", Actor.COMOP, "RA", "A").status_code == 200


def test_wanting_what_somebody_just_did_is_no_conflict(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.get(number="2.1.1")
        set_letters(action=action, wanted=letters(comop="A"), expected=letters())
        left = set_letters(action=action, wanted=letters(comop="A"), expected=letters())
        assert left == letters_held(action) == letters(project_lead="R", costrat="A", comop="A")


def test_a_conflict_on_one_actor_writes_nothing_for_the_others(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.get(number="2.1.1")
        before = letters_held(action)
        with pytest.raises(Conflict):
            set_letters(action=action, wanted=letters(comop="A"), expected=letters(costrat="I"))
        assert letters_held(action) == before


@pytest.mark.parametrize(
    "posted",
    [
        {"held": ["comop-Z"]},
        {"held": ["facteur-R"]},
        {"expected": ["comop"]},
        {"held": ["comop-R"], "actor": "facteur"},
    ],
)
def test_letters_that_mean_nothing_are_refused(world: World, lead: Client, posted: dict) -> None:
    before = held(world, "2.1.1")
    assert lead.post(f"{MATRIX}2.1.1/", posted).status_code == 400
    assert held(world, "2.1.1") == before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROJECT_LEAD])
def test_only_who_manages_the_checklist_changes_letters(world: World, client_as: Callable, role: Role) -> None:
    before = held(world, "2.1.1")
    assert change(client_as(world.person(role)), "2.1.1", Actor.COMOP, "A", "").status_code == 403
    assert held(world, "2.1.1") == before


@pytest.mark.django_db(transaction=True)
def test_twenty_browsers_on_one_cell_lose_nothing(world: World, client_as: Callable) -> None:
    """All read an empty cell and want another letter: one wins, who wants the same agrees, the others are told."""
    client_as(world.lead).get("/")

    def press(number: int) -> tuple[str, int]:
        letter = "RACI"[number % 4]
        return letter, change(client_as(world.lead), "2.1.1", Actor.COMOP, letter, "").status_code

    answers = together(20, press)
    [winner] = held(world, "2.1.1")[Actor.COMOP]
    assert set(answers) == {(letter, 200 if letter == winner else 409) for letter in "RACI"}
    with elevated():
        assert RaciEntry.objects.filter(action__number="2.1.1", project=world.project).count() == 3


# --- One action, without scripts -------------------------------------------------------------------------------------


def fields(document: HtmlElement, form: str) -> dict[str, list[str]]:
    """What the browser would post of a form, by the words of its button."""
    found = document.xpath(f"//form[.//button[contains(., '{form}')]]")[0]
    ticked = [box.get("value") for box in found.xpath(".//input[@name='held'][@checked or @type='hidden']")]
    return {"held": ticked, "expected": found.xpath(".//input[@name='expected']/@value")}


def test_the_boxes_of_an_action_are_posted_whole(world: World, lead: Client) -> None:
    document = parse(lead.get(f"{MATRIX}2.1.1/").content)
    posted = fields(document, "Enregistrer")
    assert posted["held"] == posted["expected"] == ["costrat-A", "project_lead-R"]
    answer = lead.post(f"{MATRIX}2.1.1/", {**posted, "held": ["project_lead-R", "comop-A", "dpo-I"]})
    assert (answer.status_code, answer["Location"]) == (302, f"{MATRIX}#r2.1.1")
    assert held(world, "2.1.1") == letters(project_lead="R", comop="A", dpo="I")


def test_the_page_of_an_action_goes_back_to_the_catalogue_and_says_what_that_changes(
    world: World, lead: Client
) -> None:
    change(lead, "2.1.1", Actor.COMOP, "A", "")
    change(lead, "2.1.1", Actor.COSTRAT, "", "A")
    document = parse(lead.get(f"{MATRIX}2.1.1/").content)
    said = plain(document)
    assert "COMOP, Acteur ajouté par le projet, sera retiré" in said
    assert "COSTRAT, Acteur retiré par le projet, sera remis" in said
    assert lead.post(f"{MATRIX}2.1.1/", fields(document, "Revenir au catalogue")).status_code == 302
    assert held(world, "2.1.1") == letters(project_lead="R", costrat="A")
    assert "Revenir au catalogue" not in plain(parse(lead.get(f"{MATRIX}2.1.1/").content))


def test_a_conflict_on_the_boxes_keeps_what_was_ticked(world: World, lead: Client) -> None:
    posted = fields(parse(lead.get(f"{MATRIX}2.1.1/").content), "Enregistrer")
    change(lead, "2.1.1", Actor.COMOP, "A", "")
    change(lead, "2.1.1", Actor.DPO, "I", "")
    answer = lead.post(f"{MATRIX}2.1.1/", {**posted, "held": [*posted["held"], "comop-R"]})
    assert answer.status_code == 409
    document = parse(answer.content)
    assert "vient de mettre A ; vous vouliez R. Rien n’a été écrasé." in plain(document)
    again = fields(document, "Enregistrer")
    assert "comop-R" in again["held"]
    assert "dpo-I" in again["held"]  # untouched by this person: as the other left it
    assert lead.post(f"{MATRIX}2.1.1/", again).status_code == 302
    assert held(world, "2.1.1") == letters(project_lead="R", costrat="A", comop="R", dpo="I")


def test_an_action_of_the_projects_own_is_said_to_be_and_differs_from_nothing(world: World, lead: Client) -> None:
    with elevated():
        group = world.action("1.1.1").group
        own = Action.objects.create(
            project=world.project, group=group, number="1.1.40", label="À nous", position=900, own=True
        )
        RaciEntry.objects.create(project=world.project, action=own, actor=Actor.COMOP, letter=Letter.R)
    document = page(lead)
    assert "propre au projet" in plain(document.get_element_by_id("r1.1.40"))
    assert shown(document, "1.1.40", Actor.COMOP) == ["R"]
    assert rows(page(lead, "?voir=ecarts")) == []
    assert "propre au projet" in plain(parse(lead.get(f"{MATRIX}1.1.40/").content))


# --- History ---------------------------------------------------------------------------------------------------------


def told(client: Client, number: str) -> list[str]:
    document = parse(client.get(f"/projets/{SLUG}/checklist/actions/{number}/").content)
    return [plain(line) for line in document.xpath("//*[@id='histoire']//li")]


def test_the_history_of_an_action_tells_its_letters(world: World, lead: Client) -> None:
    assert told(lead, "2.1.1") == []  # the letters it was made with are no news
    change(lead, "2.1.1", Actor.COMOP, "A", "")
    change(lead, "2.1.1", Actor.BUSINESS_REFERENTS, "C", "")
    change(lead, "2.1.1", Actor.COSTRAT, "", "A")
    dpo = world.person(Role.DPO)
    with acting_as(world.lead.pk):
        action = Action.objects.get(number="2.1.1")
        unname_person(person=name_person(action=action, user=dpo, letter=Letter.A))
    lines = told(lead, "2.1.1")
    for sentence in (
        "COMOP devient Acteur",
        "Référents métiers deviennent Consultés",
        "COSTRAT n’est plus Acteur",
        f"{dpo.get_full_name()} devient Acteur",
        f"{dpo.get_full_name()} n’est plus Acteur",
    ):
        [line] = [line for line in lines if line.endswith(f" : {sentence}")]
        assert world.lead.get_full_name() in line


@pytest.mark.django_db(transaction=True)
def test_letters_and_states_are_told_together_newest_first(lead: Client) -> None:
    change(lead, "2.1.1", Actor.COMOP, "A", "")
    lead.post(f"/projets/{SLUG}/checklist/actions/2.1.1/etat/", {"status": "in_progress", "version": 1})
    change(lead, "2.1.1", Actor.COMOP, "", "A")
    lines = [line.rpartition(" : ")[2] for line in told(lead, "2.1.1")]
    assert lines == ["COMOP n’est plus Acteur", "En cours (était À faire)", "COMOP devient Acteur"]
