"""What is said about actions, and the messages that wait for somebody."""

from django.db.models import Count, OuterRef, Prefetch, Subquery

from checklist.models import Action, Comment, Mention
from checklist.selectors.mine import seats_of
from organisations.access import Access
from organisations.models import User


def comments_of(action: Action) -> list[Comment]:
    """The messages about an action, oldest first, each with whom it names. Two queries."""
    mentions = Prefetch("mentions", Mention.objects.select_related("user").order_by("pk"))
    comments = Comment.objects.filter(action=action).select_related("author", "handled_by")
    return list(comments.prefetch_related(mentions))


def messages_waiting() -> Subquery:
    """How many messages about an action name somebody and wait to be handled, in the action's own query."""
    waiting = Comment.objects.filter(action=OuterRef("pk"), handled_at=None, mentions__isnull=False)
    counted = waiting.order_by().values("action").annotate(n=Count("pk", distinct=True))
    return Subquery(counted.values("n"))


def unhandled_mentions(user: User, access: Access) -> list[Mention]:
    """The messages that name this person and that nobody has handled, oldest first, of the actions they may read.

    Each with `comment.author` and `comment.action.project`. Two queries.
    """
    readable = Action.objects.current().filter(seats_of(user, access).readable())
    waiting = Mention.objects.filter(user=user, comment__handled_at=None, comment__action__in=readable)
    return list(
        waiting.select_related("comment__author", "comment__action__project").order_by("comment__created_at", "pk")
    )
