"""The people of a structure: the first page, contacts, mission letters."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from common import french, history
from common.errors import Conflict, DomainError
from common.ids import new_id
from organisations.enums import Permission, Role
from structures.forms.people import AppointForm, ContactSheetForm, LetterSheetForm, NewContactForm
from structures.models import Appointment, Contact
from structures.presentation import people as presentation
from structures.presentation.differences import Difference, differences
from structures.selectors import people as selectors
from structures.services import people as services
from structures.views.base import WorkView

READ = (Permission.VIEW_STRUCTURES,)
FILL = (Permission.FILL_STRUCTURES,)
VALIDATE = (Permission.VALIDATE_STRUCTURES,)
TOO_OLD = "Cette page est trop ancienne : rechargez-la."


class PeopleView(WorkView, abstract=True):
    """A page of the people of a structure."""

    def address(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.project.slug, self.esms.slug, *more])

    def tell(self, told: str, undo_url: str = "") -> None:
        messages.success(self.request, french.typography(told), extra_tags=undo_url)

    def home(self) -> HttpResponse:
        return redirect("people_home", self.project.slug, self.esms.slug)


class HomeView(PeopleView):
    """Who the project may call on."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        today = timezone.localdate()
        found = selectors.read_people(self.esms, today, drafts=self.rights.fills)
        view = presentation.home(found, self.esms, self.rights, today)
        return self.page("structures/people/home.html", {"view": view})


# --- Contacts --------------------------------------------------------------------------------------------------------


