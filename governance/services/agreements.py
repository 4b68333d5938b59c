"""The convention de coopération: started, written article by article, signed by each OG, replaced by the next."""

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.uploads import check_document
from common.versions import change, change_fields
from governance.catalogue import catalogue
from governance.enums import AgreementStatus
from governance.models import Agreement, AgreementArticle, AgreementParty
from organisations.enums import ProjectKind
from organisations.models import OG, Project, User

FEWEST_PARTIES = 2


@transaction.atomic
def start_agreement(*, project: Project, ogs: Iterable[OG], user: User) -> Agreement:
    """Begin the first version, from the articles of the outline, between these OG.

    Raises DomainError (field `ogs`) in a project of one OG, without an OG, or when there is a version already.
    """
    if project.kind != ProjectKind.MULTI_OG:
        raise DomainError("Un projet d’un seul OG n’a pas de convention de coopération.", field="ogs")
    one_at_a_time(f"agreement:{project.pk}")
    if Agreement.objects.filter(project=project).exists():
        raise DomainError("La convention de ce projet est déjà commencée.", field="ogs")
    articles = [
        AgreementArticle(position=item.position, code=item.code, title=item.title, guide=item.guide)
        for item in catalogue().articles
    ]
    return _open(Agreement(project=project, number=1, started_by=user), articles, ogs)


@transaction.atomic
def open_version(*, agreement: Agreement, reason: str, ogs: Iterable[OG], user: User) -> Agreement:
    """Open the next version: the articles of the one in force, to be changed, between these OG.

    Raises DomainError (field) without a reason or an OG, when this version isn't in force, or another is under way.
    """
    reason = reason.strip()
    if not reason:
        raise DomainError("Dites ce que cette version change, et pourquoi.", field="reason")
    one_at_a_time(f"agreement:{agreement.project_id}")
    before = _locked(agreement)
    if before.status != AgreementStatus.IN_FORCE:
        raise DomainError("Une nouvelle version s’ouvre à partir de celle qui est en vigueur.")
    articles = [
        AgreementArticle(position=item.position, code=item.code, title=item.title, guide=item.guide, text=item.text)
        for item in before.articles.order_by("position")
    ]
    last = Agreement.objects.filter(project=before.project_id).aggregate(last=Max("number"))["last"]
    opened = Agreement(project_id=before.project_id, number=last + 1, reason=reason, based_on=before, started_by=user)
    return _open(opened, articles, ogs)


def _open(agreement: Agreement, articles: Iterable[AgreementArticle], ogs: Iterable[OG]) -> Agreement:
    parties = [AgreementParty(og=og) for og in ogs]
    if not parties:
        raise DomainError("Choisissez les OG qui s’engagent.", field="ogs")
    with refused_in_words(Agreement):
        agreement.save(force_insert=True)
    written = list(articles)
    for article in written:
        article.project_id, article.agreement = agreement.project_id, agreement
    for party in parties:
        party.project_id, party.agreement = agreement.project_id, agreement
    AgreementArticle.objects.bulk_create(written)
    AgreementParty.objects.bulk_create(parties)
    return agreement


@transaction.atomic
def abandon_version(*, agreement: Agreement) -> None:
    """Give up a version that is still a draft and follows another; twice is once. History keeps it.

    Raises DomainError for the first version, or once it is to be signed.
    """
    current = Agreement.objects.select_for_update().filter(pk=agreement.pk).first()
    if current is None:
        return
    _check_draft(current)
    if current.based_on_id is None:
        raise DomainError("La première version ne s’abandonne pas : reprenez son texte.")
    current.delete()


@transaction.atomic
def write_article(*, article: AgreementArticle, version: int, text: str) -> AgreementArticle:
    """Write the text of an article. Raises DomainError once the version is to be signed, Conflict when somebody else
    wrote it since `version`."""
    _check_draft(_locked(article.agreement))  # nobody puts it to the signature meanwhile
    return change_fields(article, version=version, text=text.strip())


@transaction.atomic
def add_party(*, agreement: Agreement, og: OG) -> AgreementParty:
    """Add an OG to a version that is a draft; twice is once. Raises DomainError once it is to be signed."""
    _check_draft(_locked(agreement))
    party, _ = AgreementParty.objects.get_or_create(project_id=agreement.project_id, agreement=agreement, og=og)
    return party


@transaction.atomic
def remove_party(*, party: AgreementParty) -> None:
    """Take an OG out of a version that is a draft. Raises DomainError once it is to be signed."""
    _check_draft(_locked(party.agreement))
    AgreementParty.objects.filter(pk=party.pk).delete()


