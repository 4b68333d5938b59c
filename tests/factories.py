"""One base factory a model. Rows are written in the elevated role: what a person may write is tested elsewhere."""

import uuid
from datetime import timedelta
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from factory.django import DjangoModelFactory

from checklist.enums import Actor, DepositKind, Letter, Stance
from checklist.models import (
    Action,
    ActionDocument,
    ActionPerson,
    Comment,
    Deliverable,
    Deposit,
    Mention,
    Opinion,
    OpinionRequest,
    SavedView,
)
from checklist.resources import ChecklistResource
from checklist.services import IMPORT_KIND
from common.models import Job, JobState, SpreadsheetImport
from common.scope import elevated
from common.spreadsheets.tables import Table
from governance.enums import ArbitrationKind, BodyKind, MeetingStatus, WeightingMethod
from governance.models import (
    AgendaItem,
    AgendaRequest,
    Agreement,
    AgreementArticle,
    AgreementParty,
    Alert,
    Arbitration,
    ArbitrationDocument,
    ArbitrationOption,
    Attendance,
    Body,
    Decision,
    FollowUp,
    Mandate,
    Meeting,
    Weighting,
    WeightShare,
)
from governance.services import appoint
from governance.weights import one_each
from organisations.enums import ComopCategory, Phase, ProjectKind, Role
from organisations.models import ESMS, OG, ESMSProfile, Invitation, Membership, PhasePeriod, Project, User
from organisations.services import INVITATION_LIFE, grant
from reports.enums import ReportKind
from reports.models import Report
from tests.harness.days import days_ago

PASSWORD = "une phrase longue et facile"


class Factory(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Model], *args: Any, **kwargs: Any) -> Model:
        with elevated():
            return super()._create(model_class, *args, **kwargs)


class UserFactory(Factory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    first_name = factory.Sequence(lambda n: f"Camille{n}")
    last_name = factory.Sequence(lambda n: f"Durand{n}")
    title = "Chargée de mission"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, password: str | None = PASSWORD, **kwargs: Any) -> User:
        user = model_class(**kwargs)
        user.set_password(password)
        user.save()
        return user


class ProjectFactory(Factory):
    """A project; its phases come with it, without dates."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Projet {n}")
    short_name = factory.SelfAttribute("name")
    slug = factory.Sequence(lambda n: f"projet-{n}")
    kind = ProjectKind.MULTI_OG
    started_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=200))

    @factory.post_generation
    def periods(project: Project, create: bool, extracted: object, **values: Any) -> None:  # noqa: N805
        if create:
            with elevated():
                PhasePeriod.objects.bulk_create(PhasePeriod(project=project, phase=phase) for phase in Phase)


class OGFactory(Factory):
    class Meta:
        model = OG

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Association {n}")
    short_name = factory.SelfAttribute("name")


class ESMSFactory(Factory):
    """A structure; its profile comes with it."""

    class Meta:
        model = ESMS
        skip_postgeneration_save = True

    og = factory.SubFactory(OGFactory)
    project = factory.SelfAttribute("og.project")
    name = factory.Sequence(lambda n: f"Structure {n}")
    slug = factory.Sequence(lambda n: f"structure-{n}")
    category = "500"
    comop_category = ComopCategory.ACCOMMODATION

    @factory.post_generation
    def profile(esms: ESMS, create: bool, extracted: object, **values: Any) -> None:  # noqa: N805  factory-boy's way
        if create:
            ESMSProfileFactory(esms=esms, **values)


class ESMSProfileFactory(Factory):
    class Meta:
        model = ESMSProfile

    esms = factory.SubFactory(ESMSFactory)
    project = factory.SelfAttribute("esms.project")
    og = factory.SelfAttribute("esms.og")
    capacity = 40
    staff = 30
    users_to_equip = 20


class MembershipFactory(Factory):
    """A role with its permissions, through the service."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.OBSERVER
    target = factory.SubFactory(ProjectFactory)

    @classmethod
    def _create(cls, model_class: type[Membership], *args: Any, **kwargs: Any) -> Membership:
        return grant(**{"granted_by": None, **kwargs})


class InvitationFactory(Factory):
    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invitee{n}@exemple.fr")
    role = Role.OBSERVER
    project = factory.SubFactory(ProjectFactory)
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + INVITATION_LIFE)


class BodyFactory(Factory):
    class Meta:
        model = Body

    project = factory.SubFactory(ProjectFactory)
    kind = BodyKind.COSTRAT


class MandateFactory(Factory):
    """A seat with the role that goes with it, through the service."""

    class Meta:
        model = Mandate

    body = factory.SubFactory(BodyFactory)
    user = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[Mandate], *args: Any, **kwargs: Any) -> Mandate:
        with elevated():
            return appoint(**{"appointed_by": None, **kwargs})


class CommentFactory(Factory):
    class Meta:
        model = Comment

    action: Action
    project_id = factory.SelfAttribute("action.project_id")
    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Message {n}")


