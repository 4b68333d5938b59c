"""Accesses, headcounts and declarations, each saved by itself; what is pasted from a spreadsheet."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect

from common import french
from common.errors import Conflict, DomainError
from structures.catalogue.habilitations import catalogue
from structures.forms.habilitations import CellForm, DeclarationForm, PasteForm, ProfileForm
from structures.habilitation_paste import place_of, read_block
from structures.presentation import habilitation_cells as cells
from structures.presentation import habilitation_fields as fields
from structures.presentation import habilitation_words as words
from structures.presentation import habilitations as presentation
from structures.selectors import habilitations as selectors
from structures.services import habilitations as services
from structures.services.habilitations import CellConflict, Refused, Wanted
from structures.views.habilitation_base import FillView


class CellView(FillView):
    """One access: its page, the panel of the grid, and what the keyboard posts."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.place = kwargs["profile"], kwargs["domain"]
        return super().dispatch(request, *args, **kwargs)

    def check_place(self) -> None:
        if self.place not in catalogue().proposal:
            raise Http404

    def get(self, request: HttpRequest, slug: str, esms_slug: str, profile: str, domain: str) -> HttpResponse:
        self.check_place()
        if self.where.open is None:
            return self.closed()
        reading = selectors.read(self.matrix)
        return self.show(cells.panel(reading, self.project, self.esms, profile, domain), reading)

    def post(self, request: HttpRequest, slug: str, esms_slug: str, profile: str, domain: str) -> HttpResponse:
        self.check_place()
        if self.where.open is None:
            return self.closed()
        form = CellForm(request.POST, catalogue=catalogue(), profile=profile, domain=domain)
        if not form.is_valid():
            if {"version", "restore"} & form.errors.keys():
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.refuse(form)
        self.look()
        version, restore = form.cleaned_data["version"], form.cleaned_data["restore"]
        try:
            if restore is not None:
                services.restore_cell(matrix=self.matrix, profile=profile, domain=domain, version=version, to=restore)
            else:
                services.set_cell(matrix=self.matrix, wanted=form.wanted())
        except Conflict as conflict:
            return self.conflict(conflict.current, form)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, french.typography(str(error)))
            return self.refuse(form)
        reading = selectors.read(self.matrix)
        told = words.said_of(reading.catalogue, profile, domain, reading.cell(profile, domain))
        if not request.htmx:
            messages.success(request, f"C’est enregistré. {told}.")
            return redirect(f"{self.address('habilitation_matrix')}#p-{profile}")
        panel = cells.panel(reading, self.project, self.esms, profile, domain)
        return self.fragment("cell_saved.html", {"panel": panel, **self.around(reading, [self.place], saved=told)})

    def refuse(self, form: CellForm) -> HttpResponse:
        """What was typed, and why it is not written."""
        reading = selectors.read(self.matrix)
        panel = cells.panel(reading, self.project, self.esms, *self.place, form=form)
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return self.show(panel, reading, status=422, refused=f"Rien n’est enregistré. {said}")

    def conflict(self, current: CellConflict, form: CellForm) -> HttpResponse:
        """Both; what one wanted stays in the form, to be sent over the other if it has to be."""
        reading = selectors.read(self.matrix)
        writer = selectors.latest_writer(self.matrix, *self.place)
        said = cells.theirs(reading, *self.place, writer)
        data = form.cleaned_data
        typed = {name: data[name] or None for name in ("level", "perimeter")}
        typed["justification"] = data["justification"] if "justification" in form.data else None
        kept = cells.cell_form(reading, *self.place, data=typed, version=current.version)
        panel = cells.panel(reading, self.project, self.esms, *self.place, form=kept, theirs=said)
        return self.show(panel, reading, status=409, refused=f"{said} Rien n’est écrasé.")

    def show(
        self, panel: cells.CellPanel, reading: selectors.Reading, *, status: int = 200, refused: str = ""
    ) -> HttpResponse:
        if not self.request.htmx:
            crumbs = presentation.crumbs(self.project, self.esms, self.rights, panel.title)
            context = {"panel": panel, "crumbs": crumbs}
            return self.page("structures/habilitations/cell_page.html", context, status=status)
        if status == 200:
            return self.fragment("cell.html", {"panel": panel})
        around = self.around(reading, [self.place], refused=refused)
        return self.fragment("cell_saved.html", {"panel": panel, **around}, status=status)


