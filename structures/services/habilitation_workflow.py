"""A matrix on its way: shared with the management team, commented, validated by the director, consolidated or sent back
by the project lead."""

import uuid

from django.db import transaction
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import agree, counted
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change
from organisations.models import User
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix, MatrixComment
from structures.selectors.habilitations import Reading, read


@transaction.atomic
def share(*, matrix: HabilitationMatrix, version: int, user: User) -> HabilitationMatrix:
    """Put a version to the management team, who may then comment it. Twice is once.

    Raises DomainError once it is validated, Conflict when somebody else changed it since `version`.
    """
    current = _locked(matrix)
    if current.status == MatrixStatus.SHARED:
        return current
    _check_open(current)
    return change(current, version=version, status=MatrixStatus.SHARED, shared_by=user, shared_at=timezone.now())


@transaction.atomic
def comment(
    *, matrix: HabilitationMatrix, text: str, user: User, token: uuid.UUID, profile: str = "", domain: str = ""
) -> MatrixComment:
    """Say something of a shared version; of a profile, a domain or an access, when these are named.

    Raises DomainError when it says nothing, or while the version is not shared.
    """
    text = text.strip()
    if not text:
        raise DomainError("Écrivez votre remarque.", field="text")
    current = _locked(matrix)
    if known := MatrixComment.objects.filter(esms=current.esms_id, token=token).first():
        return known
    if current.status != MatrixStatus.SHARED:
        raise DomainError("Les remarques s’écrivent sur une matrice partagée avec l’encadrement.", field="text")
    return MatrixComment.objects.create(
        project_id=current.project_id,
        og_id=current.og_id,
        esms_id=current.esms_id,
        matrix=current,
        profile=profile,
        domain=domain,
        text=text[:2000],
        author=user,
        token=token,
    )


@transaction.atomic
def resolve(*, remark: MatrixComment, user: User, resolved: bool) -> None:
    """Say that a remark is dealt with, or take that back. Twice is once. Raises DomainError once the matrix is
    validated."""
    _check_open(_locked(remark.matrix))
    rows = MatrixComment.objects.filter(pk=remark.pk, resolved_at__isnull=resolved)
    with refused_in_words(MatrixComment):
        rows.update(resolved_at=timezone.now() if resolved else None, resolved_by=user if resolved else None)


@transaction.atomic
def approve(*, matrix: HabilitationMatrix, seen: str, user: User) -> HabilitationMatrix:
    """The director validates a shared version: it is in force from now on and doesn't change any more. Twice is once.

    `seen`: the fingerprint of what was read. Raises DomainError while a blocking rule doesn't hold, Conflict when
    the version has changed since it was read.
    """
    current = _locked(matrix)
    if current.validated:
        return current
    if current.status != MatrixStatus.SHARED:
        raise DomainError("Partagez d’abord la matrice avec l’encadrement : ses remarques viennent avant.")
    reading = read(current)
    if reading.fingerprint != seen:
        raise Conflict(current=current, attempted={"seen": seen})
    check_holds(reading)
    return change(
        current,
        version=current.version,
        status=MatrixStatus.APPROVED,
        approved_by=user,
        approved_at=timezone.now(),
        sent_back_by=None,
        sent_back_at=None,
        sent_back_note="",
    )


def check_holds(reading: Reading) -> None:
    """Raises DomainError that names the blocking rules which don't hold."""
    rules = list(dict.fromkeys(finding.rule.label for finding in reading.blocking))
    if rules:
        count = len(rules)
        raise DomainError(
            f"{counted(count, 'règle', 'règles', feminine=True).capitalize()} {agree(count, 'empêche', 'empêchent')} "
            f"de valider : {' ; '.join(rules)}."
        )


@transaction.atomic
def consolidate(*, matrix: HabilitationMatrix, version: int, user: User) -> HabilitationMatrix:
    """The project lead takes a validated version into what the vendor is given. Twice is once.

    Raises DomainError for one that the director didn't validate, or that another replaced; Conflict when it moved
    since `version`.
    """
    current = _locked(matrix)
    if current.status == MatrixStatus.CONSOLIDATED:
        return current
    _check_transmitted(current)
    return change(
        current,
        version=version,
        status=MatrixStatus.CONSOLIDATED,
        consolidated_by=user,
        consolidated_at=timezone.now(),
    )


@transaction.atomic
def send_back(*, matrix: HabilitationMatrix, version: int, note: str, user: User) -> HabilitationMatrix:
    """The project lead gives a validated version back to the structure, and says what to take up again.

    Raises DomainError without a word, once it is consolidated or while a revision is being prepared; Conflict when
    it moved since `version`.
    """
    note = note.strip()
    if not note:
        raise DomainError("Dites ce qu’il faut reprendre.", field="note")
    one_at_a_time(f"habilitations:{matrix.esms_id}")  # nobody begins a revision meanwhile
    current = _locked(matrix)
    _check_transmitted(current)
    if HabilitationMatrix.objects.filter(esms=current.esms_id).open().exists():
        raise DomainError(
            "Une révision est déjà en préparation dans la structure : elle remplacera cette version.", field="note"
        )
    return change(
        current,
        version=version,
        status=MatrixStatus.DRAFT,
        approved_by=None,
        approved_at=None,
        shared_by=None,
        shared_at=None,
        sent_back_by=user,
        sent_back_at=timezone.now(),
        sent_back_note=note[:2000],
    )


def _check_transmitted(matrix: HabilitationMatrix) -> None:
    if matrix.status != MatrixStatus.APPROVED:
        raise DomainError("Cette matrice n’attend pas le chef de projet : la direction ne l’a pas validée.")
    later = HabilitationMatrix.objects.filter(esms=matrix.esms_id, number__gt=matrix.number).validated()
    if later.exists():
        raise DomainError("Une version plus récente est validée : c’est elle qui se consolide.")


def _locked(matrix: HabilitationMatrix) -> HabilitationMatrix:
    return HabilitationMatrix.objects.select_for_update(of=("self",)).get(pk=matrix.pk)


def _check_open(matrix: HabilitationMatrix) -> None:
    if not matrix.open:
        raise DomainError("Cette matrice est validée : elle ne change plus.")
