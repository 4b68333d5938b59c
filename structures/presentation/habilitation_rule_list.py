"""The rules of the matrix on its page: those that don't hold, where, and how that is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from organisations.models import ESMS, Project
from structures.habilitation_rules import APPROVAL, HEADCOUNT, REVIEW, Finding
from structures.presentation import habilitation_words as words
from structures.selectors.habilitations import Reading

ALWAYS_TRUE = {APPROVAL, REVIEW}  # of a version being prepared: neither can be asked yet


@dataclass(frozen=True)
class Spot:
    """Where a rule doesn't hold, and where that is mended; `key`: its place in the grid."""

    label: str
    url: str
    key: str


@dataclass(frozen=True)
class RuleView:
    """A rule that doesn't hold. `mend`: how, once for all its spots."""

    label: str
    message: str
    mend: list[str]
    tone: str
    icon: str
    word: str
    spots: list[Spot]


@dataclass(frozen=True)
class Rules:
    broken: list[RuleView]
    held: list[str]

    @property
    def title(self) -> str:
        if not self.broken:
            return "Toutes les règles sont respectées"
        blocking = sum(rule.tone == "ko" for rule in self.broken)
        warned = len(self.broken) - blocking
        parts = []
        if blocking:
            parts.append(f"{french.counted(blocking, 'règle bloque', 'règles bloquent', feminine=True)} la validation")
        if warned:
            parts.append(f"{french.counted(warned, 'règle', 'règles', feminine=True)} à regarder")
        return french.capital(french.listed(parts))


def rules(reading: Reading, project: Project, esms: ESMS, *, fills: bool) -> Rules:
    known, matrix = reading.catalogue, reading.matrix
    found = reading.to_mend if matrix.open else reading.findings
    left_out = ALWAYS_TRUE if matrix.open else set()
    by_rule: dict[str, list[Finding]] = {}
    for finding in found:
        by_rule.setdefault(finding.rule.code, []).append(finding)
    broken = [_rule(reading, findings, project, esms, fills) for findings in by_rule.values()]
    held = [rule.label for code, rule in known.rules.items() if code not in by_rule and code not in left_out]
    if reading.values.to_equip is None and HEADCOUNT not in by_rule:
        label = known.rules[HEADCOUNT].label
        held = [f"{item} (pas encore compté)" if item == label else item for item in held]
    return Rules(broken, held)


def _rule(reading: Reading, findings: Sequence[Finding], project: Project, esms: ESMS, fills: bool) -> RuleView:
    rule, blocking = findings[0].rule, findings[0].blocking
    return RuleView(
        label=rule.label,
        message=rule.message,
        mend=list(dict.fromkeys(finding.mend for finding in findings)),
        tone="ko" if blocking else "late",
        icon="s-ko" if blocking else "s-watch",
        word="Bloque la validation" if blocking else "À regarder",
        spots=[_spot(reading, finding, project, esms, fills) for finding in findings if finding.profile],
    )


def _spot(reading: Reading, finding: Finding, project: Project, esms: ESMS, fills: bool) -> Spot:
    profile, domain = finding.profile or "", finding.domain
    label = words.place(reading.catalogue, profile, domain)
    if domain:
        url = words.cell_url(project, esms, profile, domain) if fills else f"#p-{profile}"
        return Spot(label, url, words.cell_key(profile, domain))
    url = reverse("habilitation_profile", args=[project.slug, esms.slug, profile]) if fills else f"#p-{profile}"
    return Spot(label, url, f"effectif-{profile}-users_count")
