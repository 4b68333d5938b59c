"""Documents of a habilitation matrix in tests, asked as a person does."""

import uuid

from django.urls import reverse

from organisations.access import acting_as
from organisations.models import ESMS, User
from reports.enums import ReportKind
from reports.models import Report
from reports.services import ask_for_report
from structures.models import HabilitationMatrix
from tests.harness.htmx import parse, text
from tests.harness.world import SLUG


def url(name: str, *more: object) -> str:
    """Of the structure of `conftest`."""
    return reverse(name, args=[SLUG, "residence", *more])


def plain(value: bytes) -> str:
    return " ".join(text(parse(value)).replace("\xa0", " ").replace("\u202f", " ").split())


def asked(matrix: HabilitationMatrix, esms: ESMS, user: User, *, named: bool = False) -> Report:
    with acting_as(user.pk):
        return ask_for_report(
            project=esms.project,
            kind=ReportKind.HABILITATION_MATRIX,
            user=user,
            token=uuid.uuid4(),
            esms=esms,
            matrix=matrix,
            named=named,
        )
