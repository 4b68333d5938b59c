"""The page that tells how a figure was computed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.charts.base import Table
from common.ui import Link
from indicators.enums import Breakdown, Kind, Source
from indicators.presentation import crumbs
from indicators.presentation.words import terms_in_words, written
from indicators.rights import Rights
from indicators.selectors.computed import How
from indicators.splits import choices_of
from indicators.values import Terms
from organisations.access import Access
from organisations.enums import Permission

_TRANSMITTED = "Un risque que la structure n’a pas transmis n’y entre pas."
FORMULAS = {
    "open_risks_count": f"Les risques relevés jusqu’à ce jour et pas encore clos, selon leur criticité. {_TRANSMITTED}",
    "critical_risks_count": (
        f"Les risques ouverts de criticité critique dont aucune action n’est commencée. {_TRANSMITTED}"
    ),
    "risk_actions_completed_rate": (
        "Les actions terminées, rapportées à celles qui étaient décidées ce jour-là, sur les risques ouverts ou clos. "
        f"Une action abandonnée n’y entre plus. {_TRANSMITTED}"
    ),
    "risk_actions_overdue_count": (
        "Les actions sur des risques ouverts, à faire au plus tard ce jour-là et pas encore faites. "
        f"Une action abandonnée n’y entre plus. {_TRANSMITTED}"
    ),
    "risk_questionnaire_score": (
        "Les cent notes de la dernière analyse de risques transmise à ce jour, additionnées : de 100 (aucun risque) à "
        "1 000. Si des questions sont sans objet, le total est ramené à cent."
    ),
    "attention_points_open_count": "Les alertes de la structure qui n’avaient pas encore reçu de réponse ce jour-là.",
    "accounts_created_count": (
        "La structure saisit le nombre de comptes ouverts depuis le début. Une période sans saisie garde le chiffre de "
        "la dernière ; avant la première, il est de zéro."
    ),
    "accounts_created_rate": (
        "Les comptes ouverts, d’après la dernière saisie rendue, rapportés aux utilisateurs que compte la matrice des "
        "habilitations que la direction de la structure a validée en dernier."
    ),
}


@dataclass(frozen=True)
class HowView:
    """`value`: what it is worth, nothing while there is none; `said`: its terms in a sentence; `when`: which day it
    tells of and when it was computed; `waits`: what its source waits for; `again_url`: to compute it now."""

    title: str
    context: str
    crumbs: list[Link]
    value: str
    said: str
    formula: str
    waits: str
    when: str
    stays: str
    table: Table | None
    links: list[Link]
    again_url: str
    refused: str
    definition_url: str
    version: int


def how(told: How, rights: Rights, access: Access, *, refused: str = "") -> HowView:
    definition, esms, period = told.followed.definition, told.esms, told.period
    arguments = [esms.project.slug, esms.slug]
    page = reverse("structure_indicator", args=[*arguments, told.followed.code])
    again = reverse("indicator_computed_again", args=[*arguments, told.followed.code, period.code])
    open_to_change = not told.waits and not told.frozen and told.begun
    return HowView(
        title=definition.label,
        context=french.typography(f"{esms.name} · {period.label}"),
        crumbs=crumbs.of_structure(esms, rights, Link(definition.label, page), Link("Comment il est calculé")),
        value=written(definition, told.terms),
        said=french.typography(_said(told)),
        formula=french.typography(FORMULAS.get(told.followed.code, definition.help)),
        waits=french.typography(told.waits),
        when=french.typography(_when(told)),
        stays=_STAYS if told.frozen and not told.waits else "",
        table=_table(told),
        links=[] if told.waits else _links(told, rights, access),
        again_url=again if open_to_change and may_compute(rights) else "",
        refused=french.typography(refused),
        definition_url=reverse("indicator_definition", args=[esms.project.slug, told.followed.code])
        if rights.defines
        else "",
        version=definition.number,
    )


_STAYS = "La collecte de cette période est terminée : ce chiffre reste ce qu’il était alors."


def may_compute(rights: Rights) -> bool:
    """Who leads, and the people of the structure."""
    return rights.defines or rights.inside


def _said(told: How) -> str:
    """Its terms in a sentence; why there is none."""
    if told.waits:
        return ""
    if not told.begun:
        return "Cette période n’a pas encore de chiffre : elle se calcule à partir de son deuxième jour."
    if told.terms is None:
        return _NONE.get(told.followed.code, "Il n’y a pas de chiffre pour cette période.")
    if told.entered:
        return "Ce chiffre n’est pas calculé : la structure l’a saisi pour cette période."
    words = _TERMS.get(told.followed.code)
    return words(told.terms) if words else terms_in_words(told.followed.definition, told.terms)


def _counted(singular: str, plural: str, *, none: str) -> Callable[[Terms], str]:
    return lambda terms: f"{french.plural(terms.amount, singular, plural)}." if terms.amount else none


_TERMS: Mapping[str, Callable[[Terms], str]] = {
    "open_risks_count": _counted("risque ouvert", "risques ouverts", none="Aucun risque ouvert."),
    "critical_risks_count": _counted(
        "risque critique sans action commencée",
        "risques critiques sans action commencée",
        none="Aucun risque critique ne reste sans action commencée.",
    ),
    "risk_actions_completed_rate": lambda terms: (
        f"{french.plural(terms.amount, 'action terminée', 'actions terminées')} sur "
        f"{french.plural(terms.base or 0, 'décidée', 'décidées')}."
    ),
    "risk_actions_overdue_count": _counted(
        "action dont l’échéance est passée", "actions dont l’échéance est passée", none="Aucune action n’est en retard."
    ),
    "risk_questionnaire_score": lambda terms: f"{french.number(terms.amount)} points sur 1 000.",
    "attention_points_open_count": _counted(
        "alerte sans réponse", "alertes sans réponse", none="Aucune alerte n’attend de réponse."
    ),
    "accounts_created_count": _counted(
        "compte ouvert, d’après une autre saisie que celle de cette période",
        "comptes ouverts, d’après une autre saisie que celle de cette période",
        none="Aucun compte encore : la première saisie est venue plus tard.",
    ),
    "accounts_created_rate": lambda terms: (
        f"{french.plural(terms.amount, 'compte ouvert', 'comptes ouverts')} pour "
        f"{french.plural(terms.base or 0, 'utilisateur', 'utilisateurs')} dans la matrice."
    ),
}
_NONE = {
    "risk_actions_completed_rate": "Aucune action n’était décidée : il n’y a pas de taux.",
    "risk_questionnaire_score": "Aucune analyse de risques n’était transmise.",
    "accounts_created_count": "La structure n’a encore rendu aucune saisie de ses comptes.",
    "accounts_created_rate": "Pas de taux : il manque une saisie des comptes, ou des utilisateurs dans la matrice.",
}


def _when(told: How) -> str:
    if told.waits or not told.begun:
        return ""
    of = "hier, la période n’étant pas finie" if told.as_of < told.period.end else "dernier jour de la période"
    words = f"Situation au {french.long_date(told.as_of)} ({of})."
    if told.computed_at is None:
        return words
    return (
        f"{words} Ce chiffre a été calculé le {french.long_datetime(told.computed_at)} et n’a pas changé depuis"
        f"{'' if told.frozen else ' ; l’application le vérifie toutes les heures'}."
    )


def _table(told: How) -> Table | None:
    """How it splits, in the order of its breakdown; values with nothing in them are left out."""
    definition = told.followed.definition
    if not told.cells or not definition.breakdown:
        return None
    rows = [
        (choice.label, told.cells[choice.code])
        for choice in choices_of(Breakdown(definition.breakdown))
        if choice.code in told.cells
    ]
    if definition.kind == Kind.RATIO:
        return Table(
            (Breakdown(definition.breakdown).label, "Taux", "Détail"),
            tuple((label, (written(definition, terms), terms_in_words(definition, terms))) for label, terms in rows),
        )
    heads = (Breakdown(definition.breakdown).label, french.capital(definition.unit))
    return Table(heads, tuple((label, (french.number(terms.amount),)) for label, terms in rows))


def _links(told: How, rights: Rights, access: Access) -> list[Link]:
    """Where the rows that it counts are read, for who may read them."""
    esms, code, source = told.esms, told.followed.code, told.source
    arguments = [esms.project.slug, esms.slug]
    found: list[Link] = []
    if source == Source.RISKS and access.in_esms(esms, Permission.VIEW_STRUCTURES):
        narrowed = urlencode(_REGISTER.get(code, {}))
        register = reverse("esms_risk_register", args=arguments)
        found.append(Link("Les risques dans le registre", f"{register}{'?' if narrowed else ''}{narrowed}"))
        if code.startswith("risk_actions"):
            found.append(Link("Les actions dans le plan d’action", reverse("esms_risk_plan", args=arguments)))
    if source == Source.QUESTIONNAIRE and access.in_esms(esms, Permission.VIEW_STRUCTURES):
        found.append(Link("L’analyse de risques de la structure", reverse("esms_risk_scores", args=arguments)))
    if source == Source.ALERTS and (
        access.in_esms(esms, Permission.VIEW_STRUCTURES) or access.in_project(esms.project, Permission.VIEW_ALERTS)
    ):
        alerts = reverse("alerts", args=arguments[:1])
        found.append(Link("Les alertes de la structure", f"{alerts}?{urlencode({'structure': esms.slug})}"))
    if source == Source.ACCOUNTS:
        if rights.inside:
            found.append(Link("Les saisies de la structure", reverse("statements", args=arguments)))
        if access.in_esms(esms, Permission.VIEW_STRUCTURES, Permission.VIEW_HABILITATIONS):
            found.append(Link("La matrice des habilitations", reverse("habilitation_matrix", args=arguments)))
    return found


# What the register is narrowed to, so that it shows what is counted.
_REGISTER: Mapping[str, Mapping[str, str]] = {
    "critical_risks_count": {"criticite": "critical"},
    "risk_actions_completed_rate": {"etat": "tous"},
    "risk_actions_overdue_count": {"retard": "on"},
}
