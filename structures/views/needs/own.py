"""The needs of a structure: noted, read, taken away, put to the direction, transmitted."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.ids import new_id
from common.sensitive import warning
from organisations.enums import Permission
from structures.forms.needs import DecisionForm, MessageForm, NoteForm, PasteForm, VersionForm, read_versions
from structures.models import Need
from structures.presentation.needs import structure as presentation
from structures.presentation.needs.words import own_url
from structures.selectors.needs import own as selectors
from structures.services.needs import entries, workflow
from structures.views.base import WorkView

READ = (Permission.VIEW_STRUCTURES,)
FILL = (Permission.FILL_STRUCTURES,)
VALIDATE = (Permission.VALIDATE_STRUCTURES,)
MESSAGES = (Permission.FILL_STRUCTURES, Permission.COORDINATE_STRUCTURES)
TOO_OLD = "Cette page est trop ancienne : rechargez-la."
BULLET = re.compile(r"^\s*(?:[-–—•*·▪◦]|\d{1,3}[.)°/-])\s+")


class NeedsView(WorkView, abstract=True):
    """A page of the needs of a structure."""

    def show_home(
        self, form: NoteForm | None = None, *, noted: str = "", refused: str = "", status: int = 200
    ) -> HttpResponse:
        view = presentation.home(
            self.esms,
            list(selectors.needs_of(self.esms)),
            selectors.call_of(self.project),
            self.rights,
            timezone.localdate(),
            noted=int(noted) if noted.isdecimal() and len(noted) < 6 else None,
        )
        form = form or NoteForm(initial={"token": new_id()})
        if view.noted or form.errors:  # the next one, at once
            form.fields["title"].widget.attrs["data-focus"] = True
        context = {"view": view, "form": form, "refused": refused}
        return self.page("structures/needs/home.html", context, status=status)


class HomeView(NeedsView):
    """All the needs of the structure, and the line that notes one more."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show_home(noted=request.GET.get("note", ""))


class AddView(NeedsView):
    """Note one need, in one line."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = NoteForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                noted = entries.note_needs(
                    esms=self.esms, titles=[given["title"]], user=request.user, token=given["token"]
                )[0]
            except DomainError as error:
                form.add_error("title", typography(str(error)))
            else:
                return redirect(f"{own_url('need_home', self.esms)}?note={noted.number}")
        return self.show_home(form, status=422)


class PasteView(NeedsView):
    """Several lines at once: shown as they would be noted, then noted."""

    permission_required = FILL

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show(PasteForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = PasteForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        titles = [BULLET.sub("", line).strip() for line in form.cleaned_data["lines"].splitlines()]
        titles = list(dict.fromkeys(" ".join(title.split()) for title in titles if title))
        view = presentation.paste(self.esms, self.preview(titles))
        if "confirm" not in request.POST:
            return self.show(form, view)
        try:
            noted = entries.note_needs(
                esms=self.esms, titles=titles, user=request.user, token=form.cleaned_data["token"]
            )
        except DomainError as error:
            form.add_error("lines", typography(str(error)))
            return self.show(form, view, status=422)
        count = len(noted)
        told = "Un besoin est noté : donnez-lui" if count == 1 else f"{count} besoins sont notés : donnez-leur"
        messages.success(request, typography(f"{told} une priorité et un domaine."))
        return redirect(own_url("need_home", self.esms))

    def preview(self, titles: list[str]) -> list[presentation.PastedLine]:
        known = {need.title.casefold() for need in selectors.needs_of(self.esms)}
        return [
            presentation.PastedLine(
                title=typography(title),
                problem=typography(f"Trop long : {len(title)} caractères pour {entries.TITLE_LENGTH}.")
                if len(title) > entries.TITLE_LENGTH
                else "",
                known=title.casefold() in known,
                warning=warning(title),
            )
            for title in titles
        ]

    def show(self, form: PasteForm, view: Any = None, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "view": view or presentation.paste(self.esms)}
        return self.page("structures/needs/paste.html", context, status=status)


class OneNeedView(NeedsView, abstract=True):
    """A view of one need, from `number` in the URL. One taken away is only found to be brought back."""

    def find(self, *, removed: bool = False) -> Need:
        rows = Need.objects.filter(esms=self.esms).select_related("common", "written_by")
        need = get_object_or_404(rows if removed else rows.kept(), number=self.kwargs["number"])
        need.esms = self.esms
        return need

    def show(
        self,
        need: Need,
        *,
        message: MessageForm | None = None,
        decision: DecisionForm | None = None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        coordinates = self.rights.coordinates and need.is_transmitted
        context = {
            "view": presentation.need(need, self.esms, self.rights, list(selectors.messages_of(need))),
            "need": need,
            "message_form": message or MessageForm(initial={"token": new_id()}),
            "decision_form": decision or DecisionForm(initial={"version": need.version}),
            "decides": coordinates and not need.outcome,
            "takes_back": coordinates and bool(need.outcome),
            "writes": self.rights.fills or self.rights.coordinates,
            "removes": self.rights.fills and need.is_open,
            "refused": refused,
        }
        return self.page("structures/needs/need.html", context, status=status)

    def version(self) -> int | None:
        form = VersionForm(self.request.POST)
        return form.cleaned_data["version"] if form.is_valid() else None

    def to_need(self, need: Need, told: str) -> HttpResponse:
        messages.success(self.request, typography(told))
        return redirect(own_url("need", self.esms, need.number))


class NeedView(OneNeedView):
    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        return self.show(self.find())


class RemoveView(OneNeedView):
    """Take a need away; « Annuler » brings it back."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        need, version = self.find(), self.version()
        if version is None:
            return HttpResponseBadRequest(TOO_OLD)
        try:
            entries.remove_need(need=need, version=version)
        except Conflict:
            refused = "Quelqu’un vient de changer ce besoin : le voici comme il est. Il n’est pas retiré."
            return self.show(self.find(), refused=refused, status=409)
        except DomainError as error:
            return self.show(need, refused=str(error), status=422)
        undo = own_url("need_restore", self.esms, number)
        messages.success(request, typography(f"« {need.title} » est retiré."), extra_tags=undo)
        return redirect(own_url("need_home", self.esms))


