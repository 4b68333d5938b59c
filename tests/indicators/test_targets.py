"""Which target is aimed at, in a place, on a day."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from indicators.models import Indicator, Target
from indicators.selectors.targets import targets_of
from organisations.models import ESMS, Wave
from tests.factories import ESMSFactory
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)
CODE, PLAN = "administrative_records_rate", date(2025, 6, 1)


@pytest.fixture
def indicator(world: World) -> Indicator:
    with elevated():
        return Indicator.objects.get(project=world.project, code=CODE)


@pytest.fixture
def wave(world: World) -> Wave:
    with elevated():
        return Wave.objects.create(project=world.project, position=9, name="Vague du port")


@pytest.fixture
def esms(world: World, wave: Wave) -> ESMS:
    return ESMSFactory(og=world.own.ogs[0], slug="au-port", wave=wave)


def aim(indicator: Indicator, value: int, from_on: date = PLAN, *, wave: Wave | None = None, esms: ESMS | None = None):
    place = esms.pk if esms else indicator.project_id
    with elevated():
        return Target.objects.create(
            project_id=indicator.project_id,
            og_id=esms.og_id if esms else None,
            esms=esms,
            place=place,
            wave=wave,
            indicator=indicator,
            value=value,
            from_on=from_on,
        )


class TestAt:
    def test_the_nearest_has_the_last_word(self, world: World, indicator: Indicator, wave: Wave, esms: ESMS) -> None:
        elsewhere = ESMSFactory(og=world.own.ogs[0], slug="sans-vague")
        aim(indicator, 50)
        assert self.at(world, indicator, esms) == 50
        aim(indicator, 60, wave=wave)
        assert self.at(world, indicator, esms) == 60
        aim(indicator, 70, esms=esms)
        assert self.at(world, indicator, esms) == 70
        assert self.at(world, indicator, elsewhere) == self.at(world, indicator, None) == 50

    def test_the_latest_begun_on_that_day_holds(self, world: World, indicator: Indicator, esms: ESMS) -> None:
        aim(indicator, 50, date(2025, 1, 1))
        aim(indicator, 80, date(2025, 7, 1))
        days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
        assert [self.at(world, indicator, esms, day) for day in days] == [None, 50, 50, 80]

    def test_one_to_come_hides_nothing_wider(self, world: World, indicator: Indicator, esms: ESMS) -> None:
        aim(indicator, 50)
        aim(indicator, 70, date(2026, 1, 1), esms=esms)
        assert self.at(world, indicator, esms, PLAN) == 50

    def test_it_is_one_query(self, world: World, indicator: Indicator, esms: ESMS) -> None:
        for rank in range(3):
            aim(indicator, 50 + rank, date(2025, 1, 1 + rank), esms=esms)
        with elevated(), counted() as queries:
            targets_of(world.project).at(indicator.pk, esms, PLAN)
        assert len(queries) == 1

    @staticmethod
    def at(world: World, indicator: Indicator, esms: ESMS | None, day: date = PLAN) -> Decimal | None:
        with elevated():
            return targets_of(world.project, [indicator.pk]).at(indicator.pk, esms, day)


class TestFixing:
    @pytest.fixture
    def url(self) -> str:
        return reverse("indicator_target_add", args=[SLUG, CODE])

    def test_one_of_a_structure_is_fixed_once(self, lead: Client, url: str, indicator: Indicator, esms: ESMS) -> None:
        posted = {"of": str(esms.pk), "value": "62,5", "from_on": "2025-06-01"}
        for _ in range(2):
            page = lead.post(url, posted, follow=True).content.decode()
            assert "La cible est fixée à 62,5" in page
        with elevated():
            [target] = Target.objects.filter(indicator=indicator)
        assert (target.esms_id, target.value, target.place) == (esms.pk, Decimal("62.5"), esms.pk)

    @pytest.mark.parametrize(
        ("posted", "words"),
        [
            ({"value": "120"}, "ne dépasse pas 100"),
            ({"value": "beaucoup"}, "Écrivez un nombre en chiffres"),
            ({"value": ""}, "Donnez la cible."),
            ({"from_on": ""}, "Donnez la date de départ."),
            ({"of": str(UUID(int=3))}, "Choisissez dans la liste pour qui est cette cible."),
        ],
        ids=lambda value: "" if isinstance(value, dict) else value,
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, lead: Client, url: str, indicator: Indicator, posted: dict, words: str
    ) -> None:
        answer = lead.post(url, {"of": "projet", "value": "77", "from_on": "2025-06-01", **posted})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        for name, kept in {"value": "77", "from_on": "2025-06-01"}.items():
            assert name in posted or f'value="{kept}"' in answer.content.decode()
        with elevated():
            assert not Target.objects.filter(indicator=indicator).exists()

    def test_another_for_the_same_day_is_refused(self, lead: Client, url: str, indicator: Indicator) -> None:
        aim(indicator, 50)
        answer = lead.post(url, {"of": "projet", "value": "60", "from_on": "2025-06-01"})
        assert answer.status_code == 422
        assert "Une cible est déjà fixée à cette date." in answer.content.decode()

    def test_that_of_another_project_can_not_be_named(self, lead: Client, url: str, world: World) -> None:
        strange = str(world.foreign.structures[0].pk)
        assert lead.post(url, {"of": strange, "value": "60", "from_on": "2025-06-01"}).status_code == 422


class TestChanging:
    def test_it_is_changed_or_taken_away(self, lead: Client, indicator: Indicator) -> None:
        target = aim(indicator, 50)
        url = reverse("indicator_target", args=[SLUG, CODE, target.pk])
        lead.post(url, {"value": "55", "from_on": "2025-06-02", "version": 1})
        with elevated():
            target.refresh_from_db()
        assert (target.value, target.from_on) == (55, date(2025, 6, 2))
        lead.post(reverse("indicator_target_remove", args=[SLUG, CODE, target.pk]), {"version": 2})
        with elevated():
            assert not Target.objects.filter(indicator=indicator).exists()

    @pytest.mark.parametrize("name", ["indicator_target", "indicator_target_remove"])
    def test_what_somebody_else_changed_is_not_overwritten(self, lead: Client, indicator: Indicator, name: str) -> None:
        target = aim(indicator, 50)
        with elevated():
            Target.objects.filter(pk=target.pk).update(value=51, version=2)
        url = reverse(name, args=[SLUG, CODE, target.pk])
        answer = lead.post(url, {"value": "55", "from_on": "2025-06-01", "version": 1})
        assert answer.status_code == 409
        assert "51" in answer.content.decode()
        if name == "indicator_target":
            assert 'value="55"' in answer.content.decode()
        with elevated():
            target.refresh_from_db()
        assert target.value == 51
