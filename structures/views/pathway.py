"""The pathway of a structure, and each of its lines."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse

from common import french
from common.errors import Conflict, DomainError
from common.history import entries
from common.uploads import limit, too_large
from organisations.enums import Permission
from structures.catalogue.local_actions import PathwayAction, pathway
from structures.enums.pathway import LineState
from structures.forms.pathway import DoneForm, OtherStateForm, ReturnForm, VersionForm, read_shown
from structures.models import PathwayLine
from structures.pathway import Standing, may_do
from structures.presentation.pathway.line import line_view
from structures.presentation.pathway.page import pathway_view
from structures.selectors.pathway import Board, board_of
from structures.services import pathway as services
from structures.views.base import WorkView

READ = (Permission.VIEW_STRUCTURES,)
FILL = (Permission.FILL_STRUCTURES,)
VALIDATE = (Permission.VALIDATE_STRUCTURES,)
TOO_OLD = "Cette page est trop ancienne : rechargez-la."


class PathwayView(WorkView):
    """The 59 lines, section by section."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        shown = read_shown(request.GET)
        view = pathway_view(board_of(self.esms), self.rights, request.access.user_id, shown)
        return self.page("structures/pathway/page.html", {"view": view})


class LineView(WorkView, abstract=True):
    """A view of one line, from `line` in the URL."""

    action: PathwayAction

    def find_tenant(self, **kwargs: Any) -> None:
        super().find_tenant(**kwargs)
        action = pathway().by_slug.get(kwargs["line"])
        if action is None:
            raise Http404
        self.action = action

    @cached_property
    def board(self) -> Board:
        return board_of(self.esms)

    @property
    def standing(self) -> Standing:
        return self.board.standing_of(self.action)

    def may_do(self) -> bool:
        rights = self.rights
        return may_do(
            self.standing, fills=rights.fills, validates=rights.validates, user_id=self.request.access.user_id
        )

    @property
    def url(self) -> str:
        return reverse("pathway_line", args=[self.project.slug, self.esms.slug, self.action.slug])

    def told(self, sentence: str, line: PathwayLine) -> HttpResponse:
        """Back to where it was done, with the way to take it back."""
        args = [self.project.slug, self.esms.slug, self.action.slug, line.version]
        undo = reverse("pathway_undo", args=args)
        messages.success(self.request, french.typography(sentence), extra_tags=undo)
        return redirect(self.back())

    def back(self) -> str:
        """The page that the form was on, one of ours."""
        asked = self.request.POST.get("retour", "")
        names = {"accueil": "structure", "parcours": "pathway"}
        if asked in names:
            return reverse(names[asked], args=[self.project.slug, self.esms.slug])
        return self.url

    @property
    def sets_aside(self) -> bool:
        """Whether the reader may say that the line is without object: not what the direction validates for it."""
        return self.rights.validates or not self.action.validated

    def show(self, *, done: DoneForm | None = None, other: OtherStateForm | None = None,
             back: ReturnForm | None = None, conflict: dict[str, Any] | None = None, refused: str = "",
             status: int = 200) -> HttpResponse:  # fmt: skip
        self.__dict__.pop("board", None)  # as it is now
        found = self.standing
        view = line_view(found, self.board, self.rights, self.request.access.user_id)
        line = found.line
        initial = {
            "version": found.version,
            "done_on": french.today(),
            "evidence": line.evidence if line else "",
            "link": line.link if line else "",
        }
        other_initial = {
            "version": found.version,
            "state": found.state if found.state not in {LineState.DONE, LineState.SUBMITTED} else None,
            "why": (line.blocker or line.reason) if line else "",
        }
        context = {
            "view": view,
            "line": line,
            "action": self.action,
            "version": found.version,
            "done_form": done or DoneForm(initial=initial),
            "other_form": other or OtherStateForm(initial=other_initial, sets_aside=self.sets_aside),
            "return_form": back or ReturnForm(initial={"version": found.version}),
            "conflict": conflict,
            "refused": refused,
        }
        return self.page("structures/pathway/line.html", context, status=status)

    def conflict(self, error: Conflict, **forms: Any) -> HttpResponse:
        """Both are shown; what was typed is still in its form, under the version that is there now."""
        line: PathwayLine = error.current
        latest = next(iter(entries(line, services.SAID, limit=5)), None)
        for form in forms.values():
            form.data = {**form.data.dict(), "version": str(line.version)}
        theirs = {
            "who": latest.who if latest else "Quelqu’un",
            "at": latest.at if latest else None,
            "state": line.get_state_display(),
            "text": line.evidence or line.blocker or line.reason,
            "mine": next((form.data.get("evidence") or form.data.get("why") for form in forms.values()), ""),
        }
        return self.show(conflict=theirs, status=409, **forms)


