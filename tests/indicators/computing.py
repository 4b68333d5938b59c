"""A structure whose risks, alerts, matrix and accounts tests write as they are, and what is computed of it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from common.scope import elevated
from governance.enums import Severity
from governance.models import Alert
from indicators.enums import Frequency, Origin
from indicators.models import Campaign, Cell, Figure
from indicators.periods import Period
from indicators.selectors.definitions import by_code, followed
from indicators.services.computing import compute
from organisations.enums import Phase
from organisations.models import ESMS, Project, User, place_of
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, CampaignKind, Category, RiskStatus
from risks.models import AgreedMark, Assessment, Risk, RiskAction, RiskCampaign
from risks.places import Place
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix, MatrixProfile
from tests.factories import AlertFactory

# In March 2025: nothing of the world is that old. February is over, its figures still change.
TODAY = date(2025, 3, 15)
JANUARY, FEBRUARY, MARCH = Period.at("2025-01"), Period.at("2025-02"), Period.at("2025-03")
CRITICAL, HIGH, MODERATE = (4, 4), (3, 3), (2, 2)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@dataclass
class Reckoning:
    """`esms` of `project`; `user` is named by what is written."""

    project: Project
    esms: ESMS
    user: User

    def risk(self, opened_on: date, *, cell: tuple[int, int] = HIGH, transmitted: bool = True, **values: Any) -> Risk:
        with elevated():
            place = Place(self.project, self.esms)
            number = Risk.objects.filter(place.rows).count() + 1
            if "closed_on" in values:
                values |= {"status": RiskStatus.CLOSED, "closing_note": "Passé."}
            sent = {"transmitted_at": timezone.now(), "transmitted_by": self.user} if transmitted else {}
            return Risk.objects.create(
                **place.columns,
                number=number,
                title=f"Panne {number}",
                category=Category.TECHNICAL,
                probability=cell[0],
                impact=cell[1],
                opened_by=self.user,
                opened_on=opened_on,
                **sent,
                **values,
            )

    def action(self, risk: Risk, decided_on: date, **values: Any) -> RiskAction:
        with elevated():
            if "done_on" in values:
                values["progress"] = 100
            if "given_up_on" in values:
                values["given_up_why"] = "Sans objet."
            return RiskAction.objects.create(
                **Place(self.project, self.esms).columns,
                risk=risk,
                label="Poser un relais",
                written_by=self.user,
                written_at=at(decided_on),
                **values,
            )

    def analysis(self, number: int, transmitted_on: date | None, marks: dict[str, int | None] | int) -> Assessment:
        """Of campaign `number`; the same mark everywhere, or those of some questions."""
        if isinstance(marks, int):
            marks = {question.number: marks for question in questionnaire().questions}
        with elevated():
            campaign = RiskCampaign.objects.create(
                project=self.project,
                number=number,
                kind=CampaignKind.START,
                phase=Phase.FRAMING,
                opened_by=self.user,
                due_on=TODAY,
            )
            place = Place(self.project, self.esms)
            row = Assessment.objects.create(**place.columns, campaign=campaign, status=AssessmentStatus.CONVERGING)
            AgreedMark.objects.bulk_create(
                AgreedMark(
                    **place.columns,
                    assessment=row,
                    question=question,
                    value=mark,
                    not_concerned=mark is None,
                    agreed_by=self.user,
                )
                for question, mark in marks.items()
            )
            if transmitted_on:
                moment = at(transmitted_on)
                Assessment.objects.filter(pk=row.pk).update(
                    status=AssessmentStatus.TRANSMITTED,
                    validated_by=self.user,
                    validated_at=moment,
                    transmitted_by=self.user,
                    transmitted_at=moment,
                )
            return row

    def alert(self, raised_on: date, answered_on: date | None = None, severity: str = Severity.WARNING) -> Alert:
        answer = {"answer": "Vu.", "answered_by": self.user, "answered_at": at(answered_on)} if answered_on else {}
        found: Alert = AlertFactory(
            **place_of(self.esms), raised_by=self.user, raised_at=at(raised_on), severity=severity, **answer
        )
        return found

    def matrix_becomes(self, number: int, status: MatrixStatus) -> None:
        moment = timezone.now()
        with elevated():
            HabilitationMatrix.objects.filter(esms=self.esms, number=number).update(
                status=status, shared_by=self.user, shared_at=moment, approved_by=self.user, approved_at=moment
            )

    def matrix(self, number: int, status: MatrixStatus, **users: int) -> None:
        with elevated():
            row = HabilitationMatrix.objects.create(
                **place_of(self.esms), number=number, catalogue_version=1, started_by=self.user
            )
            MatrixProfile.objects.bulk_create(
                MatrixProfile(**place_of(self.esms), matrix=row, profile=profile, users_count=count)
                for profile, count in users.items()
            )
        if status != MatrixStatus.DRAFT:
            self.matrix_becomes(number, status)

    def entered(self, code: str, period: Period, amount: int | None, *, published: bool = True, **cells: int) -> Figure:
        """A figure that the structure gave; None: it said that it has none."""
        absence = {"absence": "unavailable", "why": "Pas de liste."} if amount is None else {}
        with elevated():
            one = by_code(followed(self.project))[code]
            figure = Figure.objects.create(
                **place_of(self.esms),
                place=self.esms.pk,
                indicator=one.indicator,
                definition=one.definition,
                frequency=period.frequency,
                period_start=period.start,
                amount=amount,
                published=published,
                **absence,
            )
            for value, part in cells.items():
                Cell.objects.create(**place_of(self.esms), place=self.esms.pk, figure=figure, value=value, amount=part)
            return figure

    def campaign(self, period: Period, closes_on: date, **values: Any) -> Campaign:
        with elevated():
            return Campaign.objects.create(
                project=self.project,
                frequency=period.frequency,
                period_start=period.start,
                opens_on=period.end,
                due_on=period.end,
                closes_on=closes_on,
                **values,
            )

    def compute(self, *periods: Period, today: date = TODAY) -> int:
        return compute(self.project, periods or None, today=today)

    def figure(self, code: str, period: Period) -> Figure | None:
        with elevated():
            return Figure.objects.filter(
                place=self.esms.pk,
                indicator__code=code,
                frequency=period.frequency,
                period_start=period.start,
                origin=Origin.COMPUTED,
            ).first()

    def terms(self, code: str, period: Period = FEBRUARY) -> Any:
        """A number, or the two terms of a ratio; None when nothing was computed."""
        row = self.figure(code, period)
        if row is None:
            return None
        return row.amount if row.base is None else (row.amount, row.base)

    def cells(self, code: str, period: Period = FEBRUARY) -> dict[str, Any]:
        row = self.figure(code, period)
        with elevated():
            rows = Cell.objects.filter(figure=row) if row else []
            return {cell.value: cell.amount if cell.base is None else (cell.amount, cell.base) for cell in rows}

    def quarter(self) -> Period:
        return Period.of(Frequency.QUARTERLY, TODAY)
