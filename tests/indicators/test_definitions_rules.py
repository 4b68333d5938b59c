"""Rules in words, written and changed; how each frequency is collected."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from indicators.enums import Condition, Metric, Operator
from indicators.models import AlertRule, Collection
from indicators.presentation.rule_words import sentence
from indicators.selectors.definitions import followed
from organisations.models import Wave
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)
RATE = "connection_rate"
RULE = {
    "severity": "warning",
    "metric": "value",
    "operator": "lt",
    "threshold": "12,5",
    "periods": "2",
    "breakdown_value": "",
    "other": "",
    "message": "Trop peu de connexions : en parler en équipe.",
}


def text(answer: Any) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def rule_of(world: World) -> Callable[[str], AlertRule]:
    def find(code: str) -> AlertRule:
        with elevated():
            return AlertRule.objects.select_related("indicator").get(project=world.project, code=code)

    return find


SENTENCES = {
    RATE: "Critique quand la valeur est inférieure à 50 % deux périodes de suite.",
    "missing_entry": "À surveiller quand rien n’est rendu à la date limite depuis au moins une période.",
    "accounts_created_rate": "À surveiller quand l’écart avec « Part des utilisateurs formés » est inférieur à "
    "−20 points.",
    "schedule_status_level": "Critique quand le niveau est au moins « Retard important ou blocage ».",
    "attention_points_text": "Critique quand la gravité est au moins « Bloquant ».",
    "attention_points_open_count": "À surveiller quand la valeur n’est pas revenue à zéro depuis au moins deux "
    "périodes.",
    "critical_risks_count": "Critique quand la valeur est supérieure ou égale à 1.",
    "tickets_created_count": "À surveiller quand l’écart avec la période précédente est supérieur à 15 tickets.",
    "administrative_records_rate": "À surveiller quand la part de la cible atteinte est inférieure à 80 %.",
    "trained_people_count": "À surveiller quand la valeur n’a pas changé depuis la période précédente, dans les "
    "structures en phase « Pilote » ou « Généralisation » seulement, sauf si « Part des utilisateurs formés » est "
    "supérieur ou égal à 90 %.",
    "connections_by_time_slot_count": "À surveiller quand la part « Nuit, 22 h à 7 h » est nulle, dans les structures "
    "dont le mode d’accueil est « hébergement » ou « accueil de jour et hébergement » seulement.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_rule_is_read_as_a_sentence(world: World, rule_of: Callable[[str], AlertRule], code: str) -> None:
    with elevated():
        known = {one.indicator.pk: one for one in followed(world.project)}
        said = sentence(rule_of(code), known)
    assert said.replace("\xa0", " ").replace("\u202f", " ") == SENTENCES[code]


def test_all_are_listed_and_those_about_entries_have_their_place(lead: Client) -> None:
    page = text(lead.get(reverse("indicator_rules", args=[SLUG])))
    assert "40 règles d’alerte sont en service" in page
    assert page.index("Relevés non rendus") < page.index("Déploiement") < page.index(">Usage")
    for said in SENTENCES.values():
        assert said in page


class TestWriting:
    def add(self, lead: Client, code: str = RATE, **changed: Any) -> Any:
        url = reverse("indicator_rule_add", args=[SLUG, code])
        return lead.post(url, {**RULE, "token": str(uuid.uuid4()), **changed}, follow=True)

    def test_it_is_in_service_and_read_back(self, world: World, lead: Client) -> None:
        token = str(uuid.uuid4())
        for _ in range(2):
            page = text(self.add(lead, token=token, phases=["pilot", "usage"]))
            assert "À surveiller quand la valeur est inférieure à 12,5 % deux périodes de suite" in page
        with elevated():
            [rule] = AlertRule.objects.filter(project=world.project, token=token)
        assert (rule.active, rule.threshold, rule.only_field, rule.only_values) == (
            True,
            Decimal("12.5"),
            Condition.PHASE,
            ["pilot", "usage"],
        )

    def test_of_a_text_it_names_a_severity(self, world: World, lead: Client) -> None:
        page = text(self.add(lead, "attention_points_text", metric="level_at_least", threshold="2"))
        assert "la gravité est au moins « À surveiller »" in page
        with elevated():
            rule = AlertRule.objects.get(project=world.project, code="attention_points_text-2")
        assert (rule.operator, rule.threshold) == (Operator.GTE, 2)

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"metric": ""}, "Choisissez ce que la règle regarde."),
            ({"threshold": "peu"}, "Écrivez un nombre en chiffres"),
            ({"periods": "13"}, "Donnez un nombre de 1 à 12."),
            ({"metric": "gap_to"}, "Choisissez l’indicateur avec lequel comparer."),
            ({"metric": "periods_open", "threshold": "13"}, "Donnez un nombre de périodes, de 1 à 12."),
            ({"metric": "periods_open", "threshold": "1,5"}, "Donnez un nombre entier de périodes."),
            ({"severity": ""}, "Choisissez la gravité de l’alerte."),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_what_does_not_hold_is_said_and_kept(self, lead: Client, changed: dict[str, str], words: str) -> None:
        answer = self.add(lead, **changed)
        assert answer.status_code == 422
        assert words in text(answer)
        assert "en parler en équipe" in text(answer)


class TestChanging:
    def body(self, **changed: Any) -> dict[str, Any]:
        return {**RULE, "version": 1, **changed}

    def test_its_threshold_changes(self, lead: Client, rule_of: Callable[[str], AlertRule]) -> None:
        url = reverse("indicator_rule", args=[SLUG, rule_of(RATE).pk])
        assert "inférieure à 12,5 %" in text(lead.post(url, self.body(), follow=True))
        assert rule_of(RATE).threshold == Decimal("12.5")

    def test_what_its_form_does_not_say_stays(self, lead: Client, rule_of: Callable[[str], AlertRule]) -> None:
        slots, trained = "connections_by_time_slot_count", "trained_people_count"
        body = self.body(breakdown_value="weekend", metric="value", threshold="3")
        lead.post(reverse("indicator_rule", args=[SLUG, rule_of(slots).pk]), body)
        lead.post(reverse("indicator_rule", args=[SLUG, rule_of(trained).pk]), self.body(phases=["pilot"]))
        changed = rule_of(slots)
        assert (changed.breakdown_value, changed.only_field) == ("weekend", Condition.OPERATING_MODE)
        assert rule_of(trained).unless_indicator_id is not None
        assert rule_of(trained).only_values == ["pilot"]

    def test_that_of_missing_entries_counts_periods_only(
        self, lead: Client, rule_of: Callable[[str], AlertRule]
    ) -> None:
        rule = rule_of("repeated_missing_entry")
        body = {"severity": "warning", "threshold": "3", "message": "Trois relevés manquent.", "version": 1}
        answer = lead.post(reverse("indicator_rule", args=[SLUG, rule.pk]), body)
        assert answer["Location"] == reverse("indicator_rules", args=[SLUG])
        changed = rule_of("repeated_missing_entry")
        assert (changed.threshold, changed.metric, changed.operator) == (3, Metric.PERIODS_OPEN, Operator.GTE)

    def test_what_somebody_else_changed_is_not_overwritten(
        self, lead: Client, rule_of: Callable[[str], AlertRule]
    ) -> None:
        rule = rule_of(RATE)
        with elevated():
            AlertRule.objects.filter(pk=rule.pk).update(threshold=33, version=2)
        answer = lead.post(reverse("indicator_rule", args=[SLUG, rule.pk]), self.body())
        assert answer.status_code == 409
        assert "inférieure à 33 %" in text(answer)
        assert 'value="12,5"' in text(answer)
        assert rule_of(RATE).threshold == 33

    def test_out_of_service_then_back(self, lead: Client, rule_of: Callable[[str], AlertRule]) -> None:
        on, off = (reverse(f"indicator_rule_{way}", args=[SLUG, rule_of(RATE).pk]) for way in ("on", "off"))
        page = text(lead.post(off, follow=True))
        assert "Hors service" in page
        assert on in page
        assert rule_of(RATE).active is False
        lead.post(on, {"undo": "1"})
        assert rule_of(RATE).active is True


class TestCollection:
    def post(self, lead: Client, follow: bool = True, **changed: Any) -> Any:
        body = {
            "automatic": "on",
            "opens_after": "2",
            "due_after": "8",
            "closes_after": "30",
            "validated": "on",
            "phases": ["usage", "routine"],
            "version": "1",
            **changed,
        }
        url = reverse("indicator_collection", args=[SLUG, "monthly"])
        return lead.post(url, {f"monthly-{name}": value for name, value in body.items()}, follow=follow)

    def row(self, world: World) -> Collection:
        with elevated():
            return Collection.objects.get(project=world.project, frequency="monthly")

    def test_it_is_saved(self, world: World, lead: Client) -> None:
        with elevated():
            wave = Wave.objects.create(project=world.project, position=8, name="Vague du port")
        assert "C’est enregistré" in text(self.post(lead, waves=[str(wave.pk)]))
        row = self.row(world)
        assert (row.opens_after, row.due_after, row.closes_after, row.validated) == (2, 8, 30, True)
        assert (row.phases, row.wave_ids) == (["usage", "routine"], [wave.pk])

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"due_after": "2"}, "L’échéance vient après l’ouverture."),
            ({"closes_after": "7"}, "La clôture ne vient pas avant l’échéance."),
            ({"opens_after": "tôt"}, "Donnez un nombre de jours, de 1 à 60."),
            ({"phases": []}, "Cochez au moins une phase"),
        ],
    )
    def test_days_out_of_order_are_refused_in_words(
        self, world: World, lead: Client, changed: dict[str, Any], words: str
    ) -> None:
        answer = self.post(lead, **changed)
        assert answer.status_code == 422
        assert words in text(answer)
        assert self.row(world).version == 1

    def test_what_somebody_else_changed_is_not_overwritten(self, world: World, lead: Client) -> None:
        with elevated():
            Collection.objects.filter(pk=self.row(world).pk).update(due_after=9, version=2)
        answer = self.post(lead)
        assert answer.status_code == 409
        assert "échéance 9 jours après" in text(answer)
        assert 'value="8"' in text(answer)
        assert self.row(world).due_after == 9
