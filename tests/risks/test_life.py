"""The life of an analysis: put together, submitted, validated, transmitted, sent back; who reads what when."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from common.errors import DomainError
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from risks.enums import AssessmentStatus, Capacity, Category
from risks.models import AgreedMark, Assessment, Mark, Risk, RiskCampaign
from risks.places import Place
from risks.presentation.tabs import tabs
from risks.rights import Rights
from risks.services import life
from tests.harness.world import World
from tests.risks.test_convergence import text, title
from tests.risks.together import EVERYTHING, Analysis, begun, respond

pytestmark = pytest.mark.django_db
CONVERGING, SUBMITTED = AssessmentStatus.CONVERGING, AssessmentStatus.SUBMITTED
VALIDATED, TRANSMITTED = AssessmentStatus.VALIDATED, AssessmentStatus.TRANSMITTED
HOME = "risk_questionnaire"


@pytest.fixture
def analysis(world: World, client_as: Callable[[User], Client]) -> Analysis:
    return begun(world, client_as)


def home(analysis: Analysis, who: str) -> str:
    return text(analysis.get(who, HOME))


def primary(analysis: Analysis, who: str) -> str:
    """The one thing to do now."""
    head = analysis.get(who, HOME).content.decode().split("</header>")[1]
    found = re.findall(r'class="button primary"[^>]*>.*?</svg>([^<]+)<', head)
    assert len(found) < 2
    return found[0] if found else ""


# --- The home ------------------------------------------------------------------------------------------------------


def test_nothing_asked_says_what_will_be_there(world: World, analysis: Analysis) -> None:
    with elevated():
        analysis.assessment.delete()
    page = analysis.get("director", HOME)
    assert title(page) == "Aucune analyse de risques n’est demandée à la structure"
    assert "Quand le chef de projet ouvrira une campagne" in text(page)
    assert "Ouvrir une campagne" in home(analysis, "lead")
    assert "Ouvrir une campagne" not in home(analysis, "og_director")


def test_it_opens_with_who_answered_and_what_to_do_now(analysis: Analysis) -> None:
    page = analysis.get("director", HOME)
    assert title(page).endswith(": personne n’y répond encore")
    assert primary(analysis, "director") == "Répondre"
    with elevated():
        respond(analysis, analysis.director, Capacity.DIRECTION, EVERYTHING)
        respond(analysis, analysis.referent, Capacity.REFERENT, {"1.1": 5, "1.2": 4}, finished=False)
    page = analysis.get("director", HOME)
    assert title(page).startswith("L’analyse de risques est à rendre pour le ")
    assert title(page).endswith(" : une personne sur deux a répondu")
    assert "Jo Marchand Référent local 2 réponses sur 100" in text(page)
    assert "Avant le COSTRAT" in text(page)  # the lead's message
    assert primary(analysis, "referent") == "Continuer de répondre (2 sur 100)"
    assert "Mettre en commun sans attendre" in text(page)


def test_the_lead_who_was_asked_to_answer_sees_their_own_part_and_nobody_else_s(analysis: Analysis) -> None:
    with elevated():
        respond(analysis, analysis.director, Capacity.DIRECTION, EVERYTHING)
        respond(analysis, analysis.lead, Capacity.LEAD, {"1.1": 5}, finished=False)
    assert primary(analysis, "lead") == "Continuer de répondre (1 sur 100)"
    assert "Vidal" not in home(analysis, "lead")
    assert "Mettre en commun" not in re.sub(r"Qui fait quoi.*", "", home(analysis, "lead"))
    analysis.act("director", "risk_convergence_open")
    assert "5 sur 10" in text(analysis.get("director", "risk_convergence"))


def test_lateness_is_said(analysis: Analysis) -> None:
    with elevated():
        due = timezone.localdate() - timedelta(days=3)
        RiskCampaign.objects.filter(pk=analysis.campaign.pk).update(due_on=due)
    page = analysis.get("director", HOME)
    assert "devait être rendue le" in title(page)
    assert "En retard de trois jours" in text(page)


def test_who_is_above_reads_the_state_and_no_figure(analysis: Analysis) -> None:
    analysis.answered({"1.1": 3}, {"1.1": 3})
    for who in ("lead", "og_director"):
        page = analysis.get(who, HOME)
        assert title(page).endswith(" : la structure y répond")
        assert "Vous lirez les notes une fois l’analyse transmise." in text(page)
        assert "Marchand" not in text(page)
    analysis.act("director", "risk_convergence_open")
    assert title(analysis.get("lead", HOME)) == "La structure met ses réponses en commun"
    assert analysis.get("rival", HOME).status_code == 404


def test_tabs_are_those_that_the_reader_may_open(analysis: Analysis) -> None:
    found = re.findall(r'<nav class="tabs".*?</nav>', analysis.get("director", HOME).content.decode(), re.DOTALL)
    assert [" ".join(re.sub(r"<[^>]+>", " ", tab).split()) for tab in found] == [
        "Questionnaire Lecture des risques Registre Plan d’action"
    ]
    own = Place(analysis.place.project)
    nobody = Rights(inside=False, fills=False, validates=False, leads=False, register=False)
    labels = {
        rights: [link.label for link in tabs(own, rights, "risks")]
        for rights in (nobody, replace(nobody, register=True), replace(nobody, register=True, leads=True))
    }
    read = ["Vue d’ensemble", "Registre", "Plan d’action"]
    assert list(labels.values()) == [
        [],
        read,
        [*read, "Questionnaire du projet", "Lecture du projet", "Campagnes"],
    ]


def test_a_campaign_closed_too_early_leaves_the_notes_where_they_are(analysis: Analysis) -> None:
    analysis.converging()
    with elevated():
        Assessment.objects.filter(pk=analysis.assessment.pk).update(closed_at=timezone.now())
    page = analysis.get("director", HOME)
    assert title(page) == "La campagne est close : l’analyse n’a pas été transmise"
    assert primary(analysis, "director") == ""
    read = analysis.get("director", "risk_convergence")
    assert "Note retenue 3 sur 10" in text(read)
    assert "Retenir" not in text(read)


# --- The whole life ------------------------------------------------------------------------------------------------


def test_from_two_sheets_to_a_transmitted_analysis(analysis: Analysis) -> None:
    analysis.converging(EVERYTHING, {**EVERYTHING, "2.1": 9})
    assert title(analysis.get("referent", HOME)) == "1 question à accorder sur 100"
    refused = analysis.act("referent", "risk_submit")
    assert refused.status_code == 422
    assert "Une question reste à accorder : 2.1 «" in text(refused)
    analysis.agree("referent", "2.1", 8)
    assert primary(analysis, "referent") == "Soumettre à la direction"
    assert primary(analysis, "director") == "Valider l’analyse"
    assert analysis.act("referent", "risk_submit").status_code == 302
    assert title(analysis.get("referent", HOME)) == "L’analyse de risques attend la validation de la direction"
    assert analysis.act("referent", "risk_validate").status_code == 403
    assert analysis.act("director", "risk_validate").status_code == 302
    assert primary(analysis, "director") == "Transmettre au chef de projet"
    assert analysis.act("director", "risk_transmit").status_code == 302
    for who in ("director", "lead", "og_director"):
        page = analysis.get(who, HOME)
        assert title(page).startswith("L’analyse de risques a été transmise le ")
        assert title(page).endswith(" : 305 points sur 1 000, risque nul ou faible")
        assert "Plus le score est haut, plus le risque est fort." in text(page)
    row = analysis.assessment
    assert (row.submitted_by, row.validated_by, row.transmitted_by) == (
        analysis.referent,
        analysis.director,
        analysis.director,
    )


def test_the_refusal_names_three_questions_and_counts_the_others(analysis: Analysis) -> None:
    analysis.converging({"1.1": 3}, {"1.1": 3})
    refused = analysis.act("director", "risk_validate")
    assert refused.status_code == 422
    said = text(refused)
    assert "99 questions restent à accorder : 1.2 «" in said
    assert "1.4 «" in said
    assert "et 96 autres." in said
    assert analysis.status == CONVERGING


def test_the_direction_may_validate_straight_from_the_meeting(analysis: Analysis) -> None:
    analysis.converging()
    assert analysis.act("director", "risk_validate").status_code == 302
    assert analysis.assessment.submitted_by == analysis.director


def test_each_step_reopens_while_nothing_followed(analysis: Analysis) -> None:
    analysis.converging()
    analysis.act("referent", "risk_submit")
    assert analysis.act("referent", "risk_reopen").status_code == 302
    assert analysis.status == CONVERGING
    analysis.act("director", "risk_validate")
    refused = analysis.act("referent", "risk_reopen")
    assert refused.status_code == 422
    assert "elle seule peut la rouvrir" in text(refused)
    assert analysis.act("director", "risk_reopen").status_code == 302
    assert analysis.status == CONVERGING
    assert analysis.agreed() == EVERYTHING  # nothing is agreed on again


@pytest.mark.parametrize("act", ["risk_submit", "risk_validate", "risk_transmit", "risk_reopen"])
def test_what_comes_out_of_its_turn_is_refused_in_words(analysis: Analysis, act: str) -> None:
    analysis.answered()
    refused = analysis.act("director", act)
    assert refused.status_code == 422
    assert "Rien n’est enregistré : chacun répond encore de son côté." in text(refused)


def test_who_read_an_older_state_overwrites_nothing(analysis: Analysis) -> None:
    analysis.converging()
    version = analysis.assessment.version
    analysis.post("referent", "risk_submit", version=version)
    late = analysis.post("director", "risk_submit", version=version)
    assert late.status_code == 409
    assert "L’analyse vient de changer" in text(late)
    assert title(late) == "L’analyse de risques attend votre validation"
    assert analysis.post("director", "risk_validate").status_code == 400


def test_transmitting_takes_the_open_risks_of_the_register_along(analysis: Analysis) -> None:
    analysis.converging()
    with elevated():
        risk = Risk.objects.create(
            **analysis.place.columns,
            number=1,
            title="Débit insuffisant",
            category=Category.TECHNICAL,
            probability=2,
            impact=2,
            opened_by=analysis.director,
        )
    analysis.act("director", "risk_validate")
    assert "Un risque ouvert du registre part avec elle." in home(analysis, "director")
    analysis.act("director", "risk_transmit")
    with elevated():
        risk.refresh_from_db()
    assert risk.transmitted_by == analysis.director


# --- Sent back -----------------------------------------------------------------------------------------------------


def test_the_lead_sends_it_back_with_a_word_that_the_structure_reads(analysis: Analysis) -> None:
    analysis.transmitted()
    assert "Renvoyer à la structure" in home(analysis, "lead")
    assert "Renvoyer à la structure" not in home(analysis, "director")
    empty = analysis.act("lead", "risk_send_back", note="  ")
    assert empty.status_code == 422
    assert "Dites ce qui est à reprendre." in text(empty)
    assert analysis.act("og_director", "risk_send_back", note="Non").status_code == 403
    assert analysis.act("lead", "risk_send_back", note="Revoyez la section 3.").status_code == 302
    assert analysis.status == CONVERGING
    said = home(analysis, "director")
    assert f"Renvoyée par {analysis.lead.get_full_name()}" in said
    assert "Revoyez la section 3." in said
    assert title(analysis.get("director", HOME)) == "L’analyse de risques est à reprendre, puis à valider"
    assert primary(analysis, "director") == "Revoir les notes"
    kept = analysis.kept("3.1")
    analysis.agree("director", "3.1", 9, version=kept.version, kept=str(kept.pk))
    for act in ("risk_validate", "risk_transmit"):
        analysis.act("director", act)
    assert analysis.status == TRANSMITTED
    assert "Revoyez la section 3." not in home(analysis, "director")
    assert analysis.assessment.sent_back_note == ""


def test_a_note_that_meets_a_conflict_is_not_lost(analysis: Analysis) -> None:
    analysis.transmitted()
    answer = analysis.post("lead", "risk_send_back", version=1, note="Un mot que je garde")
    assert answer.status_code == 409
    assert "Un mot que je garde" in text(answer)


def test_it_is_not_sent_back_once_a_newer_one_is_begun(world: World, analysis: Analysis) -> None:
    analysis.transmitted()
    with elevated():
        newer = RiskCampaign.objects.create(
            project=world.project,
            number=3,
            kind="start",
            phase="pilot",
            opened_by=world.lead,
            due_on=timezone.localdate(),
        )
        Assessment.objects.create(**analysis.place.columns, campaign=newer, based_on=analysis.assessment)
        old = analysis.assessment
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="plus récente"):
        life.send_back(assessment=old, version=old.version, note="Trop tard", by=world.lead)
    assert "Début du projet (n° 3)" in home(analysis, "director")
    assert "Fin de la phase Cadrage (n° 2)" in home(analysis, "director")
    assert "300 points sur 1 000" in home(analysis, "director")  # the earlier total


@pytest.mark.parametrize("act", ["risk_convergence_open", "risk_submit", "risk_validate", "risk_transmit"])
def test_a_closed_campaign_refuses_in_words(analysis: Analysis, act: str) -> None:
    analysis.converging()
    with elevated():
        now = timezone.now()
        RiskCampaign.objects.filter(pk=analysis.campaign.pk).update(closed_at=now, closed_by=analysis.lead)
        Assessment.objects.filter(pk=analysis.assessment.pk).update(closed_at=now)
    refused = analysis.act("director", act)
    assert refused.status_code in {302, 422}
    said = text(refused) if refused.status_code == 422 else home(analysis, "director")
    assert "La campagne est close" in said or "la campagne est close" in said
    assert analysis.status == CONVERGING


# --- The project's own ---------------------------------------------------------------------------------------------


def test_the_lead_takes_the_project_s_own_to_its_end(world: World, analysis: Analysis) -> None:
    own = Analysis(Place(world.project), world.own.risks.second, analysis.lead, analysis.referent, analysis.lead)
    own.clients = analysis.clients
    with elevated():
        respond(own, world.lead, Capacity.LEAD, EVERYTHING)
    assert own.get("director", HOME).status_code == 403
    for act in ("risk_convergence_open", "risk_validate"):
        assert own.act("lead", act).status_code == 302
    assert primary(own, "lead") == "Figer l’analyse"
    assert own.act("lead", "risk_transmit").status_code == 302
    page = own.get("lead", HOME)
    assert title(page) == "L’analyse de risques du projet est figée : 300 points sur 1 000, risque nul ou faible"
    assert own.act("lead", "risk_send_back", note="On a oublié l’éditeur").status_code == 302
    assert own.status == CONVERGING


# --- Held by the database ------------------------------------------------------------------------------------------


def shown_to(who: User, analysis: Analysis) -> tuple[bool, bool]:
    """Whether raw SQL shows marks of respondents, and agreed ones."""
    found = []
    with acting_as(who.pk), connection.cursor() as cursor:
        for table in ("mark", "agreedmark"):
            for kept in (table, f"{table}event"):
                cursor.execute(
                    f"select count(*) from risks_{kept} where assessment_id = %s",
                    [analysis.assessment.pk],
                )
                found.append(cursor.fetchone()[0])
    return bool(found[0] + found[1]), bool(found[2] + found[3])


def test_raw_sql_shows_notes_above_only_while_they_are_transmitted(world: World, analysis: Analysis) -> None:
    above = [world.lead, world.person(Role.OG_DIRECTOR)]
    strangers = [
        world.rival_director,
        world.sibling_referent,
        *(world.person(role) for role in (Role.COSTRAT, Role.COMOP, Role.DPO, Role.OBSERVER)),
    ]

    def shown(people: list[User]) -> set[tuple[bool, bool]]:
        return {shown_to(who, analysis) for who in people}

    analysis.answered()
    assert shown([analysis.director]) == {(True, False)}  # one's own
    analysis.act("director", "risk_convergence_open")
    for act in ("risk_submit", "risk_validate"):
        assert shown(above) == {(False, False)}
        analysis.act("director", act)
    assert shown(above) == {(False, False)}
    analysis.act("director", "risk_transmit")
    assert shown(above) == {(False, True)}
    assert shown(strangers) == {(False, False)}
    analysis.act("lead", "risk_send_back", note="À revoir")
    assert shown(above) == {(False, False)}
    assert shown([analysis.director, analysis.referent]) == {(True, True)}


@pytest.mark.parametrize("status", [SUBMITTED, VALIDATED, TRANSMITTED])
def test_settled_notes_meet_the_same_refusal_in_bulk_and_raw_sql(analysis: Analysis, status: AssessmentStatus) -> None:
    analysis.converging()
    steps = {SUBMITTED: "risk_submit", VALIDATED: "risk_validate", TRANSMITTED: "risk_transmit"}
    for act in list(steps.values())[: 1 + list(steps).index(status)]:
        assert analysis.act("director", act).status_code == 302
    row = analysis.assessment
    attempts: list[Callable[[], object]] = [
        lambda: AgreedMark.objects.filter(assessment=row).update(value=1),
        lambda: AgreedMark.objects.filter(assessment=row).delete(),
        lambda: Mark.objects.filter(assessment=row).update(value=1),
        lambda: _raw("update risks_agreedmark set value = 1 where assessment_id = %s", row),
        lambda: _raw("delete from risks_mark where assessment_id = %s", row),
    ]
    for attempt in attempts:
        with elevated(), pytest.raises(DatabaseError, match=r"mark_frozen"), transaction.atomic():
            attempt()
    refused = analysis.agree("director", "1.1", 9)
    assert refused.status_code == 422
    assert analysis.agreed() == EVERYTHING


def _raw(sql: str, assessment: Assessment) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [assessment.pk])
