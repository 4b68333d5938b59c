"""What the votes and the cooperation of the demonstration world stand on: weights, the signed convention."""

from datetime import time, timedelta
from typing import Any

from common import french
from dui_deploy.demo.convention import ARTICLES
from dui_deploy.demo.governed.cast import Cast, at
from governance.catalogue import catalogue
from governance.enums import AgreementStatus, WeightingMethod
from governance.models import Agreement, AgreementArticle, AgreementParty, Decision, Weighting, WeightShare
from organisations.models import Project


def weights(project: Project, item: dict[str, Any], cast: Cast, decision: Decision) -> None:
    weighting = Weighting.objects.create(
        project=project,
        number=1,
        method=WeightingMethod(item["method"]),
        decision=decision,
        effective_on=item["approved_on"],
        recorded_by=cast.users["lead"],
        recorded_at=at(item["approved_on"], time(18)),
    )
    WeightShare.objects.bulk_create(
        WeightShare(
            project=project,
            weighting=weighting,
            og=cast.ogs[code],
            percent=percent,
            basis=sum(esms.og_id == cast.ogs[code].pk for esms in cast.esms.values()),
        )
        for code, percent in item["weights"].items()
    )


def agreement(project: Project, cast: Cast) -> None:
    """The convention as it was signed in the spring of the first year."""
    began = project.started_on
    version = Agreement.objects.create(
        project=project,
        number=1,
        started_by=cast.users["lead"],
        started_at=at(began + timedelta(days=60), time(10)),
    )
    AgreementArticle.objects.bulk_create(
        AgreementArticle(
            project=project,
            agreement=version,
            position=article.position,
            code=article.code,
            title=article.title,
            guide=article.guide,
            text=french.typography(ARTICLES[article.code]),
        )
        for article in catalogue().articles
    )
    signed_on = began + timedelta(days=140)
    for days, code in enumerate(("brumes", "lucioles", "valcendre")):
        director = cast.users[f"ogdir_{code}"]
        AgreementParty.objects.create(
            project=project,
            agreement=version,
            og=cast.ogs[f"og_{code}"],
            signed_on=signed_on + timedelta(days=7 * days),
            signatory=director.get_full_name(),
            capacity=director.title,
            recorded_by=cast.users["lead"],
            recorded_at=at(signed_on + timedelta(days=7 * days), time(17)),
        )
    last = signed_on + timedelta(days=14)
    Agreement.objects.filter(pk=version.pk).update(
        status=AgreementStatus.IN_FORCE,
        signing_since=at(began + timedelta(days=120), time(10)),
        in_force_on=last,
    )
