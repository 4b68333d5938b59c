"""The twenty rules of habilitations.yaml over plain values: each is broken once, and holds just beside; the proposal
breaks none. What is pasted from a spreadsheet is read."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from common.yaml_files import read_yaml
from structures.catalogue.habilitations import PATH, Cell, catalogue, parse
from structures.enums.habilitations import AccessLevel, Perimeter, RuleSeverity
from structures.habilitation_paste import Pasted, read_access, read_block
from structures.habilitation_rules import CHECKS, Declarations, Finding, Headcount, Matrix, findings, review_due

TODAY = date(2026, 11, 29)
WHY = "Réunion d’équipe du 12 novembre : accord du médecin."
SHORT = "Accord du médecin."  # 18 characters
READ, WRITE, VALIDATE, ADMIN, NONE = (
    AccessLevel.READ,
    AccessLevel.WRITE,
    AccessLevel.VALIDATE,
    AccessLevel.ADMIN,
    AccessLevel.NONE,
)
UNIT, ESMS, OG = Perimeter.UNIT, Perimeter.ESMS, Perimeter.OG


def sound() -> Matrix:
    """The proposal, everybody counted, validated: no rule has anything to say of it."""
    known = catalogue()
    heads = {
        code: Headcount(users=2, account_days=90 if profile.expiry_required else None)
        for code, profile in known.profiles.items()
    }
    return Matrix(heads, known.proposal, Declarations(), 32, date(2026, 3, 31), True)


def with_cell(profile: str, domain: str, *args: Any) -> Callable[[Matrix], Matrix]:
    return lambda matrix: replace(matrix, cells={**matrix.cells, (profile, domain): Cell(*args)})


def with_head(profile: str, **values: Any) -> Callable[[Matrix], Matrix]:
    return lambda matrix: replace(matrix, heads={**matrix.heads, profile: replace(matrix.heads[profile], **values)})


def declaring(**values: Any) -> Callable[[Matrix], Matrix]:
    return lambda matrix: replace(matrix, declared=Declarations(**values))


def with_values(**values: Any) -> Callable[[Matrix], Matrix]:
    return lambda matrix: replace(matrix, **values)


def both(*changes: Callable[[Matrix], Matrix]) -> Callable[[Matrix], Matrix]:
    def change(matrix: Matrix) -> Matrix:
        for item in changes:
            matrix = item(matrix)
        return matrix

    return change


Change = Callable[[Matrix], Matrix]
SENSITIVE = ("unit_manager", "nursing_care")  # not of the care team
PSYCHOLOGY = ("educator", "psychological_follow_up")
ADMINISTRATOR = "local_administrator"
EMERGENCY = {"emergency_profiles": ("nurse",), "emergency_reason": True, "emergency_logged": True}

# Rule → what breaks it, where; and what is just beside and holds.
CASES: dict[str, tuple[Change, tuple[str | None, str | None], Change]] = {
    "every_profile_used": (
        with_head("nurse", users=0),
        ("nurse", None),
        with_head("nurse", users=None, unused=True),
    ),
    "users_total_consistent": (with_values(to_equip=36), (None, None), with_values(to_equip=35)),
    "admin_share_max": (
        with_head(ADMINISTRATOR, users=3),
        (None, None),
        both(with_head(ADMINISTRATOR, users=3), with_head("educator", users=29), with_values(to_equip=60)),
    ),
    "admin_continuity": (
        with_head(ADMINISTRATOR, users=1),
        (None, None),
        both(with_head(ADMINISTRATOR, users=1), declaring(og_backup=True)),
    ),
    "admin_only_on_technical": (
        with_cell("direction", "billing", ADMIN, ESMS, WHY),
        ("direction", "billing"),
        with_cell("direction", "billing", VALIDATE, ESMS, WHY),
    ),
    "sensitive_needs_justification": (
        with_cell(*SENSITIVE, READ, UNIT, SHORT),
        SENSITIVE,
        with_cell(*SENSITIVE, READ, UNIT, WHY),
    ),
    "health_prescription_reserved": (
        with_cell("nurse", "medication", VALIDATE, ESMS, WHY),
        ("nurse", "medication"),
        with_cell("nurse", "medication", WRITE, ESMS, ""),
    ),
    "psychological_restricted": (
        with_cell(*PSYCHOLOGY, READ, UNIT),
        PSYCHOLOGY,
        with_cell(*PSYCHOLOGY, READ, UNIT, WHY),
    ),
    "segregation_config_content": (
        with_cell(ADMINISTRATOR, "daily_follow_up", WRITE, ESMS, WHY),
        (ADMINISTRATOR, "daily_follow_up"),
        with_cell(ADMINISTRATOR, "daily_follow_up", READ, ESMS, WHY),
    ),
    "segregation_logs": (
        both(
            with_cell("direction", "configuration", WRITE, ESMS, WHY),
            with_cell("direction", "access_logs", READ, ESMS, WHY),
        ),
        ("direction", "access_logs"),
        with_cell("direction", "configuration", READ, ESMS, WHY),
    ),
    "segregation_billing": (
        with_cell("billing_officer", "billing", VALIDATE, ESMS, WHY),
        (None, None),
        with_cell("administrative_secretary", "billing", WRITE, ESMS, WHY),
    ),
    "og_perimeter_needs_justification": (
        with_cell("physician", "identity_admin", READ, OG),
        ("physician", "identity_admin"),
        with_cell("physician", "identity_admin", READ, OG, WHY),
    ),
    "perimeter_required": (
        with_cell("nurse", "identity_admin", READ, None),
        ("nurse", "identity_admin"),
        with_cell("nurse", "identity_admin", NONE, None),
    ),
    "above_default": (
        with_cell("educator", "daily_follow_up", WRITE, ESMS),
        ("educator", "daily_follow_up"),
        with_cell("educator", "daily_follow_up", READ, UNIT),
    ),
    "temporary_expiry": (
        with_head("temporary_worker", account_days=181),
        ("temporary_worker", None),
        with_head("temporary_worker", account_days=180),
    ),
    "named_accounts_only": (declaring(generic_accounts=1), (None, None), declaring(generic_accounts=0)),
    "emergency_access_bounded": (
        declaring(**EMERGENCY, emergency_hours=25),
        (None, None),
        declaring(**EMERGENCY, emergency_hours=24),
    ),
    "publisher_access_bounded": (
        declaring(publisher_access=True, publisher_until=date(2026, 12, 5)),
        (None, None),
        declaring(publisher_access=True, publisher_until=date(2026, 12, 5), publisher_ticket="T-1042"),
    ),
    "director_approval": (with_values(approved_by_director=False), (None, None), with_values()),
    "yearly_review": (
        with_values(approved_on=date(2025, 11, 28)),
        (None, None),
        with_values(approved_on=date(2025, 11, 29)),
    ),
}


def found(matrix: Matrix) -> list[Finding]:
    return findings(catalogue(), matrix, today=TODAY)


def of(rule: str, matrix: Matrix) -> list[Finding]:
    return [finding for finding in found(matrix) if finding.rule.code == rule]


def test_the_proposal_breaks_no_rule() -> None:
    assert found(sound()) == []


def test_each_rule_of_the_file_is_checked_and_tried() -> None:
    assert set(CASES) == set(CHECKS) == set(catalogue().rules)
    assert len(CASES) == 20


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_broken(rule: str) -> None:
    breaks, place, _ = CASES[rule]
    finding = of(rule, breaks(sound()))[0]
    assert (finding.profile, finding.domain) == place
    assert finding.message == catalogue().rules[rule].message
    assert finding.mend.endswith(".")
    blocks = {item["code"] for item in read_yaml(PATH)["rules"] if item["severity"] == "blocking"}
    assert finding.blocking == (rule in blocks)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_holds_just_beside(rule: str) -> None:
    assert of(rule, CASES[rule][2](sound())) == []


OTHER_WAYS: list[tuple[str, Change]] = [
    ("every_profile_used", with_head("nurse", users=None)),
    ("users_total_consistent", with_values(to_equip=29)),
    ("segregation_config_content", with_cell(ADMINISTRATOR, "nursing_care", READ, ESMS, WHY)),
    ("og_perimeter_needs_justification", with_cell("educator", "identity_admin", READ, OG, WHY)),
    ("segregation_billing", with_cell("direction", "billing", READ, ESMS)),
    ("above_default", with_cell("educator", "billing", READ, UNIT)),
    # What the proposal says of itself doesn't explain that one goes beyond it.
    (
        "above_default",
        lambda matrix: with_cell(
            "direction",
            "social_rights",
            WRITE,
            ESMS,
            catalogue().proposal["direction", "social_rights"].justification,
        )(matrix),
    ),
    ("temporary_expiry", with_head("temporary_worker", account_days=None)),
    ("emergency_access_bounded", declaring(**{**EMERGENCY, "emergency_profiles": ("educator",)}, emergency_hours=4)),
    ("emergency_access_bounded", declaring(**{**EMERGENCY, "emergency_reason": False}, emergency_hours=4)),
    ("emergency_access_bounded", declaring(**{**EMERGENCY, "emergency_logged": False}, emergency_hours=4)),
    ("emergency_access_bounded", declaring(**EMERGENCY)),
    ("publisher_access_bounded", declaring(publisher_access=True, publisher_ticket="T-1042")),
    ("director_approval", with_values(approved_on=None)),
]


@pytest.mark.parametrize(("rule", "breaks"), OTHER_WAYS)
def test_a_rule_is_broken_in_its_other_ways(rule: str, breaks: Change) -> None:
    assert of(rule, breaks(sound()))


def test_a_profile_without_object_opens_nothing() -> None:
    wide = with_cell("workshop_instructor", "medication", VALIDATE, ESMS)(sound())
    assert {finding.rule.code for finding in found(wide)} == {"health_prescription_reserved", "above_default"}
    unused = replace(wide.heads["workshop_instructor"], users=None, unused=True)
    assert found(replace(wide, heads={**wide.heads, "workshop_instructor": unused}, to_equip=30)) == []


def test_what_nobody_counted_is_not_compared() -> None:
    assert of("users_total_consistent", replace(sound(), to_equip=None)) == []


def test_what_blocks_comes_first() -> None:
    broken = both(with_head("nurse", users=0), with_cell(*PSYCHOLOGY, READ, UNIT), declaring(generic_accounts=2))(
        sound()
    )
    order = [finding.rule.severity for finding in found(broken)]
    assert order == sorted(order, key=lambda severity: severity != RuleSeverity.BLOCKING)
    assert set(order) == set(RuleSeverity)


@pytest.mark.parametrize(
    ("approved", "due"),
    [
        (date(2026, 3, 31), date(2027, 3, 31)),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_validation_holds_a_year(approved: date, due: date) -> None:
    assert review_due(catalogue(), approved) == due


# --- The file --------------------------------------------------------------------------------------------------------


def test_the_file_has_its_profiles_domains_and_accesses() -> None:
    known = catalogue()
    assert (len(known.profiles), len(known.domains), len(known.proposal)) == (16, 16, 256)
    assert known.proposal["nurse", "medication"] == Cell(
        WRITE,
        ESMS,
        "",
        "Écriture : préparer, administrer et tracer ; la validation reste au médecin.".replace(" :", "\u00a0:").replace(
            " ;", "\u202f;"
        ),
    )


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    content = deepcopy(read_yaml(PATH))
    change(content)
    return content


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["levels"].pop(),
        lambda content: content["workflow"].pop(),
        lambda content: content["profiles"].append(content["profiles"][0]),
        lambda content: content["default_matrix"].pop(),
        lambda content: content["default_matrix"][0]["cells"].update(kitchen={"level": "read", "perimeter": "unit"}),
        lambda content: content["default_matrix"][0]["cells"].update(billing={"level": "read", "perimeter": None}),
        lambda content: content["rules"][8]["params"].update(user_record_domains=["kitchen"]),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(broken(change))


# --- What is pasted --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "access"),
    [
        ("L", (READ, None)),
        ("e", (WRITE, None)),
        ("–", (NONE, None)),
        ("-", (NONE, None)),
        ("Aucun", (NONE, None)),
        ("Écriture", (WRITE, None)),
        ("ECRITURE", (WRITE, None)),
        ("Lu", (READ, UNIT)),
        ("Ee", (WRITE, ESMS)),
        ("L u", (READ, UNIT)),
        ("Validation, ESMS", (VALIDATE, ESMS)),
        ("Lecture (unité)", (READ, UNIT)),
        ("Lecture – OG", (READ, OG)),
        ("A", (ADMIN, None)),
    ],
)
def test_letters_and_words_are_read(text: str, access: tuple[AccessLevel, Perimeter | None]) -> None:
    assert read_access(text) == access


@pytest.mark.parametrize("text", ["X", "oui", "L z", "Lecture unité ESMS", "12", "Lecture et écriture"])
def test_another_text_is_not_an_access(text: str) -> None:
    assert read_access(text) is None


def test_a_block_is_read_cell_by_cell_and_empty_ones_say_nothing() -> None:
    assert list(read_block("L\t\tEu\r\n–\toups")) == [
        Pasted(0, 0, "L", READ, None),
        Pasted(0, 2, "Eu", WRITE, UNIT),
        Pasted(1, 0, "–", NONE, None),
        Pasted(1, 1, "oups", None, None),
    ]
