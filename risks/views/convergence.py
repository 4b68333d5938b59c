"""Marks put together: opened, agreed on one by one or by their median, taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render

from common import french
from common.errors import Conflict, DomainError
from risks.catalogue import Question, questionnaire
from risks.enums import AssessmentStatus
from risks.forms.convergence import ActForm, AgreeForm, KeptForm
from risks.models import AgreedMark
from risks.presentation import convergence as presentation
from risks.presentation import convergence_item as items
from risks.selectors import answers
from risks.selectors import convergence as selectors
from risks.selectors.assessments import asked_questions, marks_of
from risks.services import convergence as services
from risks.views.base import FILL, LEAD, InProject, InStructure, PlaceView
from risks.views.questionnaire import MOVED, OLD_PAGE

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
LARGEST = 10**17  # of ticks that make a day of our era


class TogetherPage(PlaceView, abstract=True):
    """What the screens of the convergence share."""

    @property
    def home_url(self) -> str:
        return self.place.url("risk_questionnaire")

    @property
    def list_url(self) -> str:
        return self.place.url("risk_convergence")

    def read(self) -> items.Read:
        """Six queries at most, besides the assessment."""
        assessment = self.assessment
        before = assessment.based_on
        return items.Read(
            place=self.place,
            rights=self.rights,
            assessment=assessment,
            respondents=[one.respondent for one in answers.respondents_of(assessment)],
            marks=selectors.marks_by_question(assessment),
            agreed=selectors.agreed_marks(assessment),
            last=marks_of([before]).get(before.pk, {}) if before else {},
        )

    def again(self) -> None:
        """Forget what was read: the page shows what is there now."""
        self.__dict__.pop("found", None)

    def asked(self, slug: str) -> Question:
        """A question that this assessment asks; 404 for another."""
        question = questionnaire().by_slug.get(slug)
        if question is None or question not in asked_questions(self.assessment):
            raise Http404
        return question

    def show_list(self, *, section: int | None = None, refused: str = "", status: int = 200) -> HttpResponse:
        context = {"view": presentation.page(self.read(), section), "refused": french.typography(refused)}
        return self.page("risks/convergence/list.html", context, status=status)

    def show_one(
        self, question: Question, *, error: str = "", comment: str | None = None, status: int = 200
    ) -> HttpResponse:
        view = presentation.one_question(self.read(), question, error=error, comment=comment)
        return self.page("risks/convergence/one.html", {"view": view}, status=status)


class ConvergencePage(TogetherPage, abstract=True):
    """All questions, those that are most apart first; or `?question=`, one a screen."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str = "") -> HttpResponse:
        if self.assessment.state == AssessmentStatus.ANSWERING:
            return redirect(self.home_url)
        if alone := request.GET.get("question"):
            return self.show_one(self.asked(alone))
        section = request.GET.get("section", "")
        known = {str(one.number): one.number for one in questionnaire().sections}
        return self.show_list(section=known.get(section))


