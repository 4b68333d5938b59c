"""Keys as they are shown: those of a place, a new one, one to take away, what one may send with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.enums import Breakdown, Frequency, Kind
from indicators.models import Definition, PushKey
from indicators.presentation import crumbs, tabs
from indicators.pushed import SEVERITIES, is_split, is_weighed
from indicators.rights import Rights
from indicators.selectors.definitions import Followed
from indicators.splits import REQUIRED, choices_of
from organisations.models import ESMS, Project

SOON = timedelta(days=30)
DEFAULT = timedelta(days=365)


@dataclass(frozen=True)
class Place:
    """Where keys are: a structure, or the project for its vendor. What differs between the two is here."""

    project: Project
    rights: Rights
    esms: ESMS | None = None

    def url(self, name: str, *more: object) -> str:
        """`name`: without what says which place."""
        prefix = "push_key" if self.esms else "vendor_key"
        slugs = [self.project.slug, self.esms.slug] if self.esms else [self.project.slug]
        return reverse(f"{prefix}{name}", args=[*slugs, *more])

    @property
    def gives(self) -> bool:
        """Whether the reader gives and takes away keys."""
        return self.rights.validates if self.esms else self.rights.defines

    @property
    def title(self) -> str:
        return "Envois du logiciel" if self.esms else "Envois de l’éditeur"

    def crumbs(self, *steps: Link) -> list[Link]:
        home = Link(self.title, self.url("s") if steps else "")
        if self.esms:
            return crumbs.of_structure(self.esms, self.rights, home, *steps)
        return crumbs.of_project(self.project, home, *steps)

    def tabs(self) -> list[Link]:
        if self.esms:
            return tabs.of_structure(self.esms, self.rights, "push_keys")
        return tabs.of_project(self.project, self.rights, "vendor_keys")


# --- Those of a place -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KeyLine:
    label: str
    hint: str
    state: str
    tone: str
    icon: str
    given: str
    until: str
    used: str
    revoke_url: str


@dataclass(frozen=True)
class Case:
    code: str
    label: str


@dataclass(frozen=True)
class CodeLine:
    """An indicator as a software sends it. `fields`: the names in the body, each with what it says."""

    code: str
    label: str
    when: str
    fields: Sequence[Case]
    cases_said: str
    cases: Sequence[Case]


@dataclass(frozen=True)
class KeysPage:
    title: str
    lede: str
    crumbs: Sequence[Link]
    tabs: Sequence[Link]
    lines: Sequence[KeyLine]
    codes: Sequence[CodeLine]
    structures: Sequence[Case]
    issue_url: str
    empty: str
    whose: str


def keys_page(
    place: Place, keys: Sequence[PushKey], codes: Sequence[Followed], structures: Sequence[ESMS], today: date
) -> KeysPage:
    good = [key for key in keys if key.is_good(today)]
    ordered = [*good, *(key for key in keys if not key.is_good(today))]
    return KeysPage(
        title=_title(good),
        lede=_lede(place, good, today),
        crumbs=place.crumbs(),
        tabs=place.tabs(),
        lines=[_line(place, key, today) for key in ordered],
        codes=[code_line(one.definition, one.code) for one in codes],
        structures=[Case(esms.slug, french.typography(esms.name)) for esms in structures],
        issue_url=place.url("_issue") if place.gives else "",
        empty=_empty(place),
        whose="" if place.gives else "La direction de la structure donne et retire les clés.",
    )


def _title(good: Sequence[PushKey]) -> str:
    if not good:
        return "Aucun logiciel n’envoie de chiffres ici"
    said = french.counted(len(good), "clé permet", "clés permettent", feminine=True)
    return french.typography(f"{french.capital(said)} d’envoyer des chiffres")


def _lede(place: Place, good: Sequence[PushKey], today: date) -> str:
    if not good:
        return "Les chiffres se saisissent à la main ou s’importent d’un fichier."
    used = [key.last_used_at for key in good if key.last_used_at]
    if not used:
        return "Aucune n’a encore servi." if len(good) > 1 else "Elle n’a pas encore servi."
    return french.typography(f"Dernier envoi {french.relative(max(used), today)}.")


def _empty(place: Place) -> str:
    if place.esms:
        return (
            "Avec une clé, votre DUI écrit lui-même ses chiffres d’usage dans le relevé du mois, et vous n’avez plus à "
            "les recopier. Vous relisez, complétez et rendez le relevé comme d’habitude."
        )
    return (
        "Avec une clé, l’éditeur envoie les chiffres d’usage de toutes les structures du projet, qui n’ont plus à les "
        "recopier. Chacune relit, complète et rend son relevé comme d’habitude."
    )


def _line(place: Place, key: PushKey, today: date) -> KeyLine:
    state, tone, icon = _state(key, today)
    given = f"le {french.long_date(key.issued_at)} par {key.issued_by.get_full_name()}"
    if key.revoked_by:
        given = f"{given} ; retirée le {french.long_date(key.revoked_at)} par {key.revoked_by.get_full_name()}"
    return KeyLine(
        label=french.typography(key.label),
        hint=f"{key.hint}…",
        state=state,
        tone=tone,
        icon=icon,
        given=french.typography(given),
        until=french.long_date(key.expires_on),
        used=french.long_datetime(key.last_used_at) if key.last_used_at else "jamais",
        revoke_url=place.url("_revoke", key.pk) if place.gives and not key.revoked_at else "",
    )


def _state(key: PushKey, today: date) -> tuple[str, str, str]:
    if key.revoked_at:
        return "Retirée", "none", "s-na"
    if key.expires_on < today:
        return "Expirée", "none", "s-na"
    if key.expires_on <= today + SOON:
        return f"Expire {french.relative(key.expires_on, today)}", "late", "s-watch"
    return "Valable", "ok", "s-ok"


# --- What one may send ------------------------------------------------------------------------------------------------


def code_line(definition: Definition, code: str) -> CodeLine:
    split = is_split(definition)
    cases = [Case(choice.code, choice.label) for choice in choices_of(Breakdown(definition.breakdown))] if split else []
    asked = "à donner" if definition.breakdown in REQUIRED else "au besoin"
    said = french.plural(len(cases), "case de « breakdown »", "cases de « breakdown »")
    return CodeLine(
        code=code,
        label=french.typography(definition.label),
        when=Frequency(definition.frequency).label,
        fields=[Case(name, french.typography(says)) for name, says in _fields(definition)],
        cases_said=french.typography(f"{said}, {asked}") if cases else "",
        cases=cases,
    )


def _fields(definition: Definition) -> list[tuple[str, str]]:
    if definition.kind == Kind.TEXT:
        return [("text", "le texte"), ("severity", f"au besoin : {', '.join(SEVERITIES)}")]
    if definition.kind == Kind.RATIO:
        return [
            ("numerator", definition.numerator or "le numérateur"),
            ("denominator", definition.denominator or "le dénominateur"),
        ]
    found = [("value", _value(definition))]
    if is_weighed(definition):
        found.append(("denominator", "au besoin : le nombre de réponses"))
    return found


def _value(definition: Definition) -> str:
    if definition.kind == Kind.LEVEL:
        return "un rang : " + ", ".join(f"{level['rank']} {level['label']}" for level in definition.levels)
    if definition.kind == Kind.COUNT:
        return f"un nombre entier ({definition.unit})"
    if definition.kind == Kind.SCORE and definition.minimum is not None and definition.maximum is not None:
        return f"une note de {french.number(definition.minimum)} à {french.number(definition.maximum)}"
    return f"un nombre ({definition.unit})"


# --- Giving one, taking one away --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActPage:
    title: str
    lede: str
    crumbs: Sequence[Link]
    post_url: str
    back_url: str


def issue_page(place: Place) -> ActPage:
    return ActPage(
        title="Donner une clé d’envoi",
        lede="La clé vous sera montrée une seule fois : ayez sous la main l’endroit où la ranger."
        if place.esms
        else "Elle vaut pour toutes les structures du projet, et pour les seuls indicateurs d’usage. Elle vous sera "
        "montrée une seule fois.",
        crumbs=place.crumbs(Link("Donner une clé")),
        post_url=place.url("_issue"),
        back_url=place.url("s"),
    )


@dataclass(frozen=True)
class IssuedPage:
    title: str
    lede: str
    crumbs: Sequence[Link]
    key: str
    until: str
    back_url: str


def issued_page(place: Place, row: PushKey, key: str) -> IssuedPage:
    return IssuedPage(
        title="Notez cette clé maintenant",
        lede=french.typography(f"« {row.label} » ne sera plus montrée : seule son empreinte est gardée."),
        crumbs=place.crumbs(Link("Nouvelle clé")),
        key=key,
        until=french.typography(
            f"Donnez-la à qui règle le logiciel, par un moyen sûr, jamais par courriel. Elle vaut jusqu’au "
            f"{french.long_date(row.expires_on)}."
        ),
        back_url=place.url("s"),
    )


@dataclass(frozen=True)
class RevokePage(ActPage):
    version: int
    moved: str


def revoke_page(place: Place, key: PushKey, *, moved: bool = False) -> RevokePage:
    used = f"Elle a servi {french.relative(key.last_used_at)}." if key.last_used_at else "Elle n’a jamais servi."
    return RevokePage(
        title=french.typography(f"Retirer la clé « {key.label} » ?"),
        lede=french.typography(
            f"Le logiciel qui s’en sert n’enverra plus rien, et une clé retirée ne revient pas : il en faudra une "
            f"autre. {used} Ce qui a été envoyé reste."
        ),
        crumbs=place.crumbs(Link("Retirer une clé")),
        post_url=place.url("_revoke", key.pk),
        back_url=place.url("s"),
        version=key.version,
        moved="Cette clé vient de changer : relisez avant de la retirer." if moved else "",
    )
