"""The software landscape: what is in place, by area and publisher, what is there twice, when contracts end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from common import french
from common.charts import Bars
from common.ui import Link
from structures.catalogue.inventory import Field
from structures.inventory_figures import SOFTWARE, rows
from structures.presentation.inventory_follow_up import words
from structures.presentation.inventory_follow_up.places import crumbs, section_url
from structures.readiness import months_after
from structures.selectors.inventory_follow_up import Followed, FollowUp

SOON = 12  # months
RECORD = "user_record"
CURRENT_RECORD = "Dossier actuel de l’usager"


@dataclass(frozen=True)
class Line:
    """One software of one structure."""

    one: Followed
    values: dict[str, Any]

    @property
    def product(self) -> str:
        return str(self.values.get("product", ""))

    @property
    def publisher(self) -> str:
        return str(self.values.get("publisher") or "")


@dataclass(frozen=True)
class Product:
    """The same software, wherever it is. `future`: what is to become of it, in the words of the structures."""

    name: str
    publisher: str
    count: int
    who: str
    users: str
    hosting: str
    future: str


@dataclass(frozen=True)
class Area:
    id: str
    label: str
    said: str
    products: list[Product]


@dataclass(frozen=True)
class Ending:
    """The end of a contract. `when`: relative; `tone` says whether it is over or near."""

    on: date
    when: str
    tone: str
    icon: str
    what: str
    publisher: str
    structure: str
    url: str
    future: str


@dataclass(frozen=True)
class Twice:
    who: str
    url: str
    area: str
    products: str


@dataclass(frozen=True)
class Landscape:
    title: str
    lede: str
    crumbs: list[Link]
    chart: Bars
    publishers: Bars
    areas: list[Area]
    endings_title: str
    twice_title: str
    twice: list[Twice]


def landscape(follow: FollowUp) -> Landscape:
    lines, endings = lines_of(follow), endings_of(follow)
    table = follow.form.by_code[SOFTWARE]
    areas = _areas(table, lines)
    return Landscape(
        title=_title(lines, endings, follow),
        lede=_lede(follow),
        crumbs=crumbs(follow.project, Link("Logiciels")),
        chart=_chart(table, lines, len(follow.received)),
        publishers=_publishers(lines, len(follow.received)),
        areas=areas,
        endings_title=_endings_title(endings, follow.today),
        twice_title=_twice_title(_twice(table, lines, follow)),
        twice=_twice(table, lines, follow),
    )


def lines_of(follow: FollowUp) -> list[Line]:
    """The software of the inventories that were transmitted."""
    return [
        Line(one, values)
        for one in follow.received
        if one.evaluation
        for values in rows(one.evaluation.values, SOFTWARE)
    ]


def endings_of(follow: FollowUp) -> list[Ending]:
    """The contracts that have an end, soonest first; that of the record in use among them."""
    future = follow.form.by_code[SOFTWARE].column("future")
    found, told = [], set()
    for line in lines_of(follow):
        if line.values.get("functional_area") == RECORD:  # the same contract, asked twice
            told.add((line.one.esms.pk, line.values.get("contract_end")))
        if day := line.values.get("contract_end"):
            becomes = future.choice_label(line.values.get("future", ""))
            found.append(_ending(day, line.product, line.publisher, becomes, line.one, follow))
    for one in follow.received:
        day = one.evaluation.values.get("existing_dui_contract_end") if one.evaluation else None
        if isinstance(day, date) and (one.esms.pk, day) not in told:
            found.append(_ending(day, CURRENT_RECORD, "", future.choice_label("replaced"), one, follow))
    return sorted(found, key=lambda item: (item.on, item.structure, item.what))


def _ending(day: date, what: str, publisher: str, future: str, one: Followed, follow: FollowUp) -> Ending:
    over, near = day < follow.today, day <= months_after(follow.today, SOON)
    return Ending(
        on=day,
        when="échu" if over else french.relative(day, follow.today),
        tone="ko" if over else "late" if near else "none",
        icon="s-ko" if over else "s-watch" if near else "s-todo",
        what=french.typography(what),
        publisher=french.typography(publisher),
        structure=words.name_of(one),
        url=section_url(follow.project, one.esms, "software"),
        future=future,
    )


def _title(lines: Sequence[Line], endings: Sequence[Ending], follow: FollowUp) -> str:
    if not lines:
        return "Les logiciels des structures se liront ici"
    products = {_same(line.product) for line in lines}
    publishers = {_same(line.publisher) for line in lines if line.publisher}
    said = french.counted(len(products), "logiciel", "logiciels")
    if publishers:
        said += " d’un seul éditeur" if len(publishers) == 1 else f" de {french.in_words(len(publishers))} éditeurs"
    soon = _soon(endings, follow.today)
    if soon:
        ends = french.agree(soon, "contrat finit", "contrats finissent")
        return words.begin(f"{said} ; {french.in_words(soon)} {ends} dans l’année")
    return words.begin(f"{said} ; aucun contrat ne finit dans l’année")


def _soon(endings: Sequence[Ending], today: date) -> int:
    return sum(1 for item in endings if today <= item.on <= months_after(today, SOON))


def _lede(follow: FollowUp) -> str:
    count = len(follow.received)
    if not count:
        return "Ils viennent des états des lieux, une fois transmis par la direction de chaque structure."
    verb = french.agree(count, "a transmis son", "ont transmis leur")
    total = french.in_words(len(follow.structures))
    return words.begin(f"D’après {words.structures(count)} sur {total} qui {verb} état des lieux.")


def _chart(table: Field, lines: Sequence[Line], total: int) -> Bars:
    by_area: dict[str, set[Any]] = defaultdict(set)
    for line in lines:
        by_area[line.values.get("functional_area", "")].add(line.one.esms.pk)
    column = table.column("functional_area")
    counts = [(choice.label, len(by_area[choice.code])) for choice in column.choices if by_area[choice.code]]
    counts.sort(key=lambda item: -item[1])
    without = sum(1 for choice in column.choices if not by_area[choice.code])
    title = f"« {counts[0][0]} » est le domaine le plus équipé" if counts else "Aucun logiciel n’est encore décrit"
    sentence = ""
    if counts:
        areas = french.counted(without, "domaine n’a", "domaines n’ont")
        have = french.agree(counts[0][1], "y a", "y ont")
        sentence = f"{words.structures(counts[0][1])} {have} un logiciel ; " + (
            f"{areas} de logiciel nulle part." if without else "chaque domaine en a un quelque part."
        )
    return words.shares(
        counts,
        total,
        title=title,
        sentence=french.capital(sentence),
        row_label="Domaine",
        context="Structures équipées, par domaine",
    )


def _publishers(lines: Sequence[Line], total: int) -> Bars:
    labels: dict[str, str] = {}
    held: dict[str, set[Any]] = defaultdict(set)
    for line in lines:
        if line.publisher:
            labels.setdefault(_same(line.publisher), french.typography(line.publisher))
            held[_same(line.publisher)].add(line.one.esms.pk)
    counts = sorted(((labels[key], len(found)) for key, found in held.items()), key=lambda item: (-item[1], item[0]))
    title = "Aucun éditeur n’est encore nommé"
    if counts:
        verb = french.agree(counts[0][1], "travaille", "travaillent")
        title = f"{words.structures(counts[0][1])} {verb} avec {counts[0][0]}"
    return words.shares(
        counts[:8],
        total,
        title=french.capital(title),
        sentence="Les huit éditeurs les plus présents." if len(counts) > 8 else "",
        row_label="Éditeur",
        context="Structures, par éditeur",
        empty="Aucune structure n’a nommé d’éditeur.",
    )


def _areas(table: Field, lines: Sequence[Line]) -> list[Area]:
    found = []
    for choice in table.column("functional_area").choices:
        here = [line for line in lines if line.values.get("functional_area") == choice.code]
        if not here:
            continue
        products = _products(table, here)
        said = french.plural(len(products), "logiciel", "logiciels")
        where = words.structures(len({line.one.esms.pk for line in here}))
        found.append(Area(f"domaine-{choice.code}", choice.label, f"{said} dans {where}", products))
    return found


def _products(table: Field, lines: Sequence[Line]) -> list[Product]:
    grouped: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        grouped[_same(line.product), _same(line.publisher)].append(line)
    found = []
    for held in grouped.values():
        where = list({line.one.esms.pk: line.one for line in held}.values())
        users = [line.values["users_count"] for line in held if isinstance(line.values.get("users_count"), int)]
        found.append(
            Product(
                name=_spelling(line.product for line in held),
                publisher=_spelling(line.publisher for line in held),
                count=len(where),
                who=words.names(where),
                users=french.number(sum(users)) if users else "",
                hosting=_labels(table, "hosting", held),
                future=_labels(table, "future", held),
            )
        )
    return sorted(found, key=lambda product: (-product.count, product.name.lower()))


def _labels(table: Field, column: str, lines: Sequence[Line]) -> str:
    """« Serveur local, serveur de l’OG »: each answer once."""
    codes = dict.fromkeys(line.values.get(column, "") for line in lines)
    labels = [table.column(column).choice_label(code) for code in codes if code]
    return ", ".join(label if index == 0 else f"{label[:1].lower()}{label[1:]}" for index, label in enumerate(labels))


def _twice(table: Field, lines: Sequence[Line], follow: FollowUp) -> list[Twice]:
    """Structures that have several software in one area."""
    held: dict[tuple[Any, str], list[Line]] = defaultdict(list)
    for line in lines:
        held[line.one.esms.pk, line.values.get("functional_area", "")].append(line)
    found = []
    for (_, area), several in held.items():
        products = list(dict.fromkeys(french.typography(line.product) for line in several))
        if len(products) > 1 and area != "other":
            found.append(
                Twice(
                    who=words.name_of(several[0].one),
                    url=section_url(follow.project, several[0].one.esms, "software"),
                    area=table.column("functional_area").choice_label(area),
                    products=french.listed(products),
                )
            )
    return found


def _twice_title(found: Sequence[Twice]) -> str:
    if not found:
        return "Aucune structure n’a deux logiciels pour un même domaine"
    count = len({item.who for item in found})
    have = french.agree(count, "a plusieurs logiciels", "ont plusieurs logiciels")
    return words.begin(f"{words.structures(count)} {have} pour un même domaine")


def _endings_title(endings: Sequence[Ending], today: date) -> str:
    if not endings:
        return "Aucune fin de contrat n’est renseignée"
    over = sum(1 for item in endings if item.on < today)
    soon = _soon(endings, today)
    said = f"{french.in_words(soon)} {french.agree(soon, 'contrat finit', 'contrats finissent')} d’ici un an"
    if not soon:
        said = "aucun contrat ne finit d’ici un an"
    if over:
        said += f" ; {french.in_words(over)} {french.agree(over, 'est échu', 'sont échus')}"
    return words.begin(said)


def _spelling(names: Iterable[str]) -> str:
    """How to write what several people wrote: with a capital when one of them did."""
    return french.typography(min((name.strip() for name in names), key=lambda name: (not name[:1].isupper(), name)))


def _same(text: str) -> str:
    """Names that differ by spaces or capitals only are one."""
    return " ".join(text.casefold().split())