class PasteView(FillView):
    """A block copied from a spreadsheet: what can be read is written, the rest is said cell by cell."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        if self.where.open is None:
            return self.closed()
        return self.show(PasteForm(catalogue=catalogue()))

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        if self.where.open is None:
            return self.closed()
        known = catalogue()
        form = PasteForm(request.POST, catalogue=known)
        if not form.is_valid():
            return self.show(form, status=422)
        self.look()
        rows, columns = list(known.profiles), list(known.domains)
        start = rows.index(form.cleaned_data["profile"]), columns.index(form.cleaned_data["domain"])
        seen = form.seen()
        if not request.htmx:  # nothing was shown beside the form
            reading = selectors.read(self.matrix)
            seen = {place: reading.version_of(*place) for place in known.proposal}
        wanted, unread, outside = [], [], 0
        for item in read_block(form.cleaned_data["text"]):
            place = place_of(item, start, rows, columns)
            if place is None:
                outside += 1
            elif item.level is None:
                unread.append(Refused(*place, f"« {item.text} » n’est ni un niveau ni une lettre de la matrice."))
            else:
                wanted.append(Wanted(*place, seen.get(place, 0), item.level, item.perimeter))
        refused = [*services.set_cells(matrix=self.matrix, wanted=wanted), *unread]
        view = cells.pasted(known, len(wanted) + len(unread) - len(refused), refused, outside)
        if not request.htmx:
            return self.show(form, pasted=view, status=422) if view.refused else self.to_matrix(view.title)
        touched = [(item.profile, item.domain) for item in [*wanted, *unread]]
        rejected = {(item.profile, item.domain) for item in refused}
        around = self.around(selectors.read(self.matrix), touched, rejected=rejected, saved=view.title.rstrip("."))
        return self.fragment("pasted.html", {"pasted": view, **around})

    def show(self, form: PasteForm, *, pasted: cells.Pasted | None = None, status: int = 200) -> HttpResponse:
        if self.request.htmx:  # the grid posts what it knows; only a text too long is refused
            said = " ".join(str(error) for errors in form.errors.values() for error in errors)
            context = self.around(selectors.read(self.matrix), [], refused=f"Rien n’est collé. {said}")
            return self.fragment("pasted.html", {"pasted": None, **context}, status=status)
        crumbs = presentation.crumbs(self.project, self.esms, self.rights, "Coller depuis un tableur")
        context = {"form": form, "pasted": pasted, "crumbs": crumbs}
        return self.page("structures/habilitations/paste.html", context, status=status)


class ProfileView(FillView):
    """A profile a screen: how many use it, then each domain as choices."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str, profile: str) -> HttpResponse:
        if profile not in catalogue().profiles:
            raise Http404
        if self.where.open is None:
            return self.closed()
        reading = selectors.read(self.matrix)
        view = cells.profile_page(reading, self.project, self.esms, profile)
        crumbs = presentation.crumbs(self.project, self.esms, self.rights, view.title)
        head = fields.profile_fields(reading, self.project, self.esms, profile)
        context = {"view": view, "head": head, "profile": profile, "crumbs": crumbs}
        return self.page("structures/habilitations/profile.html", context)


