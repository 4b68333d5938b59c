"""One of each row of governance, in each project of the tests' world."""

from dataclasses import dataclass

from django.core.files.base import ContentFile

from governance.enums import MINUTES_SOURCE, ArbitrationStatus, BodyKind, Presence
from governance.models import (
    AgendaItem,
    AgendaRequest,
    Agreement,
    AgreementArticle,
    AgreementParty,
    Alert,
    Arbitration,
    ArbitrationDocument,
    Attendance,
    Body,
    Decision,
    FollowUp,
    Mandate,
    Meeting,
    Weighting,
)
from organisations.models import ESMS, OG, Project, User
from tests import factories

COUNCIL = "CANARICONSEIL"  # what the bodies deliberate of


@dataclass
class Governance:
    """Meetings: `meeting` is a COSTRAT convened with one point, `session` a COSTRAT under way, `draft` and `closed` as
    they say; `comop` is a COMOP convened. `arbitration` is on the agenda of `session`, where `presence` is that of the
    person who votes for the first OG; `document` is in its file."""

    costrat: Body
    comop_body: Body
    group: Body
    seat: Mandate
    weighting: Weighting
    agreement: Agreement
    article: AgreementArticle
    party: AgreementParty
    meeting: Meeting
    draft: Meeting
    session: Meeting
    closed: Meeting
    comop: Meeting
    item: AgendaItem
    session_item: AgendaItem
    approval: AgendaItem  # of the minutes of `closed`, in `session`
    follow_up: FollowUp
    arbitration: Arbitration
    document: ArbitrationDocument
    presence: Attendance
    decision: Decision
    question: AgendaRequest
    alert: Alert
    structure_alert: Alert


def build(project: Project, lead: User, ogs: list[OG], structure: ESMS, canary: str, first: int) -> Governance:
    """`canary` marks what only that project may read; numbers begin at `first`."""
    said = f"{COUNCIL} {canary}".strip()
    costrat, comop = (Body.objects.get(project=project, kind=kind) for kind in (BodyKind.COSTRAT, BodyKind.COMOP))
    group = factories.BodyFactory(project=project, kind=BodyKind.WORKING_GROUP, name=f"Reprise {canary}".strip())
    seat = Mandate.objects.filter(body=costrat).order_by("pk")[0]
    decision = factories.DecisionFactory(body=costrat, number=first, title=f"Le calendrier {canary}".strip(), text=said)
    question = factories.AgendaRequestFactory(
        body=costrat, question=f"{canary} Quel prestataire ?".strip(), context=said, asked_by=lead
    )
    weighting = factories.WeightingFactory(decision=decision, number=first, recorded_by=lead)
    agreement = factories.AgreementFactory(project=project, number=first, started_by=lead, reason=said)
    article = factories.AgreementArticleFactory(agreement=agreement, text=said)
    signed = ContentFile(b"%PDF-1.7 convention", name="convention.pdf")
    kept = [{"file": signed, "file_name": "convention.pdf"}, *({} for _ in ogs[1:])]
    parties = [
        factories.AgreementPartyFactory(agreement=agreement, og=og, **values)
        for og, values in zip(ogs, kept, strict=True)
    ]
    meetings = {
        "meeting": factories.MeetingFactory(body=costrat, number=first, objective=said),
        "draft": factories.MeetingFactory(body=costrat, number=first + 1, draft=True, objective=said),
        "session": factories.MeetingFactory(body=costrat, number=first + 2, in_session=True),
        "closed": factories.MeetingFactory(body=costrat, number=first + 3, closed=True),
        "comop": factories.MeetingFactory(body=comop, number=first + 4),
    }
    arbitration = factories.ArbitrationFactory(
        project=project,
        number=first,
        question=f"{said} Faut-il attendre ?",
        context=said,
        requested_by=lead,
        status=ArbitrationStatus.TO_DECIDE,
        meeting=meetings["session"],
    )
    return Governance(
        costrat=costrat,
        comop_body=comop,
        group=group,
        seat=seat,
        weighting=weighting,
        agreement=agreement,
        article=article,
        party=parties[0],
        **meetings,
        item=factories.AgendaItemFactory(meeting=meetings["meeting"], label=said, owner=lead),
        session_item=factories.AgendaItemFactory(meeting=meetings["session"], label=said, owner=lead),
        approval=factories.AgendaItemFactory(
            meeting=meetings["session"],
            label=f"Approbation {said}",
            source=MINUTES_SOURCE,
            source_id=meetings["closed"].pk,
        ),
        follow_up=factories.FollowUpFactory(
            meeting=meetings["session"], number=first, label=said, owner=lead, created_by=lead
        ),
        arbitration=arbitration,
        document=factories.ArbitrationDocumentFactory(arbitration=arbitration, label=said, added_by=lead),
        presence=factories.AttendanceFactory(
            meeting=meetings["session"], user=seat.user, mandate=seat, og=ogs[0], votes=True, presence=Presence.PRESENT
        ),
        decision=decision,
        question=question,
        alert=factories.AlertFactory(project=project, number=first, text=said, raised_by=lead),
        structure_alert=factories.AlertFactory(
            project=project,
            number=first + 1,
            og=structure.og,
            esms=structure,
            subject=f"Le réseau tombe {canary}".strip(),
            text=f"Le réseau tombe chaque soir {canary}".strip(),
            raised_by=lead,
        ),
    )