@transaction.atomic
def put_to_signature(*, agreement: Agreement, version: int) -> Agreement:
    """From here on the text and the parties stay as they are.

    Raises DomainError while articles are empty or fewer than two OG are parties, Conflict when it changed since
    `version`.
    """
    current = _locked(agreement)
    _check_draft(current)
    empty = [article.position for article in current.articles.order_by("position") if not article.text]
    if empty:
        articles = french.agree(len(empty), "l’article", "les articles")
        raise DomainError(
            french.typography(f"Il reste à écrire {articles} {french.listed([str(position) for position in empty])}.")
        )
    if current.parties.count() < FEWEST_PARTIES:
        raise DomainError("Une convention engage au moins deux OG : ajoutez les parties qui manquent.")
    return change(agreement, version=version, status=AgreementStatus.SIGNING, signing_since=timezone.now())


@transaction.atomic
def back_to_draft(*, agreement: Agreement, version: int) -> Agreement:
    """Take a version that nobody has signed back to its writing. Raises DomainError once somebody has, or when it
    isn't to be signed; Conflict when it changed since `version`."""
    current = _locked(agreement)
    if current.status != AgreementStatus.SIGNING:
        raise DomainError("Cette version n’est pas à la signature.")
    with refused_in_words(Agreement):
        return change(agreement, version=version, status=AgreementStatus.DRAFT, signing_since=None)


@transaction.atomic
def record_signature(
    *,
    party: AgreementParty,
    version: int,
    signed_on: date,
    signatory: str,
    capacity: str,
    user: User,
    file: UploadedFile | None = None,
) -> AgreementParty:
    """Record that an OG has signed: who, in what capacity, when, and the signed document if it is kept here.

    The last signature puts the version in force from that day on, and the one before is replaced. The same form posted
    twice records once. Raises DomainError (field) unless the version is to be signed, for a day to come or before the
    project, for a document that isn't acceptable; Conflict when somebody recorded it since `version`.
    """
    given = {"signed_on": signed_on, "signatory": signatory.strip()[:120], "capacity": capacity.strip()[:120]}
    agreement = _locked(party.agreement)
    current = AgreementParty.objects.select_for_update().get(pk=party.pk)
    if current.signed_on is not None and all(getattr(current, name) == value for name, value in given.items()):
        return current
    if agreement.status != AgreementStatus.SIGNING:
        raise DomainError("Une signature s’enregistre une fois la version mise à la signature.")
    if current.signed_on is not None or current.version != version:
        raise Conflict(current=current, attempted=given)
    if not given["signatory"]:
        raise DomainError("Dites qui a signé.", field="signatory")
    if not given["capacity"]:
        raise DomainError("Dites en quelle qualité : directeur général, présidente…", field="capacity")
    if signed_on > timezone.localdate():
        raise DomainError("Cette date est à venir : une signature s’enregistre une fois donnée.", field="signed_on")
    if signed_on < agreement.project.started_on:
        raise DomainError("Cette date vient avant le début du projet.", field="signed_on")
    if file is not None:
        name = check_document(file)
        current.file.save(name, file, save=False)
        given |= {"file": current.file.name, "file_name": name}
    written = change(current, version=version, recorded_by=user, recorded_at=timezone.now(), **given)
    _put_in_force(agreement)
    return written


@transaction.atomic
def take_back_signature(*, party: AgreementParty, version: int) -> AgreementParty:
    """Undo a signature recorded by mistake, as long as another is waited for. Its history is kept.

    Raises DomainError once the version is in force, Conflict when it changed since `version`.
    """
    agreement = _locked(party.agreement)
    if agreement.status != AgreementStatus.SIGNING:
        raise DomainError("Cette version est en vigueur : ses signatures ne se retirent plus.")
    return change(
        party,
        version=version,
        signed_on=None,
        signatory="",
        capacity="",
        file="",
        file_name="",
        recorded_by=None,
        recorded_at=None,
    )


def _put_in_force(agreement: Agreement) -> None:
    """Once all have signed: from the day of the last signature, in the place of the version in force until then."""
    if agreement.parties.filter(signed_on=None).exists():
        return
    day = agreement.parties.aggregate(last=Max("signed_on"))["last"]
    before = Agreement.objects.select_for_update().filter(project=agreement.project_id, status=AgreementStatus.IN_FORCE)
    for replaced in before:
        change(replaced, version=replaced.version, status=AgreementStatus.REPLACED, replaced_on=day)
    change(agreement, version=agreement.version, status=AgreementStatus.IN_FORCE, in_force_on=day)


def _locked(agreement: Agreement) -> Agreement:
    """The version as it stands: nobody signs it or takes it back meanwhile."""
    return Agreement.objects.select_for_update(of=("self",)).select_related("project").get(pk=agreement.pk)


def _check_draft(agreement: Agreement) -> None:
    if agreement.status != AgreementStatus.DRAFT:
        raise DomainError("Cette version n’est plus en rédaction : ouvrez-en une nouvelle pour la changer.")
