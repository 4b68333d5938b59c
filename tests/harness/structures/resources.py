"""The documents and the people of one structure of the tests' world."""

from dataclasses import dataclass

from organisations.models import ESMS, User
from structures.enums.documents import DocumentKind
from structures.models import (
    Application,
    Appointment,
    Contact,
    DocumentRequest,
    DocumentVersion,
    ResourceCall,
    StructureDocument,
)
from tests.structures.resource_factories import (
    ApplicationFactory,
    CallFactory,
    ContactFactory,
    DocumentFactory,
    DocumentVersionFactory,
    LetterFactory,
    request_documents,
)


def paper(canary: str) -> str:
    """The canary of documents, which the DPD reads in all structures of the project."""
    return canary.replace("CANARI", "PAPIER")


@dataclass
class Resources:
    """`latest` and `former` are the versions of `document`. `proposed` is transmitted, `draft` begun."""

    document: StructureDocument
    latest: DocumentVersion
    former: DocumentVersion
    request: DocumentRequest
    contact: Contact
    call: ResourceCall
    proposed: Application
    draft: Application
    letter: Appointment


def build(esms: ESMS, canary: str, director: User, lead: User) -> Resources:
    said = paper(canary)
    document = DocumentFactory(
        esms=esms, title=f"Feuille de route {said}", place=said, added_by=director, file_name=f"{said}.pdf"
    )
    former = document.versions.get()
    latest = DocumentVersionFactory(document=document, number=2, file_name=f"{said}-2.pdf")
    request = request_documents([esms], lead, [DocumentKind.FUNCTIONAL_MAP], message=f"Merci {said}")
    # A call is read by all structures: only the other project's bears a canary.
    name = f"Relire {canary}" if "ETRANGER" in canary else "Relire le paramétrage"
    call = ResourceCall.objects.filter(project=esms.project).first() or CallFactory(
        project=esms.project, title=name, text=name, opened_by=lead
    )
    return Resources(
        document=document,
        latest=latest,
        former=former,
        request=request,
        contact=ContactFactory(esms=esms, name=canary, organisation=canary, note=canary, added_by=director),
        call=call,
        proposed=ApplicationFactory(
            esms=esms,
            call=call,
            name=f"Proposée {canary}",
            email=f"{canary.lower()}@exemple.fr",
            function=canary,
            compensation=canary,
            manager_agreed_by=director,
            added_by=director,
        ),
        draft=ApplicationFactory(draft=True, esms=esms, name=f"Pressentie {canary}", added_by=director),
        letter=LetterFactory(esms=esms, mission=f"Seconder {canary}", referent=director, appointed_by=director),
    )
