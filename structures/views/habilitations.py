"""The habilitation matrix of a structure: read, begun, shared, commented, validated; its versions compared."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from structures.catalogue.habilitations import catalogue
from structures.forms.habilitations import CommentForm
from structures.models import HabilitationMatrix, MatrixComment
from structures.presentation import habilitation_comments as remarks
from structures.presentation import habilitation_fields as fields
from structures.presentation import habilitation_versions as comparing
from structures.presentation import habilitations as presentation
from structures.selectors import habilitations as selectors
from structures.services import habilitation_workflow as workflow
from structures.services import habilitations as services
from structures.views.habilitation_base import FILL, READ_ALL, VALIDATE, FillView, MatrixView

MOST_DIGITS = 9  # of a version


class MatrixPageView(MatrixView):
    """The version being prepared, or the one in force. Posting begins the next."""

    permission_required = READ_ALL

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show(self.where.current)

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        if not self.rights.fills:
            raise PermissionDenied
        try:
            token = uuid.UUID(request.POST.get("token", ""))
        except ValueError:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            services.start_matrix(esms=self.esms, user=request.user, token=token)
        except DomainError as error:
            return self.show(self.where.current, refused=str(error), status=422)
        return self.to_matrix("La matrice est ouverte. Chaque case s’enregistre seule.")

    def show(
        self,
        matrix: HabilitationMatrix | None,
        *,
        refused: str = "",
        comment_form: CommentForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        today = timezone.localdate()
        if matrix is None:
            crumbs = presentation.crumbs(self.project, self.esms, self.rights)
            context = {"crumbs": crumbs, "token": new_id(), "refused": refused}
            return self.page("structures/habilitations/none.html", context, status=status)
        reading = selectors.read(matrix, today=today)
        fills = self.rights.fills and matrix.open
        view = presentation.page(reading, self.where, self.project, self.esms, self.rights, self.versions, today)
        said = selectors.comments_of(matrix) if self.rights.reads else []
        context = {
            "view": view,
            "matrix": matrix,
            "reading": reading,
            "fills": fills,
            "current": self.where.current == matrix,
            "steps": presentation.steps(reading, self.where, self.rights, today),
            "declarations": fields.declarations(reading, self.project, self.esms) if fills else [],
            "declared": [] if fills else fields.declared(reading),
            "comments": remarks.lines(said),
            "comment_form": comment_form or self.comment_form(matrix),
            "refused": refused,
            "token": new_id(),
        }
        return self.page("structures/habilitations/matrix.html", context, status=status)

    def comment_form(self, matrix: HabilitationMatrix, data: Any = None) -> CommentForm | None:
        if not (self.rights.fills and matrix.open and matrix.shared_at):
            return None
        return CommentForm(data, catalogue=catalogue(), initial={"token": new_id()})


class VersionView(MatrixPageView):
    """One version, as it was."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        return self.show(self.version(number))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def version(self, number: int) -> HabilitationMatrix:
        found = next((matrix for matrix in self.versions if matrix.number == number), None)
        if found is None:
            raise Http404
        return found


class CompareView(MatrixView):
    """What changed from a version (`de`) to another (`a`), in words and in the grid."""

    permission_required = READ_ALL

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        by_number = {str(matrix.number): matrix for matrix in self.versions}
        if len(by_number) < 2:
            return self.to_matrix()
        latest = [str(matrix.number) for matrix in self.versions[:2]]
        before = by_number.get(request.GET.get("de", latest[1]))
        after = by_number.get(request.GET.get("a", latest[0]))
        if before is None or after is None:
            raise Http404
        found = selectors.readings([before, after])
        view = comparing.comparison(
            found[before.pk], found[after.pk], self.project, self.esms, self.rights, self.versions
        )
        return self.page("structures/habilitations/compare.html", {"view": view})


class ShareView(FillView):
    """The director puts the version to the management team."""

    permission_required = VALIDATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        if self.where.open is None:
            return self.closed()
        version = request.POST.get("version", "")
        if not version.isdecimal() or len(version) > MOST_DIGITS:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            workflow.share(matrix=self.matrix, version=int(version), user=request.user)
        except DomainError as error:  # Conflict too: what the matrix declares has just changed
            return self.again(error)
        return self.to_matrix("La matrice est partagée avec l’encadrement, qui peut écrire ses remarques.")

    def again(self, error: DomainError) -> HttpResponse:
        """The page as it is now, and why nothing was done."""
        conflict = isinstance(error, Conflict)
        said = (
            "La matrice a changé depuis que vous l’avez lue. Relisez-la, puis recommencez." if conflict else str(error)
        )
        page = MatrixPageView()
        page.setup(self.request, **self.kwargs)
        page.project, page.esms = self.project, self.esms
        return page.show(page.where.current, refused=said, status=409 if conflict else 422)


class ApproveView(ShareView):
    """The director validates: not to be delegated."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        if self.where.open is None:
            return self.closed()
        try:
            workflow.approve(matrix=self.matrix, seen=request.POST.get("seen", ""), user=request.user)
        except DomainError as error:
            return self.again(error)
        return self.to_matrix("La matrice est validée. Le chef de projet la consolide pour l’éditeur.")


class CommentsView(FillView):
    """A remark on the shared version."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        if self.where.open is None:
            return self.closed()
        form = CommentForm(request.POST, catalogue=catalogue())
        if form.is_valid():
            text, token = form.cleaned_data["text"], form.cleaned_data["token"]
            try:
                workflow.comment(matrix=self.matrix, text=text, user=request.user, token=token, **form.about_what())
            except DomainError as error:
                form.add_error("text", french.typography(str(error)))
            else:
                messages.success(request, "Votre remarque est enregistrée.")
                return redirect(f"{self.address('habilitation_matrix')}#remarques")
        page = MatrixPageView()
        page.setup(request, **self.kwargs)
        page.project, page.esms = self.project, self.esms
        return page.show(page.where.current, comment_form=form, status=422)


class CommentView(FillView):
    """A remark is dealt with, or not after all."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, pk: uuid.UUID) -> HttpResponse:
        remark = get_object_or_404(MatrixComment.objects.select_related("matrix"), pk=pk, esms=self.esms)
        undo = bool(request.POST.get("undo"))
        try:
            workflow.resolve(remark=remark, user=request.user, resolved=not undo)
        except DomainError as error:
            messages.warning(request, french.typography(str(error)))
        else:
            told = "La remarque est de nouveau ouverte." if undo else "La remarque est marquée comme traitée."
            url = "" if undo else self.address("habilitation_comment", pk)
            messages.success(request, told, extra_tags=url)
        return redirect(f"{self.address('habilitation_matrix')}#remarques")
