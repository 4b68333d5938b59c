"""Arbitrations: opened, written, put to a meeting, decided and frozen, gone back on; who reads which."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.errors import DomainError
from common.scope import elevated
from governance.enums import (
    ARBITRATION_SOURCE,
    ArbitrationKind,
    ArbitrationStatus,
    MeetingStatus,
)
from governance.models import (
    AgendaItem,
    Arbitration,
    ArbitrationDocument,
    ArbitrationOption,
    ArbitrationStructure,
    ArbitrationVote,
    FollowUp,
)
from governance.selectors.arbitrations import file_of, to_decide
from governance.services import arbitrations as services
from governance.services import options
from organisations.access import acting_as
from organisations.enums import Role
from tests import factories
from tests.governance.council import Council, gather
from tests.harness.htmx import HTMX, parse, swap, text
from tests.harness.queries import counted
from tests.harness.threads import together
from tests.harness.world import COUNCIL, SLUG, World

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
REGISTER = f"/projets/{SLUG}/gouvernance/arbitrages/"
FROZEN = "et arbitrage est décidé : rien n’y change plus."  # after « Rien n’est enregistré », it begins small


@pytest.fixture
def as_the_lead(world: World) -> Iterator[None]:
    with acting_as(world.lead.pk):
        yield


def ordinary(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ").replace("\u2011", "-")


def plain(answer: HttpResponse) -> str:
    return ordinary(text(parse(answer.content)))


def address(arbitration: Arbitration, what: str = "") -> str:
    return f"{REGISTER}{arbitration.year}/{arbitration.number}/{what}"


def refusal(attempt: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        attempt()
    return ordinary(str(refused.value))


def opened(world: World, **values: object) -> Arbitration:
    given = {
        "project": world.project,
        "kind": ArbitrationKind.SCHEDULE,
        "question": "Faut-il attendre ?",
        "requested_by": world.lead,
        "token": uuid.uuid4(),
    }
    return services.open_arbitration(**{**given, **values})


def draft(world: World, **values: object) -> Arbitration:
    """A complete file."""
    return factories.ArbitrationFactory(project=world.project, number=50, requested_by=world.lead, **values)


def fresh(arbitration: Arbitration) -> Arbitration:
    with elevated():
        return Arbitration.objects.select_related("project", "meeting__body").get(pk=arbitration.pk)


# --- Opening ---------------------------------------------------------------------------------------------------------


def test_arbitrations_are_numbered_in_their_year(world: World, as_the_lead: None) -> None:
    first, second = opened(world), opened(world)
    assert (first.year, second.number) == (TODAY().year, first.number + 1)
    assert first.status == ArbitrationStatus.DRAFT


def test_the_same_form_posted_twice_opens_one(world: World, as_the_lead: None) -> None:
    token = uuid.uuid4()
    assert opened(world, token=token) == opened(world, token=token)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"question": " "}, "question"), ({"deadline": TODAY() - timedelta(days=1)}, "deadline")],
)
def test_an_arbitration_asks_something_before_a_day_to_come(
    world: World, as_the_lead: None, values: dict, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        opened(world, **values)
    assert refused.value.field == field


def test_one_that_is_still_open_is_not_gone_back_on(world: World, as_the_lead: None) -> None:
    assert "complétez-le plutôt" in refusal(lambda: opened(world, cites=draft(world)))


def test_the_lead_opens_one_then_writes_its_file(world: World, lead: Client) -> None:
    posted = {"question": "Faut-il attendre ?", "kind": "schedule", "context": "", "token": uuid.uuid4()}
    answer = lead.post(f"{REGISTER}nouveau/", posted, follow=True)
    shown = plain(answer)
    assert "est ouvert : complétez son dossier" in shown
    assert (
        "Il manque le contexte, l’effet d’une absence de décision, la date avant laquelle trancher, deux options au "
        "moins, l’option que vous recommandez et la raison de votre recommandation"
    ) in shown
    assert lead.post(f"{REGISTER}nouveau/", posted)["Location"] == answer.redirect_chain[0][0]
    refused = lead.post(
        f"{REGISTER}nouveau/", {**posted, "question": "", "context": "Les faits.", "token": uuid.uuid4()}
    )
    assert refused.status_code == 422
    assert "Les faits." in plain(refused)


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_a_field_saves_itself_and_the_title_says_what_is_still_missing(world: World, lead: Client) -> None:
    arbitration = draft(world, context="")
    page = parse(lead.get(address(arbitration, "dossier/")).content)
    assert ordinary(text(page.xpath("//h1")[0])) == "Il manque le contexte"
    answer = lead.post(address(arbitration, "dossier/context/"), {"context": " Les faits. ", "version": 1}, **HTMX)
    assert answer.status_code == 200
    assert "Enregistré à" in plain(answer)
    after = swap(page, answer.content, "dossier-context")
    assert ordinary(text(after.xpath("//h1")[0])) == "Le dossier est complet"
    assert fresh(arbitration).context == "Les faits."


def test_two_people_on_one_field_see_both_texts(world: World, lead: Client) -> None:
    arbitration = draft(world)
    lead.post(address(arbitration, "dossier/context/"), {"context": "Le premier texte.", "version": 1}, **HTMX)
    answer = lead.post(address(arbitration, "dossier/context/"), {"context": "Le second.", "version": 1}, **HTMX)
    assert answer.status_code == 409
    assert "Le premier texte." in plain(answer)
    assert "Le second." in plain(answer)
    assert fresh(arbitration).context == "Le premier texte."


def test_two_people_on_two_fields_are_no_conflict(world: World, lead: Client) -> None:
    arbitration = draft(world)
    for field, value in (("context", "Les faits."), ("consequence", "Rien.")):
        assert lead.post(address(arbitration, f"dossier/{field}/"), {field: value, "version": 1}).status_code == 302
    assert (fresh(arbitration).context, fresh(arbitration).consequence) == ("Les faits.", "Rien.")


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("question", " ", "Rien n’est enregistré"),
        ("deadline", "2020-01-01", "cette date est passée"),
        ("kind", "autre", "Rien n’est enregistré"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(world: World, lead: Client, field: str, value: str, why: str) -> None:
    arbitration = draft(world)
    answer = lead.post(address(arbitration, f"dossier/{field}/"), {field: value, "version": 1}, **HTMX)
    assert answer.status_code == 422
    assert why in plain(answer)
    assert fresh(arbitration).version == 1


def test_each_writes_the_opinion_that_is_theirs(world: World, client_as: Callable) -> None:
    arbitration = draft(world)
    cases = {
        Role.COMOP: ("comop_opinion", "dpo_opinion"),
        Role.DPO: ("dpo_opinion", "comop_opinion"),
    }
    for role, (own, other) in cases.items():
        client = client_as(world.person(role))
        page = parse(client.get(address(arbitration)).content)
        assert page.xpath("//form[@class='saves']//textarea/@name") == [own]
        version = fresh(arbitration).version
        assert (
            client.post(address(arbitration, f"dossier/{own}/"), {own: "Favorable.", "version": version}).status_code
            == 302
        )
        assert client.post(address(arbitration, f"dossier/{other}/"), {other: "Non.", "version": 9}).status_code == 403
        assert (
            client.post(address(arbitration, "dossier/context/"), {"context": "Non.", "version": 9}).status_code == 403
        )
    assert (fresh(arbitration).comop_opinion, fresh(arbitration).dpo_opinion) == ("Favorable.", "Favorable.")


def test_the_structures_that_it_concerns(world: World, lead: Client) -> None:
    arbitration, structures = draft(world), world.own.structures
    both = {f"og-{structures[0].og_id}": [structures[0].pk], f"og-{structures[2].og_id}": [structures[2].pk]}
    lead.post(address(arbitration, "dossier/structures/"), {"version": 1, **both})
    with elevated():
        assert set(arbitration.concerns.values_list("esms_id", flat=True)) == {structures[0].pk, structures[2].pk}
    late = lead.post(address(arbitration, "dossier/structures/"), {"version": 1})
    assert late.status_code == 409
    lead.post(
        address(arbitration, "dossier/structures/"), {"version": 2, f"og-{structures[0].og_id}": structures[0].pk}
    )
    with elevated():
        assert list(arbitration.concerns.values_list("esms_id", flat=True)) == [structures[0].pk]
    foreign = {f"og-{structures[0].og_id}": [world.foreign.structures[0].pk], "version": 3}
    assert lead.post(address(arbitration, "dossier/structures/"), foreign).status_code == 422


# --- Options ---------------------------------------------------------------------------------------------------------


def labels(arbitration: Arbitration) -> list[str]:
    with elevated():
        found = ArbitrationOption.objects.filter(arbitration=arbitration).order_by("position")
        return [f"{option.letter} {option.label}" for option in found]


def test_options_are_added_up_to_five_moved_and_put_back(world: World, as_the_lead: None) -> None:
    arbitration = draft(world)
    third = options.add_option(arbitration=arbitration, label="Plus tard", description="Au printemps.")
    assert options.add_option(arbitration=arbitration, label="Plus tard", description="Au printemps.") == third
    for label in ("Jamais", "Peut-être"):
        options.add_option(arbitration=arbitration, label=label)
    assert "cinq options au plus" in refusal(lambda: options.add_option(arbitration=arbitration, label="Encore"))
    options.move_option(option=third, version=third.version, up=True)
    assert labels(arbitration) == ["A Oui", "B Plus tard", "C Non", "D Jamais", "E Peut-être"]
    third.refresh_from_db()
    key = third.pk
    options.remove_option(option=third, version=third.version)
    assert labels(arbitration) == ["A Oui", "B Non", "C Jamais", "D Peut-être"]
    back = options.restore_option(arbitration=arbitration, option_id=key)
    assert (back.pk, back.description) == (key, "Au printemps.")
    assert options.restore_option(arbitration=arbitration, option_id=key) == back
    assert labels(arbitration) == ["A Oui", "B Non", "C Jamais", "D Peut-être", "E Plus tard"]


def test_the_recommended_option_is_not_removed_and_another_may_be_recommended(world: World, lead: Client) -> None:
    arbitration = draft(world)
    with elevated():
        first, second = arbitration.options.order_by("position")
    refused = lead.post(address(arbitration, f"options/{first.pk}/retirer/"), {"version": 1})
    assert refused.status_code == 422
    assert "C’est l’option recommandée" in plain(refused)
    lead.post(address(arbitration, f"options/{second.pk}/recommander/"), {"version": 1})
    assert fresh(arbitration).recommended_id == second.pk
    page = lead.post(address(arbitration, f"options/{first.pk}/retirer/"), {"version": 1}, follow=True)
    assert "L’option « Oui » est retirée." in plain(page)
    assert "Il manque une seconde option" in plain(page)
    undo = parse(page.content).xpath("//div[@class='messages']//form/@action")[0]
    assert "est remise dans le dossier" in plain(lead.post(undo, {"undo": 1}, follow=True))
    assert labels(arbitration) == ["A Non", "B Oui"]


def test_what_an_option_changes_is_written_field_by_field(world: World, lead: Client) -> None:
    arbitration = draft(world)
    with elevated():
        option = arbitration.options.get(position=1)
    version = 1
    for field, value in (
        ("cost_impact", "low"),
        ("cost_amount", "6 000,50 €"),
        ("delay_impact", "favourable"),
        ("delay_days", "45"),
        ("risk_impact", "high"),
    ):
        where = address(arbitration, f"options/{option.pk}/champs/{field}/")
        assert lead.post(where, {field: value, "version": version}, **HTMX).status_code == 200
        version += 1
    shown = plain(lead.get(address(arbitration)))
    assert "Faible6 000,50 €" in shown
    assert "Favorablegain de 45 jours" in shown
    refused = address(arbitration, f"options/{option.pk}/champs/label/")
    late = lead.post(refused, {"label": "", "version": version}, **HTMX)
    assert late.status_code == 422


def test_what_is_voted_on_no_longer_changes(world: World, as_the_lead: None) -> None:
    council = gather(world)
    council.says(0, "A")
    option = council.option("B")
    option.arbitration = council.fresh()
    said = "Des votes sont enregistrés"
    assert said in refusal(lambda: options.edit_option(option=option, version=1, field="label", value="Autre"))
    assert said in refusal(lambda: options.add_option(arbitration=council.fresh(), label="Autre"))
    assert said in refusal(
        lambda: services.edit_arbitration(arbitration=council.fresh(), version=1, field="question", value="Autre ?")
    )
    assert said in refusal(lambda: services.take_off_agenda(arbitration=council.fresh(), version=1))


# --- Documents -------------------------------------------------------------------------------------------------------


def test_a_document_is_deposited_downloaded_removed_and_put_back(world: World, lead: Client) -> None:
    arbitration, token = draft(world), uuid.uuid4()
    for _ in range(2):
        file = SimpleUploadedFile("devis.pdf", b"%PDF-1.7 devis")
        answer = lead.post(address(arbitration, "documents/"), {"file": file, "token": token})
        assert answer.status_code == 302
    with elevated():
        document = ArbitrationDocument.objects.get(arbitration=arbitration)
    assert not document.file.path.startswith("static")
    given = lead.get(address(arbitration, f"documents/{document.pk}/"))
    assert given["Content-Disposition"] == 'attachment; filename="devis.pdf"'
    assert b"".join(given.streaming_content) == b"%PDF-1.7 devis"
    removed = address(arbitration, f"documents/{document.pk}/retirer/")
    assert "est retiré du dossier" in plain(lead.post(removed, follow=True))
    assert lead.get(address(arbitration, f"documents/{document.pk}/")).status_code == 404
    assert "est remis dans le dossier" in plain(lead.post(removed, {"undo": 1}, follow=True))
    again = lead.get(address(arbitration, f"documents/{document.pk}/"))
    assert b"".join(again.streaming_content) == b"%PDF-1.7 devis"


@pytest.mark.parametrize(
    ("posted", "why"),
    [
        ({}, "Choisissez un document, ou donnez un lien."),
        ({"link": "javascript:alert(1)"}, "qui commence par https://"),
        ({"file": SimpleUploadedFile("page.html", b"<script>")}, "n’est pas d’un type accepté"),
        ({"file": SimpleUploadedFile("faux.pdf", b"MZ")}, "n’est pas un vrai fichier PDF"),
    ],
)
def test_what_is_no_document_is_refused_in_words(world: World, lead: Client, posted: dict, why: str) -> None:
    answer = lead.post(address(draft(world), "documents/"), {**posted, "token": uuid.uuid4()})
    assert answer.status_code == 422
    assert why in plain(answer)


# --- On an agenda ----------------------------------------------------------------------------------------------------


def test_a_complete_file_goes_on_the_agenda_of_a_meeting_and_off_it(world: World, as_the_lead: None) -> None:
    arbitration, meeting = draft(world), world.own.governance.meeting
    put = services.put_to_meeting(arbitration=arbitration, meeting=meeting, version=1)
    assert (put.status, put.meeting) == (ArbitrationStatus.TO_DECIDE, meeting)
    item = AgendaItem.objects.get(meeting=meeting, source=ARBITRATION_SOURCE, source_id=arbitration.pk)
    assert (item.label, item.kind, item.owner) == (arbitration.question, "decision", world.lead)
    services.put_to_meeting(arbitration=fresh(arbitration), meeting=meeting, version=put.version)  # twice is once
    assert AgendaItem.objects.filter(source_id=arbitration.pk).count() == 1
    assert arbitration.pk in to_decide(world.project).values_list("pk", flat=True)
    off = services.take_off_agenda(arbitration=fresh(arbitration), version=put.version)
    assert (off.status, off.meeting) == (ArbitrationStatus.DRAFT, None)
    assert not AgendaItem.objects.filter(source_id=arbitration.pk).exists()


def test_it_moves_from_one_meeting_to_another(world: World, as_the_lead: None) -> None:
    arbitration, governance = draft(world), world.own.governance
    put = services.put_to_meeting(arbitration=arbitration, meeting=governance.meeting, version=1)
    services.put_to_meeting(arbitration=fresh(put), meeting=governance.draft, version=put.version)
    assert [item.meeting for item in AgendaItem.objects.filter(source_id=arbitration.pk)] == [governance.draft]


@pytest.mark.parametrize(
    ("meeting", "why"),
    [("comop", "Un arbitrage se tranche au COSTRAT"), ("closed", "Cette séance est passée")],
)
def test_not_any_meeting_will_do(world: World, as_the_lead: None, meeting: str, why: str) -> None:
    where = getattr(world.own.governance, meeting)
    assert why in refusal(lambda: services.put_to_meeting(arbitration=draft(world), meeting=where, version=1))


def test_an_incomplete_file_is_not_put_on_an_agenda(world: World, as_the_lead: None) -> None:
    arbitration = draft(world, consequence="", deadline=None)
    said = refusal(
        lambda: services.put_to_meeting(arbitration=arbitration, meeting=world.own.governance.meeting, version=1)
    )
    assert said == (
        "Le dossier n’est pas complet. Il manque l’effet d’une absence de décision et la date avant laquelle trancher."
    )


def test_who_did_not_read_the_latest_file_puts_nothing(world: World, lead: Client) -> None:
    arbitration = draft(world)
    lead.post(address(arbitration, "dossier/context/"), {"context": "Autre.", "version": 1})
    answer = lead.post(address(arbitration, "seance/"), {"meeting": world.own.governance.meeting.pk, "version": 1})
    assert answer.status_code == 409
    assert "rien n’a été écrasé" in plain(answer)
    stranger = lead.post(
        address(arbitration, "seance/"), {"meeting": world.foreign.governance.meeting.pk, "version": 2}
    )
    assert stranger.status_code == 422


def test_an_agenda_that_takes_over_an_arbitration_takes_it_along(world: World, as_the_lead: None) -> None:
    council, ahead = gather(world), world.own.governance.meeting
    factories.AgendaItemFactory(
        meeting=ahead, project=world.project, source=ARBITRATION_SOURCE, source_id=council.arbitration.pk
    )
    assert services.follow_agenda(meeting=ahead) == 1
    assert (council.fresh().meeting, council.fresh().version) == (ahead, 2)
    assert services.follow_agenda(meeting=ahead) == 0
    assert services.release_arbitrations(meeting=ahead) == 1
    assert (council.fresh().status, council.fresh().meeting) == (ArbitrationStatus.DRAFT, None)


def test_a_meeting_called_off_drops_the_votes_cast_by_writing(world: World, as_the_lead: None) -> None:
    council = gather(world, status=MeetingStatus.CONVENED, consultation_until=TODAY() + timedelta(days=3))
    council.says(0, "A")
    assert services.release_arbitrations(meeting=council.meeting) == 1
    released = council.fresh()
    assert (released.status, released.votes.count()) == (ArbitrationStatus.DRAFT, 0)
    edited = services.edit_arbitration(
        arbitration=released, version=released.version, field="question", value="Faut-il attendre encore ?"
    )
    assert edited.question == "Faut-il attendre encore ?"


def test_an_arbitration_taken_along_is_voted_on_again(world: World, as_the_lead: None) -> None:
    council, ahead = gather(world), world.own.governance.meeting
    council.says(0, "A")
    factories.AgendaItemFactory(
        meeting=ahead, project=world.project, source=ARBITRATION_SOURCE, source_id=council.arbitration.pk
    )
    assert services.follow_agenda(meeting=ahead) == 1
    assert (council.fresh().meeting, council.fresh().votes.count()) == (ahead, 0)


def test_a_consultation_under_way_is_not_taken_along(world: World, as_the_lead: None) -> None:
    council = gather(world, consultation_until=TODAY() + timedelta(days=3))
    council.says(0, "A")
    ahead = world.own.governance.meeting
    factories.AgendaItemFactory(
        meeting=ahead, project=world.project, source=ARBITRATION_SOURCE, source_id=council.arbitration.pk
    )
    assert services.follow_agenda(meeting=ahead) == 0
    assert (council.fresh().meeting, council.fresh().votes.count()) == (council.meeting, 1)


def test_it_concerns_structures_of_its_project_only(world: World) -> None:
    found, stranger = world.own.governance.arbitration, world.foreign.structures[0]
    with pytest.raises(IntegrityError, match="concerned_esms_same_project"), elevated():
        ArbitrationStructure.objects.create(project=world.project, arbitration=found, og=stranger.og, esms=stranger)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


def test_when_its_meeting_is_over_another_is_asked_for(world: World, lead: Client) -> None:
    with elevated():
        council = gather(world)
        type(council.meeting).objects.filter(pk=council.meeting.pk).update(
            status=MeetingStatus.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Grève."
        )
    shown = plain(lead.get(address(council.arbitration)))
    assert "est annulée : une autre est à choisir" in shown
    assert "Choisir une autre séance" in shown


def test_withdrawn_for_a_reason_it_stays_in_the_register(world: World, lead: Client) -> None:
    arbitration = draft(world)
    assert lead.post(address(arbitration, "retirer/"), {"reason": " ", "version": 1}).status_code == 422
    shown = plain(lead.post(address(arbitration, "retirer/"), {"reason": "Réglé au COMOP.", "version": 1}, follow=True))
    assert "La question n’est plus posée : Réglé au COMOP." in shown
    assert "Ouvrir un arbitrage qui le cite" in shown
    assert arbitration.question in ordinary(plain(lead.get(f"{REGISTER}?vue=retires")))
    again = lead.post(address(arbitration, "dossier/context/"), {"context": "Non.", "version": 2}, **HTMX)
    assert again.status_code == 422
    with elevated(), pytest.raises(IntegrityError, match="arbitration_withdrawn_for_a_reason"), transaction.atomic():
        Arbitration.objects.filter(pk=arbitration.pk).update(withdrawal_reason="")


def test_postponed_it_comes_back(world: World, lead: Client) -> None:
    with elevated():
        council = gather(world)
    day = TODAY() + timedelta(days=40)
    posted = {"to": day, "reason": "Le devis manque.", "version": 1}
    shown = plain(lead.post(address(council.arbitration, "reporter/"), posted, follow=True))
    assert "La question reviendra devant le COSTRAT le" in shown
    assert "Le devis manque." in shown
    meeting = world.own.governance.meeting
    shown = plain(
        lead.post(address(council.arbitration, "seance/"), {"meeting": meeting.pk, "version": 2}, follow=True)
    )
    assert "Déjà reporté une fois" in shown
    assert "Le vote s’ouvre avec la séance." in shown


# --- Frozen ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def decided(world: World, as_the_lead: None) -> Council:
    council = gather(world)
    factories.ArbitrationDocumentFactory(arbitration=council.arbitration, project=world.project, added_by=world.lead)
    with elevated():
        esms = world.own.structures[0]
        ArbitrationStructure.objects.create(
            project=world.project, arbitration=council.arbitration, og=esms.og, esms=esms
        )
    for index in range(3):
        council.says(index, "A")
    council.decides()
    return council


def test_a_decided_arbitration_refuses_every_form(world: World, decided: Council, lead: Client) -> None:
    one, version = decided.arbitration, decided.fresh().version
    option, document = decided.option("B"), decided.arbitration.documents.get()
    posts = {
        "dossier/context/": {"context": "Autre.", "version": version},
        "dossier/structures/": {"version": version},
        "options/": {"label": "Autre"},
        f"options/{option.pk}/champs/label/": {"label": "Autre", "version": 1},
        f"options/{option.pk}/deplacer/": {"vers": "haut", "version": 1},
        f"options/{option.pk}/recommander/": {"version": version},
        f"options/{option.pk}/retirer/": {"version": 1},
        f"options/{option.pk}/remettre/": {},
        "documents/": {"link": "https://exemple.fr", "token": uuid.uuid4()},
        f"documents/{document.pk}/retirer/": {},
        "seance/": {"meeting": world.own.governance.meeting.pk, "version": version},
        "seance/retirer/": {"version": version},
        "reporter/": {"to": TODAY() + timedelta(days=9), "reason": "Non.", "version": version},
        "retirer/": {"reason": "Non.", "version": version},
        "consulter/": {"version": version},
        f"votes/{decided.ogs[0].pk}/": {"ballot": "against", "version": 1},
        "decision/": {
            "mode": "consensus",
            "option": option.pk,
            "text": "Non.",
            "decided_on": TODAY(),
            "token": uuid.uuid4(),
            "version": version,
            "suites-TOTAL_FORMS": 0,
            "suites-INITIAL_FORMS": 0,
        },
    }
    before = everything(decided)
    for what, posted in posts.items():
        answer = lead.post(address(one, what), posted)
        assert answer.status_code == 422, what
        if not what.startswith("votes/"):
            assert FROZEN in plain(answer), what
    assert everything(decided) == before


def everything(council: Council) -> list[tuple]:
    """All rows of the file, as the database has them."""
    with elevated():
        models = (Arbitration, ArbitrationOption, ArbitrationVote, ArbitrationDocument, ArbitrationStructure)
        found = []
        for model in models:
            key = "pk" if model is Arbitration else "arbitration"
            found += list(model.objects.filter(**{key: council.arbitration.pk}).order_by("pk").values_list())
        return found


PARTS = ("option", "vote", "document", "structure")


@pytest.mark.parametrize("role", ["lead", "elevated"])
def test_a_decided_arbitration_refuses_bulk_updates_and_raw_sql(world: World, decided: Council, role: str) -> None:
    """Whoever asks, the role that no policy holds included."""
    pk, before = decided.arbitration.pk, everything(decided)
    tried = {
        "update arbitration": lambda: Arbitration.objects.filter(pk=pk).update(question="Autre ?"),
        "back to draft": lambda: Arbitration.objects.filter(pk=pk).update(status=ArbitrationStatus.DRAFT),
        "save": lambda: saved(decided.fresh()),
        "delete arbitration": lambda: Arbitration.objects.filter(pk=pk)._raw_delete("default"),
        "raw update": lambda: sql("update governance_arbitration set decision_text = 'Non' where id = %s", pk),
        "raw applied, and more": lambda: sql(
            "update governance_arbitration set status = 'applied', reasons = 'Autres' where id = %s", pk
        ),
        "raw delete": lambda: sql("delete from governance_arbitration where id = %s", pk),
        "options": lambda: ArbitrationOption.objects.filter(arbitration=pk).update(label="Autre"),
        "votes": lambda: ArbitrationVote.objects.filter(arbitration=pk).update(choice="against", option=None),
        "documents": lambda: ArbitrationDocument.objects.filter(arbitration=pk).update(label="Autre"),
        "new option": lambda: ArbitrationOption.objects.create(
            project=world.project, arbitration_id=pk, position=3, label="Autre"
        ),
    }
    for part in PARTS:
        table = f"governance_arbitration{part}"
        tried[f"{part}, raw update"] = lambda table=table: sql(
            f"update {table} set project_id = project_id, id = gen_random_uuid() where arbitration_id = %s", pk
        )
        tried[f"{part}, raw delete"] = lambda table=table: sql(f"delete from {table} where arbitration_id = %s", pk)
        tried[f"{part}, raw insert"] = lambda table=table: copy(table, pk)
        tried[f"{part}, moved out"] = lambda table=table: sql(
            f"update {table} set arbitration_id = %s where arbitration_id = %s", world.own.governance.arbitration.pk, pk
        )
        tried[f"{part}, moved in"] = lambda table=table: sql(
            f"update {table} set arbitration_id = %s where arbitration_id = %s", pk, world.own.governance.arbitration.pk
        )
    with elevated():
        ArbitrationStructure.objects.create(
            project=world.project,
            arbitration=world.own.governance.arbitration,
            og=world.own.ogs[0],
            esms=world.own.structures[1],
        )
        ArbitrationVote.objects.create(
            project=world.project,
            arbitration=world.own.governance.arbitration,
            unit_id=uuid.uuid4(),
            og=world.own.ogs[0],
            voter=world.lead,
            recorded_by=world.lead,
            weight=1,
            choice="against",
        )
    for what, attempt in tried.items():
        with pytest.raises(DatabaseError, match="_frozen"), transaction.atomic():
            if role == "elevated":
                with elevated():
                    attempt()
            else:
                attempt()
        assert everything(decided) == before, what


def saved(arbitration: Arbitration) -> None:
    arbitration.decision_text = "Non."
    arbitration.save()


def sql(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        assert cursor.rowcount, "nothing was tried"


def copy(table: str, pk: uuid.UUID) -> None:
    """One more row of the file, as raw SQL would write it."""
    with connection.cursor() as cursor:
        cursor.execute(f"select attname from pg_attribute where attrelid = '{table}'::regclass and attnum > 0")
        names = [f'"{row[0]}"' for row in cursor.fetchall()]
    values = ["gen_random_uuid()" if name in {'"id"', '"token"', '"unit_id"'} else name for name in names]
    sql(
        f"insert into {table} ({', '.join(names)}) select {', '.join(values)} from {table} "
        "where arbitration_id = %s limit 1",
        pk,
    )


def test_that_it_was_applied_is_noted_once(world: World, decided: Council) -> None:
    version = decided.fresh().version
    past = TODAY() - timedelta(days=3)
    assert "Choisissez un jour entre la décision" in refusal(
        lambda: services.mark_applied(arbitration=decided.fresh(), version=version, applied_on=past)
    )
    applied = services.mark_applied(arbitration=decided.fresh(), version=version, applied_on=TODAY())
    assert (applied.status, applied.applied_on) == (ArbitrationStatus.APPLIED, TODAY())
    again = services.mark_applied(arbitration=decided.fresh(), version=99, applied_on=past)
    assert again.applied_on == TODAY()
    with pytest.raises(IntegrityError, match="arbitration_frozen"), transaction.atomic():
        Arbitration.objects.filter(pk=applied.pk).update(applied_on=past)


def test_a_new_one_cites_the_old_and_each_shows_the_other(world: World, decided: Council, lead: Client) -> None:
    old = decided.arbitration
    shown = lead.get(address(old))
    link = parse(shown.content).xpath("//a[contains(@href, '?cite=')]/@href")[0]
    assert "Cet arbitrage est figé depuis le" in plain(shown)
    form = parse(lead.get(link).content)
    assert form.xpath("//textarea[@name='question']")[0].text_content().strip() == old.question
    answer = lead.post(link, {"question": "Et maintenant ?", "kind": "schedule", "token": uuid.uuid4()})
    new = Arbitration.objects.get(cites=old)
    assert answer["Location"] == address(new, "dossier/")
    assert [row.esms for row in new.concerns.all()] == [world.own.structures[0]]
    assert f"Revient sur {new.cites.reference}" in plain(lead.get(address(new)))
    assert f"Un autre arbitrage revient sur celui-ci : {new.reference}" in plain(lead.get(address(old)))


def test_what_follows_is_still_added_after_the_decision(world: World, decided: Council, lead: Client) -> None:
    posted = {"label": "Prévenir", "owner": world.lead.pk, "due_on": TODAY(), "token": uuid.uuid4()}
    for _ in range(2):
        assert lead.post(address(decided.arbitration, "suites/"), posted).status_code == 302
    assert FollowUp.objects.filter(arbitration=decided.arbitration).count() == 1
    assert "Prévenir" in plain(lead.get(address(decided.arbitration)))
    empty = lead.post(address(decided.arbitration, "suites/"), {**posted, "label": "", "token": uuid.uuid4()})
    assert empty.status_code == 422


# --- Who reads which -------------------------------------------------------------------------------------------------


def concern(arbitration: Arbitration, world: World, index: int = 0) -> None:
    esms = world.own.structures[index]
    with elevated():
        ArbitrationStructure.objects.create(project=world.project, arbitration=arbitration, og=esms.og, esms=esms)


def test_a_director_reads_what_was_put_to_the_body_and_concerns_a_structure_of_theirs(
    world: World, client_as: Callable
) -> None:
    with elevated():
        council = gather(world, question="Le foyer passe-t-il en premier ?")
        other = draft(world, question="L’atelier ?")
    concern(council.arbitration, world)
    concern(other, world)
    director = client_as(world.person(Role.ESMS_DIRECTOR))
    register = plain(director.get(REGISTER))
    assert "Le foyer passe-t-il en premier ?" in register
    assert "L’atelier ?" not in register  # it is only prepared
    assert COUNCIL not in register
    shown = director.get(address(council.arbitration))
    assert "Le foyer passe-t-il en premier ?" in plain(shown)
    assert not parse(shown.content).xpath("//section[@id='vote']")  # the count is for who deliberates
    assert "Le COSTRAT est en séance. Sa décision se lira ici." in plain(shown)
    assert director.get(address(other)).status_code == 404
    assert director.get(address(council.arbitration, "scrutin/"), **HTMX).status_code == 403
    with acting_as(world.person(Role.ESMS_DIRECTOR).pk):
        assert {row.pk for row in Arbitration.objects.all()} == {council.arbitration.pk}
        assert {row.arbitration_id for row in ArbitrationOption.objects.all()} == {council.arbitration.pk}


def test_an_og_director_with_no_seat_reads_those_of_their_structures_and_the_rest_by_right(
    world: World, client_as: Callable
) -> None:
    assert COUNCIL in plain(client_as(world.rival_director).get(REGISTER))


@pytest.mark.parametrize("role", [Role.VENDOR, Role.LOCAL_REFERENT])
def test_vendor_and_referent_read_none_by_any_address(world: World, client_as: Callable, role: Role) -> None:
    with elevated():
        council = gather(world)
    concern(council.arbitration, world)
    client = client_as(world.person(role))
    assert client.get(REGISTER).status_code == 403
    assert client.get(address(council.arbitration)).status_code == 403
    home = client.get(f"/projets/{SLUG}/gouvernance/")
    assert REGISTER not in home.content.decode()


def test_raw_sql_of_a_vendor_shows_no_arbitration_and_nothing_of_one(world: World, decided: Council) -> None:
    tables = ["governance_arbitration", *(f"governance_arbitration{part}" for part in PARTS)]
    for table in [*tables, *(f"{table}event" for table in tables)]:
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0], table  # the lead's scope: there is something to see
            with acting_as(world.person(Role.VENDOR).pk):
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (0,), table


def drop_all(world: World) -> None:
    Arbitration.objects.filter(project=world.project).update(recommended=None)
    Arbitration.objects.filter(project=world.project).delete()


def test_the_register_says_what_waits_and_narrows(world: World, lead: Client) -> None:
    with elevated():
        drop_all(world)
        ahead = world.own.governance.meeting
        first = factories.ArbitrationFactory(
            project=world.project, number=60, status=ArbitrationStatus.TO_DECIDE, meeting=ahead, question="Attendre ?"
        )
        factories.ArbitrationFactory(
            project=world.project,
            number=61,
            status=ArbitrationStatus.TO_DECIDE,
            meeting=ahead,
            question="Financer ?",
            kind=ArbitrationKind.BUDGET_CHANGE,
        )
        factories.ArbitrationFactory(project=world.project, number=62, question="Former ?", year=2024)
    concern(first, world)
    page = lead.get(REGISTER)
    title = ordinary(text(parse(page.content).xpath("//h1")[0]))
    assert title.startswith("Deux arbitrages attendent le COSTRAT du ")
    assert "Un est en instruction." in plain(page)

    def asked(query: str) -> set[str]:
        shown = plain(lead.get(f"{REGISTER}?{query}"))
        return {question for question in ("Attendre ?", "Financer ?", "Former ?") if question in shown}

    esms = world.own.structures[0]
    assert asked("vue=a-trancher") == {"Attendre ?", "Financer ?"}
    assert asked("nature=budget_change") == {"Financer ?"}
    assert asked("annee=2024") == {"Former ?"}
    assert asked(f"concerne={esms.pk}") == asked(f"concerne={esms.og_id}") == {"Attendre ?"}
    assert asked(f"concerne={world.own.structures[2].pk}") == set()
    assert asked("vue=en-instruction&annee=2024&nature=schedule") == {"Former ?"}
    for nothing in ("vue=rien", "nature=x", "annee=x", "concerne=x", f"concerne={world.foreign.ogs[0].pk}"):
        unknown = plain(lead.get(f"{REGISTER}?{nothing}"))
        assert "Ce filtre n’existe pas" in unknown


def test_an_empty_register_says_what_will_come(world: World, lead: Client, client_as: Callable) -> None:
    with elevated():
        drop_all(world)
    assert "Ouvrir le premier" in plain(lead.get(REGISTER))
    shown = plain(client_as(world.person(Role.ESMS_DIRECTOR)).get(REGISTER))
    assert "Aucun arbitrage ne vous concerne" in shown
    assert "Ouvrir" not in shown


def test_what_somebody_writes_is_shown_as_text(world: World, lead: Client) -> None:
    arbitration = draft(world, question="<b>Gras</b>", context="<script>alert(1)</script>")
    for where in (REGISTER, address(arbitration), address(arbitration, "dossier/")):
        page = lead.get(where).content.decode()
        assert "<b>Gras" not in page
        assert "<script>alert" not in page


# --- A fixed number of queries ---------------------------------------------------------------------------------------


def more_of_the_register(world: World, number: int) -> Arbitration:
    with elevated():
        arbitration = factories.ArbitrationFactory(
            project=world.project,
            number=number,
            status=ArbitrationStatus.TO_DECIDE,
            meeting=world.own.governance.meeting,
        )
    concern(arbitration, world)
    return arbitration


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.ESMS_DIRECTOR])
def test_the_register_asks_as_much_of_one_as_of_thirty(world: World, client_as: Callable, role: Role) -> None:
    client, counts, number = client_as(world.person(role)), [], 100
    for more in (1, 2, 27):
        for _ in range(more):
            number += 1
            more_of_the_register(world, number)
        with counted() as queries:
            assert client.get(REGISTER).status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize("page", ["", "dossier/", "decision/"])
def test_a_file_asks_as_much_of_one_part_as_of_thirty(world: World, lead: Client, page: str) -> None:
    with elevated():
        council = gather(world)
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            factories.ArbitrationDocumentFactory(arbitration=council.arbitration, project=world.project)
            factories.FollowUpFactory(
                meeting=council.meeting,
                project=world.project,
                arbitration=council.arbitration,
                number=uuid.uuid4().int % 2**30,
            )
            with elevated():
                esms = factories.ESMSFactory(og=world.own.ogs[0])
                ArbitrationStructure.objects.create(
                    project=world.project, arbitration=council.arbitration, og=esms.og, esms=esms
                )
                og = factories.OGFactory(project=world.project)
                ArbitrationVote.objects.create(
                    project=world.project,
                    arbitration=council.arbitration,
                    unit_id=og.pk,
                    og=og,
                    voter=factories.UserFactory(),
                    recorded_by=world.lead,
                    weight=1,
                    choice="against",
                )
        with counted() as queries:
            assert lead.get(address(council.arbitration, page)).status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 3


def test_a_file_is_read_for_a_report_in_a_fixed_number_of_queries(world: World, decided: Council) -> None:
    with counted() as queries:
        found = file_of(world.project, decided.arbitration.year, decided.arbitration.number)
        assert found is not None
        assert len(found.options.all()) == 2
        assert [str(vote.og) for vote in found.votes.all()]
    assert len(queries) == 8


# --- At the same moment ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_six_browsers_open_six_arbitrations_and_one_form_opens_one(world: World, client_as: Callable) -> None:
    first = client_as(world.lead)
    first.get("/")
    token = uuid.uuid4()

    def post(number: int) -> int:
        client = Client(raise_request_exception=False)
        client.cookies.update(first.cookies)
        posted = {
            "question": f"Question {number} ?",
            "kind": "schedule",
            "token": token if number % 2 else uuid.uuid4(),
        }
        return client.post(reverse("arbitration_open", args=[SLUG]), posted).status_code

    assert together(6, post) == [302] * 6
    with elevated():
        numbers = list(
            Arbitration.objects.filter(project=world.project, question__startswith="Question").values_list(
                "number", flat=True
            )
        )
    assert len(numbers) == 4
    assert len(set(numbers)) == 4
