"""Whether a document that somebody holds is one that was issued here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.uploads import limit, too_large
from organisations.enums import Permission
from reports import presentation
from reports.forms import VerifyForm
from reports.presentation.verifying import Answer, Verdict
from reports.selectors import listing
from reports.views.base import READS_REPORTS, DocumentsView


class VerifyView(DocumentsView):
    """By the fingerprint at the foot of its pages, by the file itself, or both. Only what one may read is confirmed.

    Whoever takes part may hold a document: of their committee, of their structure.
    """

    permission_required = (Permission.VIEW_PROJECT,)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        code = request.GET.get("empreinte", "")
        form = VerifyForm({"code": code} if code else None)
        found = self.verdict(form) if code and form.is_valid() else None
        return self.show(VerifyForm(initial={"code": code}) if found else form, found)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = VerifyForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce fichier dépasse {limit()} : aucun rapport n’est aussi grand.")
        if not form.is_valid():
            return self.show(form, None, status=422)
        return self.show(VerifyForm(initial={"code": request.POST.get("code", "")}), self.verdict(form))

    def verdict(self, form: VerifyForm) -> Verdict:
        """What is known of the fingerprint and of the file."""
        code, file = form.cleaned_data["code"], form.cleaned_data["file"]
        sha256 = listing.sha256_of(file) if file else ""
        same = listing.with_file(self.project, sha256, self.reader) if sha256 else None
        coded = listing.with_fingerprint(self.project, code, self.reader) if code else None
        if same is not None and coded in {None, same}:
            return presentation.verdict(self.project, Answer.SAME, same, self.reader, code=bool(code))
        if coded is not None:
            answer = Answer.OTHER if sha256 else Answer.KNOWN
            return presentation.verdict(self.project, answer, coded, self.reader, code=True)
        return presentation.verdict(self.project, Answer.UNKNOWN, None, self.reader, code=bool(code))

    def show(self, form: VerifyForm, found: Verdict | None, *, status: int = 200) -> HttpResponse:
        lists = self.request.access.in_project(self.project, *READS_REPORTS)  # who has none comes from their structure
        return render(
            self.request, "reports/verify.html", {"form": form, "verdict": found, "lists": lists}, status=status
        )
