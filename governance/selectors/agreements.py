"""The convention de coopération: its versions, and one of them in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from governance.enums import AgreementStatus
from governance.models import Agreement, AgreementArticle, AgreementParty
from organisations.models import OG, Project

UNDER_WAY = (AgreementStatus.DRAFT, AgreementStatus.SIGNING)


@dataclass(frozen=True)
class Dossier:
    """One version in full. `before`: the texts of the version that it follows, by code; `left` and `joined`: the OG
    that go and come with it; `absent`: the OG of the project that are not parties."""

    agreement: Agreement
    articles: Sequence[AgreementArticle]
    parties: Sequence[AgreementParty]
    before: Mapping[str, str] = field(default_factory=dict)
    joined: Sequence[OG] = ()
    left: Sequence[OG] = ()
    absent: Sequence[OG] = ()

    @property
    def written(self) -> int:
        """How many articles have a text."""
        return sum(bool(article.text) for article in self.articles)

    @property
    def signed(self) -> int:
        """How many parties have signed."""
        return sum(party.signed_on is not None for party in self.parties)

    @property
    def changed(self) -> int:
        """How many articles differ from the version before."""
        return sum(self.changes(article) for article in self.articles)

    def changes(self, article: AgreementArticle) -> bool:
        """Whether an article differs from what it was in the version before."""
        return self.agreement.based_on_id is not None and article.text != self.before.get(article.code, "")


def versions_of(project: Project) -> list[Agreement]:
    """The versions of the convention, the latest first. One query."""
    return list(Agreement.objects.filter(project=project).select_related("started_by").order_by("-number"))


def in_force(versions: Sequence[Agreement]) -> Agreement | None:
    return next((item for item in versions if item.status == AgreementStatus.IN_FORCE), None)


def to_show(versions: Sequence[Agreement]) -> Agreement | None:
    """The version that the page of the convention opens: the one under way, otherwise the one in force."""
    under_way = next((item for item in versions if item.status in UNDER_WAY), None)
    return under_way or in_force(versions)


def dossier(agreement: Agreement) -> Dossier:
    """One version in full. Five queries, three for the first version."""
    articles = list(agreement.articles.order_by("position"))
    parties = parties_of(agreement)
    ogs = list(OG.objects.filter(project=agreement.project_id).order_by("name"))
    now = {party.og_id for party in parties}
    earlier: set[object] = set(now)
    before: dict[str, str] = {}
    if agreement.based_on_id is not None:
        texts = AgreementArticle.objects.filter(agreement=agreement.based_on_id)
        before = dict(texts.order_by("position").values_list("code", "text"))
        were = AgreementParty.objects.filter(agreement=agreement.based_on_id)
        earlier = set(were.values_list("og_id", flat=True))
    return Dossier(
        agreement=agreement,
        articles=articles,
        parties=parties,
        before=before,
        joined=[og for og in ogs if og.pk in now - earlier],
        left=[og for og in ogs if og.pk in earlier - now],
        absent=[og for og in ogs if og.pk not in now],
    )


def parties_of(agreement: Agreement) -> list[AgreementParty]:
    """Whom a version binds, with who recorded their signature. One query."""
    return list(agreement.parties.select_related("og", "recorded_by").order_by("og__name"))
