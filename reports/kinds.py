"""The kinds of documents: who reads each, who asks for it, for which meetings, and what it may hold.

What makes one stands in `rendering`, which web processes don't carry.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.enums import BodyKind, MeetingStatus
from organisations.enums import Permission
from reports.enums import ReportKind


@dataclass(frozen=True)
class Section:
    """A part of a report that who asks may leave out, unless it is required."""

    code: str
    label: str
    required: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    `reads`: of these permissions on the project one is enough to read it, or on the structure that it is about; none
    for a document of a meeting, which is read by who reads the meeting. `statuses`: the meetings that it may be about,
    of `body` if one is named. `sections`, in the order of the document, are those that it holds when it has something
    to say there. `once_transmitted`: it is the structure's own people's until what it tells was transmitted.
    """

    kind: ReportKind
    slug: str
    says: str
    asks: Permission
    reads: tuple[Permission, ...] = ()
    recipients: str = ""
    body: BodyKind | None = None
    statuses: frozenset[MeetingStatus] = frozenset()
    sections: tuple[Section, ...] = ()
    about_a_structure: bool = False
    once_transmitted: bool = False

    @property
    def about_a_meeting(self) -> bool:
        """Whether it is the document of one meeting, whose readers are its own."""
        return not self.reads

    def kept(self, codes: Sequence[str]) -> list[str]:
        """The codes of its sections, in order: those asked for and those required."""
        return [section.code for section in self.sections if section.required or section.code in codes]


INDICATORS = Section("indicators", "Indicateurs et cibles : relevés rendus et chiffres d’ensemble")
RISKS = Section("risks", "Risques : chiffres d’ensemble et registre du projet")
_TOLD = frozenset({MeetingStatus.CONVENED, MeetingStatus.IN_SESSION, MeetingStatus.CLOSED})

KINDS = {
    item.kind: item
    for item in (
        Kind(
            kind=ReportKind.COSTRAT_ARBITRATIONS,
            slug="arbitrages-costrat",
            says="Ce que le comité doit décider, chaque arbitrage sur une page, ce qui a changé depuis la dernière "
            "séance et les suites des décisions.",
            asks=Permission.ASK_REPORTS,
            reads=(Permission.VIEW_COSTRAT_REPORTS,),
            recipients="membres et invités du COSTRAT",
            body=BodyKind.COSTRAT,
            statuses=_TOLD,
            sections=(
                Section("attendance", "Présences, pouvoirs et quorum"),
                Section("summary", "Synthèse", required=True),
                Section("arbitrations", "Arbitrages à rendre", required=True),
                Section("decisions", "Décisions rendues et leurs suites"),
                Section("checklist", "Checklist : ce qui a changé, ce qui bloque, ce qui est en retard"),
                Section("alerts", "Alertes"),
                INDICATORS,
                RISKS,
                Section("calendar", "Calendrier"),
                Section("weights", "Annexe : poids des OG"),
                Section("ogs", "Annexe : un volet par OG"),
            ),
        ),
        Kind(
            kind=ReportKind.COMOP_FOLLOW_UP,
            slug="suivi-comop",
            says="Les actions de la dernière séance, la checklist, les alertes, les structures une à une, et les "
            "quatre semaines qui viennent.",
            asks=Permission.ASK_REPORTS,
            reads=(Permission.VIEW_COMOP_REPORTS,),
            recipients="membres et invités du COMOP",
            body=BodyKind.COMOP,
            statuses=_TOLD,
            sections=(
                Section("attendance", "Présences et catégories représentées"),
                Section("summary", "Synthèse", required=True),
                Section("actions", "Actions des séances précédentes", required=True),
                Section("checklist", "Checklist : ce qui a changé, ce qui bloque, ce qui est en retard"),
                Section("structures", "Structures une à une"),
                Section("alerts", "Alertes"),
                INDICATORS,
                RISKS,
                Section("arbitrations", "Arbitrages à porter au COSTRAT"),
                Section("next", "Les quatre prochaines semaines"),
            ),
        ),
        Kind(
            kind=ReportKind.AGENDA,
            slug="ordre-du-jour",
            says="Les points d’une séance avec leur heure, qui les porte, ce qu’il faut avoir lu, et qui est convoqué.",
            asks=Permission.PREPARE_MEETINGS,
            statuses=_TOLD,
        ),
        Kind(
            kind=ReportKind.MINUTES,
            slug="compte-rendu",
            says="Présences, quorum, ce qui s’est dit et décidé point par point, et les actions de chacun.",
            asks=Permission.PREPARE_MEETINGS,
            statuses=frozenset({MeetingStatus.IN_SESSION, MeetingStatus.CLOSED}),
        ),
        Kind(
            kind=ReportKind.CHECKLIST_FOR_COSTRAT,
            slug="etat-checklist",
            says="Synthèse, avancement par étape, ce qui a changé, blocages, retards, et les actions bloc par bloc.",
            asks=Permission.ASK_REPORTS,
            reads=(Permission.VIEW_COSTRAT_REPORTS,),
            recipients="membres et invités du COSTRAT",
        ),
        Kind(
            kind=ReportKind.CHECKLIST,
            slug="checklist",
            says="Toutes les actions, avec leur état et qui est Responsable, Acteur, Consulté et Informé.",
            asks=Permission.ASK_REPORTS,
            reads=(Permission.VIEW_COSTRAT_REPORTS,),
        ),
        Kind(
            kind=ReportKind.HABILITATION_MATRIX,
            slug="habilitations",
            says="Qui voit quoi dans le DUI, profil par profil, les écarts avec la proposition et leurs raisons, les "
            "règles vérifiées, et la place des signatures.",
            asks=Permission.VIEW_STRUCTURES,
            reads=(Permission.VIEW_STRUCTURES, Permission.VIEW_HABILITATIONS),
            recipients="direction de la structure, chef de projet, délégué à la protection des données, et l’éditeur "
            "une fois la matrice consolidée",
            about_a_structure=True,
        ),
        Kind(
            kind=ReportKind.RISK_ANALYSIS,
            slug="analyse-de-risques",
            says="Le score par section, les risques les plus forts et leurs parades, le registre et son plan d’action, "
            "toutes les notes retenues.",
            asks=Permission.VIEW_STRUCTURES,
            reads=(Permission.VIEW_STRUCTURES,),
            recipients="direction de la structure et, une fois l’analyse transmise, direction de l’OG et chef de "
            "projet",
            about_a_structure=True,
            once_transmitted=True,
        ),
        Kind(
            kind=ReportKind.STRUCTURE_INDICATORS,
            slug="indicateurs",
            says="Les chiffres clés et leurs cibles, ce qui demande attention, les courbes, tous les indicateurs sur "
            "douze périodes, comment ils se répartissent et comment chacun se compte.",
            asks=Permission.VIEW_STRUCTURES,
            reads=(Permission.VIEW_STRUCTURES,),
            recipients="direction et référents de la structure, direction de l’OG, chef de projet",
            about_a_structure=True,
        ),
        Kind(
            kind=ReportKind.RISKS_CONSOLIDATED,
            slug="risques-consolides",
            says="Où est le risque dans les structures, ce qui leur est commun, qui n’a pas transmis, l’analyse du "
            "projet lui-même, son registre et les actions en retard.",
            asks=Permission.MANAGE_RISKS,
            reads=(Permission.MANAGE_RISKS,),
            recipients="chef de projet",
        ),
    )
}


def kind_at(slug: str) -> Kind | None:
    """The kind of a project's documents that an address names, if one."""
    return next((item for item in KINDS.values() if item.slug == slug and not item.about_a_structure), None)
