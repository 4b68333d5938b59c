"""The documents and the people of the structures of the invented project. All names are invented."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from common import french
from common.scope import Scope, open_scope
from dui_deploy.demo.governed import Cast
from organisations.enums import Role
from organisations.models import ESMS, Membership, Project, User, place_of
from structures.enums.documents import DocumentKind as Kind
from structures.enums.people import ApplicationStatus, ContactFunction, Skill
from structures.models import (
    Application,
    Appointment,
    Contact,
    DocumentAbsence,
    DocumentRequest,
    DocumentVersion,
    RequestedDocument,
    ResourceCall,
    StructureDocument,
)

# One small page that any reader opens: what a demonstration document holds.
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
_PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class Doc:
    """A document: days from today to its date and to the day it is to be looked at again; how many versions."""

    kind: Kind
    title: str
    dated: int
    valid: int | None
    place: str = ""
    versions: int = 1


def load(world: dict[str, object], project: Project, code: str, cast: Cast) -> None:
    """Write them for the project of three OG; the other one has none yet."""
    if code != "dui_trois_rivages":
        return
    today, lead = timezone.localdate(), cast.users["lead"]
    esms = {name: structure for name, structure in cast.esms.items() if structure.project_id == project.pk}
    directors = {
        item.esms_id: item.user
        for item in Membership.objects.filter(project=project, role=Role.ESMS_DIRECTOR).select_related("user")
    }
    _documents(esms, directors, today)
    _request(project, esms, lead, today)
    _contacts(esms, directors, today)
    _applications(project, esms, directors, lead, today)
    _letters(esms, cast, directors, today)


# --- Documents -------------------------------------------------------------------------------------------------------

DOCUMENTS: dict[str, Sequence[Doc]] = {
    "ime_clairiere": [
        Doc(Kind.IT_ROADMAP, "Feuille de route informatique 2026-2028", -210, 480, "Intranet, rubrique Pilotage"),
        Doc(Kind.FUNCTIONAL_MAP, "Carte des logiciels de l’IME", -95, 270),
        Doc(Kind.RECORD_PROCEDURES, "Procédure d’admission et de projet personnalisé", -60, 305, "Classeur qualité", 3),
        Doc(Kind.DEGRADED_MODE, "Conduite à tenir sans réseau", -400, -35, "Salle des transmissions", 2),
        Doc(Kind.TRAINING_MATERIAL, "Diaporama « Écrire dans le DUI »", -20, None, "Intranet, rubrique DUI"),
        Doc(Kind.PROJECT_DOCUMENT, "Guide des transmissions de l’éditeur", -30, 335),
    ],
    "sessad_passerelles": [
        Doc(Kind.IT_ROADMAP, "Feuille de route informatique 2026-2028", -210, 480),
        Doc(Kind.FUNCTIONAL_MAP, "Carte des logiciels du SESSAD", -95, 30),
    ],
    "esat_nuage": [Doc(Kind.NETWORK_DIAGRAM, "Plan du réseau des ateliers", -150, 215)],
    "savs_boussole": [
        Doc(Kind.IT_ROADMAP, "Priorités informatiques du pôle", -180, 185),
        Doc(Kind.FUNCTIONAL_MAP, "Carte des logiciels du pôle", -180, 185),
        Doc(Kind.NETWORK_DIAGRAM, "Plan du réseau et liste des postes", -90, 275),
        Doc(Kind.RECORD_PROCEDURES, "Procédure d’accompagnement", -45, 320),
    ],
    "ehpad_lanternes": [
        Doc(Kind.IT_ROADMAP, "Schéma directeur du système d’information", -300, 430),
        Doc(Kind.FUNCTIONAL_MAP, "Cartographie applicative", -120, 245),
        Doc(Kind.NETWORK_DIAGRAM, "Plan du réseau et inventaire du parc", -120, 245),
        Doc(Kind.RECORD_PROCEDURES, "Circuit du médicament", -75, 290, "Infirmerie", 2),
        Doc(Kind.RECORD_PROCEDURES, "Transmissions et relèves", -40, 325, "Infirmerie"),
        Doc(Kind.CONTINUITY_PLAN, "Plan de continuité", -500, -135),
        Doc(Kind.PROCESSING_REGISTER, "Registre des traitements", -220, 145),
    ],
    "ssiad_hirondelles": [
        Doc(Kind.IT_ROADMAP, "Schéma directeur du système d’information", -300, 430),
        Doc(Kind.RECORD_PROCEDURES, "Procédure de tournée", -365, 12),
    ],
    "mas_grand_large": [Doc(Kind.IT_CHARTER, "Charte informatique", -700, None)],
    "eam_tournesols": [Doc(Kind.RECORD_PROCEDURES, "Procédure d’admission", -800, -70)],
}
ABSENT: dict[str, Sequence[tuple[Kind, str]]] = {
    "ime_clairiere": [(Kind.CONTINUITY_PLAN, "À écrire avec l’OG en 2027.")],
    "savs_boussole": [],
    "esat_nuage": [(Kind.IT_ROADMAP, "L’OG en prépare une pour tous."), (Kind.FUNCTIONAL_MAP, "")],
    "eam_tournesols": [(Kind.IT_ROADMAP, ""), (Kind.NETWORK_DIAGRAM, "Le prestataire ne l’a pas remis.")],
}
ASKED = (Kind.IT_ROADMAP, Kind.FUNCTIONAL_MAP, Kind.NETWORK_DIAGRAM, Kind.RECORD_PROCEDURES)


def _documents(esms: dict[str, ESMS], directors: dict[object, User], today: date) -> None:
    for code, documents in DOCUMENTS.items():
        structure, director = esms[code], directors[esms[code].pk]
        for doc in documents:
            row = StructureDocument.objects.create(
                **place_of(structure),
                kind=doc.kind,
                title=doc.title,
                place=doc.place,
                added_by=director,
                added_at=_at(today + timedelta(days=min(doc.dated + 10, -1))),
            )
            for number in range(1, doc.versions + 1):
                earlier = 180 * (doc.versions - number)
                version = DocumentVersion(
                    **place_of(structure),
                    document=row,
                    number=number,
                    file_name=f"{doc.kind.value}-{number}.pdf",
                    dated_on=today + timedelta(days=doc.dated - earlier),
                    valid_until=today + timedelta(days=doc.valid - earlier) if doc.valid is not None else None,
                    deposited_by=director,
                    deposited_at=_at(today + timedelta(days=min(doc.dated + 10 - earlier, -1))),
                )
                version.file.save(version.file_name, ContentFile(_PDF), save=False)
                version.save()
    for code, absences in ABSENT.items():
        for kind, word in absences:
            DocumentAbsence.objects.create(
                **place_of(esms[code]),
                kind=kind,
                word=word,
                told_by=directors[esms[code].pk],
                told_at=_at(today - timedelta(days=18)),
            )


def _request(project: Project, esms: dict[str, ESMS], lead: User, today: date) -> None:
    request = DocumentRequest.objects.create(
        project=project,
        message="Pour préparer la reprise des données et le plan de déploiement. Une version ancienne suffit.",
        due_on=today + timedelta(days=11),
        asked_by=lead,
        asked_at=_at(today - timedelta(days=24)),
    )
    late = DocumentRequest.objects.create(
        project=project,
        message="La procédure sans réseau doit être affichée avant l’ouverture du pilote.",
        due_on=today - timedelta(days=9),
        asked_by=lead,
        asked_at=_at(today - timedelta(days=40)),
    )
    RequestedDocument.objects.bulk_create(
        [
            *(
                RequestedDocument(**place_of(item), request=request, kind=kind)
                for item in esms.values()
                for kind in ASKED
            ),
            *(
                RequestedDocument(**place_of(esms[code]), request=late, kind=Kind.DEGRADED_MODE)
                for code in ("ime_clairiere", "ehpad_lanternes", "eam_tournesols")
            ),
        ]
    )


# --- People ----------------------------------------------------------------------------------------------------------

F = ContactFunction
CONTACTS: dict[str, Sequence[tuple[F, str, str, str, str, bool]]] = {
    "ime_clairiere": [
        (
            F.IT_MANAGER,
            "Service informatique des Brumes Claires",
            "Joris Penvéral",
            "informatique@brumes.example",
            "02 00 00 01 20",
            True,
        ),
        (F.NETWORK_PROVIDER, "Ondelis Réseaux", "", "support@ondelis.example", "02 00 00 01 55", True),
        (F.QUALITY, "", "Hanaé Courtebise", "qualite@brumes.example", "", False),
    ],
    "sessad_passerelles": [
        (
            F.IT_MANAGER,
            "Service informatique des Brumes Claires",
            "Joris Penvéral",
            "informatique@brumes.example",
            "02 00 00 01 20",
            True,
        ),
    ],
    "esat_nuage": [(F.NETWORK_PROVIDER, "Ondelis Réseaux", "", "support@ondelis.example", "02 00 00 01 55", False)],
    "savs_boussole": [
        (F.IT_MANAGER, "Service informatique des Brumes Claires", "", "informatique@brumes.example", "", True),
    ],
    "ehpad_lanternes": [
        (F.IT_MANAGER, "DSI des Hautes-Lucioles", "Séverine Aubazat", "dsi@lucioles.example", "02 00 00 02 10", True),
        (F.CURRENT_VENDOR, "Pavane Santé", "", "clients@pavane.example", "01 00 00 07 00", True),
        (F.DPO, "Délégué mutualisé", "Aurélien Pestourie", "dpd@lucioles.example", "", True),
    ],
    "aj_horloge": [(F.IT_MANAGER, "DSI des Hautes-Lucioles", "", "dsi@lucioles.example", "02 00 00 02 10", True)],
    "ssiad_hirondelles": [
        (F.IT_MANAGER, "DSI des Hautes-Lucioles", "", "dsi@lucioles.example", "02 00 00 02 10", True),
        (F.OTHER, "Télégestion Miralis", "", "assistance@miralis.example", "", False),
    ],
    "mas_grand_large": [
        (F.NETWORK_PROVIDER, "Cendrétel", "", "exploitation@cendretel.example", "02 00 00 03 30", True)
    ],
    "eam_tournesols": [
        (F.NETWORK_PROVIDER, "Cendrétel", "", "exploitation@cendretel.example", "02 00 00 03 30", False)
    ],
}


def _contacts(esms: dict[str, ESMS], directors: dict[object, User], today: date) -> None:
    for code, contacts in CONTACTS.items():
        structure, director = esms[code], directors[esms[code].pk]
        with _as(director):
            for function, organisation, name, email, phone, opened in contacts:
                Contact.objects.create(
                    **place_of(structure),
                    function=function,
                    organisation=organisation,
                    name=name,
                    email=email,
                    phone=phone,
                    authorised_on=today - timedelta(days=30) if opened else None,
                    authorised_by=director if opened else None,
                    added_by=director,
                    added_at=_at(today - timedelta(days=35)),
                )


def _applications(
    project: Project, esms: dict[str, ESMS], directors: dict[object, User], lead: User, today: date
) -> None:
    call = ResourceCall.objects.create(
        project=project,
        title="Relire le paramétrage des transmissions",
        text=(
            "L’éditeur livre un premier paramétrage des transmissions. Nous cherchons des professionnels de terrain "
            "pour le relire, l’essayer sur des situations fictives et dire ce qui manque avant l’ouverture des pilotes."
        ),
        skills=[Skill.SUPPORT, Skill.CARE, Skill.WRITING],
        workload="Deux ateliers d’une demi-journée par mois, jusqu’à fin mars",
        open_until=today + timedelta(days=16),
        opened_by=lead,
        opened_at=_at(today - timedelta(days=12)),
    )
    ResourceCall.objects.create(
        project=project,
        title="Tester la reprise des dossiers",
        text="Comparer un échantillon de dossiers repris avec l’original.",
        skills=[Skill.DATA, Skill.ADMISSION],
        workload="Trois journées en septembre",
        open_until=today - timedelta(days=60),
        opened_by=lead,
        opened_at=_at(today - timedelta(days=95)),
        closed_at=_at(today - timedelta(days=58)),
    )
    people: list[tuple[str, ApplicationStatus, dict[str, object]]] = [
        (
            "ehpad_lanternes",
            ApplicationStatus.RETAINED,
            {
                "name": "Capucine Jonquelet",
                "function": "Infirmière coordinatrice",
                "email": "c.jonquelet@lucioles.example",
                "skills": [Skill.CARE, Skill.WRITING, Skill.TRAINING],
                "days_per_month": Decimal("1.5"),
                "hours_per_month": 10,
                "compensation": "Remplacement par une infirmière du pool deux après-midi par mois.",
                "word": "Votre expérience du circuit du médicament est précieuse : premier atelier dans dix jours.",
            },
        ),
        (
            "savs_boussole",
            ApplicationStatus.SUBMITTED,
            {
                "name": "Anselme Torvald",
                "function": "Éducateur spécialisé",
                "email": "a.torvald@brumes.example",
                "skills": [Skill.SUPPORT, Skill.PERSONAL_PROJECT],
                "days_per_month": Decimal(1),
                "hours_per_month": 7,
                "compensation": "Visites regroupées sur trois jours.",
            },
        ),
        (
            "ssiad_hirondelles",
            ApplicationStatus.SUBMITTED,
            {
                "name": "Mirabelle Estoret",
                "function": "Aide-soignante",
                "email": "m.estoret@lucioles.example",
                "skills": [Skill.CARE, Skill.PLANNING],
                "own_skills": "saisie sur téléphone en tournée",
                "days_per_month": Decimal("0.5"),
                "available_until": today + timedelta(days=120),
                "hours_per_month": 4,
                "compensation": "Heures récupérées dans le mois.",
            },
        ),
    ]
    for code, status, values in people:
        structure, director = esms[code], directors[esms[code].pk]
        decided = status == ApplicationStatus.RETAINED
        with _as(director):
            Application.objects.create(
                **place_of(structure),
                call=call,
                status=status,
                available_from=today + timedelta(days=5),
                person_agreed_on=today - timedelta(days=8),
                manager_agreed_on=today - timedelta(days=7),
                manager_agreed_by=director,
                submitted_at=_at(today - timedelta(days=7)),
                decided_at=_at(today - timedelta(days=2)) if decided else None,
                decided_by=lead if decided else None,
                added_by=director,
                added_at=_at(today - timedelta(days=9)),
                **values,
            )
    structure = esms["sessad_passerelles"]
    with _as(directors[structure.pk]):
        Application.objects.create(
            **place_of(structure),
            name="Léonce Barbezieux",
            function="Psychomotricien",
            email="l.barbezieux@brumes.example",
            skills=[Skill.PERSONAL_PROJECT, Skill.WRITING],
            days_per_month=Decimal(1),
            person_agreed_on=today - timedelta(days=3),
            call=call,
            added_by=directors[structure.pk],
            added_at=_at(today - timedelta(days=4)),
        )


def _letters(esms: dict[str, ESMS], cast: Cast, directors: dict[object, User], today: date) -> None:
    structure = esms["ime_clairiere"]
    with _as(directors[structure.pk]):
        Appointment.objects.create(
            **place_of(structure),
            referent=cast.users["ref_ime"],
            mission=french.typography(
                "Seconder la direction pendant le déploiement : remplir l’état des lieux et la matrice des "
                "habilitations, recueillir les besoins des équipes, former ses collègues. La direction valide et "
                "décide du passage d’une phase à l’autre."
            ),
            hours_per_week=Decimal(7),
            starts_on=today - timedelta(days=335),
            ends_on=today + timedelta(days=32),
            appointed_by=directors[structure.pk],
            appointed_at=_at(today - timedelta(days=340)),
        )


def _as(user: User) -> AbstractContextManager[None]:
    """So that the history says who."""
    return open_scope(Scope(user_id=user.pk))


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
