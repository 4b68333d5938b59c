"""The register of decisions and its forms, as a browser meets them."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from governance.enums import BodyKind
from governance.models import Body, Decision
from organisations.enums import Role
from tests.factories import DecisionFactory
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/gouvernance/"


def plain(answer: object) -> str:
    """What one reads, with ordinary spaces."""
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def fields(**values: object) -> dict[str, object]:
    today = timezone.localdate().isoformat()
    return {"decided_on": today, "title": "Le calendrier", "text": "Validé.", "token": uuid.uuid4(), **values}


def body(world: World, kind: BodyKind = BodyKind.COSTRAT) -> Body:
    with elevated():
        return Body.objects.select_related("project").get(project=world.project, kind=kind)


def test_the_lead_records_a_decision_and_the_question_leaves_the_agenda(world: World, lead: Client) -> None:
    asked = world.own.question
    form = parse(lead.get(f"{PAGE}decisions/nouvelle/?question={asked.pk}").content)
    assert form.xpath("//input[@name='title']/@value") == ["Quel prestataire ?"]
    assert form.xpath("//input[@name='settles'][@checked]/@value") == [str(asked.pk)]
    answer = lead.post(f"{PAGE}decisions/nouvelle/", fields(body=body(world).pk, settles=[asked.pk]), follow=True)
    assert "est enregistrée." in plain(answer)
    assert "Quel prestataire ?" in plain(answer)
    assert "Quel prestataire ?" not in plain(lead.get(PAGE))


def test_what_is_missing_is_said_and_what_was_typed_stays(world: World, lead: Client) -> None:
    answer = lead.post(f"{PAGE}decisions/nouvelle/", fields(body=body(world).pk, text="", title="Le budget"))
    assert answer.status_code == 422
    assert parse(answer.content).xpath("//input[@name='title']/@value") == ["Le budget"]
    late = lead.post(f"{PAGE}decisions/nouvelle/", fields(body=body(world).pk, decided_on="2999-01-01"))
    assert late.status_code == 422
    assert "Cette date est à venir" in plain(late)


def test_a_question_put_to_the_costrat_is_not_settled_by_the_comop(world: World, lead: Client) -> None:
    posted = fields(body=body(world, BodyKind.COMOP).pk, settles=[world.own.question.pk])
    answer = lead.post(f"{PAGE}decisions/nouvelle/", posted)
    assert answer.status_code == 422
    assert "n’est pas posée au COMOP" in plain(answer)


def test_a_question_of_another_project_is_no_choice(world: World, lead: Client) -> None:
    posted = fields(body=body(world).pk, settles=[world.foreign.question.pk])
    assert lead.post(f"{PAGE}decisions/nouvelle/", posted).status_code == 422


def test_the_register_lists_what_was_decided_and_narrows_to_a_body(world: World, lead: Client) -> None:
    DecisionFactory(body=body(world, BodyKind.COMOP), number=8, title="Le rythme des points")
    page = plain(lead.get(f"{PAGE}decisions/"))
    assert "Deux décisions sont enregistrées" in page
    assert "Le calendrier" in page
    comop = plain(lead.get(f"{PAGE}decisions/?instance=comop"))
    assert "Une décision du COMOP est enregistrée" in comop
    assert "Le rythme des points" in comop
    assert "Le calendrier" not in comop


def test_a_decision_leads_to_its_meeting_for_who_may_read_it(world: World, client_as: Callable) -> None:
    own = world.own.governance
    made = DecisionFactory(body=own.costrat, number=9, meeting=own.session)
    address, meeting = f"{PAGE}decisions/{made.year}/9/", f"{PAGE}seances/{own.session.number}/"
    assert meeting in client_as(world.person(Role.COSTRAT)).get(address).content.decode()
    assert meeting not in client_as(world.person(Role.PURCHASING)).get(address).content.decode()


def test_an_empty_register_says_what_will_come(world: World, lead: Client) -> None:
    page = plain(lead.get(f"{PAGE}decisions/?instance=comop"))
    assert "Le COMOP n’a encore rien décidé" in page
    assert "Six actions de la checklist n’avancent qu’en en citant une." in page


def test_what_somebody_writes_is_shown_as_text(world: World, lead: Client) -> None:
    decision = DecisionFactory(body=body(world), number=7, title="<b>Gras</b>", text="<script>alert(1)</script>")
    for address in (f"decisions/{decision.year}/7/", "decisions/"):
        page = lead.get(PAGE + address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Gras" not in page


def test_the_register_asks_the_same_number_of_queries_whatever_it_lists(world: World, lead: Client) -> None:
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            with elevated():
                number = 100 + Decision.objects.count()
            DecisionFactory(body=world.own.governance.costrat, number=number)
        with counted() as queries:
            assert lead.get(f"{PAGE}decisions/").status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
