"""All the campaigns of a project: those that run, to come, over, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from common.charts import Bar, Bars, Part
from common.ui import Link
from indicators.models import Campaign
from indicators.presentation import crumbs
from indicators.selectors.campaigns import Counted, Reporting
from organisations.models import Project

DRAWN = 12  # campaigns in the picture: the latest
MOMENTS = {"en-cours": "En cours", "a-venir": "À venir", "finies": "Finies"}


@dataclass(frozen=True)
class Mark:
    """A word, a tone, a shape: colour never speaks alone."""

    word: str
    tone: str
    icon: str


@dataclass(frozen=True)
class CampaignLine:
    url: str
    period: str
    frequency: str
    mark: Mark
    opens: str
    due: str
    closes: str
    expected: str
    received: str
    on_time: str
    late: str


@dataclass(frozen=True)
class CampaignGroup:
    id: str
    title: str
    lines: list[CampaignLine]


@dataclass(frozen=True)
class CampaignsPage:
    title: str
    lede: str
    crumbs: list[Link]
    groups: list[CampaignGroup]
    picture: Bars | None


def campaigns_page(found: Sequence[Counted], project: Project) -> CampaignsPage:
    today = french.today()
    by_moment = {key: [one for one in found if moment_of(one.campaign, today) == key] for key in MOMENTS}
    by_moment["en-cours"].sort(key=lambda one: one.campaign.due_on)
    return CampaignsPage(
        title=_title(by_moment["en-cours"], found, today),
        lede="Chaque campagne demande aux structures concernées les chiffres d’une période ; "
        "ce que l’application sait calculer n’est jamais demandé.",
        crumbs=crumbs.of_project(project, Link("Campagnes")),
        groups=[
            CampaignGroup(key, MOMENTS[key], [_line(one, project, today) for one in held])
            for key, held in by_moment.items()
            if held
        ],
        picture=_picture(found, project, today),
    )


def moment_of(campaign: Campaign, today: date) -> str:
    if campaign.closed_at or campaign.closes_on < today:
        return "finies"
    return "a-venir" if campaign.opens_on > today else "en-cours"


def mark_of(campaign: Campaign, today: date) -> Mark:
    if campaign.closed_at:
        return Mark("Close", "ok", "s-ok")
    moment = moment_of(campaign, today)
    if moment == "finies":
        return Mark("Finie", "ok", "s-ok")
    if moment == "a-venir":
        return Mark("À venir", "todo", "s-todo")
    if campaign.due_on < today:
        return Mark("En cours, date passée", "late", "s-watch")
    return Mark("En cours", "progress", "s-progress")


def url_of(campaign: Campaign, project: Project) -> str:
    return reverse("indicator_campaign", args=[project.slug, campaign.period.code])


def _line(one: Counted, project: Project, today: date) -> CampaignLine:
    campaign, counts = one.campaign, one.reporting
    return CampaignLine(
        url=url_of(campaign, project),
        period=french.capital(campaign.period.label),
        frequency=campaign.get_frequency_display().lower(),
        mark=mark_of(campaign, today),
        opens=french.short_date(campaign.opens_on),
        due=french.short_date(campaign.due_on),
        closes=french.short_date(campaign.closes_on),
        expected=french.number(counts.expected),
        received=french.number(counts.received),
        on_time=french.number(counts.on_time),
        late=french.number(counts.late),
    )


def _title(running: Sequence[Counted], found: Sequence[Counted], today: date) -> str:
    """What is awaited first: « Deux relevés d’octobre 2026 manquent »."""
    if not found:
        return "Aucune campagne n’a encore été ouverte"
    if not running:
        return "Aucune campagne n’est en cours"
    waiting = [one for one in running if one.reporting.missing]
    if not waiting:
        return "Tout ce qui était demandé est rendu"
    first = waiting[0]
    said = missing_in_words(first.reporting.missing, first.campaign, late=first.campaign.due_on < today)
    return french.typography(french.capital(said))


def missing_in_words(count: int, campaign: Campaign, *, late: bool) -> str:
    """« deux relevés d’octobre 2026 manquent », once they are late; « … sont attendus », before."""
    what = f"{french.counted(count, 'relevé', 'relevés')} {campaign.period.genitive}"
    if late:
        return f"{what} {french.agree(count, 'manque', 'manquent')}"
    return f"{what} {french.agree(count, 'est attendu', 'sont attendus')} pour le {french.long_date(campaign.due_on)}"


def given_in_words(counts: Reporting) -> str:
    """« sept relevés sur douze sont rendus », « aucun relevé n’est encore rendu »."""
    done, asked = counts.received, counts.expected
    if not done:
        return "aucun relevé n’est encore rendu"
    if done == asked:
        return french.agree(asked, "le relevé est rendu", f"les {french.in_words(asked)} relevés sont rendus")
    count = french.counted(done, "relevé", "relevés")
    return f"{count} sur {french.in_words(asked)} {french.agree(done, 'est rendu', 'sont rendus')}"


def _picture(found: Sequence[Counted], project: Project, today: date) -> Bars | None:
    """What came of the latest campaigns, the oldest at the bottom; none to come."""
    shown = [one for one in found if moment_of(one.campaign, today) != "a-venir"][:DRAWN]
    if not shown:
        return None
    total = Reporting(
        sum(one.reporting.expected for one in shown),
        sum(one.reporting.received for one in shown),
        sum(one.reporting.on_time for one in shown),
    )
    return Bars(
        title=french.typography(french.capital(_rate(total))),
        context=french.agree(len(shown), "La dernière campagne", f"Les {len(shown)} dernières campagnes"),
        sentence="Le reste de chaque barre n’est pas rendu. Seules les structures interrogées comptent.",
        caption="Relevés demandés et rendus, par campagne",
        row_label="Période",
        total_label="Attendus",
        parts=[Part("Rendus à temps", "ok", "s-ok"), Part("Rendus en retard", "late", "s-watch")],
        bars=[
            Bar(
                label=french.capital(one.campaign.period.label),
                values=[one.reporting.on_time, one.reporting.late],
                total=one.reporting.expected,
                note=f"{french.number(one.reporting.received)} sur {french.number(one.reporting.expected)}",
                url=url_of(one.campaign, project),
            )
            for one in shown
            if one.reporting.expected
        ],
    )


def _rate(counts: Reporting) -> str:
    """« 58 relevés demandés sur 64 sont rendus, 51 à temps »."""
    if not counts.received:
        return "aucun des relevés demandés n’est rendu"
    verb = french.agree(counts.received, "est rendu", "sont rendus")
    return (
        f"{french.number(counts.received)} sur {french.number(counts.expected)} "
        f"{french.agree(counts.expected, 'relevé demandé', 'relevés demandés')} {verb}, "
        f"{french.number(counts.on_time)} à temps"
    )