class ActionPersonFactory(Factory):
    class Meta:
        model = ActionPerson

    action: Action
    project_id = factory.SelfAttribute("action.project_id")
    user = factory.SubFactory(UserFactory)
    letter = Letter.C


class OpinionRequestFactory(Factory):
    class Meta:
        model = OpinionRequest

    action: Action
    project_id = factory.SelfAttribute("action.project_id")
    actor = Actor.COMOP
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    asked_by = factory.SubFactory(UserFactory)


class OpinionFactory(Factory):
    class Meta:
        model = Opinion

    request: OpinionRequest
    project_id = factory.SelfAttribute("request.project_id")
    author = factory.SubFactory(UserFactory)
    stance = Stance.FAVOURABLE


class MentionFactory(Factory):
    class Meta:
        model = Mention

    comment: Comment
    project_id = factory.SelfAttribute("comment.project_id")
    user = factory.SubFactory(UserFactory)


class ActionDocumentFactory(Factory):
    class Meta:
        model = ActionDocument

    action: Action
    project_id = factory.SelfAttribute("action.project_id")
    link = "https://exemple.fr/note"
    label = "Une note"
    added_by = factory.SubFactory(UserFactory)

    class Params:
        document = factory.Trait(
            link="",
            file_name="note.pdf",
            file=factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 note", name="note.pdf")),
        )


class SavedViewFactory(Factory):
    class Meta:
        model = SavedView

    project = factory.SubFactory(ProjectFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Ma vue {n}")
    query = "vue=ko"


class DecisionFactory(Factory):
    class Meta:
        model = Decision

    body = factory.SubFactory(BodyFactory)
    project = factory.SelfAttribute("body.project")
    decided_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=5))
    year = factory.SelfAttribute("decided_on.year")
    number = factory.Sequence(lambda n: n + 1)
    title = "La note de cadrage"
    text = "La note de cadrage est validée."


class AgendaRequestFactory(Factory):
    class Meta:
        model = AgendaRequest

    body = factory.SubFactory(BodyFactory)
    project = factory.SelfAttribute("body.project")
    question = factory.Sequence(lambda n: f"Question {n}")
    asked_by = factory.SubFactory(UserFactory)


class AlertFactory(Factory):
    class Meta:
        model = Alert

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence(lambda n: n + 1)
    subject = "Une action bloquée"
    text = "Le juriste manque."
    raised_by = factory.SubFactory(UserFactory)


class WeightingFactory(Factory):
    """Equal weights for the OG that the project has."""

    class Meta:
        model = Weighting
        skip_postgeneration_save = True

    project = factory.SelfAttribute("decision.project")
    decision = factory.SubFactory(DecisionFactory)
    number = factory.Sequence(lambda n: n + 1)
    method = WeightingMethod.EQUAL
    effective_on = factory.SelfAttribute("decision.decided_on")
    recorded_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def shares(weighting: Weighting, create: bool, extracted: object, **values: Any) -> None:  # noqa: N805
        if create:
            with elevated():
                found = one_each(list(OG.objects.filter(project=weighting.project).order_by("name")))
                WeightShare.objects.bulk_create(
                    WeightShare(project=weighting.project, weighting=weighting, og=og, percent=percent)
                    for og, percent in found.items()
                )


class AgreementFactory(Factory):
    class Meta:
        model = Agreement

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence(lambda n: n + 1)
    started_by = factory.SubFactory(UserFactory)


class AgreementArticleFactory(Factory):
    class Meta:
        model = AgreementArticle

    agreement = factory.SubFactory(AgreementFactory)
    project = factory.SelfAttribute("agreement.project")
    position = factory.Sequence(lambda n: n + 1)
    code = factory.Sequence(lambda n: f"article-{n}")
    title = "Objet et objectifs communs"


class AgreementPartyFactory(Factory):
    class Meta:
        model = AgreementParty

    agreement = factory.SubFactory(AgreementFactory)
    project = factory.SelfAttribute("agreement.project")
    og: OG


class MeetingFactory(Factory):
    """A meeting in three weeks, convened; `draft`, `in_session` and `closed` are the other lives of one."""

    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    project = factory.SelfAttribute("body.project")
    number = factory.Sequence(lambda n: n + 1)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=21))
    place = "Salle du conseil"
    status = MeetingStatus.CONVENED
    convened_at = factory.LazyFunction(timezone.now)

    class Params:
        draft = factory.Trait(status=MeetingStatus.DRAFT, convened_at=None)
        in_session = factory.Trait(
            status=MeetingStatus.IN_SESSION,
            starts_at=factory.LazyFunction(timezone.now),
            opened_at=factory.LazyFunction(timezone.now),
        )
        closed = factory.Trait(
            status=MeetingStatus.CLOSED,
            starts_at=factory.LazyFunction(lambda: days_ago(30)),
            opened_at=factory.LazyFunction(lambda: days_ago(30)),
            closed_at=factory.LazyFunction(lambda: days_ago(30)),
            quorum_reached=True,
        )


