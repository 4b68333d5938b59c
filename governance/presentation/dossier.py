"""The pages on which the file of an arbitration is opened and written, in French."""

from dataclasses import dataclass

from common import french
from common.ui import Entry, Link
from governance.forms.arbitrations import FileForm
from governance.forms.options import OptionForm
from governance.models import Arbitration, ArbitrationOption
from governance.presentation.acts import consultation_ends
from governance.presentation.arbitrations import crumbs, headline, lacking, reference, url_of
from governance.presentation.options import name_of
from governance.presentation.sheets import SheetView
from governance.services.votes import TIME_TO_ANSWER
from organisations.models import Project
from organisations.presentation.sheets import SavedField, Sheet, saved_fields
from organisations.presentation.sheets import history_of as history_of_sheets

CONSULTATION = consultation_ends(TIME_TO_ANSWER)
OPINIONS = ("comop_opinion", "dpo_opinion")
MATTER = ("question", "kind", "context", "consequence", "deadline")


class ArbitrationSheet(Sheet):
    """The fields of an arbitration, at its address."""

    @staticmethod
    def _arguments(row: Arbitration, project: Project) -> list[object]:
        return [project.slug, row.year, row.number]


class OptionSheet(Sheet):
    """The fields of an option, at its address."""

    @staticmethod
    def _arguments(row: ArbitrationOption, project: Project) -> list[object]:
        return [project.slug, row.arbitration.year, row.arbitration.number, row.pk]


FILE_SHEET = ArbitrationSheet("dossier", FileForm, "arbitration_field")
OPTION_SHEET = OptionSheet("option", OptionForm, "arbitration_option_field")


@dataclass(frozen=True)
class EditView:
    """`title`: what is still missing, `lacking`: the list of it when it is long. Fields are grouped as they are
    written."""

    title: str
    lacking: str
    lede: str
    context: str
    crumbs: list[Link]
    matter: list[SavedField]
    recommendation: SavedField
    opinions: list[SavedField]


@dataclass(frozen=True)
class OptionPage:
    title: str
    context: str
    crumbs: list[Link]
    fields: list[SavedField]
    back_url: str


def own_crumb(arbitration: Arbitration, url: str = "") -> Link:
    return Link(reference(arbitration), url)


def open_sheet(project: Project, cited: Arbitration | None) -> SheetView:
    if cited is None:
        title = "Ouvrir un arbitrage"
        lede = "Il reçoit son numéro, puis son dossier s’écrit champ par champ : options, avis, recommandation."
    else:
        title = f"Revenir sur l’arbitrage {reference(cited)}"
        lede = f"Le nouvel arbitrage citera celui-ci : « {cited.question} ». Chacun des deux montrera l’autre."
    return SheetView(title=title, lede=french.typography(lede), crumbs=crumbs(project, Link("Nouvel arbitrage")))


def edit_view(arbitration: Arbitration, project: Project) -> EditView:
    found = {item.field.name: item for item in saved_fields(FILE_SHEET, arbitration, project)}
    return EditView(
        title=headline(arbitration),
        lacking=lacking(arbitration),
        lede=french.typography(arbitration.question),
        context=f"Dossier de l’arbitrage {reference(arbitration)}",
        crumbs=crumbs(project, own_crumb(arbitration, url_of(arbitration, project)), Link("Dossier")),
        matter=[found[name] for name in MATTER],
        recommendation=found["recommendation"],
        opinions=[found[name] for name in OPINIONS],
    )


def opinion_fields(arbitration: Arbitration, project: Project, *, comop: bool, dpo: bool) -> list[SavedField]:
    """The opinions that the reader writes on the page of the file."""
    if not (comop or dpo):
        return []
    written = {"comop_opinion": comop, "dpo_opinion": dpo}
    found = {item.field.name: item for item in saved_fields(FILE_SHEET, arbitration, project)}
    return [found[name] for name in OPINIONS if written[name]]


def option_page(option: ArbitrationOption, project: Project) -> OptionPage:
    arbitration = option.arbitration
    back_url = url_of(arbitration, project, "arbitration_edit")
    return OptionPage(
        title=option_title(option),
        context=french.typography(
            f"{name_of(option)} de l’arbitrage {reference(arbitration)} : {arbitration.question}"
        ),
        crumbs=crumbs(
            project,
            own_crumb(arbitration, url_of(arbitration, project)),
            Link("Dossier", back_url),
            Link(name_of(option)),
        ),
        fields=saved_fields(OPTION_SHEET, option, project),
        back_url=back_url,
    )


def option_title(option: ArbitrationOption) -> str:
    return french.typography(option.label)


def history_of(arbitration: Arbitration) -> list[Entry]:
    """« Historique » of what is written in the file."""
    return history_of_sheets((FILE_SHEET, arbitration))


def told_structures(count: int) -> str:
    if not count:
        return "L’arbitrage ne concerne plus de structure en particulier."
    concerned = french.plural(count, "structure est concernée", "structures sont concernées")
    return f"{concerned} : leur direction le lira une fois inscrit à l’ordre du jour."
