"""The documentary base of a structure in French."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from common import french, history
from common.ui import Entry, Link
from organisations.models import ESMS
from structures.enums.documents import DocumentKind
from structures.models import DocumentAbsence, DocumentRequest, DocumentVersion
from structures.rights import Rights
from structures.selectors.documents import Asked, Base, Freshness, Held, freshness

# Tone, icon and word of how a document stands.
STANDS = {
    Freshness.FRESH: ("ok", "s-ok"),
    Freshness.SOON: ("late", "clock"),
    Freshness.OVER: ("ko", "alert"),
}


def crumbs(esms: ESMS, rights: Rights, *more: tuple[str, str]) -> list[Link]:
    """The way to a page of the documents of a structure, for who may open each of these: the DPD not its first page."""
    place = [esms.project.slug, esms.slug]
    way = [("Documents", reverse("document_base", args=place)), *more]
    return [
        Link(esms.project.short_name, reverse("project", args=place[:1])),
        Link(french.typography(esms.name), reverse("structure", args=place) if rights.reads else ""),
        *(Link(label, url if number < len(way) - 1 else "") for number, (label, url) in enumerate(way)),
    ]


@dataclass(frozen=True)
class Line:
    """A document as it is listed. `state`: what its dates say."""

    title: str
    url: str
    detail: str
    tone: str
    icon: str
    state: str


@dataclass(frozen=True)
class Missing:
    """A kind that waits for an answer."""

    kind: str
    label: str
    tone: str
    add_url: str


@dataclass(frozen=True)
class RequestView:
    """What one request waits for; `why`: who asks, by when."""

    why: str
    message: str
    items: list[Missing]


@dataclass(frozen=True)
class Lacking:
    kind: str
    label: str
    told: str


@dataclass(frozen=True)
class BaseView:
    title: str
    lede: str
    crumbs: list[Link]
    requests: list[RequestView]
    asked: int
    lapsing: list[Line]
    lines: list[Line]
    lacking: list[Lacking]
    empty: bool
    suggested: list[Missing] = field(default_factory=list)


def base(found: Base, esms: ESMS, rights: Rights, today: date) -> BaseView:
    lines = {item.document.pk: line(item, esms, today) for item in found.held}
    lapsing = [
        lines[item.document.pk]
        for item in sorted(found.held, key=lambda item: item.latest.valid_until or date.max)
        if freshness(item.latest.valid_until, today) is not Freshness.FRESH
    ]
    order = list(DocumentKind.values)
    listed = sorted(found.held, key=lambda item: order.index(item.document.kind))
    requests = {asked.request.pk: asked.request for asked in found.asked}
    return BaseView(
        title=_title(found, lapsing),
        lede=_lede(found, lapsing, rights),
        crumbs=crumbs(esms, rights),
        requests=[
            _request(request, [asked for asked in found.asked if asked.request.pk == request.pk], esms, today)
            for request in requests.values()
        ],
        asked=len(found.asked),
        suggested=[_missing(kind, esms) for kind in found.lacking],
        lapsing=lapsing,
        lines=[lines[item.document.pk] for item in listed if lines[item.document.pk] not in lapsing],
        lacking=[_lacking(absence) for absence in found.absences.values()],
        empty=not found.held and not found.absences and not found.asked,
    )


def _title(found: Base, lapsing: list[Line]) -> str:
    """« Cinq documents sont dans la base ; deux sont attendus et un est à mettre à jour »."""
    count = len(found.held)
    there = (
        french.capital(french.counted(count, "document est dans la base", "documents sont dans la base"))
        if count
        else "La base de documents est encore vide"
    )
    waits = []
    if found.asked:
        waits.append(french.counted(len(found.asked), "est attendu", "sont attendus"))
    if lapsing:
        waits.append(french.counted(len(lapsing), "est à mettre à jour", "sont à mettre à jour"))
    return french.typography(f"{there} ; {french.listed(waits)}" if waits else there)


def _lede(found: Base, lapsing: list[Line], rights: Rights) -> str:
    if not rights.fills:
        return "Vous lisez ces documents. La direction et les référents de la structure les déposent."
    if found.asked:
        return "Répondez d’abord à ce qui est attendu : déposez le document, ou dites qu’il n’existe pas."
    if lapsing:
        return "Remplacez par leur nouvelle version les documents arrivés à leur date de révision."
    if found.lacking:
        return "Il manque encore des documents de l’état des lieux : déposez-les, ou dites qu’ils n’existent pas."
    return "Rien ne vous est demandé. Déposez ici ce qui sert au projet et aux équipes."


def line(item: Held, esms: ESMS, today: date) -> Line:
    tone, icon = STANDS[freshness(item.latest.valid_until, today)]
    return Line(
        title=french.typography(item.document.title),
        url=reverse("document", args=[esms.project.slug, esms.slug, item.document.pk]),
        detail=_detail(item),
        tone=tone,
        icon=icon,
        state=state(item.latest.valid_until, today),
    )


def _detail(item: Held) -> str:
    latest = item.latest
    parts = [DocumentKind(item.document.kind).label]
    parts.append(f"du {french.long_date(latest.dated_on)}" if latest.dated_on else "sans date")
    if len(item.versions) > 1:
        parts.append(french.plural(len(item.versions), "version", "versions"))
    return ", ".join(parts)


def state(valid_until: date | None, today: date) -> str:
    """« À revoir avant le 4 mars 2027 », « À revoir depuis le 2 octobre 2026 »."""
    if valid_until is None:
        return "Sans date de révision"
    if freshness(valid_until, today) is Freshness.OVER:
        return f"Dépassé depuis le {french.long_date(valid_until)}"
    near = f", {french.relative(valid_until, today)}" if freshness(valid_until, today) is Freshness.SOON else ""
    return f"À revoir avant le {french.long_date(valid_until)}{near}"


def _request(request: DocumentRequest, items: list[Asked], esms: ESMS, today: date) -> RequestView:
    late = request.due_on < today
    when = f"attendu depuis le {french.long_date(request.due_on)}"
    if not late:
        when = f"à répondre avant le {french.long_date(request.due_on)}, {french.relative(request.due_on, today)}"
    return RequestView(
        why=f"Demandé par {request.asked_by.get_full_name()}, {when}.",
        message=french.typography(f"« {request.message} »") if request.message else "",
        items=[_missing(asked.kind, esms, "ko" if late else "progress") for asked in items],
    )


def _missing(kind: DocumentKind, esms: ESMS, tone: str = "none") -> Missing:
    return Missing(kind.value, kind.label, tone, _add_url(kind, esms))


def _add_url(kind: DocumentKind, esms: ESMS) -> str:
    return f"{reverse('document_add', args=[esms.project.slug, esms.slug])}?type={kind.value}"


def _lacking(absence: DocumentAbsence) -> Lacking:
    told = f"N’existe pas, dit {absence.told_by.get_full_name()} le {french.long_date(absence.told_at)}."
    if absence.word:
        told += f" « {absence.word} »"
    return Lacking(absence.kind, DocumentKind(absence.kind).label, french.typography(told))


# --- One document ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VersionLine:
    id: object
    title: str
    detail: str
    link: str


@dataclass(frozen=True)
class DocumentView:
    title: str
    lede: str
    crumbs: list[Link]
    kind: str
    tone: str
    icon: str
    state: str
    place: str
    latest: VersionLine
    former: list[VersionLine]
    history: list[Entry]


def document(item: Held, esms: ESMS, rights: Rights, entries: list[history.Entry], today: date) -> DocumentView:
    tone, icon = STANDS[freshness(item.latest.valid_until, today)]
    return DocumentView(
        title=french.typography(item.document.title),
        lede=_document_lede(item, today),
        crumbs=crumbs(esms, rights, (french.typography(item.document.title), "")),
        kind=DocumentKind(item.document.kind).label,
        tone=tone,
        icon=icon,
        state=state(item.latest.valid_until, today),
        place=french.typography(item.document.place),
        latest=_version(item.latest),
        former=[_version(version) for version in item.versions[1:]],
        history=_history(item, entries),
    )


def _document_lede(item: Held, today: date) -> str:
    words = {
        Freshness.OVER: "Sa date de révision est passée : déposez la nouvelle version.",
        Freshness.SOON: "Sa date de révision approche : préparez la nouvelle version.",
    }
    return words.get(freshness(item.latest.valid_until, today), f"{DocumentKind(item.document.kind).label}.")


def _version(version: DocumentVersion) -> VersionLine:
    dated = f"du {french.long_date(version.dated_on)}, " if version.dated_on else ""
    who = version.deposited_by.get_full_name()
    return VersionLine(
        version.pk,
        version.file_name or version.link,
        french.capital(
            f"{dated}version {version.number}, déposée le {french.long_date(version.deposited_at)} par {who}"
        ),
        version.link,
    )


LABELS = {
    "kind": "Type",
    "title": "Intitulé",
    "place": "Emplacement",
    "removed_at": "Dans la base",
}


def _history(item: Held, entries: list[history.Entry]) -> list[Entry]:
    lines = [
        Entry(version.deposited_at, version.deposited_by.get_full_name(), f"version {version.number} déposée")
        for version in item.versions
    ]
    for entry in entries:
        if entry.label == "insert":
            continue
        lines.append(Entry(entry.at, entry.who, " ; ".join(_changed(change) for change in entry.changes)))
    return sorted(lines, key=lambda entry: entry.at, reverse=True)


def _changed(change: history.Change) -> str:
    if change.field == "removed_at":
        return "retiré de la base" if change.new else "remis dans la base"
    new, old = (in_words(change.field, value) for value in (change.new, change.old))
    if not old:
        return french.typography(f"{LABELS[change.field]} : « {new} »")
    return french.typography(f"{LABELS[change.field]} : « {new or 'rien'} » au lieu de « {old} »")


def in_words(name: str, value: object) -> str:
    """A value of the sheet of a document, as it is read."""
    if value in (None, ""):
        return ""
    if name == "kind":
        return DocumentKind(value).label
    return french.long_date(value) if isinstance(value, date) else str(value)
