"""The convention de coopération: written article by article, signed by each OG, in force once all have."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from common.errors import Conflict, DomainError
from common.scope import elevated
from governance.catalogue import catalogue
from governance.enums import AgreementStatus
from governance.models import Agreement, AgreementArticle, AgreementParty, Arbitration
from governance.presentation.agreements import moves_question
from governance.selectors.agreements import dossier
from governance.services.agreements import (
    abandon_version,
    add_party,
    back_to_draft,
    open_version,
    put_to_signature,
    record_signature,
    remove_party,
    start_agreement,
    take_back_signature,
    write_article,
)
from governance.wording import runs
from organisations.access import acting_as
from organisations.enums import ProjectKind, Role
from organisations.models import OG
from tests.factories import AgreementFactory, MembershipFactory, OGFactory, ProjectFactory, UserFactory
from tests.harness.htmx import HTMX, parse, swap, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

PAGE = f"/projets/{SLUG}/gouvernance/convention/"
PDF = b"%PDF-1.7 convention"


def plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ")


def said(answer: HttpResponse) -> str:
    return plain(text(parse(answer.content)))


@pytest.fixture
def bare(world: World) -> World:
    """The own project, three OG, no convention yet."""
    OGFactory(project=world.project, name="OG Delta", short_name="Delta")
    with elevated():
        Agreement.objects.filter(project=world.project).delete()
    return world


@pytest.fixture
def as_the_lead(bare: World):
    with acting_as(bare.lead.pk):
        yield


def ogs(world: World) -> list[OG]:
    return list(OG.objects.filter(project=world.project).order_by("name"))


def start(world: World, parties: list[OG] | None = None) -> Agreement:
    return start_agreement(project=world.project, ogs=parties or ogs(world), user=world.lead)


def fill(agreement: Agreement) -> Agreement:
    """Every article with a text."""
    for article in agreement.articles.order_by("position"):
        write_article(article=article, version=article.version, text=f"Texte de l’article {article.position}.")
    return agreement


def to_sign(world: World) -> Agreement:
    agreement = fill(start(world))
    return put_to_signature(agreement=agreement, version=agreement.version)


def sign(world: World, party: AgreementParty, **values: object) -> AgreementParty:
    given = {"signed_on": timezone.localdate(), "signatory": "Solène Aubertin-Roy", "capacity": "directrice générale"}
    return record_signature(party=party, version=party.version, user=world.lead, **{**given, **values})


def parties(agreement: Agreement) -> list[AgreementParty]:
    return list(agreement.parties.select_related("og", "agreement").order_by("og__name"))


def signed_by_all(world: World, agreement: Agreement) -> Agreement:
    for party in parties(agreement):
        sign(world, party)
    return fresh(agreement)


def fresh(row: Agreement | AgreementArticle | AgreementParty):
    with elevated():
        return type(row).objects.get(pk=row.pk)


def raw(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


# --- The draft -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_version_has_the_seventeen_articles_and_all_the_og(bare: World, as_the_lead: None) -> None:
    agreement = start(bare)
    articles = list(agreement.articles.order_by("position"))
    assert [article.code for article in articles] == [item.code for item in catalogue().articles]
    assert len(articles) == 17
    assert not any(article.text for article in articles)
    assert [party.og.name for party in parties(agreement)] == ["OG Amont", "OG Aval", "OG Delta"]
    assert (agreement.number, agreement.status) == (1, AgreementStatus.DRAFT)


@pytest.mark.django_db
def test_it_is_started_once(bare: World, as_the_lead: None) -> None:
    start(bare)
    with pytest.raises(DomainError, match="déjà commencée"):
        start(bare)
    with pytest.raises(IntegrityError, match="agreement_one_under_way"), transaction.atomic():
        AgreementFactory(project=bare.project, number=2)


@pytest.mark.django_db
def test_a_project_of_one_og_has_none_and_says_why(client_as: Callable) -> None:
    project, lead = ProjectFactory(kind=ProjectKind.SINGLE_OG), UserFactory()
    MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    og, client = OGFactory(project=project), client_as(lead)
    address = f"/projets/{project.slug}/gouvernance/convention/"
    page = said(client.get(address))
    assert "Ce projet n’a pas besoin de convention de coopération" in page
    assert "Ce projet n’en réunit qu’un." in page
    answer = client.post(f"{address}commencer/", {"ogs": [og.pk]})
    assert answer.status_code == 422
    assert "Un projet d’un seul OG n’a pas de convention" in said(answer)


@pytest.mark.django_db
def test_the_lead_starts_it_with_the_og_chosen(bare: World, lead: Client, client_as: Callable) -> None:
    page = parse(lead.get(PAGE).content)
    assert "La convention de coopération reste à écrire" in plain(text(page))
    boxes = page.xpath("//input[@name='ogs'][@checked]/@value")
    assert len(boxes) == 3
    assert "Commencer la convention" not in said(client_as(bare.person(Role.COSTRAT)).get(PAGE))
    for _ in range(2):  # posted twice, started once
        answer = lead.post(f"{PAGE}commencer/", {"ogs": boxes[:2]}, follow=True)
        assert "Aucun des 17 articles n’est encore écrit" in said(answer)
    assert lead.post(f"{PAGE}commencer/", {"ogs": []}).status_code == 422
    with elevated():
        assert AgreementParty.objects.filter(agreement__project=bare.project).count() == 2


@pytest.mark.django_db
def test_an_og_of_another_project_is_no_choice(bare: World, lead: Client) -> None:
    assert lead.post(f"{PAGE}commencer/", {"ogs": [bare.foreign.ogs[0].pk]}).status_code == 422


@pytest.mark.django_db
def test_each_article_saves_itself_and_the_page_counts(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        agreement = start(bare)
    answer = lead.get(PAGE)
    page, code = parse(answer.content), "object"
    assert "Ce que les parties veulent faire ensemble" in plain(text(page))  # the guide
    field = page.get_element_by_id(f"{code}-texte")
    sent = {"text": "Un même dossier pour tous.", "version": field.xpath(".//input[@name='version']/@value")[0]}
    saved = lead.post(f"{PAGE}1/articles/{code}/", sent, **HTMX)
    after = swap(page, saved.content, code)
    assert "1 article sur 17 est écrit" in plain(text(after))
    assert "Enregistré à" in plain(text(after.get_element_by_id(code)))
    fresh_page = parse(lead.get(PAGE).content)
    version = ".//input[@name='version']/@value"
    assert after.get_element_by_id(code).xpath(version) == fresh_page.get_element_by_id(code).xpath(version)
    with acting_as(bare.lead.pk):
        assert agreement.articles.get(code=code).text == "Un même dossier pour tous."


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{}, HTMX])
def test_two_people_write_one_article_and_nothing_is_lost(
    bare: World, lead: Client, client_as: Callable, options: dict
) -> None:
    other = UserFactory(first_name="Anaïs", last_name="Rioux")
    MembershipFactory(user=other, role=Role.PROJECT_LEAD, target=bare.project)
    with acting_as(bare.lead.pk):
        start(bare)
    address = f"{PAGE}1/articles/object/"
    client_as(other).post(address, {"text": "Le texte d’Anaïs.", "version": 1})
    answer = lead.post(address, {"text": "Mon texte.", "version": 1}, **options)
    assert answer.status_code == 409
    for words in ("Anaïs Rioux a changé ce texte", "Le texte d’Anaïs.", "Mon texte."):
        assert words in said(answer)
    form = parse(answer.content).xpath("//form[contains(@class, 'conflict')]")[0]
    again = {"text": "Nos deux textes.", "version": form.xpath(".//input[@name='version']/@value")[0]}
    assert lead.post(form.get("action"), again, **options).status_code in {200, 302}
    assert "Nos deux textes." in said(lead.get(PAGE))


@pytest.mark.django_db
def test_an_article_too_long_is_refused_and_kept(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        start(bare)
    answer = lead.post(f"{PAGE}1/articles/object/", {"text": "x" * 8001, "version": 1})
    assert answer.status_code == 422
    assert "x" * 8001 in answer.content.decode()
    assert lead.post(f"{PAGE}1/articles/object/", {"text": "x"}).status_code == 400


@pytest.mark.django_db
def test_what_somebody_writes_is_shown_as_text(bare: World, lead: Client, client_as: Callable) -> None:
    with acting_as(bare.lead.pk):
        article = start(bare).articles.get(code="object")
        write_article(article=article, version=1, text="<script>alert(1)</script>")
    for client in (lead, client_as(bare.person(Role.OBSERVER))):
        assert "<script>alert" not in client.get(PAGE).content.decode()


@pytest.mark.django_db
def test_parties_come_and_go_while_it_is_a_draft(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        agreement = start(bare)
        gone = parties(agreement)[2]
    page = said(lead.post(f"{PAGE}1/parties/{gone.pk}/retirer/", follow=True))
    assert "OG Delta n’est plus partie à cette version" in page
    for _ in range(2):  # twice is once
        page = said(lead.post(f"{PAGE}1/parties/", {"og": gone.og_id}, follow=True))
        assert "OG Delta entre dans cette version" in page
    assert lead.post(f"{PAGE}1/parties/", {"og": bare.foreign.ogs[0].pk}).status_code == 422
    with acting_as(bare.lead.pk):
        assert len(parties(agreement)) == 3


@pytest.mark.django_db
def test_who_only_reads_is_shown_no_form(bare: World, client_as: Callable) -> None:
    with acting_as(bare.lead.pk):
        start(bare)
    page = parse(client_as(bare.person(Role.COSTRAT)).get(PAGE).content)
    assert "Le chef de projet les rédige" in plain(text(page))
    assert not page.xpath("//main//textarea | //main//form")


@pytest.mark.django_db
def test_a_draft_is_read_and_printed_without_its_fields(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        fill(start(bare))
    page = parse(lead.get(f"{PAGE}1/?lecture=1").content)
    assert not page.xpath("//main//textarea")
    assert page.xpath("//main//button[@data-prints]")
    assert "Texte de l’article 17." in plain(text(page))


# --- To the signature ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_it_is_not_to_be_signed_while_an_article_is_empty(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        agreement = fill(start(bare))
        for code in ("object", "term"):
            article = agreement.articles.get(code=code)
            write_article(article=article, version=article.version, text=" ")
    answer = lead.post(f"{PAGE}1/signature/", {"version": 1})
    assert answer.status_code == 422
    assert "Il reste à écrire les articles 1 et 17." in said(answer)
    assert fresh(agreement).status == AgreementStatus.DRAFT


@pytest.mark.django_db
def test_it_binds_two_og_at_least(bare: World, as_the_lead: None) -> None:
    agreement = fill(start(bare, ogs(bare)[:1]))
    with pytest.raises(DomainError, match="au moins deux OG"):
        put_to_signature(agreement=agreement, version=agreement.version)


@pytest.mark.django_db
def test_a_text_to_be_signed_does_not_change(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        agreement = fill(start(bare))
    page = said(lead.post(f"{PAGE}1/signature/", {"version": 1}, follow=True))
    assert "La version 1 attend la signature de ses trois OG" in page
    article = agreement.articles.model.objects
    with acting_as(bare.lead.pk):
        row = article.get(agreement=agreement, code="object")
        by_form = lead.post(f"{PAGE}1/articles/object/", {"text": "Autre.", "version": row.version})
        assert by_form.status_code == 422
        assert "Cette version n’est plus en rédaction" in said(by_form)
        for change in (
            lambda: article.filter(pk=row.pk).update(text="Autre."),
            lambda: article.filter(agreement=agreement).delete(),
            lambda: raw("update governance_agreementarticle set text = 'Autre.' where id = %s", row.pk),
            lambda: article.create(project=bare.project, agreement=agreement, position=18, code="x", title="X"),
        ):
            with pytest.raises(IntegrityError, match="article_kept"), transaction.atomic():
                change()
    assert fresh(row).text == "Texte de l’article 1."


@pytest.mark.django_db
def test_the_parties_of_a_text_to_be_signed_do_not_change(bare: World, as_the_lead: None) -> None:
    agreement = fill(start(bare, ogs(bare)[:2]))
    put_to_signature(agreement=agreement, version=agreement.version)
    first = parties(agreement)[0]
    with pytest.raises(DomainError, match="n’est plus en rédaction"):
        add_party(agreement=agreement, og=ogs(bare)[2])
    with pytest.raises(DomainError, match="n’est plus en rédaction"):
        remove_party(party=first)
    third = ogs(bare)[2].pk
    for change in (
        lambda: AgreementParty.objects.filter(pk=first.pk).delete(),
        lambda: AgreementParty.objects.filter(pk=first.pk).update(og=third),
        lambda: raw("update governance_agreementparty set og_id = %s where id = %s", third, first.pk),
        lambda: AgreementParty.objects.create(project=bare.project, agreement=agreement, og_id=third),
    ):
        with pytest.raises(IntegrityError, match="party_set"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_it_goes_back_to_its_writing_while_nobody_has_signed(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        agreement = to_sign(bare)
    page = said(lead.post(f"{PAGE}1/redaction/", {"version": agreement.version}, follow=True))
    assert "La version est de nouveau en rédaction." in page
    with acting_as(bare.lead.pk):
        again = put_to_signature(agreement=fresh(agreement), version=fresh(agreement).version)
        party = sign(bare, parties(again)[0])
        with pytest.raises(DomainError, match="Un OG a déjà signé"):
            back_to_draft(agreement=again, version=again.version)
        with pytest.raises(IntegrityError, match="agreement_signed_stays"), transaction.atomic():
            raw("update governance_agreement set status = 'draft' where id = %s", again.pk)
        assert "Revenir à la rédaction" not in said(lead.get(PAGE))
        take_back_signature(party=party, version=party.version)
        assert back_to_draft(agreement=again, version=again.version).status == AgreementStatus.DRAFT


@pytest.mark.django_db
def test_two_people_decide_of_a_version_at_once(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        fill(start(bare))
    lead.post(f"{PAGE}1/signature/", {"version": 1})
    answer = lead.post(f"{PAGE}1/redaction/", {"version": 1})
    assert answer.status_code == 409
    assert "Quelqu’un vient de changer l’état de cette version" in said(answer)


# --- Signed ----------------------------------------------------------------------------------------------------------


def signature(party: AgreementParty, **values: object) -> dict[str, object]:
    return {
        "signatory": "Solène Aubertin-Roy",
        "capacity": "directrice générale",
        "signed_on": timezone.localdate().isoformat(),
        "version": party.version,
        **values,
    }


@pytest.mark.django_db
def test_each_og_signs_and_the_last_signature_puts_it_in_force(bare: World, lead: Client, client_as: Callable) -> None:
    with acting_as(bare.lead.pk):
        agreement = to_sign(bare)
        first, second, third = parties(agreement)
    today = timezone.localdate()
    document = SimpleUploadedFile("convention signée.pdf", PDF, content_type="application/pdf")
    address = f"{PAGE}1/parties/{first.pk}/signature/"
    assert "OG Amont : enregistrer sa signature" in said(lead.get(address))
    page = said(lead.post(address, {**signature(first), "file": document}, follow=True))
    assert "Un OG sur trois a signé la version 1" in page
    assert "Solène Aubertin-Roy, directrice générale" in page
    lead.post(f"{PAGE}1/parties/{second.pk}/signature/", signature(second, signed_on=today - timedelta(days=3)))
    assert fresh(agreement).status == AgreementStatus.SIGNING
    for _ in range(2):  # posted twice, recorded once
        page = lead.post(f"{PAGE}1/parties/{third.pk}/signature/", signature(third), follow=True)
    assert "La convention est en vigueur depuis le" in said(page)
    row = fresh(agreement)
    assert (row.status, row.in_force_on) == (AgreementStatus.IN_FORCE, today)
    reader = client_as(bare.person(Role.COSTRAT))
    kept = reader.get(f"{PAGE}1/parties/{first.pk}/document/")
    assert kept["Content-Disposition"].startswith("attachment;")
    assert b"".join(kept.streaming_content) == PDF
    assert reader.get(f"{PAGE}1/parties/{second.pk}/document/").status_code == 404
    assert client_as(bare.person(Role.VENDOR)).get(f"{PAGE}1/parties/{first.pk}/document/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"signatory": " "}, "Écrivez le nom de la personne qui a signé"),
        ({"capacity": ""}, "Dites en quelle qualité cette personne a signé"),
        ({"signed_on": "2999-01-01"}, "Cette date est à venir"),
        ({"signed_on": "1999-01-01"}, "avant le début du projet"),
        ({"file": SimpleUploadedFile("page.html", b"<script>")}, "n’est pas d’un type accepté"),
        ({"file": SimpleUploadedFile("faux.pdf", b"<script>")}, "n’est pas un vrai fichier PDF"),
        ({"file": SimpleUploadedFile("vide.pdf", b"")}, "vide"),
    ],
)
def test_a_signature_that_is_refused_keeps_what_was_typed(bare: World, lead: Client, wrong: dict, why: str) -> None:
    with acting_as(bare.lead.pk):
        party = parties(to_sign(bare))[0]
    answer = lead.post(f"{PAGE}1/parties/{party.pk}/signature/", {**signature(party), **wrong})
    assert answer.status_code == 422
    assert why in said(answer)
    assert fresh(party).signed_on is None


@pytest.mark.django_db
def test_two_people_record_a_signature_at_once(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        party = parties(to_sign(bare))[0]
        sign(bare, party, signatory="Quelqu’un d’autre")
    answer = lead.post(f"{PAGE}1/parties/{party.pk}/signature/", signature(party))
    assert answer.status_code == 409
    assert "Quelqu’un vient d’enregistrer une signature" in said(answer)
    assert fresh(party).signatory == "Quelqu’un d’autre"


@pytest.mark.django_db
def test_a_signature_recorded_by_mistake_is_taken_back_until_the_last(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        agreement = to_sign(bare)
        first, *others = parties(agreement)
        sign(bare, first)
    version = fresh(first).version
    page = said(lead.post(f"{PAGE}1/parties/{first.pk}/signature/retirer/", {"version": version}, follow=True))
    assert "elle est de nouveau attendue" in page
    assert fresh(first).signed_on is None
    with acting_as(bare.lead.pk):
        with pytest.raises(Conflict):
            take_back_signature(party=first, version=1)
        signed_by_all(bare, agreement)
        last = parties(agreement)[-1]
        with pytest.raises(DomainError, match="ses signatures ne se retirent plus"):
            take_back_signature(party=last, version=last.version)
        with pytest.raises(IntegrityError, match="party_kept"), transaction.atomic():
            raw("update governance_agreementparty set signed_on = null where id = %s", others[0].pk)


@pytest.mark.django_db
def test_nothing_is_signed_before_it_is_to_be(bare: World, as_the_lead: None) -> None:
    party = parties(start(bare))[0]
    with pytest.raises(DomainError, match="une fois la version mise à la signature"):
        sign(bare, party)


@pytest.mark.django_db
def test_no_version_is_in_force_before_all_have_signed(bare: World, as_the_lead: None) -> None:
    agreement = to_sign(bare)
    sign(bare, parties(agreement)[0])
    force = {"status": AgreementStatus.IN_FORCE, "in_force_on": timezone.localdate()}
    for change in (
        lambda: Agreement.objects.filter(pk=agreement.pk).update(**force),
        lambda: raw(
            "update governance_agreement set status = 'in_force', in_force_on = now() where id = %s", agreement.pk
        ),
    ):
        with pytest.raises(IntegrityError, match="agreement_signed_by_all"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_a_version_in_force_does_not_change(bare: World, as_the_lead: None) -> None:
    agreement = signed_by_all(bare, to_sign(bare))
    for change in (
        lambda: Agreement.objects.filter(pk=agreement.pk).update(status=AgreementStatus.DRAFT),
        lambda: Agreement.objects.filter(pk=agreement.pk).update(in_force_on=date(2020, 1, 1)),
        lambda: raw("update governance_agreement set reason = 'x' where id = %s", agreement.pk),
        lambda: raw("delete from governance_agreement where id = %s", agreement.pk),
    ):
        with pytest.raises(IntegrityError, match="agreement_kept"), transaction.atomic():
            change()


# --- The next version ------------------------------------------------------------------------------------------------


def next_version(world: World, before: Agreement, parties: list[OG], reason: str = "Delta part.") -> Agreement:
    return open_version(agreement=before, reason=reason, ogs=parties, user=world.lead)


def test_the_question_of_an_arbitration_names_who_enters_and_who_leaves() -> None:
    delta, est, ouest = OG(name="Delta"), OG(name="Est"), OG(name="Ouest")
    assert plain(moves_question([est, ouest], [])) == (
        "Les OG « Est » et « Ouest » peuvent-ils entrer dans la convention de coopération, et à quelles conditions ?"
    )
    assert plain(moves_question([est], [delta])) == (
        "L’OG « Est » peut-il entrer dans la convention de coopération et l’OG « Delta » peut-il en sortir, "
        "et à quelles conditions ?"
    )


@pytest.mark.django_db
def test_an_exit_opens_a_version_that_says_what_changes(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        before = signed_by_all(bare, to_sign(bare))
        stay = ogs(bare)[:2]
    form = parse(lead.get(f"{PAGE}nouvelle/").content)
    assert len(form.xpath("//input[@name='ogs'][@checked]")) == 3
    values = {"reason": "Delta quitte le projet.", "ogs": [og.pk for og in stay]}
    answer = lead.post(f"{PAGE}nouvelle/", values, follow=True)
    page = said(answer)
    assert "Aucun article ne change encore dans la version 2" in page
    assert "Delta quitte le projet." in page
    assert "Sort : OG Delta." in page
    assert "à la majorité qualifiée" in page
    links = parse(answer.content).xpath("//main//a/@href")
    [opens] = [link for link in links if "/arbitrages/nouveau/" in link]
    with elevated():
        opened = Arbitration.objects.count()
    form = parse(lead.get(opens).content)
    assert form.xpath("//select[@name='kind']/option[@selected]/@value") == ["og_exit"]
    assert plain(form.xpath("//textarea[@name='question']")[0].text_content().strip()) == (
        "L’OG « OG Delta » peut-il sortir de la convention de coopération, et à quelles conditions ?"
    )
    with elevated():
        assert Arbitration.objects.count() == opened  # opening the form writes nothing
    assert any("poids" in link for link in links)
    assert "La version 1 reste en vigueur jusqu’à la dernière signature." in page
    saved = lead.post(f"{PAGE}2/articles/funding/", {"text": "Texte de l’article huit.", "version": 1}, **HTMX)
    assert "Un article change dans la version 2" in said(saved)
    changes = parse(saved.content)
    assert changes.xpath("//del/text()") == ["8."]
    assert changes.xpath("//ins/text()") == ["huit."]
    with acting_as(bare.lead.pk):
        after = Agreement.objects.get(project=bare.project, number=2)
        put_to_signature(agreement=after, version=after.version)
        signed_by_all(bare, after)
    assert fresh(after).status == AgreementStatus.IN_FORCE
    assert (fresh(before).status, fresh(before).replaced_on) == (AgreementStatus.REPLACED, timezone.localdate())
    page = said(lead.get(PAGE))
    assert "signée par deux OG : Amont et Aval" in page
    assert re.search(r"Version 1, En vigueur du .* au", page)
    assert "La version 1 a été remplacée le" in said(lead.get(f"{PAGE}1/"))


@pytest.mark.django_db
def test_a_newcomer_enters(bare: World, as_the_lead: None) -> None:
    agreement = fill(start(bare, ogs(bare)[:2]))
    put_to_signature(agreement=agreement, version=agreement.version)
    opened = next_version(bare, signed_by_all(bare, agreement), ogs(bare))
    found = dossier(opened)
    assert ([og.name for og in found.joined], list(found.left), found.changed) == (["OG Delta"], [], 0)
    assert found.written == 17


@pytest.mark.django_db
def test_a_version_says_why_it_is_opened(bare: World, as_the_lead: None) -> None:
    before = signed_by_all(bare, to_sign(bare))
    for values, field in (({"reason": " "}, "reason"), ({"parties": []}, "ogs")):
        with pytest.raises(DomainError) as refused:
            next_version(bare, before, **{"parties": ogs(bare), **values})
        assert refused.value.field == field
    opened = next_version(bare, before, ogs(bare))
    with pytest.raises(DomainError, match="déjà en cours"):
        next_version(bare, before, ogs(bare))
    with pytest.raises(DomainError, match="en vigueur"):
        next_version(bare, opened, ogs(bare))


@pytest.mark.django_db
def test_a_version_opened_for_nothing_is_abandoned(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        first = start(bare)
        with pytest.raises(DomainError, match="ne s’abandonne pas"):
            abandon_version(agreement=first)
        put_to_signature(agreement=fill(first), version=1)
        opened = next_version(bare, signed_by_all(bare, first), ogs(bare))
    page = said(lead.post(f"{PAGE}2/abandonner/", follow=True))
    assert "La version 2 est abandonnée." in page
    assert "La convention est en vigueur" in page
    with elevated():
        assert not Agreement.objects.filter(pk=opened.pk).exists()
    with acting_as(bare.lead.pk):
        abandon_version(agreement=opened)  # twice is once


@pytest.mark.django_db
def test_who_reads_no_decision_reads_no_convention(bare: World, client_as: Callable) -> None:
    with acting_as(bare.lead.pk):
        agreement = start(bare)
    for role in (Role.VENDOR, Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT):
        client = client_as(bare.person(role))
        assert client.get(PAGE).status_code == 403
        with acting_as(bare.person(role).pk):
            assert not Agreement.objects.filter(pk=agreement.pk).exists()
            assert not AgreementArticle.objects.filter(agreement=agreement.pk).exists()
            assert not AgreementParty.objects.filter(agreement=agreement.pk).exists()


# --- Wording ---------------------------------------------------------------------------------------------------------

ON_ANYTHING = settings(deadline=None)
TEXTS = st.text(st.sampled_from("abc .\n"), max_size=60)


@ON_ANYTHING
@given(TEXTS, TEXTS)
def test_both_texts_are_in_what_changes(before: str, after: str) -> None:
    found = runs(before, after)
    assert "".join(run.text for run in found if run.kind != "added") == before
    assert "".join(run.text for run in found if run.kind != "removed") == after


def test_words_are_compared() -> None:
    found = runs("Le budget est voté.", "Le budget initial est réparti.")
    assert [(run.kind, run.text) for run in found] == [
        ("same", "Le budget "),
        ("added", "initial "),
        ("same", "est "),
        ("removed", "voté."),
        ("added", "réparti."),
    ]


# --- Queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_page_asks_as_much_for_thirty_og_as_for_three(bare: World, lead: Client) -> None:
    with acting_as(bare.lead.pk):
        agreement = signed_by_all(bare, to_sign(bare))
        next_version(bare, agreement, ogs(bare))
    found = []
    for rows in (1, 2, 27):
        for _ in range(rows):
            og = OGFactory(project=bare.project)
            with acting_as(bare.lead.pk):
                add_party(agreement=Agreement.objects.get(project=bare.project, status=AgreementStatus.DRAFT), og=og)
        counts = []
        for address in (PAGE, f"{PAGE}?lecture=1", f"{PAGE}1/"):
            with counted() as asked:
                assert lead.get(address).status_code == 200
            counts.append(len(asked))
        found.append(counts)
    assert found[0] == found[1] == found[2], found
    assert max(found[0]) <= 15, found[0]
