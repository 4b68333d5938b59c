"""The convention de coopération: read, written, signed, replaced."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.uploads import limit, too_large
from governance.enums import AgreementStatus
from governance.forms.agreements import (
    ArticleForm,
    PartyForm,
    SignatureForm,
    StartForm,
    VersionedForm,
    VersionForm,
)
from governance.models import Agreement, AgreementArticle, AgreementParty
from governance.presentation import agreements as presentation
from governance.presentation.fields import text_conflict
from governance.selectors import agreements as selectors
from governance.services import agreements as services
from governance.views.base import GovernanceView
from organisations.enums import Permission, ProjectKind

READ = (Permission.VIEW_DECISIONS,)
WRITE = (Permission.PREPARE_MEETINGS,)
OLD_PAGE = "Cette page est trop ancienne : rechargez-la."
MOVED = "Quelqu’un vient de changer l’état de cette version. La voici comme elle est."


class ConventionPage(GovernanceView, abstract=True):
    """Shows one version of the convention."""

    tab = "agreement"

    def show(self, shown: Agreement, *, refused: str = "", status: int = 200) -> HttpResponse:
        found = selectors.dossier(shown)
        is_draft = shown.status == AgreementStatus.DRAFT
        writes = self.rights.prepares and is_draft and "lecture" not in self.request.GET
        context = {
            "view": presentation.agreement(found, self.project, selectors.versions_of(self.project), writes=writes),
            "agreement": shown,
            "found": found,
            "writes": writes,
            "is_draft": is_draft,
            "signing": shown.status == AgreementStatus.SIGNING,
            "in_force": shown.status == AgreementStatus.IN_FORCE,
            "party_form": PartyForm(project=self.project) if writes and found.absent else None,
            "refused": refused,
        }
        return self.page("governance/agreements/agreement.html", context, status=status)


class ConventionView(ConventionPage):
    """The convention as it stands: the version under way, or the one in force."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        shown = selectors.to_show(selectors.versions_of(self.project))
        if shown is not None:
            return self.show(shown)
        if self.project.kind != ProjectKind.MULTI_OG:
            return self.page("governance/agreements/none.html", {"view": presentation.none_needed(self.project)})
        return self.begin(StartForm(project=self.project))

    def begin(self, form: StartForm, *, status: int = 200) -> HttpResponse:
        context = {"view": presentation.to_start(self.project), "form": form if self.rights.prepares else None}
        return self.page("governance/agreements/start.html", context, status=status)


class StartView(ConventionView):
    """Begin the first version."""

    permission_required = WRITE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = StartForm(request.POST, project=self.project)
        if form.is_valid():
            try:
                services.start_agreement(project=self.project, ogs=form.cleaned_data["ogs"], user=request.user)
            except DomainError as error:
                if selectors.versions_of(self.project):  # begun meanwhile, or by this form posted twice
                    return redirect("agreement", slug)
                form.add_error(error.field, str(error))
            else:
                messages.success(request, typography("La convention est commencée : chaque article s’enregistre seul."))
                return redirect("agreement", slug)
        return self.begin(form, status=422)


class VersionPage(ConventionPage, abstract=True):
    """A view of one version, from `number` in the URL."""

    agreement: Agreement

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.find()
        return True

    def find(self) -> None:
        found = Agreement.objects.filter(project=self.project).select_related("started_by")
        self.agreement = get_object_or_404(found, number=self.kwargs["number"])

    def party(self) -> AgreementParty:
        parties = AgreementParty.objects.filter(agreement=self.agreement).select_related("og")
        party = get_object_or_404(parties, pk=self.kwargs["party_id"])
        party.agreement = self.agreement
        return party

    def attempt(self, write: Any, told: str, **values: Any) -> HttpResponse:
        """Call a service, say what was done, and go back to the version; or show it with what was refused."""
        try:
            write(**values)
        except Conflict:
            self.find()
            return self.show(self.agreement, refused=MOVED, status=409)
        except DomainError as error:
            self.find()
            return self.show(self.agreement, refused=str(error), status=422)
        if told:
            messages.success(self.request, typography(told))
        return redirect("agreement_version", self.project.slug, self.agreement.number)

    def version(self) -> int | None:
        """The version that the form posted, None without one."""
        form = VersionedForm(self.request.POST)
        return form.cleaned_data["version"] if form.is_valid() else None


