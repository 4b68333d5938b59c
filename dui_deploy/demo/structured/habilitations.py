"""The habilitation matrices of the demonstration world. What is past is written as it stands in the end: services speak
of today."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from dui_deploy.demo.governed.cast import Cast, at, lead_of
from organisations.enums import Role
from organisations.models import ESMS, Membership, Project, place_of
from structures.catalogue.habilitations import catalogue
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix, MatrixCell, MatrixComment, MatrixProfile

ACCOUNT_DAYS = 90  # of those that end


def load(world: dict[str, Any], project: Project, code: str, cast: Cast) -> None:
    for item in world["habilitation_matrices"]:
        esms = cast.esms[item["esms"]]
        if esms.project_id == project.pk:
            _matrix(item, project, esms)
    for item in world["habilitation_revisions"]:
        esms = cast.esms[item["esms"]]
        if esms.project_id == project.pk:
            _revision(item, esms, cast)
    for item in world["habilitation_comments"]:
        esms = cast.esms[item["esms"]]
        if esms.project_id == project.pk:
            _comment(item, esms, cast)


def _director(esms: ESMS) -> Any:
    return (
        Membership.objects.filter(esms=esms, role=Role.ESMS_DIRECTOR).order_by("pk").values_list("user", flat=True)[0]
    )


def _matrix(item: Mapping[str, Any], project: Project, esms: ESMS) -> None:
    director, approved = _director(esms), item["approved_on"]
    matrix = HabilitationMatrix.objects.create(
        **place_of(esms),
        number=1,
        catalogue_version=catalogue().version,
        started_by_id=director,
        og_backup_declared=item["og_backup_declared"],
    )
    MatrixProfile.objects.bulk_create(
        MatrixProfile(
            **place_of(esms),
            matrix=matrix,
            profile=code,
            users_count=item["users_by_profile"].get(code),
            unused=code in item["unused_profiles"],
            account_days=ACCOUNT_DAYS if profile.expiry_required and code in item["users_by_profile"] else None,
        )
        for code, profile in catalogue().profiles.items()
    )
    MatrixCell.objects.bulk_create(
        MatrixCell(**place_of(esms), matrix=matrix, **cell) for cell in item.get("cells", [])
    )
    moves: dict[str, Any] = {}
    if item["status"] != MatrixStatus.DRAFT:
        moves |= {"status": MatrixStatus.SHARED, "shared_by_id": director}
        moves["shared_at"] = at(approved, time(9, 30)) if approved else matrix.started_at
    if approved:
        moves |= {
            "status": MatrixStatus.APPROVED,
            "approved_by_id": director,
            "approved_at": at(approved, time(11, 10)),
        }
        moves["started_at"] = at(approved, time(8, 40))
    HabilitationMatrix.objects.filter(pk=matrix.pk).update(**moves)
    if item.get("consolidated_on"):
        HabilitationMatrix.objects.filter(pk=matrix.pk).update(
            status=MatrixStatus.CONSOLIDATED,
            consolidated_by_id=lead_of(project),
            consolidated_at=at(item["consolidated_on"], time(16, 5)),
        )


def _revision(item: Mapping[str, Any], esms: ESMS, cast: Cast) -> None:
    base = HabilitationMatrix.objects.get(esms=esms, number=1)
    matrix = HabilitationMatrix.objects.create(
        **place_of(esms),
        number=2,
        catalogue_version=catalogue().version,
        based_on=base,
        started_by=cast.users[item["started_by"]],
        started_at=at(item["started_on"], time(14, 20)),
        og_backup_declared=base.og_backup_declared,
    )
    MatrixProfile.objects.bulk_create(
        MatrixProfile(
            **place_of(esms),
            matrix=matrix,
            profile=row.profile,
            users_count=row.users_count,
            unused=row.unused,
            account_days=row.account_days,
        )
        for row in base.profiles.order_by("pk")
    )
    MatrixCell.objects.bulk_create(MatrixCell(**place_of(esms), matrix=matrix, **cell) for cell in item["cells"])


def _comment(item: Mapping[str, Any], esms: ESMS, cast: Cast) -> None:
    on: date = item["written_on"]
    user = cast.users[item["user"]]
    MatrixComment.objects.create(
        **place_of(esms),
        matrix=HabilitationMatrix.objects.filter(esms=esms).order_by("-number")[0],
        profile=item["profile"] or "",
        domain=item["domain"] or "",
        text=item["text"],
        author=user,
        created_at=at(on, time(10, 15)),
        resolved_by=user if item["resolved"] else None,
        resolved_at=at(on, time(17, 0)) if item["resolved"] else None,
    )