class AgendaItemFactory(Factory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    project = factory.SelfAttribute("meeting.project")
    position = factory.Sequence(lambda n: n + 1)
    label = factory.Sequence(lambda n: f"Point {n}")


class AttendanceFactory(Factory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    project = factory.SelfAttribute("meeting.project")
    user = factory.SubFactory(UserFactory)


class ArbitrationFactory(Factory):
    """A question under instruction, with two options, of which the first is recommended."""

    class Meta:
        model = Arbitration
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    number = factory.Sequence(lambda n: n + 1)
    kind = ArbitrationKind.SCHEDULE
    question = factory.Sequence(lambda n: f"Question {n}, ou pas ?")
    context = "Les faits."
    consequence = "Rien ne bouge."
    recommendation = "La première."
    deadline = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    requested_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def options(arbitration: Arbitration, create: bool, extracted: object, **values: Any) -> None:  # noqa: N805
        if create:
            with elevated():
                ArbitrationOption.objects.bulk_create(
                    ArbitrationOption(
                        project=arbitration.project,
                        arbitration=arbitration,
                        position=position,
                        label=label,
                        description="Ce qu’elle fait.",
                    )
                    for position, label in ((1, "Oui"), (2, "Non"))
                )
                arbitration.recommended = arbitration.options.get(position=1)
                Arbitration.objects.filter(pk=arbitration.pk).update(recommended=arbitration.recommended)


class ArbitrationDocumentFactory(Factory):
    """A document of a file."""

    class Meta:
        model = ArbitrationDocument

    arbitration = factory.SubFactory(ArbitrationFactory)
    project = factory.SelfAttribute("arbitration.project")
    label = "Un devis"
    file_name = "devis.pdf"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 devis", name="devis.pdf"))
    added_by = factory.SubFactory(UserFactory)


class FollowUpFactory(Factory):
    class Meta:
        model = FollowUp

    meeting = factory.SubFactory(MeetingFactory)
    project = factory.SelfAttribute("meeting.project")
    number = factory.Sequence(lambda n: n + 1)
    label = factory.Sequence(lambda n: f"Chiffrer l’appui {n}")
    owner = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    created_by = factory.SelfAttribute("owner")


class DepositFactory(Factory):
    class Meta:
        model = Deposit

    deliverable: Deliverable
    project_id = factory.SelfAttribute("deliverable.project_id")
    kind = DepositKind.LINK
    link = "https://exemple.fr/convention"

    class Params:
        document = factory.Trait(
            kind=DepositKind.FILE,
            link="",
            file_name="convention.pdf",
            file=factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 convention", name="convention.pdf")),
        )


class JobFactory(Factory):
    class Meta:
        model = Job

    project_id: uuid.UUID
    asked_by = factory.SubFactory(UserFactory)
    kind = "test"
    title = "Un travail"
    sent_at = factory.LazyFunction(timezone.now)

    class Params:
        finished = factory.Trait(
            state=JobState.DONE,
            attempt=1,
            done=1,
            total=1,
            ended_at=factory.LazyFunction(timezone.now),
            file=factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 rapport", name="rapport.pdf")),
            file_sha256="0" * 64,
        )
        failed = factory.Trait(
            state=JobState.FAILED,
            attempt=1,
            error="Le document n’a pas pu être fabriqué.",
            ended_at=factory.LazyFunction(timezone.now),
        )


class SpreadsheetImportFactory(Factory):
    """A spreadsheet of the checklist: one line, that says nothing of 1.1.1 but a few words « Où en est-on »."""

    class Meta:
        model = SpreadsheetImport

    project_id: uuid.UUID
    kind = IMPORT_KIND
    received_from = factory.SubFactory(UserFactory)
    file_name = "checklist.xlsx"
    file = factory.LazyFunction(lambda: ContentFile(b"a;b", name="checklist.xlsx"))

    class Params:
        note = "Avancé"

    @factory.lazy_attribute
    def rows(self) -> dict[str, Any]:
        """The other columns say what they said at the export, whatever that was."""
        heads = ChecklistResource(()).heads
        cells = {"N°": "1.1.1", "Où en est-on": self.note}
        table = Table("Checklist", heads, [(2, [cells.get(head, "") for head in heads])], frozenset())
        return {"table": table.as_json(), "origin": {"1.1.1": {"N°": "1.1.1"}}}


class ReportFactory(Factory):
    class Meta:
        model = Report

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = ReportKind.CHECKLIST_FOR_COSTRAT
    since = factory.SelfAttribute("project.started_on")
    asked_by = factory.SubFactory(UserFactory)
    job = factory.SubFactory(
        JobFactory,
        project_id=factory.SelfAttribute("..project.pk"),
        asked_by=factory.SelfAttribute("..asked_by"),
        kind=ReportKind.CHECKLIST_FOR_COSTRAT,
        finished=True,
    )