class VersionView(VersionPage):
    """One version."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show(self.agreement)


class ArticleView(VersionPage):
    """The text of one article, saved by itself."""

    permission_required = WRITE

    def post(self, request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
        article = get_object_or_404(AgreementArticle, agreement=self.agreement, code=code)
        article.agreement = self.agreement
        form = ArticleForm(request.POST, article=article)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(OLD_PAGE)
            return self.answer(article, form, status=422)
        text = form.cleaned_data["text"]
        try:
            written = services.write_article(article=article, version=form.cleaned_data["version"], text=text)
        except Conflict as conflict:
            return self.conflict(conflict.current, text)
        except DomainError as error:
            form.add_error("text", str(error))
            return self.answer(article, form, status=422)
        if not request.htmx:
            messages.success(request, f"L’article {article.position} est enregistré.")
            return redirect(f"{self.address()}#{code}")
        return self.answer(written, None)

    def address(self) -> str:
        return reverse("agreement_version", args=[self.project.slug, self.agreement.number])

    def answer(self, article: AgreementArticle, form: ArticleForm | None, *, status: int = 200) -> HttpResponse:
        """The field alone for htmx, with the sentences that follow from it; a page around it without scripts."""
        found = selectors.dossier(self.agreement)
        context = {
            "article": presentation.article_line(article, found, self.project, writes=True, form=form),
            "saved_at": timezone.now() if status == 200 else None,
            "title": presentation.agreement_title(found),
            "written": presentation.written(found),
            "segments": presentation.progress(found),
        }
        return self.fragment("governance/agreements/_article.html", context, status)

    def conflict(self, current: AgreementArticle, mine: str) -> HttpResponse:
        url = reverse("agreement_article", args=[self.project.slug, self.agreement.number, current.code])
        view = text_conflict(current, "text", mine, url=url, keep_url=f"{self.address()}#{current.code}")
        return self.fragment("governance/agreements/_conflict.html", {"conflict": view}, 409)

    def fragment(self, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        if self.request.htmx:
            return render(self.request, template, context, status=status)
        context |= {"fragment": template, "page_url": self.address()}
        return self.page("governance/agreements/article_page.html", context, status=status)


class PartyAddView(VersionPage):
    """An OG joins a draft."""

    permission_required = WRITE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = PartyForm(request.POST, project=self.project)
        if not form.is_valid():
            return self.show(self.agreement, refused="Choisissez un OG du projet.", status=422)
        og = form.cleaned_data["og"]
        return self.attempt(services.add_party, f"{og.name} entre dans cette version.", agreement=self.agreement, og=og)


class PartyRemoveView(VersionPage):
    """An OG leaves a draft."""

    permission_required = WRITE

    def post(self, request: HttpRequest, slug: str, number: int, party_id: uuid.UUID) -> HttpResponse:
        party = self.party()
        told = f"{party.og.name} n’est plus partie à cette version. « Ajouter un OG » l’y remet."
        return self.attempt(services.remove_party, told, party=party)


class SigningView(VersionPage):
    """Put a version to the signature."""

    permission_required = WRITE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        version = self.version()
        if version is None:
            return HttpResponseBadRequest(OLD_PAGE)
        told = "La version est à la signature : son texte ne change plus."
        return self.attempt(services.put_to_signature, told, agreement=self.agreement, version=version)


class DraftingView(VersionPage):
    """Take a version that nobody has signed back to its writing."""

    permission_required = WRITE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        version = self.version()
        if version is None:
            return HttpResponseBadRequest(OLD_PAGE)
        told = "La version est de nouveau en rédaction."
        return self.attempt(services.back_to_draft, told, agreement=self.agreement, version=version)


class AbandonView(VersionPage):
    """Give up a draft that follows another version."""

    permission_required = WRITE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        try:
            services.abandon_version(agreement=self.agreement)
        except DomainError as error:
            self.find()
            return self.show(self.agreement, refused=str(error), status=422)
        messages.success(request, f"La version {number} est abandonnée.")
        return redirect("agreement", slug)


class SignView(VersionPage):
    """Record the signature of an OG."""

    permission_required = WRITE

    def get(self, request: HttpRequest, slug: str, number: int, party_id: uuid.UUID) -> HttpResponse:
        party = self.party()
        if party.signed_on is not None or self.agreement.status != AgreementStatus.SIGNING:
            return redirect("agreement_version", slug, number)
        initial = {"version": party.version, "signed_on": timezone.localdate()}
        return self.ask(party, SignatureForm(initial=initial))

    def post(self, request: HttpRequest, slug: str, number: int, party_id: uuid.UUID) -> HttpResponse:
        party, form = self.party(), SignatureForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce document dépasse {limit()}.")
        elif form.is_valid():
            try:
                services.record_signature(party=party, user=request.user, **form.cleaned_data)
            except Conflict:
                self.find()
                refused = "Quelqu’un vient d’enregistrer une signature pour cet OG : la voici. Rien n’a été écrasé."
                return self.show(self.agreement, refused=refused, status=409)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                return self.signed(party)
        return self.ask(party, form, status=422)

    def signed(self, party: AgreementParty) -> HttpResponse:
        self.find()
        told = f"{party.og.name} : la signature est enregistrée."
        if self.agreement.status == AgreementStatus.IN_FORCE:
            told += " C’était la dernière : la convention est en vigueur."
        messages.success(self.request, typography(told))
        return redirect("agreement_version", self.project.slug, self.agreement.number)

    def ask(self, party: AgreementParty, form: SignatureForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "party": party,
            "agreement": self.agreement,
            "view": presentation.signature_sheet(party, self.project),
        }
        return self.page("governance/agreements/sign.html", context, status=status)


class UnsignView(VersionPage):
    """Take back a signature recorded by mistake."""

    permission_required = WRITE

    def post(self, request: HttpRequest, slug: str, number: int, party_id: uuid.UUID) -> HttpResponse:
        version = self.version()
        if version is None:
            return HttpResponseBadRequest(OLD_PAGE)
        party = self.party()
        told = f"{party.og.name} : la signature est retirée, elle est de nouveau attendue."
        return self.attempt(services.take_back_signature, told, party=party, version=version)


class DocumentView(VersionPage):
    """The document that an OG signed, always as a download."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: int, party_id: uuid.UUID) -> FileResponse:
        party = self.party()
        if not party.file:
            raise Http404
        return FileResponse(party.file.open("rb"), as_attachment=True, filename=party.file_name)


class OpenVersionView(GovernanceView):
    """Open the version that follows the one in force."""

    permission_required = WRITE
    tab = "agreement"

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.before = selectors.in_force(selectors.versions_of(self.project))
        return True

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if self.before is None:
            return redirect("agreement", slug)
        return self.ask(self.before, VersionForm(project=self.project, agreement=self.before))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if self.before is None:
            return redirect("agreement", slug)
        form = VersionForm(request.POST, project=self.project, agreement=self.before)
        if form.is_valid():
            given = form.cleaned_data
            try:
                opened = services.open_version(
                    agreement=self.before, reason=given["reason"], ogs=given["ogs"], user=request.user
                )
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, f"La version {opened.number} est ouverte.")
                return redirect("agreement_version", slug, opened.number)
        return self.ask(self.before, form, status=422)

    def ask(self, before: Agreement, form: VersionForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "view": presentation.version_sheet(before, self.project)}
        return self.page("governance/agreements/version.html", context, status=status)
