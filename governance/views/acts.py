"""What is done with an arbitration: put to a meeting, taken off, postponed, consulted on, withdrawn, applied."""

from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect

from common import french
from common.errors import Conflict, DomainError
from governance.forms import arbitrations as forms
from governance.presentation import arbitrations as presentation
from governance.presentation import dossier
from governance.presentation.convening import told_consultation
from governance.selectors import arbitrations as selectors
from governance.selectors.convening import consultation_delivery
from governance.services import arbitrations as services
from governance.services.outbox import try_again
from governance.services.rulings import postpone
from governance.services.votes import open_consultation
from governance.views.arbitrations import CHANGED, TAKES_PART, ArbitrationView


class ActView(ArbitrationView, abstract=True):
    """Something that is done with the version that was read, and that the file then shows.

    `undo_url`: where it is taken back, when it can be.
    """

    prepared = True
    undo_url = ""

    def attempt(self, version: int) -> str:
        """Do it, and say so. Raises DomainError."""
        raise NotImplementedError

    def back(self) -> str:
        return self.address()

    def again(self, refused: str, status: int) -> HttpResponse:
        """The page as it is now, with what was refused."""
        return self.show(refused=refused, status=status)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = forms.VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            told = self.attempt(form.cleaned_data["version"])
        except Conflict:
            del self.arbitration
            return self.again(
                "Quelqu’un vient de modifier ce dossier. Le voici comme il est ; rien n’a été écrasé.", 409
            )
        except DomainError as error:
            del self.arbitration
            return self.again(str(error), 422)
        messages.success(request, french.typography(told), extra_tags=self.undo_url)
        return redirect(self.back())


class PutView(ActView):
    """On the agenda of a meeting."""

    permission_required = TAKES_PART

    def attempt(self, version: int) -> str:
        form = forms.PutForm(self.request.POST, meetings=selectors.meetings_ahead(self.project))
        if not form.is_valid():
            raise DomainError("Choisissez une des séances à venir du COSTRAT.")
        meeting = form.cleaned_data["meeting"]
        services.put_to_meeting(arbitration=self.arbitration, meeting=meeting, version=version)
        return f"L’arbitrage est inscrit à l’ordre du jour du {presentation.meeting_words(meeting)}."


class TakeOffView(ActView):
    """Off the agenda, back to its preparation."""

    permission_required = TAKES_PART

    def attempt(self, version: int) -> str:
        services.take_off_agenda(arbitration=self.arbitration, version=version)
        return "L’arbitrage est retiré de l’ordre du jour. Son dossier reste en instruction."


class AppliedView(ActView):
    """What was decided is done."""

    permission_required = TAKES_PART

    def attempt(self, version: int) -> str:
        form = forms.AppliedForm(self.request.POST)
        if not form.is_valid():
            raise DomainError("Dites quel jour la décision a été appliquée.")
        services.mark_applied(arbitration=self.arbitration, version=version, applied_on=form.cleaned_data["applied_on"])
        return "La décision est notée comme appliquée."


class FormActView(ArbitrationView, abstract=True):
    """An act that asks for words first, on a page of its own."""

    prepared = True
    form_class: ClassVar[type[django_forms.Form]]
    template: ClassVar[str]

    def attempt(self, given: dict[str, Any]) -> str:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(self.form_class(initial={"version": self.arbitration.version}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            told = self.attempt(form.cleaned_data)
        except Conflict:
            del self.arbitration
            return self.ask(self._at_the_version_now(form), refused=CHANGED, status=409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form, status=422)
        messages.success(request, french.typography(told))
        return redirect(self.address())

    def _at_the_version_now(self, form: django_forms.Form) -> django_forms.Form:
        """What was typed stays in the form, which is now about the file as it stands."""
        data = form.data.copy()
        data["version"] = str(self.arbitration.version)
        return self.form_class(data)

    def ask(self, form: django_forms.Form, *, refused: str = "", status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "arbitration": self.arbitration,
            "question": french.typography(self.arbitration.question),
            "crumbs": presentation.crumbs(self.project, dossier.own_crumb(self.arbitration, self.address())),
            "back_url": self.address(),
            "refused": refused,
        }
        return self.page(self.template, context, status=status)


class WithdrawView(FormActView):
    """The question is no longer asked."""

    permission_required = TAKES_PART
    form_class = forms.WithdrawForm
    template = "governance/arbitrations/withdraw.html"

    def attempt(self, given: dict[str, Any]) -> str:
        services.withdraw(arbitration=self.arbitration, version=given["version"], reason=given["reason"])
        return "L’arbitrage est retiré. Son dossier reste lisible dans le registre."


class PostponeView(FormActView):
    """Put off to a day."""

    permission_required = TAKES_PART
    form_class = forms.PostponeForm
    template = "governance/arbitrations/postpone.html"

    def attempt(self, given: dict[str, Any]) -> str:
        postpone(arbitration=self.arbitration, **given)
        return f"L’arbitrage est reporté au {french.long_date(given['to'])}."


class ConsultationView(ActView):
    """Have it decided by writing."""

    permission_required = TAKES_PART

    def attempt(self, version: int) -> str:
        opened = open_consultation(arbitration=self.arbitration, version=version, user=self.request.user)
        return told_consultation(opened, consultation_delivery(opened))


class ConsultationResendView(ArbitrationView):
    """Try again for the e-mails of a consultation that have not left."""

    permission_required = TAKES_PART
    prepared = True

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        meeting = self.arbitration.meeting
        if meeting is not None and try_again(meeting=meeting):
            messages.success(request, french.typography("Un nouvel essai part : l’envoi se suit ici."))
        else:
            messages.success(request, "Tout est déjà parti.")
        return redirect(self.address())
