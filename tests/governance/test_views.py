"""The pages of governance, as a browser meets them."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from governance.enums import BodyKind
from governance.models import AgendaRequest, Alert, Body, Decision
from organisations.enums import Role
from tests.factories import AlertFactory, DecisionFactory
from tests.harness.htmx import parse, text
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


def test_the_page_says_first_what_waits(world: World, lead: Client) -> None:
    page = plain(lead.get(PAGE))
    assert "Une alerte attend une réponse, une question attend une séance" in page
    assert "Une action bloquée" in page
    assert "Quel prestataire ?" in page
    assert "Le calendrier" in page


def test_each_reads_the_part_that_is_theirs(world: World, client_as: Callable) -> None:
    director = plain(client_as(world.person(Role.OG_DIRECTOR)).get(PAGE))
    assert "Quel prestataire ?" in director
    assert "Alertes" not in director
    assert "Enregistrer" not in director
    member = plain(client_as(world.person(Role.COMOP)).get(PAGE))
    assert "Alertes" in member
    assert "Retirer" not in member
    buyer = plain(client_as(world.person(Role.PURCHASING)).get(PAGE))
    assert "Le calendrier" in buyer
    assert "Quel prestataire ?" not in buyer  # it words an action that they may not read
    assert "Questions à l’ordre du jour" not in buyer


@pytest.mark.parametrize("role", [Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT, Role.VENDOR])
def test_who_reads_neither_is_not_shown_the_way(world: World, client_as: Callable, role: Role) -> None:
    client = client_as(world.person(role))
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get(f"/projets/{SLUG}/").content.decode()


def test_an_empty_page_says_what_will_come(world: World, lead: Client) -> None:
    with elevated():
        for model in (AgendaRequest, Decision, Alert):
            model.objects.filter(project=world.project).delete()
    page = plain(lead.get(PAGE))
    assert "Rien n’attend les instances pour le moment" in page
    assert "Une alerte se donne depuis une action bloquée" in page
    assert "Aucune décision n’est enregistrée" in page


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


def test_a_question_is_withdrawn_once(world: World, lead: Client) -> None:
    address = f"{PAGE}questions/{world.own.question.pk}/retirer/"
    page = plain(lead.post(address, follow=True))
    assert "est retirée de l’ordre du jour" in page
    assert "Aucune question n’attend de séance" in page
    assert lead.post(address).status_code == 404


def test_an_alert_is_answered_and_closed(world: World, client_as: Callable) -> None:
    member, observer = client_as(world.person(Role.COMOP)), client_as(world.person(Role.OBSERVER))
    address = f"{PAGE}alertes/{world.own.alert.number}/"
    assert "La réponse se lira ici." in plain(observer.get(address))
    assert observer.post(address, {"answer": "Non"}).status_code == 403
    assert member.post(address, {"answer": " "}).status_code == 422
    assert "Un renfort arrive." in plain(member.post(address, {"answer": "Un renfort arrive."}, follow=True))
    assert "Un renfort arrive." in plain(observer.get(address))
    assert "1 alerte a reçu une réponse" in plain(member.get(PAGE))


def test_the_second_answer_is_kept_on_the_page(world: World, client_as: Callable) -> None:
    address = f"{PAGE}alertes/{world.own.alert.number}/"
    client_as(world.person(Role.COMOP)).post(address, {"answer": "Un renfort arrive."})
    answer = client_as(world.lead).post(address, {"answer": "Voyez le siège."})
    assert answer.status_code == 409
    assert "quelqu’un a répondu juste avant vous" in plain(answer)
    assert "Voyez le siège." in plain(answer)
    assert "Un renfort arrive." in plain(answer)


def test_what_somebody_writes_is_shown_as_text(world: World, lead: Client) -> None:
    decision = DecisionFactory(body=body(world), number=7, title="<b>Gras</b>", text="<script>alert(1)</script>")
    alert = AlertFactory(project=world.project, number=7, subject="<b>Gras</b>", text="<script>alert(1)</script>")
    for address in (f"decisions/{decision.year}/7/", f"alertes/{alert.number}/", ""):
        page = lead.get(PAGE + address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Gras" not in page