class OpenPage(TogetherPage, abstract=True):
    """Close answers, once who has not finished is named."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str = "") -> HttpResponse:
        return self.ask() if self.assessment.answering else redirect(self.home_url)

    def post(self, request: HttpRequest, slug: str, esms_slug: str = "") -> HttpResponse:
        form = ActForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(OLD_PAGE)
        version = form.cleaned_data["version"]
        try:
            services.open_convergence(place=self.place, assessment=self.assessment, version=version, by=request.user)
        except Conflict:
            self.again()
            return self.ask(refused=MOVED, status=409) if self.assessment.answering else redirect(self.list_url)
        except DomainError as error:
            self.again()
            return self.ask(refused=str(error), status=422)
        return self.told(
            "Les réponses sont mises en commun. Ce sur quoi vous êtes d’accord est déjà retenu.", self.list_url
        )

    def ask(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        people = answers.respondents_of(self.assessment)
        view = presentation.opening(self.place, self.assessment, people)
        return self.page(
            "risks/convergence/open.html", {"view": view, "refused": french.typography(refused)}, status=status
        )


class AgreePage(TogetherPage, abstract=True):
    """Keep a mark, in one tap."""

    def post(self, request: HttpRequest, slug: str, question: str, esms_slug: str = "") -> HttpResponse:
        asked, form = self.asked(question), AgreeForm(request.POST)
        valid = form.is_valid()
        if {"version", "kept"} & form.errors.keys():
            return HttpResponseBadRequest(OLD_PAGE)
        one = form.cleaned_data["one"]
        if not valid:
            error = " ".join(str(text) for texts in form.errors.values() for text in texts)
            return self.refused(asked, error, request.POST.get("comment", ""), one=one)
        value, comment = form.value, form.cleaned_data["comment"].strip()
        try:
            services.agree(
                place=self.place,
                assessment=self.assessment,
                question=asked.number,
                kept=form.cleaned_data["kept"],
                version=form.cleaned_data["version"],
                value=value,
                comment=comment,
                by=request.user,
            )
        except Conflict as conflict:
            view = items.conflict(self.read(), asked, conflict.current, value, comment, one=one)
            return self.around("risks/convergence/_conflict.html", {"view": view}, asked, 409)
        except DomainError as error:
            self.again()
            return self.refused(asked, str(error), comment, one=one)
        if one:
            following = self.read().after(asked)
            return redirect(items.alone(self.place, following) if following else self.list_url)
        return self.saved(asked)

    def refused(self, asked: Question, error: str, comment: str, *, one: bool) -> HttpResponse:
        if one:
            return self.show_one(asked, error=error, comment=comment, status=422)
        item = items.item(self.read(), asked, error=error, comment=comment)
        return self.around("risks/convergence/_item.html", {"item": item}, asked, 422)

    def saved(self, asked: Question) -> HttpResponse:
        """The question as it is now, and what that changes around it."""
        if not self.request.htmx:
            return redirect(f"{self.list_url}#{asked.anchor}")
        read = self.read()
        context = {
            "item": items.item(read, asked),
            "heads": presentation.heads(read),
            "counts": presentation.counts_beside(read, asked.section),
        }
        return render(self.request, "risks/convergence/_saved.html", context)

    def around(self, fragment: str, context: dict[str, Any], asked: Question, status: int) -> HttpResponse:
        """The fragment for htmx, a page around it for a browser without scripts."""
        if self.request.htmx:
            return render(self.request, fragment, context, status=status)
        page_url = f"{self.list_url}#{asked.anchor}"
        return self.page(
            "risks/convergence/agree_page.html", {**context, "fragment": fragment, "page_url": page_url}, status=status
        )


class WithdrawPage(AgreePage, abstract=True):
    """The question is to be settled again."""

    def post(self, request: HttpRequest, slug: str, question: str, esms_slug: str = "") -> HttpResponse:
        asked, form = self.asked(question), KeptForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(OLD_PAGE)
        try:
            services.withdraw(assessment=self.assessment, question=asked.number, **form.cleaned_data)
        except Conflict as conflict:
            theirs: AgreedMark = conflict.current
            words = f"{theirs.agreed_by.get_full_name()} vient d’en retenir une autre : la voici."
            return self.refused(asked, words, theirs.comment, one=False)
        except DomainError as error:
            self.again()
            return self.refused(asked, str(error), "", one=False)
        return self.saved(asked)


class MediansPage(TogetherPage, abstract=True):
    """Keep the median wherever marks are a point apart."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str = "") -> HttpResponse:
        try:
            kept, moment = services.keep_medians(place=self.place, assessment=self.assessment, by=request.user)
        except DomainError as error:
            self.again()
            return self.show_list(refused=str(error), status=422)
        if not kept:
            return self.told("Il n’en restait aucune à un point d’écart.", self.list_url)
        words = f"{french.plural(kept, 'note est retenue', 'notes sont retenues')}."
        undo_url = self.place.url("risk_convergence_medians_undo", (moment - EPOCH) // TICK)
        return self.told(words, self.list_url, undo_url=undo_url)


class MediansUndoPage(TogetherPage, abstract=True):
    """Take these medians back; what was changed since stays."""

    def post(self, request: HttpRequest, slug: str, moment: int, esms_slug: str = "") -> HttpResponse:
        if moment > LARGEST:
            raise Http404
        try:
            dropped = services.drop_medians(assessment=self.assessment, moment=EPOCH + moment * TICK, by=request.user)
        except DomainError as error:
            self.again()
            return self.show_list(refused=str(error), status=422)
        words = french.plural(dropped, "question est de nouveau", "questions sont de nouveau")
        return self.told(f"{words} à accorder.", self.list_url)


class StructureConvergence(ConvergencePage, InStructure):
    permission_required = FILL


class ProjectConvergence(ConvergencePage, InProject):
    permission_required = LEAD


class StructureOpen(OpenPage, InStructure):
    permission_required = FILL


class ProjectOpen(OpenPage, InProject):
    permission_required = LEAD


class StructureAgree(AgreePage, InStructure):
    permission_required = FILL


class ProjectAgree(AgreePage, InProject):
    permission_required = LEAD


class StructureWithdraw(WithdrawPage, InStructure):
    permission_required = FILL


class ProjectWithdraw(WithdrawPage, InProject):
    permission_required = LEAD


class StructureMedians(MediansPage, InStructure):
    permission_required = FILL


class ProjectMedians(MediansPage, InProject):
    permission_required = LEAD


class StructureMediansUndo(MediansUndoPage, InStructure):
    permission_required = FILL


class ProjectMediansUndo(MediansUndoPage, InProject):
    permission_required = LEAD
