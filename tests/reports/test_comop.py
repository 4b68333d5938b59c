"""« Rapport de suivi du COMOP »: what it says, what it must not say, and how long it gets."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from checklist.models import Action
from common.charts import HeatMap
from common.scope import elevated
from governance.enums import BodyKind, FollowUpState, Severity
from governance.models import Body, Mandate, Meeting
from organisations.access import acting_as
from organisations.enums import ComopCategory, Phase, Role
from organisations.models import ESMS, User
from reports.enums import ReportKind
from reports.fingerprint import fingerprint
from reports.models import Report
from reports.rendering.chapters.alerts import MOST_OF_STRUCTURES
from reports.rendering.chapters.structures import heat
from reports.rendering.comop import SECTIONS, comop_follow_up
from reports.selectors.comop import ComopFacts, comop_facts
from reports.selectors.structures import OgStructures, StructureFacts, StructureLine
from tests import factories
from tests.harness.days import days_ago
from tests.harness.indicators import current_period
from tests.harness.queries import counted
from tests.harness.world import CHECKLIST, COUNCIL, FOREIGN, INSIDE, RIVAL, SIBLING, World
from tests.pdf import accessibility_faults
from tests.reports.documents import asked, content, every_section, made, outline, pages, said

pytestmark = pytest.mark.django_db(transaction=True)
KIND = ReportKind.COMOP_FOLLOW_UP
SECRET, OF_COSTRAT = "CANARIALERTE", "CANARICOSTRAT"  # what a structure's alert says; what the COSTRAT alone treats


@pytest.fixture
def committee(world: World) -> World:
    """A COMOP of which one category has a member, with things to do; a COSTRAT that gave others to do."""
    found, today = world.own.governance, timezone.localdate()
    upstream = world.own.ogs[0]
    member = factories.UserFactory(first_name="Clémence", last_name="Guéridot")
    factories.MandateFactory(
        body=found.comop_body, user=member, og=upstream, comop_category=ComopCategory.ACCOMMODATION
    )
    for number, state, days in (
        (51, FollowUpState.TO_DO, -20),
        (52, FollowUpState.IN_PROGRESS, 9),
        (53, FollowUpState.DONE, -4),
    ):
        factories.FollowUpFactory(
            meeting=found.comop,
            number=number,
            label=f"Relancer l’éditeur {number}",
            owner=member,
            due_on=today + timedelta(days=days),
            state=state,
            done_on=today - timedelta(days=2) if state == FollowUpState.DONE else None,
        )
    factories.FollowUpFactory(meeting=found.meeting, number=54, label=f"{OF_COSTRAT} négocier", owner=world.lead)
    factories.AgendaItemFactory(meeting=found.meeting, label=OF_COSTRAT, notes=OF_COSTRAT)
    for number, esms in enumerate(world.own.structures, start=70):
        factories.AlertFactory(
            project=world.project,
            number=number,
            og=esms.og,
            esms=esms,
            subject=f"{SECRET} le réseau tombe",
            text=f"{SECRET} chaque soir",
            severity=Severity.CRITICAL,
            raised_by=world.lead,
            raised_at=days_ago(40),
        )
    return world


def facts_for(world: World, user: User) -> ComopFacts:
    with acting_as(user.pk) as access:
        body = Body.objects.get(project=world.project, kind=BodyKind.COMOP)
        meeting = Meeting.objects.select_related("body", "project").get(pk=world.own.governance.comop.pk)
        since = world.project.started_on
        return comop_facts(world.project, body, user, access, since=since, meeting=meeting)


def test_it_is_a_document_for_everybody_to_read(committee: World, tmp_path: Path) -> None:
    document = content(made(asked(committee.project, KIND, committee.lead, meeting=committee.own.governance.comop)))
    assert accessibility_faults(document, tmp_path) == []
    assert outline(document) == [
        "Sommaire",
        "1. Qui est convoqué, et le quorum à réunir",
        "2. Synthèse",
        "3. Une action décidée est en retard",
        "4. Checklist : une action bloquée",
        "5. Trois structures, dont trois en alerte",
        "6. Cinq alertes attendent une réponse",
        f"7. Trois relevés attendus sont rendus pour {' '.join(current_period().previous.label.split())}",
        "8. Un risque ouvert au registre du projet",
        "9. Un arbitrage à porter au COSTRAT",
        next(title for title in outline(document) if title.startswith("10. D’ici quatre semaines")),
    ]


def test_its_figures_are_those_of_the_application(committee: World) -> None:
    facts = facts_for(committee, committee.lead)
    found = pages(content(made(asked(committee.project, KIND, committee.lead))))
    summary = next(text for text in found if "2. Synthèse Une action décidée est en retard" in text)
    total = facts.progress.total
    late = sum(line.late for line in facts.follow_ups)
    figures = rf"\b{late} {total.ko} {total.late} {len(facts.alerts.open)} action décidée"
    assert re.search(figures, summary)
    actions = next(text for text in found if "3. Une action décidée est en retard Depuis" in text)
    for words in ("Relancer l’éditeur 51", "de 20 jours", "Relancer l’éditeur 52", "Relancer l’éditeur 53", "Guéridot"):
        assert words in actions


def test_each_structure_has_its_line_and_what_nobody_represents_is_said(committee: World) -> None:
    with elevated():
        ESMS.objects.filter(pk=committee.own.structures[0].pk).update(phase=Phase.PILOT)
    facts = facts_for(committee, committee.lead).structures
    found = {line.name: line for line in facts.every}
    home, workshop, rival = (found[esms.name] for esms in committee.own.structures)
    assert (home.represented, workshop.represented, rival.represented) == (True, False, False)
    assert (home.phase, home.critical, home.warning, home.oldest) == (Phase.PILOT, 1, 1, 40)
    assert home.directors == (committee.person(Role.ESMS_DIRECTOR).get_full_name(),)
    assert workshop.directors == ()
    drawing = heat(facts)
    assert isinstance(drawing, HeatMap)
    assert [cell.text.replace("\xa0", " ") for cell in drawing.groups[0].rows[1].cells] == [
        "Pilote",
        "Nommée",
        "Représentée",
        "2, 40 j",
        "Aucun",
    ]
    text = said(content(made(asked(committee.project, KIND, committee.lead))))
    assert "Amont : travail (Atelier)." in text
    assert "Aval : hébergement (Foyer d’Aval)." in text


def test_a_guest_represents_nobody(committee: World) -> None:
    with elevated():
        Mandate.objects.filter(project=committee.project, body__kind=BodyKind.COMOP).update(invited=True, votes=False)
    assert not any(line.represented for line in facts_for(committee, committee.lead).structures.every)


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD])
def test_it_carries_neither_the_inside_of_a_structure_nor_what_the_costrat_treats(committee: World, role: Role) -> None:
    text = said(content(made(asked(committee.project, KIND, committee.person(role)))))
    for canary in (INSIDE, SIBLING, RIVAL, FOREIGN, SECRET, OF_COSTRAT):
        assert canary not in text
    assert COUNCIL in text  # the arbitrations, which its readers read
    assert CHECKLIST in text
    assert re.search(r"70 Foyer \(Amont\) Critique", text)  # that there is one, how pressing, since when
    assert "depuis 40 jours" in text


def test_it_says_the_same_as_who_may_not_see_the_structures_would_read(committee: World) -> None:
    """Its readers, of whom none but the lead sees a structure from inside, would read the same facts."""
    lead = facts_for(committee, committee.lead)
    member = replace(facts_for(committee, committee.person(Role.COMOP)), read_at=lead.read_at)
    assert fingerprint(lead) == fingerprint(member)
    # Who only observes has no page of risks: what the report says of them is what the committee was given to read.
    observer = replace(facts_for(committee, committee.person(Role.OBSERVER)), read_at=lead.read_at, risks=lead.risks)
    assert fingerprint(lead) == fingerprint(observer)


def test_what_falls_due_within_four_weeks_is_there_day_after_day(committee: World) -> None:
    today = timezone.localdate()
    with elevated():
        for number, days in (("2.2.1", 6), ("2.2.2", 28), ("2.2.3", 29)):
            Action.objects.filter(project=committee.project, number=number).update(due_on=today + timedelta(days=days))
    due = facts_for(committee, committee.lead).due
    assert [line.on for line in due] == sorted(line.on for line in due)
    marks = {line.mark for line in due}
    assert {"2.2.1", "2.2.2", "52"} <= marks
    assert not {"2.2.3", "51", "53", "54"} & marks  # later, late already, done, of the COSTRAT


def test_each_section_is_made_by_its_line_of_the_table(committee: World) -> None:
    facts = facts_for(committee, committee.lead)
    assert set(SECTIONS) == set(every_section(KIND))
    assert all(len(SECTIONS[code](facts)) == 1 for code in SECTIONS)


NAMES = [
    *("Aubépine", "Bruyère", "Clairière", "Douve", "Églantine", "Futaie", "Genêt", "Hêtraie", "Iris", "Jachère"),
    *("Lande", "Mélèze", "Noisette", "Orée", "Prairie", "Quenouille", "Ronce", "Saulaie", "Tilleul", "Ulmaire"),
    *("Vallon", "Yeuse", "Zinnia", "Ajonc", "Buis"),
]


def three_hundred() -> StructureFacts:
    ogs = [
        OgStructures(
            og=f"OG {og}",
            name=f"Organisme gestionnaire {og}",
            structures=tuple(
                StructureLine(
                    name=f"{NAMES[number]} {NAMES[og]}",
                    category=list(ComopCategory)[number % 6],
                    phase=list(Phase)[number % 7],
                    directors=("Fanny Delorgerie",) if number % 5 else (),
                    represented=bool(number % 3),
                    critical=number % 2,
                    warning=number % 3,
                    oldest=number,
                    arbitrations=("ARB-2026-01",) if number % 9 == 0 else (),
                )
                for number in range(25)
            ),
        )
        for og in range(12)
    ]
    return StructureFacts(tuple(ogs), ())


def test_three_hundred_structures_hold_in_twenty_pages(committee: World, tmp_path: Path) -> None:
    """A line each, whatever they are; lists are cut and say how many are left."""
    facts = facts_for(committee, committee.lead)
    line = next(line for line in facts.alerts.open if line.structure)
    many = replace(facts.alerts, open=tuple(replace(line, number=number) for number in range(1, 200)))
    large = replace(facts, structures=three_hundred(), alerts=many)
    report = Report(
        project=committee.project,
        number=9,
        kind=KIND,
        sections=every_section(KIND),
        asked_by=committee.lead,
        issued_at=timezone.now(),
        content_sha256="0123456789abcdef" * 4,
    )
    document = comop_follow_up(report, large, lambda done, total: None)
    found = pages(document)
    assert len(found) <= 20
    assert all(f" {structure.name} " in " ".join(found) for structure in large.structures.every)
    assert f"Et {199 - MOST_OF_STRUCTURES} autres, à lire dans l’application." in " ".join(found)
    heads = [text for text in found if "Organisme gestionnaire" in text]
    assert len(heads) > 3
    assert all("Structure Phase Direction Au COMOP Alertes Arbitrages" in text for text in heads)
    assert accessibility_faults(document, tmp_path) == []


def grow(world: World, count: int, first: int) -> None:
    for number in range(first, first + count):
        esms = factories.ESMSFactory(og=world.own.ogs[number % 2])
        director = factories.UserFactory()
        factories.MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
        factories.MandateFactory(
            body=world.own.governance.comop_body,
            user=director,
            og=esms.og,
            comop_category=list(ComopCategory)[number % 6],
        )
        factories.AttendanceFactory(meeting=world.own.governance.comop, user=director)
        factories.FollowUpFactory(meeting=world.own.governance.comop, number=number, owner=director)
        factories.AlertFactory(project=world.project, number=number, og=esms.og, esms=esms)
        factories.ArbitrationFactory(project=world.project, number=number)


def test_the_number_of_rows_does_not_change_the_number_of_queries(committee: World) -> None:
    counts = []
    for count, first in ((1, 200), (2, 210), (27, 220)):
        grow(committee, count, first)
        with counted() as queries:
            facts_for(committee, committee.lead)
        counts.append(queries)
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])
