"""Two managing bodies that cooperate in one project, and another project that none of them must ever hear of.

Each text that somebody must not read carries a canary; a page, a file or an e-mail that shows one has leaked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.utils import timezone

from checklist import catalogue as checklist_catalogue
from checklist.enums import DepositKind, Letter, Status
from checklist.models import (
    Action,
    ActionDocument,
    ActionPerson,
    Comment,
    Deliverable,
    Deposit,
    OpinionRequest,
    SavedView,
)
from checklist.services import instantiate
from common import catalogues
from common.models import SpreadsheetImport
from common.scope import elevated
from governance.enums import BodyKind
from governance.models import AgendaRequest, Alert, Decision
from organisations.enums import ComopCategory, Role
from organisations.models import ESMS, OG, Invitation, Membership, Project, User
from reports.models import Report
from tests import factories
from tests.harness import governance, indicators, risks, structures
from tests.harness.governance import COUNCIL, Governance
from tests.harness.indicators import IndicatorWork, ProjectIndicators
from tests.harness.risks import ProjectRisks, RiskWork
from tests.harness.structures import StructureWork

FOREIGN = "CANARIETRANGER"  # everything in the other project
RIVAL = "CANARIRIVAL"  # inside a structure of the other OG of the project
SIBLING = "CANARIFRERE"  # inside another structure of one's own OG
INSIDE = "CANARIDEDANS"  # inside one's own structure
CHECKLIST = "CANARICHECKLIST"  # what is written about an action that concerns the project lead alone
CANARIES = (FOREIGN, RIVAL, SIBLING, INSIDE, CHECKLIST, COUNCIL)

SLUG, FOREIGN_SLUG = "deux-rives", "autre-projet"
LEADS_ACTION = "1.1.2"  # R: project lead alone
ONLY_SLUG, ONLY_ACTION, ONLY_REPORT, ONLY_NUMBER = (
    "ailleurs-seulement",
    "8.8.8",
    44,
    45,
)  # in the other project, not in the own one
LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Tenant:
    """One project with its people by role, and one of each row that a URL or a form may name."""

    project: Project
    people: dict[Role, User] = field(default_factory=dict)
    ogs: list[OG] = field(default_factory=list)
    structures: list[ESMS] = field(default_factory=list)
    action: Action | None = None
    person: ActionPerson | None = None
    deliverable: Deliverable | None = None
    deposit: Deposit | None = None
    saved: SavedView | None = None  # of the observer
    reports: list[Report] = field(default_factory=list)
    invitation: Invitation | None = None
    comment: Comment | None = None  # about the lead’s action
    document: ActionDocument | None = None  # beside it
    opinion: OpinionRequest | None = None  # asked of the COMOP about the lead's action
    governance: Governance | None = None
    work: list[StructureWork] = field(default_factory=list)  # of each structure, in their order
    risks: ProjectRisks | None = None
    risk_work: list[RiskWork] = field(default_factory=list)  # of each structure, in their order
    indicators: ProjectIndicators | None = None
    indicator_work: list[IndicatorWork] = field(default_factory=list)  # of each structure, in their order
    decision: Decision | None = None
    question: AgendaRequest | None = None
    alert: Alert | None = None
    received: SpreadsheetImport | None = None  # by the lead, not confirmed


@dataclass
class World:
    """`own` is where the actors of a test are; `outsiders` are people who must not get in."""

    own: Tenant
    foreign: Tenant
    rival_director: User
    rival_referent: User
    sibling_referent: User
    ended: User
    invited: User
    superuser: User
    sessions: dict[str, str] = field(default_factory=dict)  # e-mail → the cookie of a signed-in browser
    memberships: dict[str, UUID] = field(default_factory=dict)  # ids of roles and of one invitation, by a name

    @property
    def project(self) -> Project:
        return self.own.project

    @property
    def lead(self) -> User:
        return self.own.people[Role.PROJECT_LEAD]

    def person(self, role: Role) -> User:
        return self.own.people[role]

    def action(self, number: str) -> Action:
        """An action of the own project, as it stands."""
        with elevated():
            return Action.objects.select_related("group__step", "project").get(project=self.project, number=number)


def build() -> World:
    """Write the world. In the elevated role, in one transaction of the caller's."""
    catalogues.load_all()
    own = _tenant(SLUG, "Deux Rives", "", ["Amont", "Aval"])
    foreign = _tenant(FOREIGN_SLUG, f"Voisin {FOREIGN}", FOREIGN, [f"Ailleurs {FOREIGN}"])
    downstream = own.ogs[1]
    first, sibling = own.structures[:2]
    rival_structure = factories.ESMSFactory(og=downstream, name="Foyer d’Aval", slug="foyer-aval", **_inside(RIVAL))
    own.structures.append(rival_structure)
    rival_director = _person("directrice.aval", "Directrice", "Aval")
    factories.MembershipFactory(user=rival_director, role=Role.OG_DIRECTOR, target=downstream)
    rival_referent = _referent(rival_structure, RIVAL)
    sibling_referent = _referent(sibling, SIBLING)
    _referent(first, INSIDE)
    lead = own.people[Role.PROJECT_LEAD]
    for structure, canary in ((first, INSIDE), (sibling, SIBLING), (rival_structure, RIVAL)):
        factories.InvitationFactory(
            project=own.project,
            og=structure.og,
            esms=structure,
            role=Role.LOCAL_REFERENT,
            email=f"{canary.lower()}@exemple.fr",
            invited_by=lead,
        )
    for tenant, canaries in ((own, (INSIDE, SIBLING, RIVAL)), (foreign, (FOREIGN,) * 3)):
        for structure, canary in zip(tenant.structures, canaries, strict=True):
            tenant.work.append(
                structures.build(structure, canary, tenant.people[Role.ESMS_DIRECTOR], tenant.people[Role.PROJECT_LEAD])
            )
    director = own.people[Role.ESMS_DIRECTOR]
    own_people = ((INSIDE, director), (SIBLING, sibling_referent), (RIVAL, rival_referent))
    foreign_people = ((FOREIGN, foreign.people[Role.ESMS_DIRECTOR]),) * 3
    for write in (_risks, _indicators):
        write(own, "", own_people)
        write(foreign, FOREIGN, foreign_people)
    world = World(
        own=own,
        foreign=foreign,
        rival_director=rival_director,
        rival_referent=rival_referent,
        sibling_referent=sibling_referent,
        ended=_former_member(own.project),
        invited=_invited(own),
        superuser=_person("exploitant", "Ex", "Ploitant", is_superuser=True),
    )
    people = [*own.people.values(), *foreign.people.values(), rival_director, rival_referent, sibling_referent]
    for user in (*people, world.ended, world.invited, world.superuser):
        world.sessions[user.email] = _sign_in(user)
    world.memberships = {
        "referent": Membership.objects.get(user=own.people[Role.LOCAL_REFERENT]).pk,
        "rival_referent": Membership.objects.get(user=rival_referent).pk,
        "dpo": Membership.objects.get(user=own.people[Role.DPO]).pk,
        "foreign": Membership.objects.get(user=foreign.people[Role.LOCAL_REFERENT]).pk,
        "invitation": Invitation.objects.get(esms=first).pk,
    }
    return world


