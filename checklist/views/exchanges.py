"""The exchanges about an action: writing, and saying what is handled."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from checklist import services
from checklist.forms import CommentForm
from checklist.models import Comment
from checklist.rights import acts_on, may_handle
from checklist.views.action import PostedView
from checklist.views.base import COMMENT, ActionView
from common.errors import DomainError


class CommentView(PostedView):
    """Write in the exchanges of an action."""

    permission_required = COMMENT

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = CommentForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                services.comment(action=self.action, author=request.user, text=given["text"], token=given["token"])
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                return redirect(self.address("echanges"))
        return self.show(comment_form=form, status=422)


class HandledView(ActionView):
    """Say that a message is handled, or, with `undo`, that it still waits."""

    permission_required = COMMENT

    def post(self, request: HttpRequest, slug: str, number: str, comment_id: uuid.UUID) -> HttpResponse:
        comment = get_object_or_404(Comment, action=self.action, pk=comment_id)
        if not may_handle(self.rights, comment, acts=acts_on(self.rights, self.action)):
            raise PermissionDenied
        if "undo" in request.POST:
            services.reopen(comment=comment)
        else:
            services.handle(comment=comment, user=request.user)
        return redirect(self.address("echanges"))