class RestoreView(OneNeedView):
    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        need = entries.restore_need(need=self.find(removed=True))
        return self.to_need(need, "Ce besoin est remis dans la liste.")


class ReopenView(OneNeedView):
    """The direction takes back what it validated."""

    permission_required = VALIDATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        need, version = self.find(), self.version()
        if version is None:
            return HttpResponseBadRequest(TOO_OLD)
        try:
            workflow.reopen_need(need=need, version=version)
        except Conflict:
            return self.show(self.find(), refused="Quelqu’un vient de changer ce besoin.", status=409)
        except DomainError as error:
            return self.show(self.find(), refused=str(error), status=422)
        return self.to_need(need, "Ce besoin est rouvert : il peut être changé, puis validé à nouveau.")


class MessageView(OneNeedView):
    """Say something of a need."""

    permission_required = MESSAGES

    def post(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        need, form = self.find(), MessageForm(request.POST)
        if form.is_valid():
            try:
                entries.write_message(need=need, user=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error("text", str(error))
            else:
                return self.to_need(need, "Votre message est envoyé.")
        return self.show(need, message=form, status=422)


class SubmitView(NeedsView):
    """Chosen needs are proposed to the direction by who fills; validated and transmitted by the direction."""

    permission_required = FILL

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        act, chosen = request.POST.get("act", ""), read_versions(request.POST)
        if act in {"validate", "transmit"} and not self.rights.validates:
            raise PermissionDenied
        try:
            if act == "transmit":
                count = len(workflow.transmit_needs(esms=self.esms, chosen=chosen, user=request.user))
                told = ("Un besoin est transmis", f"{count} besoins sont transmis")
            elif act == "validate":
                count = len(workflow.validate_needs(esms=self.esms, chosen=chosen, user=request.user))
                told = ("Un besoin est validé", f"{count} besoins sont validés")
            elif act == "propose":
                count = len(workflow.propose_needs(esms=self.esms, chosen=chosen))
                told = ("Un besoin est proposé à la direction", f"{count} besoins sont proposés à la direction")
            else:
                return HttpResponseBadRequest(TOO_OLD)
        except Conflict as conflict:
            changed = conflict.current
            refused = f"Le besoin n° {changed.number}, « {changed.title} », a changé depuis que vous l’avez lu."
            return self.show(
                refused=f"{refused} Relisez-le : rien n’est encore envoyé.", chosen=set(chosen), status=409
            )
        except DomainError as error:
            return self.show(refused=str(error), chosen=set(chosen), status=422)
        messages.success(request, f"{told[0] if count == 1 else told[1]}.")
        return redirect(own_url("need_home", self.esms))

    def show(self, *, refused: str = "", chosen: Any = None, status: int = 200) -> HttpResponse:
        needs = list(selectors.needs_of(self.esms))
        view = presentation.submit(self.esms, needs, self.rights)
        ticked = {line.need.pk for line in view.lines if chosen is None or line.need.pk in chosen}
        context = {"view": view, "refused": refused, "ticked": ticked}
        return self.page("structures/needs/submit.html", context, status=status)
