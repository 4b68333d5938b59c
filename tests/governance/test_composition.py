"""What the composition rules say of a body, and who speaks for whom: examples, and what holds whatever the seats."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from common import french
from governance.catalogue import catalogue
from governance.composition import Partner, Seat, Situation, Spoken, Structure, coverage, findings
from governance.enums import BodyKind, Severity
from organisations.enums import ComopCategory, ProjectKind, Role

WHATEVER = settings(deadline=None, max_examples=150)
NORTH, SOUTH = Partner(uuid.UUID(int=1), "Nord"), Partner(uuid.UUID(int=2), "Sud")
LEAD, OG_DIRECTOR, DIRECTOR = Role.PROJECT_LEAD, Role.OG_DIRECTOR, Role.ESMS_DIRECTOR
WORK, CHILDREN, SERVICE = ComopCategory.WORK, ComopCategory.CHILDREN, ComopCategory.SERVICE


def seat(number: int, *roles: Role, **values: object) -> Seat:
    return Seat(uuid.UUID(int=100 + number), f"Personne {number}", roles=frozenset(roles), **values)


def structure(number: int, partner: Partner, category: ComopCategory) -> Structure:
    return Structure(uuid.UUID(int=200 + number), partner.id, f"Structure {number}", category)


def situation(kind: BodyKind, project_kind: ProjectKind, *seats: Seat, **values: object) -> Situation:
    rule = catalogue().bodies[kind].compositions[project_kind]
    partners = [NORTH] if project_kind is ProjectKind.SINGLE_OG else [NORTH, SOUTH]
    return Situation(kind, project_kind, rule, seats, **{"partners": partners, **values})


def said(found: Situation) -> list[str]:
    """The findings, with ordinary spaces."""
    return [item.text.replace(french.NBSP, " ").replace(french.NARROW, " ") for item in findings(found)]


# --- The COSTRAT of several OG ---------------------------------------------------------------------------------------

COUNCIL = (
    seat(1, OG_DIRECTOR, og_id=NORTH.id, votes=True, substituted=True),
    seat(2, OG_DIRECTOR, og_id=SOUTH.id, votes=True, substituted=True),
    seat(3, LEAD),
    seat(4, Role.DPO, invited=True),
)


def council(*seats: Seat, **values: object) -> Situation:
    return situation(BodyKind.COSTRAT, ProjectKind.MULTI_OG, *seats, **values)


def test_a_voter_and_a_substitute_for_each_og_and_the_lead_who_reports_are_as_it_should_be() -> None:
    assert said(council(*COUNCIL)) == []


def test_an_og_for_which_nobody_votes_is_named_first() -> None:
    first, _, lead, _ = COUNCIL
    found = findings(council(replace(first, substituted=False), lead))
    assert [item.severity for item in found] == [Severity.CRITICAL, Severity.WARNING]
    assert said(council(replace(first, substituted=False), lead)) == [
        "Personne ne vote pour Sud.",
        "Il manque une suppléance pour Nord : sans elle, une absence coûte une voix.",
    ]


def test_an_og_has_one_vote() -> None:
    assert said(council(*COUNCIL, seat(5, og_id=NORTH.id, votes=True))) == [
        "Deux personnes votent pour Nord : un OG ne dispose que d’un vote."
    ]


def test_the_same_person_twice_for_an_og_is_one_voter() -> None:
    assert said(council(*COUNCIL, COUNCIL[0])) == []


def test_who_votes_stands_for_an_og() -> None:
    assert said(council(*COUNCIL, seat(5, votes=True))) == ["Personne 5 vote sans représenter d’OG."]


def test_the_lead_reports_and_does_not_vote() -> None:
    first, second, lead, _ = COUNCIL
    assert said(council(first, second)) == ["Le chef de projet ne siège pas au COSTRAT : il en est le rapporteur."]
    assert said(council(first, second, lead_runs_it=True)) == []
    voting = replace(lead, og_id=NORTH.id, votes=True)
    assert "Le chef de projet rapporte, il ne vote pas : retirez le vote à Personne 3." in said(
        council(first, second, voting)
    )


@pytest.mark.parametrize("role", [Role.DPO, Role.PURCHASING, Role.VENDOR, Role.OBSERVER])
def test_who_only_comes_invited_is_not_a_member(role: Role) -> None:
    assert said(council(*COUNCIL, seat(5, role, Role.COSTRAT))) == [
        "Personne 5 siège comme membre : DPD, cellule achat, éditeur et observateurs sont des invités."
    ]
    assert said(council(*COUNCIL, seat(5, role, DIRECTOR))) == []  # it is as a director that they sit


def test_the_size_of_a_body_is_that_of_its_rule() -> None:
    assert said(council()) == [
        "Personne ne siège encore au COSTRAT : il faut au moins deux membres.",
        "Le chef de projet ne siège pas au COSTRAT : il en est le rapporteur.",
        "Personne ne vote pour Nord et Sud.",
    ]
    crowd = [seat(10 + number, og_id=NORTH.id) for number in range(10)]
    assert said(council(*COUNCIL, *crowd)) == [
        "Le COSTRAT compte treize membres, au-delà du maximum de douze : gardez qui décide, et invitez les autres."
    ]


# --- The COSTRAT of a single OG --------------------------------------------------------------------------------------


def board(*seats: Seat) -> Situation:
    return situation(BodyKind.COSTRAT, ProjectKind.SINGLE_OG, *seats)


def test_the_board_of_a_single_og() -> None:
    head, lead = seat(1, OG_DIRECTOR, votes=True), seat(2, LEAD)
    assert said(board(head, lead, seat(3, DIRECTOR))) == []
    assert said(board(head, lead, seat(3))) == ["Aucun directeur d’ESMS ne siège au COSTRAT : il en faut un à trois."]
    many = [seat(3 + number, DIRECTOR) for number in range(4)]
    assert said(board(head, lead, *many)) == ["Quatre directeurs d’ESMS siègent au COSTRAT : un à trois suffisent."]
    assert said(board(replace(head, roles=frozenset(), votes=False), lead, seat(3, DIRECTOR))) == [
        "Personne n’y vote : le COSTRAT ne pourrait rien décider.",
        "La direction générale de l’OG ne siège pas au COSTRAT.",
    ]
    assert "Le COSTRAT compte deux membres : il en faut au moins trois." in said(board(head, lead))


# --- The COMOP -------------------------------------------------------------------------------------------------------

STRUCTURES = (
    structure(1, NORTH, WORK),
    structure(2, NORTH, CHILDREN),
    structure(3, NORTH, CHILDREN),
    structure(4, SOUTH, SERVICE),
)
COMMITTEE = (
    seat(1, og_id=NORTH.id, category=WORK),
    seat(2, og_id=NORTH.id, category=CHILDREN),
    seat(3, og_id=SOUTH.id, category=SERVICE),
    seat(4, LEAD),
)


def committee(*seats: Seat, **values: object) -> Situation:
    return situation(BodyKind.COMOP, ProjectKind.MULTI_OG, *seats, **{"structures": STRUCTURES, **values})


def test_one_representative_for_each_og_and_category_is_as_it_should_be() -> None:
    assert said(committee(*COMMITTEE)) == []


def test_a_category_that_nobody_represents_is_named_with_its_og() -> None:
    work, children, _, lead = COMMITTEE
    assert said(committee(work, children, lead, seat(5))) == ["Personne ne représente « Service » pour Sud."]
    only_lead = said(committee(lead))
    assert "Personne ne représente « Travail » et « Enfance » pour Nord." in only_lead


def test_a_guest_speaks_for_nobody() -> None:
    work, children, service, lead = COMMITTEE
    assert said(committee(work, children, replace(service, invited=True), lead, seat(5))) == [
        "Personne ne représente « Service » pour Sud."
    ]


def test_one_person_may_carry_two_categories_and_two_are_too_many_for_one() -> None:
    work, children, service, lead = COMMITTEE
    both = replace(children, person_id=work.person_id, person=work.person)
    assert said(committee(work, both, service, lead, seat(5))) == []
    assert said(committee(*COMMITTEE, seat(5, og_id=NORTH.id, category=WORK))) == [
        "Deux personnes représentent « Travail » pour Nord : une seule suffit."
    ]


def test_a_structure_that_speaks_for_itself_alone_leaves_the_others() -> None:
    work, _, service, lead = COMMITTEE
    own = seat(2, og_id=NORTH.id, esms_id=STRUCTURES[1].id)
    assert said(committee(work, own, service, lead)) == [
        "« Enfance » pour Nord n’est représenté qu’en partie : personne ne parle pour Structure 3."
    ]


def test_a_category_that_the_og_has_not_is_told() -> None:
    assert said(committee(*COMMITTEE, seat(5, og_id=SOUTH.id, category=WORK))) == [
        "Personne 5 représente « Travail », que Sud n’a pas."
    ]


def test_beyond_its_size_the_committee_groups_categories() -> None:
    crowd = [seat(20 + number) for number in range(12)]
    (text,) = said(committee(*COMMITTEE, *crowd))
    assert text.startswith("Le COMOP compte seize membres, au-delà du maximum de quinze : regroupez des catégories")


def test_the_vendor_comes_once_the_contract_is_signed() -> None:
    vendor = seat(5, Role.VENDOR, invited=True)
    assert said(committee(*COMMITTEE, vendor)) == []
    assert said(committee(*COMMITTEE, vendor, contract_signed=False)) == [
        "L’éditeur est déjà là : il ne l’est qu’après la signature du contrat."
    ]


def single(count: int, *seats: Seat) -> Situation:
    structures = [structure(number, NORTH, WORK if number % 2 else CHILDREN) for number in range(count)]
    return situation(BodyKind.COMOP, ProjectKind.SINGLE_OG, *seats, structures=structures)


def test_in_a_single_og_each_structure_has_its_own_while_they_are_few() -> None:
    own = [seat(number, esms_id=uuid.UUID(int=200 + number)) for number in range(3)]
    assert said(single(3, *own, seat(9, LEAD))) == []
    assert said(single(3, *own[:2], seat(8), seat(9, LEAD))) == ["Personne ne représente Structure 2."]
    by_category = said(single(3, seat(1, category=WORK), seat(2, category=CHILDREN), seat(9, LEAD)))
    assert by_category == [
        "Trois structures n’ont qu’un représentant de catégorie. Jusqu’à douze structures, chacune peut avoir le sien."
    ]


def test_in_a_single_og_of_many_structures_categories_are_enough() -> None:
    assert single(12).by_structure
    assert not single(13).by_structure
    assert said(single(13, seat(1, category=WORK), seat(2, category=CHILDREN), seat(9, LEAD))) == []
    assert said(single(13, seat(1, category=WORK), seat(2), seat(9, LEAD))) == ["Personne ne représente « Enfance »."]


# --- What holds whatever the seats -----------------------------------------------------------------------------------

PARTNERS = [Partner(uuid.UUID(int=number), f"OG {number}") for number in range(1, 5)]


@some.composite
def worlds(draw: some.DrawFn) -> tuple[list[Structure], list[Seat]]:
    structures = [
        structure(number, draw(some.sampled_from(PARTNERS)), draw(some.sampled_from(ComopCategory)))
        for number in range(draw(some.integers(0, 14)))
    ]
    ids = [None, *(item.id for item in structures)]
    seats = [
        seat(
            draw(some.integers(0, 9)),
            *draw(some.sets(some.sampled_from(Role), max_size=2)),
            og_id=draw(some.sampled_from([None, *(partner.id for partner in PARTNERS)])),
            esms_id=draw(some.sampled_from(ids)),
            category=draw(some.sampled_from([None, *ComopCategory])),
            votes=draw(some.booleans()),
            invited=draw(some.booleans()),
            substituted=draw(some.booleans()),
        )
        for _ in range(draw(some.integers(0, 16)))
    ]
    return structures, seats


def around(kind: BodyKind, structures: list[Structure], seats: list[Seat]) -> Situation:
    rule = catalogue().bodies[kind].compositions[ProjectKind.MULTI_OG]
    return Situation(kind, ProjectKind.MULTI_OG, rule, seats, partners=PARTNERS, structures=structures)


@WHATEVER
@given(worlds())
def test_each_structure_is_in_one_cell_and_spoken_for_or_named_as_not(
    world: tuple[list[Structure], list[Seat]],
) -> None:
    structures, seats = world
    found = coverage(PARTNERS, structures, seats)
    assert sorted(item.id for cell in found.cells for item in cell.structures) == sorted(item.id for item in structures)
    members = [item for item in seats if not item.invited]
    for cell in found.cells:
        whole = any(item.og_id == cell.partner.id and item.category == cell.category for item in members)
        own = {item.esms_id for item in members}
        expected = () if whole else tuple(item for item in cell.structures if item.id not in own)
        assert cell.alone == expected
        assert (cell.spoken is Spoken.WHOLLY) == (not expected)
        assert (cell.spoken is Spoken.BY_NOBODY) == (expected == cell.structures)
    for _, cells in found.lines:
        assert [cell.category for cell in cells] == list(found.categories)
        assert any(cell.structures for cell in cells)


@WHATEVER
@given(worlds(), some.sampled_from([BodyKind.COSTRAT, BodyKind.COMOP]))
def test_findings_are_sentences_the_critical_first_and_guests_change_none_but_their_own(
    world: tuple[list[Structure], list[Seat]], kind: BodyKind
) -> None:
    structures, seats = world
    found = findings(around(kind, structures, seats))
    assert [item.severity is Severity.WARNING for item in found] == sorted(
        item.severity is Severity.WARNING for item in found
    )
    for item in found:
        assert item.text.endswith(".")
        assert item.text == french.typography(item.text)
        assert item.text[0] == "«" or item.text[0].isupper()
    without = [item for item in seats if not item.invited]
    assert findings(around(kind, structures, without)) == found


@WHATEVER
@given(worlds(), some.data())
def test_one_more_representative_never_leaves_more_without_a_voice(
    world: tuple[list[Structure], list[Seat]], data: some.DataObject
) -> None:
    structures, seats = world
    before = coverage(PARTNERS, structures, seats).those(Spoken.BY_NOBODY)
    if not before:
        return
    cell = data.draw(some.sampled_from(before))
    named = seat(50, og_id=cell.partner.id, category=cell.category)
    after = coverage(PARTNERS, structures, [*seats, named]).those(Spoken.BY_NOBODY)
    assert [(item.partner, item.category) for item in after] == [
        (item.partner, item.category) for item in before if item is not cell
    ]
