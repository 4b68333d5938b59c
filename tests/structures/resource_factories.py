"""The documents and the people of structures. Rows are written in the elevated role."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from common.scope import elevated
from structures.enums.documents import DocumentKind
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
from tests.factories import Factory

PDF = b"%PDF-1.7 un document"


class OfStructure(Factory):
    """The three columns of a row of a structure, from `esms`."""

    class Meta:
        abstract = True

    project = factory.SelfAttribute("esms.project")
    og = factory.SelfAttribute("esms.og")


class DocumentVersionFactory(OfStructure):
    class Meta:
        model = DocumentVersion

    esms = factory.SelfAttribute("document.esms")
    number = 1
    file = factory.LazyFunction(lambda: ContentFile(PDF, name="document.pdf"))
    file_name = "document.pdf"
    deposited_by = factory.SelfAttribute("document.added_by")


class DocumentFactory(OfStructure):
    """With one version, of which `dated_on`, `valid_until` and `file_name` may be said."""

    class Meta:
        model = StructureDocument

    kind = DocumentKind.IT_ROADMAP
    title = "Feuille de route"
    dated_on = None
    valid_until = None
    file_name = "document.pdf"

    @classmethod
    def _create(cls, model_class: type[StructureDocument], *args: Any, **values: Any) -> StructureDocument:
        said = {name: values.pop(name) for name in ("dated_on", "valid_until", "file_name")}
        document = super()._create(model_class, *args, **values)
        DocumentVersionFactory(document=document, **said)
        return document


class AbsenceFactory(OfStructure):
    class Meta:
        model = DocumentAbsence

    kind = DocumentKind.NETWORK_DIAGRAM
    word = ""


def request_documents(structures: list[Any], lead: Any, kinds: Any, **values: Any) -> DocumentRequest:
    """A request that asks these kinds of these structures; due in ten days unless said."""
    due = {"due_on": timezone.localdate() + timedelta(days=10), **values}
    with elevated():
        request = DocumentRequest.objects.create(project=structures[0].project, asked_by=lead, **due)
        for esms in structures:
            for kind in kinds:
                RequestedDocument.objects.create(
                    project=esms.project, og=esms.og, esms=esms, request=request, kind=kind
                )
    return request


class ContactFactory(OfStructure):
    class Meta:
        model = Contact

    function = ContactFunction.IT_MANAGER
    organisation = "Service informatique"
    name = "Joris Penvéral"
    email = "informatique@exemple.fr"


class CallFactory(Factory):
    class Meta:
        model = ResourceCall

    title = "Relire le paramétrage"
    workload = "Une demi-journée par mois"
    skills = factory.LazyFunction(lambda: [Skill.CARE.value])
    open_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))


class ApplicationFactory(OfStructure):
    """Transmitted, with both agreements; `draft=True`: begun only."""

    class Meta:
        model = Application

    class Params:
        draft = factory.Trait(
            status=ApplicationStatus.DRAFT,
            skills=[],
            days_per_month=None,
            person_agreed_on=None,
            hours_per_month=None,
            manager_agreed_on=None,
            submitted_at=None,
        )

    name = "Capucine Jonquelet"
    email = "c.jonquelet@exemple.fr"
    function = "Infirmière"
    skills = factory.LazyFunction(lambda: [Skill.CARE.value])
    days_per_month = Decimal("1.5")
    person_agreed_on = factory.LazyFunction(timezone.localdate)
    hours_per_month = 10
    manager_agreed_on = factory.LazyFunction(timezone.localdate)
    status = ApplicationStatus.SUBMITTED
    submitted_at = factory.LazyFunction(timezone.now)


class LetterFactory(OfStructure):
    class Meta:
        model = Appointment

    mission = "Seconder la direction."
    hours_per_week = Decimal(7)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=100))