class ContactAddView(PeopleView):
    """Enter a contact."""

    permission_required = FILL

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show(NewContactForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = NewContactForm(request.POST)
        if form.is_valid():
            try:
                contact = services.add_contact(esms=self.esms, user=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, french.typography(str(error)))
            else:
                self.tell(f"{contact} est inscrit. La direction peut l’autoriser à répondre au chef de projet.")
                return redirect("people_contact", slug, esms_slug, contact.pk)
        return self.show(form, status=422)

    def show(self, form: NewContactForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "crumbs": presentation.crumbs(self.esms, "Inscrire un contact")}
        return self.page("structures/people/contact_add.html", context, status=status)


class ContactView(PeopleView):
    """One contact, corrected by who fills."""

    permission_required = READ

    def find(self) -> Contact:
        rows = Contact.objects.filter(esms=self.esms).select_related("authorised_by")
        return get_object_or_404(rows, pk=self.kwargs["contact_id"])

    def get(self, request: HttpRequest, slug: str, esms_slug: str, contact_id: uuid.UUID) -> HttpResponse:
        return self.show(self.find())

    def post(self, request: HttpRequest, slug: str, esms_slug: str, contact_id: uuid.UUID) -> HttpResponse:
        if not self.rights.fills:
            raise PermissionDenied
        contact, form = self.find(), ContactSheetForm(request.POST)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(contact, form, status=422)
        try:
            written = services.edit_contact(contact=contact, validates=self.rights.validates, **form.cleaned_data)
        except Conflict as conflict:
            current, typed = self.find(), form.cleaned_data
            mine = ContactSheetForm(initial={**typed, "version": conflict.current.version})
            changed = differences(ContactSheetForm, lambda name: getattr(current, name), typed, presentation.in_words)
            return self.show(current, mine, changed=changed, status=409)
        except DomainError as error:
            form.add_error(error.field, french.typography(str(error)))
            return self.show(self.find(), form, status=422)
        told = "C’est enregistré."
        if contact.authorised_on and not written.authorised_on:
            told += " La direction avait autorisé l’ancien : à elle d’autoriser celui-ci."
        self.tell(told)
        return redirect("people_contact", slug, esms_slug, contact_id)

    def show(
        self,
        contact: Contact,
        form: ContactSheetForm | None = None,
        *,
        changed: list[Difference] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        entries = history.entries(contact, list(presentation.CONTACT_LABELS))
        initial = {name: getattr(contact, name) for name in (*services.CONTACT_FIELDS, "version")}
        context = {
            "contact": contact,
            "view": presentation.contact(contact, self.esms, entries),
            "form": (form or ContactSheetForm(initial=initial)) if self.rights.fills else None,
            "opened": form is not None,
            "differences": changed or [],
        }
        return self.page("structures/people/contact.html", context, status=status)


class ContactAuthoriseView(PeopleView):
    """The direction lets a contact answer the project lead, or no longer with `undo`."""

    permission_required = VALIDATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str, contact_id: uuid.UUID) -> HttpResponse:
        contact = get_object_or_404(Contact, esms=self.esms, pk=contact_id)
        if "undo" in request.POST:
            services.authorise_contact(contact=contact, user=None)
            self.tell(f"{contact} n’est plus autorisé à répondre au chef de projet.")
        else:
            services.authorise_contact(contact=contact, user=request.user)
            undo = self.address("people_contact_authorise", contact_id)
            self.tell(f"{contact} peut répondre au chef de projet.", undo)
        return redirect("people_contact", slug, esms_slug, contact_id)


class ContactRemoveView(PeopleView):
    """Out of the list or, with `undo`, back in it."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, contact_id: uuid.UUID) -> HttpResponse:
        if "undo" in request.POST:
            try:
                contact = services.restore_contact(esms=self.esms, contact_id=contact_id)
            except DomainError as error:
                messages.error(request, str(error))
            else:
                self.tell(f"{contact} est remis.")
            return self.home()
        contact = get_object_or_404(Contact, esms=self.esms, pk=contact_id)
        told = f"{contact} est retiré des contacts."
        services.remove_contact(contact=contact)
        self.tell(told, self.address("people_contact_remove", contact_id))
        return self.home()


# --- Mission letters -------------------------------------------------------------------------------------------------


class AppointView(PeopleView):
    """The direction signs the mission letter of a local referent, or renews it."""

    permission_required = VALIDATE

    def form(self, data: Any = None) -> AppointForm:
        self.referents = selectors.referents_of(self.esms)
        self.letters = list(selectors.letters_in([self.esms]))
        today = timezone.localdate()
        initial: dict[str, Any] = {
            "token": new_id(),
            "starts_on": today,
            "referent": self.request.GET.get("referent", ""),
        }
        former = next(
            (letter for letter in self.letters if str(letter.pk) == self.request.GET.get("reconduire", "")), None
        )
        if former is not None:
            initial |= {
                "renews": former.pk,
                "referent": str(former.referent_id),
                "mission": former.mission,
                "hours_per_week": former.hours_per_week,
                "starts_on": max(former.ends_on + timedelta(days=1), today) if former.ends_on else today,
            }
        elif len(self.referents) == 1:
            initial["referent"] = str(self.referents[0].pk)
        return AppointForm(data, referents=self.referents, letters=self.letters, initial=initial)

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            given = dict(form.cleaned_data)
            referent = form.referents[given.pop("referent")]
            try:
                letter = services.appoint(esms=self.esms, referent=referent, user=request.user, **given)
            except DomainError as error:
                form.add_error(error.field, french.typography(str(error)))
            else:
                self.tell(f"La mission de {referent.get_full_name()} est signée.")
                return redirect("people_letter", slug, esms_slug, letter.pk)
        return self.show(form, status=422)

    def show(self, form: AppointForm, *, status: int = 200) -> HttpResponse:
        renewal = bool(form["renews"].value())
        title = "Reconduire la mission du référent local" if renewal else "Nommer le référent local"
        context = {
            "form": form,
            "title": title,
            "crumbs": presentation.crumbs(self.esms, title),
            "referents": self.referents,
            "referent_role": Role.LOCAL_REFERENT.value,
        }
        return self.page("structures/people/appoint.html", context, status=status)


class LetterView(PeopleView):
    """One mission letter, corrected by the direction."""

    permission_required = READ

    def find(self) -> Appointment:
        return get_object_or_404(selectors.letters_in([self.esms]), pk=self.kwargs["letter_id"])

    def get(self, request: HttpRequest, slug: str, esms_slug: str, letter_id: uuid.UUID) -> HttpResponse:
        return self.show(self.find())

    def post(self, request: HttpRequest, slug: str, esms_slug: str, letter_id: uuid.UUID) -> HttpResponse:
        if not self.rights.validates:
            raise PermissionDenied
        letter, form = self.find(), LetterSheetForm(request.POST)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(letter, form, status=422)
        try:
            services.edit_appointment(appointment=letter, **form.cleaned_data)
        except Conflict as conflict:
            current, typed = self.find(), form.cleaned_data
            mine = LetterSheetForm(initial={**typed, "version": conflict.current.version})
            changed = differences(LetterSheetForm, lambda name: getattr(current, name), typed, presentation.in_words)
            return self.show(current, mine, changed=changed, status=409)
        except DomainError as error:
            form.add_error(error.field, french.typography(str(error)))
            return self.show(self.find(), form, status=422)
        self.tell("C’est enregistré.")
        return redirect("people_letter", slug, esms_slug, letter_id)

    def show(
        self,
        letter: Appointment,
        form: LetterSheetForm | None = None,
        *,
        changed: list[Difference] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        entries = history.entries(letter, list(presentation.LETTER_LABELS))
        names = ("mission", "hours_per_week", "starts_on", "ends_on", "version")
        initial = {name: getattr(letter, name) for name in names}
        context = {
            "letter": letter,
            "view": presentation.letter(letter, self.esms, entries, timezone.localdate()),
            "form": (form or LetterSheetForm(initial=initial)) if self.rights.validates else None,
            "opened": form is not None,
            "differences": changed or [],
        }
        return self.page("structures/people/letter.html", context, status=status)


class LetterRemoveView(PeopleView):
    """Take a letter back or, with `undo` after that, put it back."""

    permission_required = VALIDATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str, letter_id: uuid.UUID) -> HttpResponse:
        letter = get_object_or_404(Appointment.objects.select_related("referent"), esms=self.esms, pk=letter_id)
        back = "undo" in request.POST
        services.remove_appointment(appointment=letter, back=back)
        who = letter.referent.get_full_name()
        if back:
            self.tell(f"La lettre de mission de {who} est remise.")
        else:
            self.tell(
                f"La lettre de mission de {who} est retirée. Son accès ne change pas.",
                self.address("people_letter_remove", letter_id),
            )
        return self.home()
