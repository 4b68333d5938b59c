"""The home of an analysis, and what is done with the whole of it once marks are agreed on."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

from common import french
from common.errors import Conflict, DomainError
from risks.forms.convergence import ActForm, SendBackForm
from risks.presentation import questionnaire as presentation
from risks.selectors import answers, assessments
from risks.selectors import convergence as selectors
from risks.services import life
from risks.views.base import FILL, LEAD, READ, VALIDATE, InProject, InStructure, PlaceView

MOVED = "L’analyse vient de changer. La voici comme elle est ; rien n’a été fait deux fois."
OLD_PAGE = "Cette page est trop ancienne : rechargez-la."


class QuestionnairePage(PlaceView, abstract=True):
    """Where the analysis stands."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str = "") -> HttpResponse:
        return self.home()

    def read(self) -> presentation.Read:
        """Eight queries at most."""
        found = list(assessments.assessments_of(self.place))
        shared = {
            "place": self.place,
            "rights": self.rights,
            "user_id": self.request.user.pk,
            "today": french.today(),
            "assessments": found,
        }
        if not found:
            return presentation.Read(**shared)
        return presentation.Read(
            **shared,
            people=answers.respondents_of(found[0]),
            readings=assessments.readings_of(self.project, found),
            to_transmit=selectors.to_transmit(self.place),
        )

    def home(self, *, form: SendBackForm | None = None, refused: str = "", status: int = 200) -> HttpResponse:
        read = self.read()
        view = presentation.page(read, form=form) if read.assessments else presentation.not_asked(read)
        context = {"view": view, "refused": french.typography(refused)}
        return self.page("risks/questionnaire.html", context, status=status)


class StructureQuestionnaire(QuestionnairePage, InStructure):
    permission_required = READ


class ProjectQuestionnaire(QuestionnairePage, InProject):
    permission_required = LEAD


class ActPage(QuestionnairePage, abstract=True):
    """Something done with the version that was read."""

    http_method_names = ("post", "options")

    def attempt(self, version: int) -> str:
        """Do it, and say so. Raises DomainError."""
        raise NotImplementedError

    def post(self, request: HttpRequest, slug: str, esms_slug: str = "") -> HttpResponse:
        form = ActForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(OLD_PAGE)
        return self.done(form.cleaned_data["version"])

    def done(self, version: int, *, form: SendBackForm | None = None) -> HttpResponse:
        try:
            words = self.attempt(version)
        except Conflict:
            return self.home(refused=MOVED, status=409, form=form)
        except DomainError as error:
            return self.home(refused=str(error), status=422, form=form)
        return self.told(words, self.place.url("risk_questionnaire"))


class SubmitPage(ActPage, abstract=True):
    def attempt(self, version: int) -> str:
        life.submit(assessment=self.assessment, version=version, by=self.request.user)
        if self.rights.validates:
            return "L’analyse est soumise. Vous pouvez la valider."
        return "L’analyse est soumise à la direction, qui la validera et la transmettra."


class ValidatePage(ActPage, abstract=True):
    def attempt(self, version: int) -> str:
        life.validate(assessment=self.assessment, version=version, by=self.request.user)
        return f"L’analyse est validée. Vous pouvez {'la transmettre' if self.place.esms else 'la figer'}."


class TransmitPage(ActPage, abstract=True):
    def attempt(self, version: int) -> str:
        life.transmit(place=self.place, assessment=self.assessment, version=version, by=self.request.user)
        if self.place.esms:
            return "L’analyse est transmise au chef de projet, avec les risques ouverts du registre."
        return "L’analyse du projet est figée."


class ReopenPage(ActPage, abstract=True):
    def attempt(self, version: int) -> str:
        life.reopen(assessment=self.assessment, version=version, validates=self.rights.validates)
        return "La mise en commun est rouverte. L’analyse devra être validée à nouveau."


class SendBackPage(ActPage, abstract=True):
    def post(self, request: HttpRequest, slug: str, esms_slug: str = "") -> HttpResponse:
        form = SendBackForm(request.POST)
        if form.is_valid():
            self.note = form.cleaned_data["note"]
            return self.done(form.cleaned_data["version"], form=form)
        if "version" in form.errors:
            return HttpResponseBadRequest(OLD_PAGE)
        return self.home(form=form, status=422)

    def attempt(self, version: int) -> str:
        life.send_back(assessment=self.assessment, version=version, note=self.note, by=self.request.user)
        if self.place.esms:
            return "L’analyse est renvoyée à la structure, avec votre mot. Ses notes lui reviennent d’ici là."
        return "L’analyse du projet est reprise : ses notes peuvent changer."


class StructureSubmit(SubmitPage, InStructure):
    permission_required = FILL


class ProjectSubmit(SubmitPage, InProject):
    permission_required = LEAD


class StructureValidate(ValidatePage, InStructure):
    permission_required = VALIDATE


class ProjectValidate(ValidatePage, InProject):
    permission_required = LEAD


class StructureTransmit(TransmitPage, InStructure):
    permission_required = VALIDATE


class ProjectTransmit(TransmitPage, InProject):
    permission_required = LEAD


class StructureReopen(ReopenPage, InStructure):
    permission_required = FILL


class ProjectReopen(ReopenPage, InProject):
    permission_required = LEAD


class StructureSendBack(SendBackPage, InStructure):
    permission_required = LEAD


class ProjectSendBack(SendBackPage, InProject):
    permission_required = LEAD
