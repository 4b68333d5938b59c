"""Asking the Consultés of an action for their opinion, answering, taking a request back."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from checklist import presentation, selectors, services
from checklist.enums import Stance
from checklist.forms import AskOpinionForm, CommentForm, OpinionForm
from checklist.models import OpinionRequest
from checklist.people import actors_of
from checklist.rights import rights_in
from checklist.views.action import PostedView
from checklist.views.base import CHANGE, READ
from common.errors import DomainError
from common.ids import new_id


class OpinionsView(PostedView):
    """Ask for opinions: who manages the checklist, the Responsable and the Acteurs."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        self.check_may_change()
        form = AskOpinionForm(request.POST, choices=selectors.opinions_to_ask(self.action, self.rights))
        if form.is_valid():
            try:
                asked = services.ask_opinions(action=self.action, asked_by=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, presentation.asked_of(asked))
                return redirect(self.address("avis"))
        return self.show(ask_form=form, status=422)


class OpinionRequestView(PostedView, abstract=True):
    """A view of one request for an opinion: `self.asked`, from `request_id` in the URL."""

    asked: OpinionRequest

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        requests = OpinionRequest.objects.filter(action=self.action)
        self.asked = get_object_or_404(requests, pk=self.kwargs["request_id"])
        return True

    @property
    def place(self) -> str:
        return f"avis-{self.asked.pk}"


class OpinionView(OpinionRequestView):
    """Answer: any member of the body today, or the person named."""

    permission_required = READ

    def post(self, request: HttpRequest, slug: str, number: str, request_id: uuid.UUID) -> HttpResponse:
        actors = actors_of(request.user, self.project)
        if not rights_in(self.project, request.user, request.access, actors).consulted(self.asked):
            raise PermissionDenied
        form = OpinionForm(request.POST, request_id=request_id)
        if not form.is_valid():
            return self.show(answer_form=form, status=422)
        given = form.cleaned_data
        try:
            services.give_opinion(
                request=self.asked,
                author=request.user,
                stance=Stance(given["stance"]),
                text=given["text"],
                token=given["token"],
            )
        except DomainError as error:
            if error.field:
                form.add_error(error.field, str(error))
                return self.show(answer_form=form, status=422)
            return self.withdrawn_meanwhile(str(error), given["text"])
        messages.success(request, "Votre avis est enregistré.")
        return redirect(self.address(self.place))

    def withdrawn_meanwhile(self, why: str, text: str) -> HttpResponse:
        """The request is no longer on the page: what was written waits in the exchanges."""
        kept = " Votre texte est dans les échanges, prêt à être envoyé." if text and self.rights.comments else ""
        messages.warning(self.request, why + kept)
        return self.show(comment_form=CommentForm(initial={"token": new_id(), "text": text}), status=422)


class WithdrawView(OpinionRequestView):
    """Take a request back: who asked, or who manages the checklist."""

    permission_required = READ

    def post(self, request: HttpRequest, slug: str, number: str, request_id: uuid.UUID) -> HttpResponse:
        if not self.rights.may_withdraw(self.asked):
            raise PermissionDenied
        try:
            services.withdraw_opinion_request(request=self.asked)
        except DomainError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, "La demande d’avis est retirée.")
        return redirect(self.address("avis"))
