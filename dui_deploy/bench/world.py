"""Projects of the size of the demonstration's, all alike, by the hundred."""

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from checklist import catalogue as checklist_catalogue
from checklist.enums import ACTING_LETTERS, Actor, DepositKind, Letter, Status
from checklist.models import Action, ActionPerson, Comment, Deliverable, Deposit, RaciEntry, Step
from checklist.services import instantiate
from common.catalogues import latest
from common.models import Catalogue
from common.scope import elevated
from dui_deploy.bench import indicators
from dui_deploy.bench.committees import Committees, ogs_for
from organisations.enums import ComopCategory, Phase, ProjectKind, Role
from organisations.models import ESMS, OG, ESMSProfile, Membership, Project, User
from organisations.services import create_project, sync_permissions

OGS, ESMS_PER_OG = 3, 4
BATCH = 20  # projects a transaction
OFFICES = {"dpo": Role.DPO, "achats": Role.PURCHASING, "editeur": Role.VENDOR, "observatrice": Role.OBSERVER}
CATEGORIES, PHASES = tuple(ComopCategory), (Phase.FRAMING, Phase.PREPARATION, Phase.PREPARATION, Phase.PILOT)
FILLED = [Status.OK] * 43 + [Status.IN_PROGRESS] * 20 + [Status.KO] * 6 + [Status.NOT_APPLICABLE] * 3


@dataclass(frozen=True)
class Measured:
    """What is measured in the first project: by whom, on which step, and an action of it that both may tick."""

    everything: User
    one_structure: User
    slug: str
    step: int
    actions_in_step: int
    action_id: uuid.UUID
    action_number: str


