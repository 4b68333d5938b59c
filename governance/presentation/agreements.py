"""The convention de coopération in French."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.charts import segments
from common.charts.bars import Segment
from common.ui import Link
from governance.catalogue import catalogue
from governance.enums import AgreementStatus, ArbitrationKind
from governance.forms.agreements import ArticleForm
from governance.models import Agreement, AgreementArticle, AgreementParty
from governance.presentation.sheets import SheetView, crumbs_to
from governance.selectors.agreements import Dossier, in_force
from governance.wording import Run, runs
from organisations.models import OG, Project

MARKS = {
    AgreementStatus.DRAFT: ("progress", "s-progress"),
    AgreementStatus.SIGNING: ("late", "edit"),
    AgreementStatus.IN_FORCE: ("ok", "s-ok"),
    AgreementStatus.REPLACED: ("none", "s-na"),
}


@dataclass(frozen=True)
class Mark:
    text: str
    tone: str
    icon: str


@dataclass(frozen=True)
class ArticleLine:
    """An article: its text as it is read; `form` and `url` for who writes it; `changes`: what it says otherwise than
    the version before."""

    code: str
    title: str
    guide: str
    text: str
    url: str
    form: ArticleForm | None
    changed: bool
    changes: list[Run]


@dataclass(frozen=True)
class PartyLine:
    """A party and its signature: « signée le 12 mars 2026 par Solène Aubertin-Roy, directrice générale »."""

    party: AgreementParty
    name: str
    signed: str
    recorded: str
    mark: Mark
    document_url: str


@dataclass(frozen=True)
class VersionLine:
    number: int
    title: str
    url: str
    current: bool
    mark: Mark
    when: str
    reason: str


@dataclass(frozen=True)
class AgreementView:
    """`moves`: who enters and who leaves, in a sentence; `next_article`: where the writing goes on; `next_party`: whose
    signature is to be recorded."""

    title: str
    lede: str
    crumbs: list[Link]
    mark: Mark
    written: str
    segments: Sequence[Segment]
    reason: str
    moves: str
    changed: str
    articles: list[ArticleLine]
    parties: list[PartyLine]
    annexes: Sequence[str]
    versions: list[VersionLine]
    next_article: Link | None
    next_party: Link | None
    reads_url: str
    arbitration_url: str
    absent: Sequence[OG] = field(default_factory=list)


def crumbs(project: Project, *more: str) -> list[Link]:
    """The way to the convention, or to what is under it."""
    if not more:
        return crumbs_to(project, "Convention")
    way = crumbs_to(project, *more)
    return [*way[:2], Link("Convention", reverse("agreement", args=[project.slug])), *way[2:]]


def agreement(found: Dossier, project: Project, versions: Sequence[Agreement], *, writes: bool) -> AgreementView:
    """One version. `writes`: its articles are shown to be written."""
    shown = found.agreement
    address = reverse("agreement_version", args=[project.slug, shown.number])
    lines = [article_line(article, found, project, writes=writes) for article in found.articles]
    empty = next((article for article in found.articles if not article.text), None)
    return AgreementView(
        title=agreement_title(found),
        lede=agreement_lede(found, versions),
        crumbs=crumbs(project, f"Version{french.NBSP}{shown.number}"),
        mark=mark(shown),
        written=written(found),
        segments=progress(found),
        reason=french.typography(shown.reason),
        moves=moves(found.joined, found.left),
        changed=f"{_changes(found)}." if shown.based_on_id else "",
        articles=lines,
        parties=[_party(party, project) for party in found.parties],
        annexes=catalogue().annexes,
        versions=[_version(item, project, shown) for item in versions],
        next_article=Link(f"Écrire l’article{french.NBSP}{empty.position}", f"#{empty.code}") if empty else None,
        next_party=_next_party(found, project),
        reads_url=f"{address}?lecture=1",
        arbitration_url=_arbitration_url(found, project),
        absent=found.absent,
    )


def progress(found: Dossier) -> Sequence[Segment]:
    """The articles written, as a bar."""
    return segments(("ok", found.written), total=len(found.articles) or 1)


def _next_party(found: Dossier, project: Project) -> Link | None:
    waited = next((party for party in found.parties if party.signed_on is None), None)
    if waited is None or found.agreement.status != AgreementStatus.SIGNING:
        return None
    url = reverse("agreement_sign", args=[project.slug, found.agreement.number, waited.pk])
    return Link(french.typography(f"Enregistrer la signature : {waited.og.short_name}"), url)


def agreement_title(found: Dossier) -> str:
    """What there is to know first, as the version goes: « 9 articles sur 17 sont écrits »."""
    shown, count, total = found.agreement, found.signed, len(found.parties)
    status = AgreementStatus(shown.status)
    if status == AgreementStatus.DRAFT:
        if shown.based_on_id is not None and found.written == len(found.articles):
            return _changes(found)
        return written(found)
    if status == AgreementStatus.SIGNING:
        if not count:
            return f"{_named(shown)} attend la signature de {_these(total)} OG"
        verb = french.agree(count, "OG sur {} a signé", "OG sur {} ont signé").format(french.in_words(total))
        return french.capital(f"{french.in_words(count)} {verb} la version{french.NBSP}{shown.number}")
    if status == AgreementStatus.IN_FORCE:
        return f"La convention est en vigueur depuis le {_day(shown.in_force_on)}"
    return f"{_named(shown)} a été remplacée le {_day(shown.replaced_on)}"


def _named(shown: Agreement) -> str:
    return f"La version{french.NBSP}{shown.number}"


def _these(count: int) -> str:
    return f"ses {french.in_words(count)}"


def written(found: Dossier) -> str:
    """« 9 articles sur 17 sont écrits »."""
    count, total = found.written, len(found.articles)
    if not count:
        return f"Aucun des {total} articles n’est encore écrit"
    if count == total:
        return f"Les {total} articles sont écrits"
    verb = french.agree(count, "est écrit", "sont écrits")
    return f"{french.plural(count, 'article', 'articles')} sur {total} {verb}"


def _changes(found: Dossier) -> str:
    """« Trois articles changent dans la version 2 »."""
    if not found.changed:
        still = " encore" if found.agreement.status == AgreementStatus.DRAFT else ""
        return f"Aucun article ne change{still} dans la version{french.NBSP}{found.agreement.number}"
    some = french.counted(found.changed, "article change", "articles changent")
    return french.capital(f"{some} dans la version{french.NBSP}{found.agreement.number}")


def agreement_lede(found: Dossier, versions: Sequence[Agreement]) -> str:
    shown, current = found.agreement, in_force(versions)
    status = AgreementStatus(shown.status)
    stays = (
        f" La version{french.NBSP}{current.number} reste en vigueur jusqu’à la dernière signature." if current else ""
    )
    if status == AgreementStatus.DRAFT:
        opened = french.long_date(shown.started_at)
        return f"Version{french.NBSP}{shown.number}, ouverte le {opened} par {shown.started_by}.{stays}"
    if status == AgreementStatus.SIGNING:
        since = french.long_date(shown.signing_since) if shown.signing_since else ""
        return french.typography(
            f"Elle est à la signature depuis le {since} : elle entre en vigueur quand tous ont signé.{stays}"
        )
    names = french.listed([french.typography(party.og.short_name) for party in found.parties])
    by = f"signée par {french.counted(len(found.parties), 'OG', 'OG')} : {names}"
    if status == AgreementStatus.IN_FORCE:
        return french.typography(f"Version{french.NBSP}{shown.number}, {by}.")
    return french.typography(f"En vigueur depuis le {_day(shown.in_force_on)}, elle avait été {by}.")


def _day(value: date | None) -> str:
    return french.long_date(value) if value else ""


def mark(shown: Agreement) -> Mark:
    status = AgreementStatus(shown.status)
    return Mark(status.label, *MARKS[status])


def moves(joined: Sequence[OG], left: Sequence[OG]) -> str:
    """« Entre : Amont ; sort : Aval. »"""
    parts = [
        f"{french.agree(len(ogs), one, many)} : {french.listed([og.name for og in ogs])}"
        for ogs, one, many in ((joined, "Entre", "Entrent"), (left, "Sort", "Sortent"))
        if ogs
    ]
    if not parts:
        return ""
    first, *more = parts
    return french.typography(" ; ".join([first, *(part[0].lower() + part[1:] for part in more)]) + ".")


def _arbitration_url(found: Dossier, project: Project) -> str:
    """Where the arbitration that an entry or an exit needs is opened, its nature and its question already there."""
    asked = {"nature": ArbitrationKind.OG_EXIT.value, "question": moves_question(found.joined, found.left)}
    return f"{reverse('arbitration_open', args=[project.slug])}?{urlencode(asked)}"


def moves_question(joined: Sequence[OG], left: Sequence[OG]) -> str:
    """« L’OG « Aval » peut-il sortir de la convention de coopération, et à quelles conditions ? »"""
    said = []
    if joined:
        said.append(f"{_may(joined)} entrer dans la convention de coopération")
    if left:
        said.append(f"{_may(left)} {'en sortir' if joined else 'sortir de la convention de coopération'}")
    return french.typography(french.capital(f"{french.listed(said)}, et à quelles conditions ?")) if said else ""


def _may(ogs: Sequence[OG]) -> str:
    names = french.listed([f"« {og.name} »" for og in ogs])
    return french.agree(len(ogs), f"l’OG {names} peut-il", f"les OG {names} peuvent-ils")


def article_line(
    article: AgreementArticle, found: Dossier, project: Project, *, writes: bool, form: ArticleForm | None = None
) -> ArticleLine:
    """One article. `form`: one that was posted, in the place of a fresh one."""
    changed = found.changes(article)
    return ArticleLine(
        code=article.code,
        title=french.typography(f"Article{french.NBSP}{article.position} : {article.title}"),
        guide=french.typography(article.guide),
        text=french.typography(article.text),
        url=reverse("agreement_article", args=[project.slug, found.agreement.number, article.code]),
        form=(form or ArticleForm(article=article)) if writes else None,
        changed=changed,
        changes=runs(found.before.get(article.code, ""), article.text) if changed else [],
    )


def _party(party: AgreementParty, project: Project) -> PartyLine:
    has_signed, recorded = party.signed_on is not None, ""
    if party.recorded_at is not None:
        recorded = f"Enregistrée le {french.long_date(party.recorded_at)} par {party.recorded_by}"
    return PartyLine(
        party=party,
        name=french.typography(party.og.name),
        signed=french.typography(f"Le {_day(party.signed_on)}, {party.signatory}, {party.capacity}")
        if has_signed
        else "",
        recorded=recorded,
        mark=Mark("Signée", "ok", "s-ok") if has_signed else Mark("En attente", "todo", "s-todo"),
        document_url=reverse("agreement_document", args=[project.slug, party.agreement.number, party.pk])
        if party.file
        else "",
    )


def _version(item: Agreement, project: Project, shown: Agreement) -> VersionLine:
    return VersionLine(
        number=item.number,
        title=f"Version{french.NBSP}{item.number}",
        url=reverse("agreement_version", args=[project.slug, item.number]),
        current=item.pk == shown.pk,
        mark=mark(item),
        when=_dates(item),
        reason=french.typography(item.reason),
    )


def _dates(item: Agreement) -> str:
    """« En vigueur du 12 mars 2026 au 3 mai 2027 »."""
    if item.in_force_on and item.replaced_on:
        return f"En vigueur du {_day(item.in_force_on)} au {_day(item.replaced_on)}"
    if item.in_force_on:
        return f"En vigueur depuis le {_day(item.in_force_on)}"
    if item.signing_since:
        return f"À la signature depuis le {french.long_date(item.signing_since)}"
    return f"En rédaction depuis le {french.long_date(item.started_at)}"


# --- Before there is one, and forms ----------------------------------------------------------------------------------


def none_needed(project: Project) -> SheetView:
    return SheetView(
        title="Ce projet n’a pas besoin de convention de coopération",
        lede="Elle lie les OG qui déploient ensemble un même DUI. Ce projet n’en réunit qu’un.",
        crumbs=crumbs(project),
    )


def to_start(project: Project) -> SheetView:
    return SheetView(
        title="La convention de coopération reste à écrire",
        lede=f"Elle lie les OG du projet par {len(catalogue().articles)} articles : gouvernance, vote, financement, "
        "données, entrée et sortie d’un OG.",
        crumbs=crumbs(project),
    )


def version_sheet(before: Agreement, project: Project) -> SheetView:
    return SheetView(
        title=f"Ouvrir la version{french.NBSP}{before.number + 1} de la convention",
        lede=f"Elle reprend les articles de la précédente. {_named(before)} reste en vigueur jusqu’à ce que tous aient "
        "signé la nouvelle.",
        crumbs=crumbs(project, "Nouvelle version"),
    )


def signature_sheet(party: AgreementParty, project: Project) -> SheetView:
    return SheetView(
        title=french.typography(f"{party.og.name} : enregistrer sa signature"),
        lede=f"{party.agreement}. La dernière signature la met en vigueur.",
        crumbs=crumbs(project, f"Version{french.NBSP}{party.agreement.number}", "Signature"),
    )
