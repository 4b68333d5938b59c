"""Habilitation matrices in tests, each written as the services leave it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import elevated
from organisations.models import ESMS, User, place_of
from structures.catalogue.habilitations import catalogue
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix, MatrixCell, MatrixProfile

WHY = "Les transmissions de nuit passent par ce profil, en accord avec l’équipe."
Access = tuple[str, str, str, str, str]  # profile, domain, level, perimeter, why
WIDER: Access = ("educator", "rehabilitation_care", "read", "unit", WHY)
NARROWER: Access = ("direction", "billing", "read", "esms", "")
HEADS = {"direction": 2, "nurse": 4, "educator": 20, "physician": 1, "billing_officer": 1, "local_administrator": 2}


def matrix_of(
    esms: ESMS,
    director: User,
    *,
    status: MatrixStatus = MatrixStatus.DRAFT,
    accesses: tuple[Access, ...] = (WIDER, NARROWER),
    heads: dict[str, int] = HEADS,
    number: int = 1,
    days: int = 30,
    lead: User | None = None,
    **values: Any,
) -> HabilitationMatrix:
    """Validated `days` ago, if it was; profiles that `heads` doesn't count are without object."""
    approved = timezone.now() - timedelta(days=days)
    with elevated():
        matrix = HabilitationMatrix.objects.create(
            **place_of(esms), number=number, catalogue_version=catalogue().version, started_by=director, **values
        )
        MatrixProfile.objects.bulk_create(
            MatrixProfile(
                **place_of(esms),
                matrix=matrix,
                profile=code,
                users_count=heads.get(code),
                unused=code not in heads,
            )
            for code in catalogue().profiles
        )
        MatrixCell.objects.bulk_create(
            MatrixCell(
                **place_of(esms),
                matrix=matrix,
                profile=profile,
                domain=domain,
                level=level,
                perimeter=perimeter,
                justification=why,
            )
            for profile, domain, level, perimeter, why in accesses
        )
        moves: dict[MatrixStatus, dict[str, Any]] = {
            MatrixStatus.DRAFT: {},
            MatrixStatus.SHARED: {"shared_by": director, "shared_at": approved},
            MatrixStatus.APPROVED: {"approved_by": director, "approved_at": approved},
            MatrixStatus.CONSOLIDATED: {
                "approved_by": director,
                "approved_at": approved,
                "consolidated_by": lead or director,
                "consolidated_at": approved,
            },
        }
        if moves[status]:
            HabilitationMatrix.objects.filter(pk=matrix.pk).update(status=status, **moves[status])
        matrix.refresh_from_db()
    return matrix
