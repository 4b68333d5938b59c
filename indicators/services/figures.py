"""Writing one figure of a statement: by hand, from a file or from the record itself, all go through here."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.refusals import refused_in_words
from common.versions import change
from indicators.entry import Given, checked
from indicators.enums import Origin, Source, StatementStatus
from indicators.models import Cell, Figure, Statement
from indicators.selectors.definitions import Followed
from organisations.models import User, place_of

GIVEN = "Ce relevé est rendu : reprenez-le avant de changer une valeur."
SUBMITTED = "Ce relevé est soumis à la direction : reprenez-le avant de changer une valeur."
OVER = "La collecte de cette période est close : le chef de projet peut la rouvrir pour votre structure."


def entering(statement: Statement) -> Statement:
    """Lock it for entry: nobody gives it while a figure is being written. Raises DomainError when it may not be entered
    any more."""
    rows = Statement.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign")
    current = rows.get(pk=statement.pk)
    if current.status == StatementStatus.GIVEN:
        raise DomainError(GIVEN)
    if current.status == StatementStatus.SUBMITTED:
        raise DomainError(SUBMITTED)
    if not current.may_be_entered(timezone.localdate()):
        raise DomainError(OVER)
    return current


@transaction.atomic
def write_figure(
    *,
    statement: Statement,
    followed: Followed,
    given: Given,
    version: int | None,
    by: User | None,
    origin: Origin = Origin.ENTERED,
) -> Figure | None:
    """Write what is given for an indicator of a statement; emptied, what was there goes, but a comment. Returns the
    figure as it is now, None when there is none.

    `version`: that of the figure that was read, 0 when there was none; None takes what is there (a file says the whole
    of it). Raises Conflict when somebody else wrote another value since, DomainError for what the definition refuses or
    when the statement may not be entered any more.
    """
    current = entering(statement)
    given = checked(given, followed.definition)
    there = Figure.objects.filter(statement=current, indicator=followed.indicator).first()
    values: dict[str, object] = {
        "amount": given.amount,
        "base": given.base,
        "text": given.text,
        "absence": given.absence,
        "why": given.why,
    }
    if there is None:
        return None if given.is_empty else _create(current, followed, given, values, by, origin)
    same = all(getattr(there, name) == value for name, value in values.items()) and _cells(there) == dict(given.cells)
    if same:
        return there
    if version is not None and version != there.version:
        raise Conflict(current=there, attempted=values)
    if given.is_empty and not there.comment:
        there.delete()
        return None
    with refused_in_words(Figure):
        change(
            there,
            version=there.version,
            **values,
            definition=followed.definition,
            origin=origin,
            written_by=by,
            written_at=timezone.now(),
        )
    _write_cells(there, given)
    return there


@transaction.atomic
def comment_figure(*, statement: Statement, followed: Followed, comment: str, version: int, by: User) -> Figure | None:
    """Write the comment beside a figure, there or not yet. Raises as `write_figure`."""
    current = entering(statement)
    comment = comment.strip()
    if len(comment) > 500:
        raise DomainError("Un commentaire tient en 500 signes.", field="comment")
    there = Figure.objects.filter(statement=current, indicator=followed.indicator).first()
    if there is None:
        return _create(current, followed, Given(), {"comment": comment}, by, Origin.ENTERED) if comment else None
    if there.comment == comment:
        return there
    if version != there.version:
        raise Conflict(current=there, attempted={"comment": comment})
    if not comment and not there.is_there:
        there.delete()
        return None
    return change(there, version=there.version, comment=comment)


def _create(
    statement: Statement,
    followed: Followed,
    given: Given,
    values: dict[str, object],
    by: User | None,
    origin: Origin,
) -> Figure:
    figure = Figure(
        **place_of(statement.esms),
        place=statement.esms_id,
        indicator=followed.indicator,
        definition=followed.definition,
        statement=statement,
        frequency=statement.campaign.frequency,
        period_start=statement.campaign.period_start,
        origin=origin,
        written_by=by,
        **values,
    )
    make_room([figure])
    with refused_in_words(Figure):
        figure.save(force_insert=True)
    _write_cells(figure, given)
    return figure


def make_room(figures: Sequence[Figure]) -> None:
    """What was carried over from an entry before goes, where a structure now says something itself: figures of one
    structure and frequency, about to be written."""
    carried = [figure for figure in figures if figure.definition.source != Source.ENTERED]
    if carried:
        Figure.objects.filter(
            place=carried[0].place,
            frequency=carried[0].frequency,
            indicator__in={figure.indicator_id for figure in carried},
            period_start__in={figure.period_start for figure in carried},
            origin=Origin.COMPUTED,
        ).delete()


def withdraw(statement: Statement) -> None:
    """Its figures are its structure's own again: it is given no more. What weighs a figure is that of another: it is
    set again when the statement is given."""
    rows = Figure.objects.filter(statement=statement)
    rows.update(published=False)
    rows.exclude(definition__weighted_by="").update(base=None)


def _cells(figure: Figure) -> dict[str, object]:
    return {cell.value: cell.terms for cell in Cell.objects.filter(figure=figure)}


def _write_cells(figure: Figure, given: Given) -> None:
    """Cells that stay as they are are not written again: their history tells changes."""
    there = {cell.value: cell for cell in Cell.objects.filter(figure=figure)}
    for value in there.keys() - given.cells.keys():
        there[value].delete()
    new = []
    for value, terms in given.cells.items():
        cell = there.get(value)
        if cell is None:
            new.append(Cell(**figure_place(figure), figure=figure, value=value, amount=terms.amount, base=terms.base))
        elif cell.terms != terms:
            Cell.objects.filter(pk=cell.pk).update(amount=terms.amount, base=terms.base)
    Cell.objects.bulk_create(new)


def figure_place(figure: Figure) -> dict[str, object]:
    """The columns of a row of the same place."""
    return {
        "project_id": figure.project_id,
        "og_id": figure.og_id,
        "esms_id": figure.esms_id,
        "place": figure.place,
    }