class OneFieldView(FillView, abstract=True):
    """A field that saves itself."""

    def save(self, form: Any, row: Any, field: str) -> HttpResponse:
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.refuse(form, field)
        self.look()
        value = form.cleaned_data[field]
        try:
            self.write(row, form.cleaned_data["version"], field, value)
        except Conflict as conflict:
            return self.conflict(conflict.current, field, value)
        except DomainError as error:
            form.add_error(field, french.typography(str(error)))
            return self.refuse(form, field)
        if not self.request.htmx:
            messages.success(self.request, "C’est enregistré.")
            return redirect(self.page_url())
        reading = selectors.read(self.matrix)
        pair = self.changed_with(field)
        context = {
            "item": self.item(reading, field),
            "others": [self.item(reading, pair)] if pair else [],
            **self.around(reading, [], saved=self.told(reading)),
        }
        return self.fragment("field_saved.html", context)

    def refuse(self, form: Any, field: str) -> HttpResponse:
        item = fields.refused(self.item(selectors.read(self.matrix), field), form[field], self.request.POST["version"])
        return self.show_field(item, status=422)

    def conflict(self, current: Any, field: str, mine: Any) -> HttpResponse:
        item = self.item(selectors.read(self.matrix), field)
        return self.show_field(fields.in_conflict(item, current, field, mine), status=409)

    def show_field(self, item: fields.SavedField, *, status: int) -> HttpResponse:
        if self.request.htmx:
            return self.fragment("field.html", {"item": item}, status=status)
        crumbs = presentation.crumbs(self.project, self.esms, self.rights, str(item.field.label))
        return self.page("structures/habilitations/field_page.html", {"item": item, "crumbs": crumbs}, status=status)

    def page_url(self) -> str:
        return self.address("habilitation_matrix")

    def changed_with(self, field: str) -> str:
        """The field that this one changes too, if any."""
        return ""

    def told(self, reading: selectors.Reading) -> str:
        return ""

    def write(self, row: Any, version: int, field: str, value: Any) -> None:
        raise NotImplementedError

    def item(self, reading: selectors.Reading, field: str) -> fields.SavedField:
        raise NotImplementedError


class ProfileFieldView(OneFieldView):
    """How many have a profile, or that it has no object here."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str, profile: str, field: str) -> HttpResponse:
        if profile not in catalogue().profiles or field not in ProfileForm.names():
            raise Http404
        if self.where.open is None:
            return self.closed()
        self.profile = profile
        row = selectors.read(self.matrix).profiles[profile]
        row.matrix = self.matrix
        # A copy: the form puts what was typed in it.
        form = ProfileForm(request.POST, instance=copy(row), only=field, auto_id=f"effectif-{profile}-%s")
        return self.save(form, row, field)

    def write(self, row: Any, version: int, field: str, value: Any) -> None:
        services.set_profile_field(row=row, version=version, field=field, value=value)

    def item(self, reading: selectors.Reading, field: str) -> fields.SavedField:
        return fields.profile_field(reading, self.project, self.esms, self.profile, field)

    def changed_with(self, field: str) -> str:
        return {"users_count": "unused", "unused": "users_count"}.get(field, "")

    def told(self, reading: selectors.Reading) -> str:
        label = reading.catalogue.profiles[self.profile].label
        return french.typography(f"{label} : {words.users(reading.values.heads[self.profile])}")

    def page_url(self) -> str:
        return self.address("habilitation_profile", self.profile)


class DeclarationView(OneFieldView):
    """What the matrix declares as a whole."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str, field: str) -> HttpResponse:
        if field not in DeclarationForm.names():
            raise Http404
        if self.where.open is None:
            return self.closed()
        form = DeclarationForm(
            request.POST,
            instance=copy(self.matrix),  # the form puts what was typed in it
            only=field,
            profiles=fields.profile_choices(catalogue()),
            auto_id="declare-%s",
        )
        return self.save(form, self.matrix, field)

    def write(self, row: Any, version: int, field: str, value: Any) -> None:
        self.matrix = services.declare(matrix=row, version=version, field=field, value=value)

    def item(self, reading: selectors.Reading, field: str) -> fields.SavedField:
        return fields.declaration(reading, self.project, self.esms, field)