def _risks(tenant: Tenant, canary: str, people: Iterable[tuple[str, User]]) -> None:
    """`people`: of each structure, its canary and who works there."""
    tenant.risks = risks.build_project(tenant.project, canary, tenant.people[Role.PROJECT_LEAD])
    for structure, (text, user) in zip(tenant.structures, people, strict=True):
        tenant.risk_work.append(risks.build(structure, text, user, tenant.risks))


def _indicators(tenant: Tenant, canary: str, people: Iterable[tuple[str, User]]) -> None:
    """As `_risks`."""
    tenant.indicators = indicators.build_project(tenant.project, canary, tenant.people[Role.PROJECT_LEAD])
    for structure, (text, user) in zip(tenant.structures, people, strict=True):
        tenant.indicator_work.append(indicators.build(structure, text, user, tenant.indicators))


def _sign_in(user: User) -> str:
    client = Client()
    client.force_login(user, backend=LOGIN_BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _tenant(slug: str, name: str, canary: str, og_names: list[str]) -> Tenant:
    tenant = Tenant(
        factories.ProjectFactory(slug=slug, name=f"Projet {name}", short_name=name, summary=f"Pour {name}.")
    )
    for og_name in og_names:
        tenant.ogs.append(factories.OGFactory(project=tenant.project, name=f"OG {og_name}", short_name=og_name))
    og = tenant.ogs[0]
    tenant.structures.append(
        factories.ESMSFactory(og=og, name=f"Foyer {canary}".strip(), slug="foyer", **_inside(canary or INSIDE))
    )
    tenant.structures.append(
        factories.ESMSFactory(
            og=og,
            name=f"Atelier {canary}".strip(),
            slug="atelier",
            comop_category=ComopCategory.WORK,
            **_inside(canary or SIBLING),
        )
    )
    _people(tenant, canary)
    _checklist(tenant, canary)
    _reports(tenant)
    _governance(tenant, canary)
    if canary:
        _only_there(tenant, canary)
    return tenant


def _only_there(tenant: Tenant, canary: str) -> None:
    """What only the other project has, to be asked for under the address of one's own."""
    tenant.structures.append(factories.ESMSFactory(og=tenant.ogs[0], name=canary, slug=ONLY_SLUG, **_inside(canary)))
    Action.objects.create(
        project=tenant.project, group=tenant.action.group, number=ONLY_ACTION, label=canary, position=1000
    )
    lead = tenant.people[Role.PROJECT_LEAD]
    tenant.reports.append(factories.ReportFactory(project=tenant.project, number=ONLY_REPORT, asked_by=lead))
    tenant.invitation = factories.InvitationFactory(
        project=tenant.project, email=f"{canary.lower()}@exemple.fr", role=Role.OBSERVER, invited_by=lead
    )


def _inside(canary: str) -> dict[str, str]:
    return {"profile__siret": canary[:14], "profile__finess_et": canary[-9:]}


def _person(local: str, first_name: str, last_name: str, **values: object) -> User:
    return factories.UserFactory(
        email=f"{local.lower()}@exemple.fr", first_name=first_name, last_name=last_name, **values
    )


def _referent(structure: ESMS, canary: str) -> User:
    user = _person(f"referent.{canary}", "Référent", canary.capitalize(), title=f"Référent {canary}")
    user.last_name = canary
    user.save()
    factories.MembershipFactory(user=user, role=Role.LOCAL_REFERENT, target=structure)
    return user


def _people(tenant: Tenant, canary: str) -> None:
    bodies = {
        kind: factories.BodyFactory(project=tenant.project, kind=kind) for kind in (BodyKind.COSTRAT, BodyKind.COMOP)
    }
    for role in Role:
        suffix = f".{canary}" if canary else ""
        user = _person(
            f"{role.value}{suffix}", role.label[:20], f"{tenant.ogs[0].short_name}", title=f"{role.label}{canary}"
        )
        tenant.people[role] = user
        if role in {Role.COSTRAT, Role.COMOP}:
            factories.MandateFactory(body=bodies[BodyKind(role.value)], user=user, votes=True)
        else:
            target = {"project": tenant.project, "og": tenant.ogs[0], "esms": tenant.structures[0]}[role.level.value]
            factories.MembershipFactory(user=user, role=role, target=target)


def _checklist(tenant: Tenant, canary: str) -> None:
    project, lead = tenant.project, tenant.people[Role.PROJECT_LEAD]
    instantiate(project=project, catalogue=catalogues.latest(checklist_catalogue.CODE))
    if canary:
        for action in Action.objects.filter(project=project):
            action.note = canary
            action.save()
    action = Action.objects.get(project=project, number=LEADS_ACTION)
    action.note = f"{CHECKLIST} {canary}".strip()
    action.status, action.ko_blocker, action.ko_unblock = Status.KO, f"{CHECKLIST} {canary}", f"{CHECKLIST} {canary}"
    action.due_on = timezone.localdate() - timedelta(days=3)
    action.save()
    tenant.comment = factories.CommentFactory(action=action, author=lead, text=f"{CHECKLIST} {canary}")
    tenant.document = factories.ActionDocumentFactory(
        action=action, label=f"{CHECKLIST} {canary}".strip(), added_by=lead, document=True
    )
    tenant.received = factories.SpreadsheetImportFactory(
        project_id=project.pk, received_from=lead, note=canary or "Avancé"
    )
    tenant.action = action
    tenant.person = factories.ActionPersonFactory(action=action, user=tenant.people[Role.COMOP], letter=Letter.C)
    tenant.opinion = factories.OpinionRequestFactory(
        action=action, question=f"{CHECKLIST} {canary}".strip(), asked_by=lead
    )
    tenant.deliverable = Deliverable.objects.filter(group=action.group).order_by("position")[0]
    tenant.saved = factories.SavedViewFactory(
        project=project, user=tenant.people[Role.OBSERVER], name=f"Ce qui bloque {canary}".strip()
    )
    tenant.deposit = factories.DepositFactory(
        deliverable=tenant.deliverable, document=True, deposited_by=lead, file_name=f"{CHECKLIST}{canary}.pdf"
    )
    assert tenant.deposit.kind == DepositKind.FILE


def _reports(tenant: Tenant) -> None:
    lead = tenant.people[Role.PROJECT_LEAD]
    for number in (1, 2):
        tenant.reports.append(factories.ReportFactory(project=tenant.project, number=number, asked_by=lead))
    failed = factories.JobFactory(
        project_id=tenant.project.pk, asked_by=lead, failed=True, kind=tenant.reports[0].kind, title="Rapport n° 3"
    )
    tenant.reports.append(factories.ReportFactory(project=tenant.project, number=3, asked_by=lead, job=failed))


def _governance(tenant: Tenant, canary: str) -> None:
    """In the other project, under numbers of its own."""
    lead, first = tenant.people[Role.PROJECT_LEAD], ONLY_NUMBER if canary else 1
    structure = tenant.structures[0]
    tenant.governance = governance.build(tenant.project, lead, tenant.ogs, structure, canary, first)
    found = tenant.governance
    tenant.decision, tenant.question, tenant.alert = found.decision, found.question, found.alert


def _former_member(project: Project) -> User:
    """Somebody whose every role is over; the permissions of one of them are still in the table (no worker ran)."""
    user = _person("ancienne", "Ancienne", "Membre")
    today = timezone.localdate()
    for role in (Role.PROJECT_LEAD, Role.COSTRAT):
        factories.MembershipFactory(user=user, role=role, target=project, starts_on=today - timedelta(days=90))
    over = today - timedelta(days=1)
    Membership.objects.filter(user=user).update(ends_on=over)
    for table in ("projectpermission_set", "ogpermission_set", "esmspermission_set"):
        getattr(user, table).update(until=over)
    return user


def _invited(own: Tenant) -> User:
    user = _person("invitee", "Invitée", "Seulement")
    own.invitation = factories.InvitationFactory(
        project=own.project, email=user.email, role=Role.PROJECT_LEAD, invited_by=own.people[Role.PROJECT_LEAD]
    )
    return user
