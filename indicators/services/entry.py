"""Writing one line of a statement by hand: what is given and the comment beside it, together."""

from django.db import transaction

from indicators.entry import Given
from indicators.models import Figure, Statement
from indicators.selectors.definitions import Followed
from indicators.services.figures import comment_figure, entering, write_figure
from organisations.models import User


@transaction.atomic
def write_line(
    *, statement: Statement, followed: Followed, given: Given, comment: str, version: int, by: User
) -> Figure | None:
    """Returns the figure as it is now, None when there is none. Raises as `write_figure`: with one of both refused,
    nothing is written."""
    current = entering(statement)
    there = Figure.objects.filter(statement=current, indicator=followed.indicator).first()
    read = there.version if there else 0
    figure = write_figure(statement=current, followed=followed, given=given, version=version, by=by)
    # The version that the comment answers to moved by what was just written, not by somebody else.
    known = figure.version if figure and read == version else version
    return comment_figure(statement=current, followed=followed, comment=comment, version=known, by=by)
