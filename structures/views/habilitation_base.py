"""What the pages of the habilitation matrix share."""

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common import french
from organisations.enums import Permission
from structures.models import HabilitationMatrix
from structures.models.habilitations import FROZEN
from structures.presentation import habilitation_cells as cells_of
from structures.presentation import habilitations as presentation
from structures.selectors import habilitations as selectors
from structures.selectors.habilitations import Place, Reading, Standing
from structures.views.base import WorkView

READ = (Permission.VIEW_STRUCTURES, Permission.VIEW_HABILITATIONS)
READ_ALL = (*READ, Permission.VIEW_VALIDATED_MATRICES)
FILL = (Permission.FILL_STRUCTURES,)
VALIDATE = (Permission.VALIDATE_STRUCTURES,)


class MatrixView(WorkView, abstract=True):
    """A page of a structure's matrix, which the DPD reads too, and the vendor once it is consolidated."""

    visible_with = READ_ALL

    @cached_property
    def versions(self) -> list[HabilitationMatrix]:
        """Those that this person may read, the latest first."""
        everything = self.request.access.in_esms(self.esms, *READ)
        return selectors.matrices_of(self.esms, consolidated=not everything)

    @cached_property
    def where(self) -> Standing:
        return selectors.standing_of(self.versions)

    def address(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.project.slug, self.esms.slug, *more])

    def to_matrix(self, told: str = "") -> HttpResponse:
        if told:
            messages.success(self.request, french.typography(told))
        return redirect("habilitation_matrix", self.project.slug, self.esms.slug)


class FillView(MatrixView, abstract=True):
    """What changes the version being prepared: `self.matrix`."""

    permission_required = FILL
    follows = False

    @cached_property
    def matrix(self) -> HabilitationMatrix:
        if self.where.open is None:
            raise Http404
        return self.where.open

    def closed(self) -> HttpResponse:
        """Nothing is being prepared: the page was opened before the director validated."""
        if not self.versions:
            raise Http404
        if self.request.htmx:
            return self.page("structures/habilitations/closed.html", {"text": FROZEN}, status=422)
        messages.warning(self.request, french.typography(FROZEN))
        return redirect("habilitation_matrix", self.project.slug, self.esms.slug)

    def around(
        self, reading: Reading, cells: list[Place], *, rejected: Collection[Place] = (), **said: Any
    ) -> dict[str, Any]:
        """What a save changes around it. `rejected`: cells that were pasted in vain; `said`: `saved` (what was
        written), or `refused` (what was not, and why)."""
        today = timezone.localdate()
        return {
            "beside": self.beside(),
            "reading": reading,
            "matrix": reading.matrix,
            "steps": presentation.steps(reading, self.where, self.rights, today),
            "seen": reading.fingerprint if self.follows else self.request.POST.get("seen", ""),
            "token": "",
            "lede": cells_of.profile_lede(reading, profile) if (profile := self.kwargs.get("profile")) else "",
            "cells": [
                replace(
                    presentation.cell_view(reading, self.project, self.esms, *place, fills=True),
                    rejected=place in rejected,
                )
                for place in cells
            ],
            "heading": presentation.heading(reading, self.where, today),
            "rules": presentation.rules(reading, self.project, self.esms, fills=True),
            "saved_at": timezone.now(),
            "saved": "",
            "refused": "",
            **said,
        }

    def look(self) -> None:
        """Before writing: whether the page that asks shows the matrix as it is. It may be validated then with what is
        written next; otherwise what somebody else wrote has to be read first."""
        seen = self.request.POST.get("seen")
        self.follows = bool(seen) and selectors.read(self.matrix).fingerprint == seen

    def beside(self) -> str:
        """The page that asks, of which an answer changes parts: the grid, a profile, or that of one access."""
        path = (self.request.htmx and self.request.htmx.current_url_abs_path) or ""
        return "cell" if "/habilitations/acces/" in path else "profile" if "/habilitations/profils/" in path else "grid"

    def fragment(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        context = {"esms": self.esms, "rights": self.rights, **context}
        return render(self.request, f"structures/habilitations/{template}", context, status=status)
