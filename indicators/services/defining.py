"""The lead adds an indicator of the project's own, changes what one means, gives one up and takes it up again."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from common.errors import Conflict, DomainError
from common.ids import new_id
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from indicators.catalogue import catalogue
from indicators.enums import Aggregation, Breakdown, CollectedAt, Kind, Source
from indicators.models import Definition, Indicator
from indicators.services.definitions import ensure_collections
from organisations.models import Project, User

# What an indicator of a project's own may be, and how the figures of several structures make one.
OWN_KINDS = {
    Kind.COUNT: Aggregation.SUM,
    Kind.AMOUNT: Aggregation.SUM,
    Kind.RATIO: Aggregation.WEIGHTED_RATIO,
    Kind.SCORE: Aggregation.WEIGHTED_MEAN,
}
# What counts and amounts may be split by; rates and scores by profile only.
OWN_BREAKDOWNS = (Breakdown.USER_PROFILE, Breakdown.TIME_SLOT, Breakdown.CONNECTION_PLACE, Breakdown.HANDLING_MODE)
# What may change in any definition; the others in that of an own indicator only. What is counted never changes kind.
OF_ANY = ("label", "direction", "frequency", "help")
OF_OWN = ("phase", "unit", "numerator", "denominator", "breakdown", "minimum", "maximum", "masked")
# Addresses that no indicator may take.
TAKEN = frozenset({"adopter", "ajouter", "collecte", "regles"})
OWN_FROM = 100  # after those of the catalogue, however many it will have


@transaction.atomic
def add_own(*, project: Project, kind: Kind, by: User, token: UUID, **values: object) -> Indicator:
    """Follow an indicator that the catalogue doesn't have: `values` are fields of its definition. The same form posted
    twice adds once. Raises DomainError for what doesn't hold together."""
    one_at_a_time(f"indicators:{project.pk}")
    known = Definition.objects.filter(project=project, token=token, indicator__own=True).select_related("indicator")
    if found := known.first():
        return found.indicator
    checked(kind, values)
    last = Indicator.objects.filter(project=project).aggregate(last=Max("position"))["last"] or 0
    row = Indicator.objects.create(
        project=project, code=_code(project, str(values["label"])), position=max(last + 1, OWN_FROM), own=True
    )
    with refused_in_words(Definition):
        Definition.objects.create(
            project=project,
            indicator=row,
            kind=kind,
            percent=_percent(kind, values),
            aggregation=OWN_KINDS[kind],
            written_by=by,
            token=token,
            **values,
        )
    ensure_collections(project)
    return row


@transaction.atomic
def change_definition(
    *, indicator: Indicator, number: int, by: User, token: UUID, why: str, **values: object
) -> Definition:
    """Write the next version of what an indicator means; figures given under the others keep theirs. `number`: the
    version that was read.

    Raises Conflict when somebody wrote another since, DomainError when nothing changes or doesn't hold together.
    """
    one_at_a_time(f"indicators:{indicator.project_id}")
    if found := Definition.objects.filter(indicator=indicator, token=token).first():
        return found
    current = Definition.objects.filter(indicator=indicator).order_by("-number")[0]
    allowed = {*OF_ANY, *OF_OWN} if indicator.own else set(OF_ANY)
    values = {name: value for name, value in values.items() if name in allowed}
    if current.number != number:
        raise Conflict(current=current, attempted=values)
    if all(getattr(current, name) == value for name, value in values.items()):
        raise DomainError("Rien n’a changé dans cette définition.")
    if not why.strip():
        raise DomainError("Dites pourquoi la définition change.", field="why")
    if indicator.own:
        checked(Kind(current.kind), values)
        values["percent"] = _percent(Kind(current.kind), values)
    copied = {
        field.attname: getattr(current, field.attname)
        for field in Definition._meta.concrete_fields
        if field.name not in {"id", "number", "why", "written_by", "written_at", "token"}
    }
    with refused_in_words(Definition):
        return Definition.objects.create(
            **{**copied, **values}, number=number + 1, why=why.strip(), written_by=by, token=token
        )


def may_be_asked(indicator: Indicator, definition: Definition) -> bool:
    """Whether structures may enter it in place of the application."""
    proposed = None if indicator.own else catalogue().by_code().get(indicator.code)
    return (
        proposed is not None
        and proposed.entry_fallback
        and definition.source != Source.ENTERED
        and definition.collected_at == CollectedAt.ESMS
    )


def checked(kind: Kind, values: dict[str, object]) -> None:
    """Raises DomainError, which names the field, for a definition of an own indicator that doesn't hold together."""
    if kind not in OWN_KINDS:
        raise DomainError("Choisissez ce que l’indicateur compte.", field="kind")
    if kind == Kind.RATIO:
        for name, words in (("numerator", "numérateur"), ("denominator", "dénominateur")):
            if not values.get(name):
                raise DomainError(f"Dites ce que compte le {words}.", field=name)
    if kind == Kind.SCORE and (values.get("minimum") is None or values.get("maximum") is None):
        raise DomainError("Une note a deux bornes : la plus basse et la plus haute.", field="minimum")
    if kind in {Kind.RATIO, Kind.SCORE} and values.get("breakdown") not in {"", None, Breakdown.USER_PROFILE}:
        raise DomainError("Un taux ou une note ne se ventile que par profil.", field="breakdown")


@transaction.atomic
def follow(*, indicator: Indicator, active: bool) -> None:
    """Give an indicator up, or take it up again. Twice is once; its figures stay."""
    Indicator.objects.filter(pk=indicator.pk).exclude(active=active).update(active=active)


@transaction.atomic
def ask(*, indicator: Indicator, asked: bool) -> None:
    """Have structures enter what the application would compute, or compute it. Twice is once. Raises DomainError for
    what isn't theirs to enter."""
    current = Definition.objects.filter(indicator=indicator).order_by("-number")[0]
    if not may_be_asked(indicator, current):
        raise DomainError("Cet indicateur ne se saisit pas à la place du calcul.")
    Indicator.objects.filter(pk=indicator.pk).exclude(asked=asked).update(asked=asked)


def _percent(kind: Kind, values: dict[str, object]) -> bool:
    return kind != Kind.RATIO or values.get("unit") == "%"


def _code(project: Project, label: str) -> str:
    """From its label, unlike any other."""
    taken = set(Indicator.objects.filter(project=project).values_list("code", flat=True)) | TAKEN
    taken |= catalogue().by_code().keys()
    base = slugify(label)[:54].strip("-") or f"indicateur-{str(new_id())[-6:]}"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