class OneLineView(LineView):
    """One line: read, said done with what shows it, or said otherwise."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, line: str) -> HttpResponse:
        return self.show()


class SayView(LineView, abstract=True):
    """Who may say where a line stands."""

    permission_required = FILL

    def has_permission(self) -> bool:
        return super().has_permission() and self.may_do()

    def said(self, line: PathwayLine) -> str:
        title = self.action.title
        return {
            LineState.DONE: f"« {title} » est faite.",
            LineState.SUBMITTED: f"« {title} » est soumise à la direction, qui la validera.",
        }.get(LineState(line.state), f"« {title} » : {line.get_state_display().lower()}.")

    def closes_itself(self) -> HttpResponse | None:
        """A line whose tool knows it isn't said done by hand."""
        if not self.standing.known:
            return None
        refused = "Cette étape se ferme d’elle-même quand son outil est à jour : elle ne se dit pas faite à la main."
        return self.show(refused=refused, status=422)


class DoneView(SayView):
    """A line is done, and this shows it."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, line: str) -> HttpResponse:
        if refused := self.closes_itself():
            return refused
        form = DoneForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce document dépasse {limit()}.")
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(done=form, status=422)
        given = form.cleaned_data
        try:
            written = services.say_state(
                esms=self.esms,
                action=self.action,
                state=LineState.DONE,
                user=request.user,
                validates=self.rights.validates,
                **given,
            )
        except Conflict as error:
            return self.conflict(error, done=form)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(done=form, status=422)
        return self.told(self.said(written), written)


class OtherStateView(SayView):
    """A line is begun, blocked, without object, or still to do."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, line: str) -> HttpResponse:
        form = OtherStateForm(request.POST, sets_aside=self.sets_aside)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(other=form, status=422)
        given = form.cleaned_data
        try:
            written = services.say_state(
                esms=self.esms,
                action=self.action,
                version=given["version"],
                state=LineState(given["state"]),
                user=request.user,
                validates=self.rights.validates,
                why=given["why"],
            )
        except Conflict as error:
            return self.conflict(error, other=form)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(other=form, status=422)
        return self.told(self.said(written), written)


class DirectionView(LineView, abstract=True):
    """What the direction says of what a referent submitted."""

    permission_required = VALIDATE

    def has_permission(self) -> bool:
        return super().has_permission() and self.rights.validates

    @property
    def line(self) -> PathwayLine:
        """404 for a line that nobody touched: nothing waits there."""
        line = self.standing.line
        if line is None:
            raise Http404
        return line


class ValidateView(DirectionView):
    """One tap: what was submitted is done."""

    permission_required = VALIDATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str, line: str) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        try:
            written = services.validate_line(line=self.line, version=form.cleaned_data["version"], user=request.user)
        except Conflict as error:
            return self.conflict(error)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        return self.told(f"« {self.action.title} » est validée.", written)


class ReturnView(DirectionView):
    """What was submitted goes back to who did it, with what is missing."""

    permission_required = VALIDATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str, line: str) -> HttpResponse:
        form = ReturnForm(request.POST)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(back=form, status=422)
        try:
            written = services.return_line(line=self.line, **form.cleaned_data)
        except Conflict as error:
            return self.conflict(error, back=form)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(back=form, status=422)
        return self.told(f"« {self.action.title} » est rendue, avec ce qui manque.", written)


class UndoView(SayView):
    """Take back one's latest change of a line."""

    permission_required = FILL

    def has_permission(self) -> bool:
        # Whoever has just said something may take it back, even what took the line from their own hands.
        return super(SayView, self).has_permission() and self.rights.fills

    def post(self, request: HttpRequest, slug: str, esms_slug: str, line: str, version: int) -> HttpResponse:
        found = self.standing.line
        if found is None:
            raise Http404
        try:
            services.undo(line=found, version=version, user=request.user)
        except Conflict:
            refused = "Ce changement n’est plus le dernier : il ne s’annule plus. Voici l’étape comme elle est."
            return self.show(refused=refused, status=409)
        messages.success(request, french.typography(f"C’est annulé : « {self.action.title} » est comme avant."))
        return redirect(self.url)


class EvidenceView(LineView):
    """The document that shows that a line is done, always as a download."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, line: str) -> FileResponse:
        found = PathwayLine.objects.filter(esms=self.esms, action=self.action.code).exclude(file_name="").first()
        if found is None:
            raise Http404
        return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
