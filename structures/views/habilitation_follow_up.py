"""The matrices of all structures: where each stands, what the lead decides of it, how they differ."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from organisations.enums import Permission
from organisations.models import ESMS
from organisations.selectors import follows
from organisations.tenancy import ProjectView
from structures.forms.habilitation_follow_up import SendBackForm
from structures.models import HabilitationMatrix
from structures.presentation import habilitation_follow_up as presentation
from structures.presentation import habilitation_gaps
from structures.rights import coordinates
from structures.selectors import habilitation_follow_up as selectors
from structures.selectors.habilitations import matrices_of, read, standing_of
from structures.services import habilitation_workflow as services

PAGE_SIZE = 40
OF_VENDOR = Permission.VIEW_VALIDATED_MATRICES


class FollowUpView(ProjectView):
    """Where the matrix of each structure stands; for the vendor, those that it may set up."""

    permission_required = (Permission.VIEW_PROJECT,)

    def has_permission(self) -> bool:
        permissions = (Permission.VIEW_HABILITATIONS, OF_VENDOR)
        return super().has_permission() and follows(self.project, self.request.access, *permissions)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not follows(self.project, request.access, Permission.VIEW_HABILITATIONS):
            return self.for_vendor(request)
        today, narrowing = timezone.localdate(), request.GET.get("voir", "")
        found = selectors.followed(self.project, request.access, today)
        leads = coordinates(self.project, request.access)
        shown = presentation.narrowed(found, narrowing)
        page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
        readings = selectors.current_readings(found, page.object_list, today)
        context = {
            "view": presentation.follow_up(self.project, found, narrowing, coordinates=leads),
            "lines": presentation.lines(self.project, found, page.object_list, readings, coordinates=leads),
            "page": page,
        }
        return render(request, "structures/habilitations/follow_up.html", context)

    def for_vendor(self, request: HttpRequest) -> HttpResponse:
        found = selectors.consolidated(self.project, request.access)
        view = presentation.for_vendor(self.project, found)
        page = Paginator(view.lines, PAGE_SIZE).get_page(request.GET.get("page"))
        return render(request, "structures/habilitations/for_vendor.html", {"view": view, "page": page})


class GapsBase(ProjectView, abstract=True):
    """For who follows the matrices: not the vendor."""

    permission_required = (Permission.VIEW_PROJECT,)

    def has_permission(self) -> bool:
        return super().has_permission() and follows(self.project, self.request.access, Permission.VIEW_HABILITATIONS)

    def gaps(self) -> selectors.Gaps:
        return selectors.gaps(selectors.followed(self.project, self.request.access, timezone.localdate()))


class GapsView(GapsBase):
    """Profiles × domains: how many structures differ from the proposal."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = habilitation_gaps.gaps(self.project, self.gaps())
        return render(request, "structures/habilitations/gaps.html", {"view": view})


class GapView(GapsBase):
    """One profile × domain: who gives more, who gives less, and why."""

    def get(self, request: HttpRequest, slug: str, profile: str, domain: str) -> HttpResponse:
        found = self.gaps()
        spread = found.spreads.get((profile, domain))
        if spread is None:
            raise Http404
        view = habilitation_gaps.gap(self.project, found, spread)
        return render(request, "structures/habilitations/gap.html", {"view": view})


class ReviewBase(ProjectView, abstract=True):
    """One version, for the lead: `self.esms` and `self.matrix`, from the address."""

    permission_required = (Permission.COORDINATE_STRUCTURES,)
    esms: ESMS
    matrix: HabilitationMatrix
    versions: list[HabilitationMatrix]

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        esms = ESMS.objects.select_related("og").filter(project=self.project, slug=self.kwargs["esms_slug"]).first()
        versions = matrices_of(esms) if esms else []
        matrix = next((version for version in versions if version.number == self.kwargs["number"]), None)
        if esms is None or matrix is None:
            raise Http404
        esms.project = self.project
        self.esms, self.matrix, self.versions = esms, matrix, versions
        return True

    def show_again(self, form: SendBackForm, status: int, refusal: str = "") -> HttpResponse:
        """As it stands now: somebody else may have decided meanwhile."""
        self.versions = matrices_of(self.esms)
        self.matrix = next(version for version in self.versions if version.pk == self.matrix.pk)
        return self.show(form, status=status, refusal=refusal)

    def show(self, form: SendBackForm, *, status: int = 200, refusal: str = "") -> HttpResponse:
        """`refusal`: why what was asked wasn't done."""
        view = presentation.review(self.project, self.esms, read(self.matrix), standing_of(self.versions))
        context = {"view": view, "form": form, "refusal": refusal, "place": self.esms}
        return render(self.request, "structures/habilitations/review.html", context, status=status)


class ReviewView(ReviewBase):
    """What a validated version says, and what the lead may do with it."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        return self.show(SendBackForm(initial={"version": self.matrix.version}))


class ConsolidateView(ReviewBase):
    """Take a version into what the vendor is given."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        form = SendBackForm(initial={"version": self.matrix.version})
        try:
            services.consolidate(matrix=self.matrix, version=read_version(request), user=request.user)
        except DomainError as error:
            return self.show_again(form, 409 if isinstance(error, Conflict) else 422, typography(str(error)))
        messages.success(request, typography(f"{self.esms.name} : la matrice est consolidée, l’éditeur peut la lire."))
        return redirect("habilitation_follow_up", slug)


class SendBackView(ReviewBase):
    """Give a version back to the structure, with a word."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        form = SendBackForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        given = form.cleaned_data
        try:
            services.send_back(matrix=self.matrix, version=given["version"], note=given["note"], user=request.user)
        except Conflict as error:
            kept = SendBackForm(initial={"note": given["note"], "version": error.current.version})
            return self.show_again(kept, 409, typography(str(error)))
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, typography(str(error)))
            return self.show_again(form, 422)
        messages.success(request, typography(f"{self.esms.name} : la matrice est renvoyée avec votre mot."))
        return redirect("habilitation_follow_up", slug)


def read_version(request: HttpRequest) -> int:
    """What the form read; 0, which no row has, when it says nothing."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() and len(posted) < 9 else 0
