"""Answering, each alone: a question a screen or a section a page, each mark saving itself; having finished."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import reswap

from common import french
from common.errors import Conflict, DomainError
from risks.catalogue import Question, questionnaire
from risks.forms.answers import QUESTION, SECTION, MarkForm
from risks.models import Mark, Respondent
from risks.presentation import answers as presentation
from risks.presentation import answers_end
from risks.selectors import answers as selectors
from risks.services import answers as services
from risks.views.base import READ, REGISTER, InProject, InStructure, PlaceView


class AnswerView(PlaceView, abstract=True):
    """A page of who answers: who fills the structure (in the project, leads it), and whoever was asked."""

    def has_permission(self) -> bool:
        return super().has_permission() and (self.rights.fills or self.respondent is not None)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            if not super().has_permission():
                raise
            return self.page("risks/answers/not_asked.html", {}, status=403)

    @cached_property
    def respondent(self) -> Respondent | None:
        return selectors.respondent_in(self.found, self.request.user) if self.found else None

    def read(self) -> presentation.Read:
        return presentation.Read(self.place, self.rights, selectors.sheet_of(self.assessment, self.respondent))

    def again(self) -> None:
        """Forget what was read: the page shows what is there now."""
        for name in ("found", "respondent"):
            self.__dict__.pop(name, None)

    def question_of(self, read: presentation.Read, slug: str) -> Question:
        """404 for one that this assessment doesn't ask."""
        question = questionnaire().by_slug.get(slug)
        if question is None or question not in read.sheet.questions:
            raise Http404
        return question

    def show_question(self, read: presentation.Read, question: Question, **more: Any) -> HttpResponse:
        """`more`: the `form` that was refused, the `conflict`, the `status`."""
        status, conflict = more.get("status", 200), more.get("conflict")
        section = questionnaire().section(question.section)
        view = presentation.question_page(read, section, question, form=more.get("form"))
        return self.page("risks/answers/question.html", {"view": view, "conflict": conflict}, status=status)

    def show_end(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        view = answers_end.end_page(self.place, self.rights, self.read().sheet)
        return self.page("risks/answers/end.html", {"view": view, "refused": refused}, status=status)


class AnswerPage(AnswerView, abstract=True):
    """Where one left off: the next question without answer."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.found is None:
            view = answers_end.nothing_asked(self.place, self.rights)
            return self.page("risks/answers/nothing.html", {"view": view})
        read = self.read()
        following = read.sheet.resume if read.sheet.writes else None
        return redirect(read.url(following) if following else read.end.url)


class QuestionPage(AnswerView, abstract=True):
    def get(self, request: HttpRequest, question: str, **kwargs: Any) -> HttpResponse:
        read = self.read()
        return self.show_question(read, self.question_of(read, question))


class SectionPage(AnswerView, abstract=True):
    def get(self, request: HttpRequest, section: int, **kwargs: Any) -> HttpResponse:
        try:
            view = presentation.section_page(self.read(), questionnaire().section(section))
        except KeyError:
            raise Http404 from None
        return self.page("risks/answers/section.html", {"view": view})


class MarkPage(AnswerView, abstract=True):
    """Save what is said of one question."""

    def post(self, request: HttpRequest, question: str, **kwargs: Any) -> HttpResponse:
        read = self.read()
        asked = self.question_of(read, question)
        form = MarkForm(request.POST, question=asked)
        if not form.is_valid():
            if form.stale:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.refused(read, asked, form)
        if form.cleaned_data["campaign"] != self.assessment.campaign.number:
            form.add_error("mark", "Rien n’est enregistré : une autre campagne est ouverte depuis. Rechargez la page.")
            return self.refused(read, asked, form)
        try:
            mark = services.give_mark(
                place=self.place,
                assessment=self.assessment,
                question=asked,
                version=form.cleaned_data["version"],
                capacity=selectors.own_capacity(self.place, self.rights),
                by=request.user,
                **form.given,
            )
        except Conflict as conflict:
            return self.conflict(read, asked, conflict.current, form)
        except DomainError as error:
            form.add_error("mark", french.typography(str(error)))
            self.again()
            return self.refused(self.read(), asked, form)
        screen = form.cleaned_data["screen"]
        if not request.htmx:
            return redirect(read.after(asked, screen))
        self.again()
        return self.saved(asked, mark, screen, whole=form.cleaned_data["whole"])

    def saved(self, question: Question, mark: Mark, screen: str, *, whole: bool) -> HttpResponse:
        """What changes beside the mark; the form itself stays as it is under the finger, unless it showed a refusal."""
        read = self.read()
        section = questionnaire().section(question.section)
        context = {
            "answer": presentation.answer(read, question, screen, saved_at=timezone.now()),
            "version": mark.version,
            "whole": whole,
            "progress": presentation.progress(read.sheet),
            "title": presentation.section_title(read.sheet, section) if screen == SECTION else "",
        }
        return render(self.request, "risks/answers/_saved.html", context)

    def refused(self, read: presentation.Read, question: Question, form: MarkForm) -> HttpResponse:
        if not self.request.htmx:
            return self.show_question(read, question, form=form, status=422)
        screen = form.cleaned_data.get("screen", QUESTION)
        context = {"answer": presentation.answer(read, question, screen, form=form)}
        return reswap(render(self.request, "risks/answers/_form.html", context, status=422), "outerHTML")

    def conflict(self, read: presentation.Read, question: Question, theirs: Mark, form: MarkForm) -> HttpResponse:
        view = presentation.conflict(read, question, theirs, form)
        if not self.request.htmx:
            return self.show_question(read, question, conflict=view, status=409)
        answer = render(self.request, "risks/answers/_conflict.html", {"conflict": view}, status=409)
        return reswap(answer, "outerHTML")


class FinishPage(AnswerView, abstract=True):
    """Where one's answers stand; say to have finished."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show_end()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            services.finish(assessment=self.assessment, by=request.user)
        except DomainError as error:
            self.again()
            return self.show_end(refused=french.typography(str(error)), status=422)
        url = self.place.url("risk_answer_finish")
        return self.told("C’est noté : vous avez terminé.", url, undo_url=self.place.url("risk_answer_resume"))


class ResumePage(AnswerView, abstract=True):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            services.resume(assessment=self.assessment, by=request.user)
        except DomainError as error:
            self.again()
            return self.show_end(refused=french.typography(str(error)), status=422)
        return self.told("Vous pouvez à nouveau changer vos réponses.", self.place.url("risk_answer_finish"))


class StructureAnswer(AnswerPage, InStructure):
    permission_required = READ


class ProjectAnswer(AnswerPage, InProject):
    permission_required = REGISTER


class StructureQuestion(QuestionPage, InStructure):
    permission_required = READ


class ProjectQuestion(QuestionPage, InProject):
    permission_required = REGISTER


class StructureSection(SectionPage, InStructure):
    permission_required = READ


class ProjectSection(SectionPage, InProject):
    permission_required = REGISTER


class StructureMark(MarkPage, InStructure):
    permission_required = READ


class ProjectMark(MarkPage, InProject):
    permission_required = REGISTER


class StructureFinish(FinishPage, InStructure):
    permission_required = READ


class ProjectFinish(FinishPage, InProject):
    permission_required = REGISTER


class StructureResume(ResumePage, InStructure):
    permission_required = READ


class ProjectResume(ResumePage, InProject):
    permission_required = REGISTER
