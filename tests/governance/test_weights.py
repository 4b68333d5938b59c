"""The weights of OG: what holds whatever the figures, what is recorded, refused and kept, and the pages."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from common.errors import DomainError
from common.refusals import refused_in_words
from common.scope import elevated
from governance.enums import BodyKind, WeightingMethod
from governance.models import Decision, Weighting, WeightShare
from governance.presentation.sheets import unbroken
from governance.services import record_weighting
from governance.weights import PROPORTIONAL, agreed, one_each, shares, weigh
from organisations.access import acting_as
from organisations.enums import ProjectKind, Role
from organisations.models import ESMSProfile
from tests.factories import (
    DecisionFactory,
    ESMSFactory,
    MandateFactory,
    MeetingFactory,
    MembershipFactory,
    OGFactory,
    ProjectFactory,
    UserFactory,
    WeightingFactory,
)
from tests.harness.htmx import HTMX, parse, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

PAGE = f"/projets/{SLUG}/gouvernance/poids/"
NEW = f"{PAGE}nouveaux/"
TODAY = timezone.localdate
WHOLE, CENT = Decimal(100), Decimal("0.01")

# --- The arithmetic --------------------------------------------------------------------------------------------------

WHATEVER = settings(deadline=None, max_examples=300)
FIGURES = some.one_of(some.integers(0, 12), some.integers(0, 10**7), some.decimals(0, 10**6, places=2))
BASES = some.lists(FIGURES, min_size=1, max_size=9).filter(any).map(lambda found: dict(enumerate(found)))


@some.composite
def bounded(draw: some.DrawFn) -> tuple[dict[int, Decimal], Decimal | None, Decimal | None]:
    """Figures, a cap and a floor that some weights can keep; often the tightest."""
    bases = draw(BASES)
    even = (WHOLE / len(bases)).quantize(CENT)
    caps = some.one_of(some.sampled_from([even, even + CENT]), some.decimals(0, 100, places=2))
    floors = some.one_of(some.sampled_from([even, max(even - CENT, Decimal(0))]), some.decimals(0, 100, places=2))
    cap, floor = draw(some.none() | caps), draw(some.none() | floors)
    assume(cap is None or cap * len(bases) >= WHOLE)
    assume(floor is None or floor * len(bases) <= WHOLE)
    assume(cap is None or floor is None or floor <= cap)
    return bases, cap, floor


@WHATEVER
@given(bounded())
def test_shares_add_up_to_100_exactly_to_the_hundredth_and_within_their_bounds(
    found: tuple[dict[int, Decimal], Decimal | None, Decimal | None],
) -> None:
    bases, cap, floor = found
    weights = shares(bases, cap=cap, floor=floor)
    assert weights.keys() == bases.keys()
    assert sum(weights.values()) == WHOLE
    for percent in weights.values():
        assert percent == percent.quantize(CENT)
        assert (floor or 0) <= percent <= (WHOLE if cap is None else cap)


@WHATEVER
@given(bounded())
def test_a_larger_figure_never_weighs_less(
    found: tuple[dict[int, Decimal], Decimal | None, Decimal | None],
) -> None:
    bases, cap, floor = found
    weights = shares(bases, cap=cap, floor=floor)
    for one in bases:
        for other in bases:
            if bases[one] > bases[other]:
                assert weights[one] >= weights[other]
            if bases[one] == bases[other]:
                assert abs(weights[one] - weights[other]) <= CENT


@WHATEVER
@given(bounded(), some.randoms(use_true_random=False))
def test_the_order_of_the_og_changes_nothing_but_who_of_equals_gets_the_last_hundredth(
    found: tuple[dict[int, Decimal], Decimal | None, Decimal | None], chance: object
) -> None:
    bases, cap, floor = found
    keys = list(bases)
    chance.shuffle(keys)
    before, after = shares(bases, cap=cap, floor=floor), shares({key: bases[key] for key in keys}, cap=cap, floor=floor)
    assert sorted((bases[key], before[key]) for key in keys) == sorted((bases[key], after[key]) for key in keys)


@WHATEVER
@given(bounded(), some.integers(2, 1000))
def test_the_unit_of_the_figures_changes_nothing(
    found: tuple[dict[int, Decimal], Decimal | None, Decimal | None], factor: int
) -> None:
    bases, cap, floor = found
    larger = {key: basis * factor for key, basis in bases.items()}
    assert shares(larger, cap=cap, floor=floor) == shares(bases, cap=cap, floor=floor)


@WHATEVER
@given(bounded())
def test_those_within_the_bounds_keep_their_proportions(
    found: tuple[dict[int, Decimal], Decimal | None, Decimal | None],
) -> None:
    """What is cut from one goes to the others in proportion to their weight: to a hundredth, for the rounding."""
    bases, cap, floor = found
    weights = shares(bases, cap=cap, floor=floor)
    low, high = floor or Decimal(0), WHOLE if cap is None else cap
    free = [key for key in bases if low + CENT < weights[key] < high - CENT and bases[key]]
    for one in free:
        for other in free:
            exact = Decimal(bases[one]) / Decimal(bases[other])
            assert abs(weights[one] - weights[other] * exact) <= CENT * (1 + exact)


@WHATEVER
@given(some.integers(1, 40))
def test_one_voice_each_is_the_same_to_a_hundredth(count: int) -> None:
    weights = one_each(list(range(count)))
    assert sum(weights.values()) == WHOLE
    assert max(weights.values()) - min(weights.values()) <= CENT


@WHATEVER
@given(some.lists(some.integers(0, 10_000), min_size=1, max_size=9))
def test_weights_agreed_on_are_taken_as_they_are_or_refused_with_the_difference(cents: list[int]) -> None:
    percents = {key: Decimal(value) / 100 for key, value in enumerate(cents)}
    difference = WHOLE - sum(percents.values())
    if not difference:
        assert agreed(percents) == percents
        return
    with pytest.raises(DomainError) as refused:
        agreed(percents)
    said = str(refused.value).replace("\xa0", " ").replace("\u202f", "")
    figure = f"{abs(difference):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    assert said.startswith(f"Il manque {figure} %" if difference > 0 else f"Il y a {figure} % de trop")


@pytest.mark.parametrize(
    ("bases", "bounds", "why"),
    [
        ({1: -1, 2: 3}, {}, "négative"),
        ({1: 0, 2: 0}, {}, "au moins un chiffre"),
        ({1: 1, 2: 1}, {"cap": Decimal(40)}, "plafond est trop bas"),
        ({1: 1, 2: 1}, {"floor": Decimal(60)}, "plancher est trop haut"),
        ({1: 1, 2: 1, 3: 1}, {"cap": Decimal(40), "floor": Decimal(50)}, "plancher dépasse"),
    ],
)
def test_figures_that_give_no_weights_are_refused_in_words(bases: dict, bounds: dict, why: str) -> None:
    with pytest.raises(DomainError, match=why):
        shares(bases, **bounds)


def test_the_methods_of_the_catalogue() -> None:
    bases = {"Amont": Decimal(5), "Aval": Decimal(4), "Val": Decimal(3)}
    assert list(weigh(WeightingMethod.EQUAL, bases).values()) == [Decimal(n) for n in ("33.34", "33.33", "33.33")]
    for method in PROPORTIONAL:
        assert list(weigh(method, bases).values()) == [Decimal(n) for n in ("41.67", "33.33", "25.00")]
    assert weigh(WeightingMethod.ESMS_COUNT, bases, cap=Decimal(40))["Amont"] == 40
    percents = {"Amont": Decimal("50.5"), "Aval": Decimal("29.5"), "Val": Decimal(20)}
    assert weigh(WeightingMethod.CUSTOM, percents) == percents


# --- Recording -------------------------------------------------------------------------------------------------------


def council_decision(world: World, **values: object) -> Decision:
    number = 100 + uuid.uuid4().int % 10**8
    given = {"body": world.own.governance.costrat, "number": number, "recorded_by": world.lead, **values}
    return DecisionFactory(**given)


def record(world: World, **values: object) -> Weighting:
    given = {
        "project": world.project,
        "method": WeightingMethod.ESMS_COUNT,
        "bases": {world.own.ogs[0]: Decimal(2), world.own.ogs[1]: Decimal(1)},
        "effective_on": TODAY() + timedelta(days=1),
        "user": world.lead,
        "token": uuid.uuid4(),
        **values,
    }
    if "decided_on" not in given:
        given.setdefault("decision", world.own.decision)
    with acting_as(world.lead.pk):
        return record_weighting(**given)


def percents(weighting: Weighting) -> dict[str, Decimal]:
    with elevated():
        return {share.og.short_name: share.percent for share in weighting.shares.select_related("og")}


@pytest.mark.django_db
def test_weights_are_recorded_with_their_figures_and_numbered(world: World) -> None:
    first = record(world)
    second = record(world, method=WeightingMethod.EQUAL)
    assert (first.number, second.number) == (2, 3)  # the world has some already
    assert percents(first) == {"Amont": Decimal("66.67"), "Aval": Decimal("33.33")}
    with elevated():
        assert sorted(first.shares.values_list("basis", flat=True)) == [1, 2]
        assert set(second.shares.values_list("basis", flat=True)) == {None}


@pytest.mark.django_db
def test_the_same_form_posted_twice_records_once(world: World) -> None:
    token = uuid.uuid4()
    values = {"token": token, "decision": None, "decided_on": TODAY(), "text": "Adoptés."}
    first = record(world, **values)
    assert record(world, **values) == first
    with elevated():
        assert Decision.objects.filter(text="Adoptés.").count() == 1
        assert (first.decision.title, first.decision.body.kind) == ("Les poids des OG", BodyKind.COSTRAT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"decision": None, "decided_on": None}, "decided_on", "Donnez la date"),
        ({"decision": None, "decided_on": date(2999, 1, 1), "text": "Oui."}, "decided_on", "est à venir"),
        ({"decision": None, "decided_on": timezone.localdate(), "text": " "}, "text", "Écrivez ce qui a été décidé"),
        ({"method": WeightingMethod.CUSTOM}, None, "Il manque"),
        ({"cap": Decimal(40)}, "cap", "plafond est trop bas"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    world: World, values: dict, field: str | None, why: str
) -> None:
    with elevated():
        before = Weighting.objects.count(), Decision.objects.count()
    with pytest.raises(DomainError, match=why) as refused:
        record(world, **values)
    assert refused.value.field == field
    with elevated():
        assert (Weighting.objects.count(), Decision.objects.count()) == before


@pytest.mark.django_db
def test_weights_are_adopted_by_the_costrat_of_the_project(world: World) -> None:
    comop = council_decision(world, body=world.own.governance.comop_body)
    for decision in (comop, world.foreign.decision):
        with pytest.raises(DomainError, match="décision du COSTRAT") as refused:
            record(world, decision=decision)
        assert refused.value.field == "decision"


@pytest.mark.django_db
def test_a_revision_takes_effect_at_the_next_meeting(world: World) -> None:
    """The world has a COSTRAT in session today: neither that day nor one before will do."""
    for day in (TODAY(), TODAY() - timedelta(days=1)):
        with pytest.raises(DomainError, match="à la séance suivante") as refused:
            record(world, effective_on=day, decision=council_decision(world, decided_on=day))
        assert refused.value.field == "effective_on"
    with pytest.raises(DomainError, match="ne prennent pas effet avant elle"):
        record(world, effective_on=world.own.decision.decided_on - timedelta(days=1))
    record(world, effective_on=TODAY() + timedelta(days=1))


@pytest.mark.django_db
def test_before_any_meeting_the_first_weights_count_from_the_day_of_the_decision() -> None:
    project, lead = ProjectFactory(), UserFactory()
    MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    ogs = [OGFactory(project=project) for _ in range(2)]
    decision = DecisionFactory(body__project=project, decided_on=TODAY(), recorded_by=lead)
    MeetingFactory(body=decision.body, draft=True, starts_at=timezone.now() - timedelta(days=3))
    with acting_as(lead.pk):
        weighting = record_weighting(
            project=project,
            method=WeightingMethod.EQUAL,
            bases=dict.fromkeys(ogs, Decimal(1)),
            effective_on=TODAY(),
            decision=decision,
            user=lead,
            token=uuid.uuid4(),
        )
        assert Weighting.objects.in_force(project) == weighting


@pytest.mark.django_db
def test_each_og_is_weighed_and_a_single_og_is_not(world: World) -> None:
    with pytest.raises(DomainError, match="Les OG du projet ont changé"):
        record(world, bases={world.own.ogs[0]: Decimal(1)})
    with pytest.raises(DomainError, match="celui d’un seul OG"):
        record(world, project=ProjectFactory(kind=ProjectKind.SINGLE_OG))


@pytest.mark.django_db
def test_a_method_without_figures_has_no_bounds(world: World) -> None:
    weighting = record(world, method=WeightingMethod.EQUAL, cap=Decimal(10), floor=Decimal(90))
    assert (weighting.cap, weighting.floor) == (None, None)


# --- The database refuses, too ---------------------------------------------------------------------------------------


def rows(world: World, weighting: Weighting, *percents: str) -> list[WeightShare]:
    return [
        WeightShare(project=world.project, weighting=weighting, og=og, percent=Decimal(percent))
        for og, percent in zip(world.own.ogs, percents, strict=True)
    ]


def bare(world: World) -> Weighting:
    """Weights without a share yet."""
    return Weighting.objects.create(
        project=world.project,
        number=50,
        method=WeightingMethod.CUSTOM,
        decision=world.own.decision,
        effective_on=TODAY(),
        recorded_by=world.lead,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("found", [("66.67", "33.32"), ("66.67", "33.34"), ("100", "0.01")])
def test_shares_that_do_not_add_up_never_end_their_transaction(world: World, found: tuple[str, str]) -> None:
    with pytest.raises(DomainError, match="doit valoir 100 % exactement"), refused_in_words(WeightShare), elevated():
        WeightShare.objects.bulk_create(rows(world, bare(world), *found))
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    with pytest.raises(IntegrityError, match="weights_add_up"), acting_as(world.lead.pk):
        weighting = bare(world)
        with connection.cursor() as cursor:  # one by one, in raw SQL: judged when the transaction ends
            for share in rows(world, weighting, *found):
                cursor.execute(
                    "insert into governance_weightshare (id, project_id, weighting_id, og_id, percent) "
                    "values (%s, %s, %s, %s, %s)",
                    [share.pk, world.project.pk, weighting.pk, share.og_id, share.percent],
                )
    with elevated():
        assert not Weighting.objects.filter(number=50).exists()


@pytest.mark.django_db(transaction=True)
def test_shares_that_add_up_are_judged_together(world: World) -> None:
    with elevated():
        WeightShare.objects.bulk_create(rows(world, bare(world), "0.01", "99.99"))
    with elevated():
        assert Weighting.objects.filter(number=50).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("found", ["-0.01", "100.01"])
def test_a_share_is_between_0_and_100(world: World, found: str) -> None:
    with pytest.raises(DomainError, match="Un poids va de 0 à 100 %"), refused_in_words(WeightShare), elevated():
        WeightShare.objects.bulk_create(rows(world, bare(world), found, "0"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(lambda weighting: Weighting.objects.filter(pk=weighting.pk).update(rule="Autre"), id="rule"),
        pytest.param(
            lambda weighting: Weighting.objects.filter(pk=weighting.pk).update(effective_on=TODAY()), id="day"
        ),
        pytest.param(lambda weighting: weighting.shares.update(percent=50), id="shares"),
        pytest.param(lambda weighting: weighting.shares.all()[0].delete(), id="a share"),
        pytest.param(lambda weighting: weighting.delete(), id="all of it"),
        pytest.param(lambda weighting: raw("update governance_weightshare set percent = 50"), id="raw shares"),
        pytest.param(lambda weighting: raw("update governance_weighting set method = 'equal', number = 99"), id="raw"),
        pytest.param(lambda weighting: raw("delete from governance_weightshare"), id="raw delete"),
    ],
)
@pytest.mark.parametrize("role", ["app", "elevated"])
def test_recorded_weights_never_change(world: World, tamper: Callable[[Weighting], object], role: str) -> None:
    weighting = record(world)
    before = percents(weighting)
    scope = elevated() if role == "elevated" else acting_as(world.lead.pk)
    with pytest.raises(IntegrityError, match=r"weight(ing)?_kept"), transaction.atomic(), scope:
        tamper(weighting)
    with elevated():
        kept = Weighting.objects.get(pk=weighting.pk)
    assert (kept.rule, kept.effective_on, percents(kept)) == (weighting.rule, weighting.effective_on, before)


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


# --- Pages -----------------------------------------------------------------------------------------------------------


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def heading(answer: HttpResponse) -> str:
    return text(parse(answer.content).xpath("//h1")[0]).replace("\xa0", " ")


def fields(world: World, **values: object) -> dict[str, object]:
    return {
        "method": WeightingMethod.ESMS_COUNT,
        "decision": world.own.decision.pk,
        "effective_on": (TODAY() + timedelta(days=1)).isoformat(),
        "token": uuid.uuid4(),
        **values,
    }


def typed(world: World, kind: str, *figures: str) -> dict[str, str]:
    return {f"{kind}-{og.pk}": figure for og, figure in zip(world.own.ogs, figures, strict=True)}


def preview(answer: HttpResponse) -> dict[str, list[str]]:
    """OG → today, new, difference."""
    lines = parse(answer.content).xpath("//*[@id='apercu']//tbody/tr")
    return {
        text(line.xpath("./th")[0]).replace("\xa0", " "): [
            text(cell).replace("\xa0", " ") for cell in line.xpath("./td")
        ]
        for line in lines
    }


@pytest.mark.django_db
def test_the_page_says_who_weighs_what_by_which_decision(world: World, client_as: Callable) -> None:
    page = client_as(world.person(Role.COSTRAT)).get(PAGE)
    assert heading(page) == "Les deux OG pèsent chacun 50 % au COSTRAT"
    shown = plain(page)
    assert "Poids n° 1" in shown
    assert "En vigueur" in shown
    assert f"Adoptés par la décision {unbroken(world.own.decision.reference)} : Le calendrier" in shown
    assert "Fixer de nouveaux poids" not in shown
    record(world, cap=Decimal(60), rule="Les ESMS de l’annexe 1.")
    later = client_as(world.lead).get(PAGE)
    assert "Fixer de nouveaux poids" in plain(later)
    assert "Amont 60 % ; Aval 40 %" in plain(later)
    assert "À venir" in plain(later)
    assert heading(later) == heading(page)  # not in force yet


@pytest.mark.django_db
def test_weights_in_force_are_drawn_and_told(world: World, lead: Client) -> None:
    weighting = record(world, cap=Decimal(60), rule="Les ESMS de l’annexe 1.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *args, **kwargs: weighting.effective_on)
        page = lead.get(PAGE)
    assert heading(page) == "Amont pèse 60 % des voix, Aval 40 %"
    shown = plain(page)
    assert "Amont pèse plus que tous les autres réunis." in shown
    assert "Les ESMS de l’annexe 1." in shown
    assert "2 ESMS" in shown
    assert "Plafond60 %" in shown
    assert "Remplacés" in shown


@pytest.mark.django_db
def test_before_any_weights_each_og_weighs_the_same(client_as: Callable) -> None:
    project, lead = ProjectFactory(slug="sans-poids"), UserFactory()
    MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    for name in ("Amont", "Aval", "Val"):
        OGFactory(project=project, name=name)
    page = client_as(lead).get("/projets/sans-poids/gouvernance/poids/")
    assert heading(page) == "Chaque OG pèse autant, tant que le COSTRAT n’a pas fixé de poids"
    assert "33,34 %" in plain(page)
    assert "Fixer les premiers" in plain(page)


@pytest.mark.django_db
def test_an_og_that_came_since_has_no_weight_and_the_page_says_so(world: World, lead: Client) -> None:
    OGFactory(project=world.project, name="OG Nouveau", short_name="Nouveau")
    assert "Nouveau n’a pas de poids" in plain(lead.get(PAGE))
    assert preview(lead.get(NEW))["Nouveau"][0] == "Aucun"


@pytest.mark.django_db
def test_a_single_og_is_told_why_it_has_no_weights(client_as: Callable) -> None:
    project, lead = ProjectFactory(slug="seul", kind=ProjectKind.SINGLE_OG), UserFactory()
    MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    client, page = client_as(lead), "/projets/seul/gouvernance/poids/"
    assert heading(client.get(page)) == "Un seul OG : il n’y a pas de poids à fixer"
    for answer in (client.get(f"{page}nouveaux/"), client.post(f"{page}nouveaux/", {"method": "equal"})):
        assert (answer.status_code, answer["Location"]) == (302, page)


@pytest.mark.django_db
def test_the_preview_tells_old_and_new_and_writes_nothing(world: World, lead: Client) -> None:
    with elevated():
        before = Weighting.objects.count()
        ESMSProfile.objects.filter(esms=world.own.structures[0]).update(capacity=None)
    same = ["50,00 %", "50,00 %", "Inchangé"]
    cases = {
        "esms_count": {
            "Amont 2 ESMS": ["50,00 %", "66,67 %", "+16,67"],
            "Aval 1 ESMS": ["50,00 %", "33,33 %", "−16,67"],
        },
        "capacity": {"Amont 40 places": same, "Aval 40 places": same},
        "equal": {"Amont": same, "Aval": same},
    }
    for method, expected in cases.items():
        answer = lead.post(NEW, {"method": method, "apercu": "1", "token": uuid.uuid4()}, **HTMX)
        assert (answer.status_code, preview(answer)) == (200, expected)
        assert ("Foyer n’a pas dit sa capacité et compte pour zéro." in plain(answer)) == (method == "capacity")
    whole = lead.post(NEW, {"method": "esms_count", "apercu": "1", "token": uuid.uuid4()})  # without scripts
    assert (preview(whole), "<html" in whole.content.decode()) == (cases["esms_count"], True)
    assert not parse(whole.content).xpath("//*[@class='error']")
    with elevated():
        assert Weighting.objects.count() == before


@pytest.mark.django_db
def test_contributions_are_typed_bounded_and_recorded(world: World, lead: Client) -> None:
    euros = typed(world, "euros", "300 000", "100 000,00 €")
    posted = fields(world, method="financial_contribution", cap="60", **euros)
    assert preview(lead.post(NEW, {**posted, "apercu": "1"}, **HTMX))["Amont 300 000 €"][1] == "60,00 %"
    answer = lead.post(NEW, posted, follow=True)
    assert "Les nouveaux poids sont enregistrés : ils prennent effet le" in plain(answer)
    with elevated():
        weighting = Weighting.objects.get(number=2)
        assert (weighting.cap, weighting.floor) == (60, None)
    assert percents(weighting) == {"Amont": 60, "Aval": 40}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("figures", "why"),
    [
        (("60,33", "39,33"), "Il manque 0,34 %"),
        (("60,33", "40"), "Il y a 0,33 % de trop"),
        (("60,333", "39,667"), "Écrivez un pourcentage au centième près."),
        (("soixante", "40"), "Écrivez un pourcentage en chiffres"),
        (("100", ""), "Écrivez un chiffre, 0 si cet OG n’en a pas."),
        (("101", "0"), "Un pourcentage ne dépasse pas 100."),
    ],
)
def test_percentages_that_do_not_do_are_refused_and_stay(
    world: World, lead: Client, figures: tuple[str, str], why: str
) -> None:
    parts = typed(world, "part", *figures)
    answer = lead.post(NEW, fields(world, method="custom", rule="Un accord.", **parts))
    assert answer.status_code == 422
    assert why in plain(answer)
    page = parse(answer.content)
    for name, figure in parts.items():
        assert page.xpath(f"//input[@name='{name}']/@value") == ([figure] if figure else [])
    assert "Un accord." in plain(answer)
    with elevated():
        assert not Weighting.objects.filter(project=world.project, number=2).exists()


@pytest.mark.django_db
def test_what_another_method_left_behind_does_not_stop_this_one(world: World, lead: Client) -> None:
    left = {**typed(world, "part", "abc", "200"), **typed(world, "euros", "-3", "x")}
    answer = lead.post(NEW, fields(world, method="equal", cap="999", **left))
    assert answer.status_code == 302


@pytest.mark.django_db
def test_the_decision_is_chosen_or_worded_there(world: World, lead: Client) -> None:
    missing = lead.post(NEW, fields(world, decision=""))
    assert missing.status_code == 422
    assert "Donnez la date de la décision, ou choisissez-en une au-dessus." in plain(missing)
    worded = fields(world, decision="", decided_on=TODAY().isoformat(), text="Un ESMS, une voix.")
    assert lead.post(NEW, worded).status_code == 302
    with elevated():
        assert Weighting.objects.get(number=2).decision.text == "Un ESMS, une voix."
    for stranger in (world.foreign.decision, council_decision(world, body=world.own.governance.comop_body)):
        assert lead.post(NEW, fields(world, decision=stranger.pk)).status_code == 422


@pytest.mark.django_db
def test_the_day_offered_is_that_of_the_next_costrat(world: World, lead: Client) -> None:
    form = parse(lead.get(NEW).content)
    expected = timezone.localtime(world.own.governance.meeting.starts_at).date()
    assert form.xpath("//input[@name='effective_on']/@value") == [expected.isoformat()]
    late = lead.post(NEW, fields(world, effective_on=TODAY().isoformat()))
    assert late.status_code == 422
    assert "choisissez un jour après le dernier COSTRAT" in plain(late)


@pytest.mark.django_db
def test_the_form_begins_with_the_weights_of_today(world: World, lead: Client) -> None:
    page = parse(lead.get(NEW).content)
    assert page.xpath("//input[@name='method'][@checked]/@value") == ["equal"]
    assert page.xpath("//input[starts-with(@name, 'part-')]/@value") == ["50", "50"]


@pytest.mark.django_db
def test_what_somebody_writes_is_shown_as_text(world: World, lead: Client) -> None:
    record(world, rule="<script>alert(1)</script>", decision=None, decided_on=TODAY(), text="<script>alert(2)</script>")
    for address in (PAGE, NEW):
        assert "<script>alert" not in lead.get(address).content.decode()


# --- Queries ---------------------------------------------------------------------------------------------------------


def one_more(world: World) -> None:
    """An OG with a structure, a decision, and weights that know them."""
    ESMSFactory(og=OGFactory(project=world.project))
    number = 1000 + uuid.uuid4().int % 10**8
    WeightingFactory(decision=council_decision(world), number=number, recorded_by=UserFactory())
    MandateFactory(body=world.own.governance.costrat, user=UserFactory())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [PAGE, NEW])
def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, lead: Client, address: str) -> None:
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            one_more(world)
        with counted() as queries:
            assert lead.get(address).status_code == 200
        counts.append(queries)
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])