class World:
    """The projects of the measures. The same person leads them all."""

    def __init__(self) -> None:
        self.size = 0
        self._random = random.Random(20261121)  # noqa: S311  the same world every time
        with elevated():
            self._catalogue: Catalogue = latest(checklist_catalogue.CODE)
            self._lead = User.objects.create_user("pilote@mesures.example", first_name="Pilote", last_name="Générale")

    def grow(self, size: int, tell: Callable[[int], None]) -> None:
        """Bring the number of projects to `size`. `tell` hears how many there are, a batch at a time."""
        while self.size < size:
            with elevated():
                numbers = range(self.size + 1, min(self.size + BATCH, size) + 1)
                people = [self._lead.pk]
                for number in numbers:
                    people += self._project(number)
                sync_permissions(people)
            self.size = numbers[-1]
            tell(self.size)

    def measured(self) -> Measured:
        """What is looked at in the first project: the step with the most actions."""
        with elevated():
            project = Project.objects.get(slug="mesure-1")
            steps = Step.objects.filter(project=project)
            counts = {step: Action.objects.filter(group__step=step).count() for step in steps}
            step = max(counts, key=lambda item: counts[item])
            both = Q(raci__actor=Actor.COMOP, raci__letter__in=ACTING_LETTERS)
            action = Action.objects.filter(both, group__step=step, status=Status.TODO).order_by("position").first()
            director = Membership.objects.filter(project=project, role=Role.ESMS_DIRECTOR).order_by("pk")[0]
            return Measured(
                everything=self._lead,
                one_structure=director.user,
                slug=project.slug,
                step=step.number,
                actions_in_step=counts[step],
                action_id=action.pk,
                action_number=action.number,
            )

    def committees(self, structures: int) -> str:
        """A project of that many structures, its committees at work. Returns its slug."""
        with elevated():
            name = f"comites-{structures}"
            ogs = ogs_for(structures)
            sizes = [structures // ogs + (n < structures % ogs) for n in range(ogs)]
            project = self._new_project(f"Comités de {structures} structures", name)
            people = self._people(project, name, sizes, with_seats=False)
            instantiate(project=project, catalogue=self._catalogue)
            self._checklist(project, people)
            Committees(project, self._lead, people).fill()
            sync_permissions([self._lead.pk, *(user.pk for user in people)])
        return project.slug

    def indicators(self, slug: str) -> tuple[dict[str, User], int]:
        """Give a project two years of indicators. Returns who reads its dashboard, one by one and as a whole, and how
        many figures there are."""
        with elevated():
            project = Project.objects.get(slug=slug)
            observer = Membership.objects.get(project=project, role=Role.OBSERVER).user
        return {"tous les projets": self._lead, "les totaux": observer}, indicators.fill(project, self._lead)

    def _project(self, number: int) -> list[uuid.UUID]:
        """One project with its people, its checklist under way, and some exchanges. Returns the ids of its people."""
        project = self._new_project(f"Mesure {number}", f"mesure-{number}")
        people = self._people(project, str(number), [ESMS_PER_OG] * OGS, with_seats=True)
        instantiate(project=project, catalogue=self._catalogue)
        self._checklist(project, people)
        return [user.pk for user in people]

    def _new_project(self, name: str, slug: str) -> Project:
        today = timezone.localdate()
        return create_project(
            name=f"DUI partagé, {name}",
            slug=slug,
            short_name=name,
            kind=ProjectKind.MULTI_OG,
            phase=Phase.PILOT,
            started_on=today - timedelta(days=700),
            planned_end_on=today + timedelta(days=400),
        )

    def _people(self, project: Project, mark: str, sizes: list[int], *, with_seats: bool) -> list[User]:
        """The people of OG of these sizes, their directors first. `mark`: what tells them from those of others."""
        names = (f"personne{index}" for index in range(1, 1000))
        users: list[User] = []
        roles: list[Membership] = []

        def person(*held: tuple[Role, OG | None, ESMS | None]) -> None:
            name = next(names)
            user = User(
                email=f"{name}.{mark}@mesures.example", first_name=name.capitalize(), last_name=f"Du projet {mark}"
            )
            user.set_unusable_password()
            users.append(user)
            roles.extend(
                Membership(project=project, user=user, role=role, og=og, esms=esms, starts_on=project.started_on)
                for role, og, esms in held
            )

        count = len(sizes)
        ogs = [OG(project=project, name=f"Organisme {n:02d}", short_name=f"OG {n:02d}") for n in range(1, count + 1)]
        structures = [_structure(og, n) for og, size in zip(ogs, sizes, strict=True) for n in range(1, size + 1)]
        for og in ogs:
            person((Role.OG_DIRECTOR, og, None), (Role.COSTRAT, None, None))
        for number_of_it, esms in enumerate(structures):
            seat: list[tuple[Role, OG | None, ESMS | None]] = (
                [(Role.COMOP, None, None)] if with_seats and number_of_it % 2 == 0 else []
            )
            person((Role.ESMS_DIRECTOR, esms.og, esms), *seat)
        for role in OFFICES.values():
            person((role, None, None))
        roles.append(Membership(project=project, user=self._lead, role=Role.PROJECT_LEAD, starts_on=project.started_on))
        OG.objects.bulk_create(ogs)
        ESMS.objects.bulk_create(structures)
        ESMSProfile.objects.bulk_create(ESMSProfile(project=project, og=esms.og, esms=esms) for esms in structures)
        User.objects.bulk_create(users)
        Membership.objects.bulk_create(roles)
        return users

    def _checklist(self, project: Project, people: list[User]) -> None:
        """Statuses, due dates, named people, comments and deposits: as much as the demonstration's, or more."""
        today = timezone.localdate()
        noon = timezone.make_aware(datetime.combine(today - timedelta(days=30), time(12)))
        actions = list(Action.objects.filter(project=project))
        # One action of the COMOP a step stays as it is, so that there is something to tick.
        step = "action__group__step__number"
        theirs = RaciEntry.objects.filter(project=project, actor=Actor.COMOP, letter__in=ACTING_LETTERS)
        keep = set(theirs.order_by(step, "action__position").distinct(step).values_list("action_id", flat=True))
        movable = [action for action in actions if action.pk not in keep]
        self._random.shuffle(movable)
        movable.sort(key=lambda action: bool(action.decided_by))  # the last stay « À faire »: no decision to cite
        for status, part in _by_status(movable):
            Action.objects.filter(pk__in=[action.pk for action in part]).update(
                status=status,
                status_at=noon,
                status_by=self._lead,
                done_on=noon.date() if status == Status.OK else None,
                due_on=today + timedelta(days=self._random.randrange(-60, 60)),
                note="Point fait au dernier comité, à revoir avec l’éditeur.",
                not_applicable_reason="Déjà couvert par l’outil en place." if status == Status.NOT_APPLICABLE else "",
                ko_blocker="Le paramétrage attend l’éditeur." if status == Status.KO else "",
                ko_unblock="Une réunion à trois avant la fin du mois." if status == Status.KO else "",
            )
        Comment.objects.bulk_create(
            Comment(project=project, action=action, author=author, text="Nous avons relancé l’éditeur, réponse lundi.")
            for action in self._random.sample(actions, len(actions) // 3)
            for author in self._random.sample(people, 2)
        )
        ActionPerson.objects.bulk_create(
            ActionPerson(project=project, action=action, user=self._random.choice(people), letter=Letter.A)
            for action in self._random.sample(actions, len(actions) // 5)
        )
        Deposit.objects.bulk_create(
            Deposit(
                project=project,
                deliverable=deliverable,
                kind=DepositKind.LINK,
                link="https://documents.mesures.example/resultat",
                deposited_by=self._lead,
                deposited_at=noon,
            )
            for deliverable in Deliverable.objects.filter(project=project).order_by("pk")[::2]
        )


def _structure(og: OG, number: int) -> ESMS:
    """Of one category and phase or another, in turn."""
    return ESMS(
        project=og.project,
        og=og,
        slug=f"{og.short_name.lower().replace(' ', '-')}-structure-{number}",
        name=f"Structure {number} de l’{og.name}",
        category="183",
        comop_category=CATEGORIES[number % len(CATEGORIES)],
        phase=PHASES[number % len(PHASES)],
    )


def _by_status(actions: list[Action]) -> Iterator[tuple[Status, list[Action]]]:
    """Share actions out among the statuses as FILLED has them, of a hundred; the rest stay « À faire »."""
    shared: dict[Status, list[Action]] = {}
    for action, status in zip(actions, FILLED, strict=False):
        shared.setdefault(status, []).append(action)
    yield from shared.items()
