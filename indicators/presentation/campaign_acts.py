"""What is done of a campaign, or of one statement: opened, more time, more structures, its end, taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.models import Campaign, Collection
from indicators.periods import Period
from indicators.presentation import crumbs
from indicators.presentation.campaign import detail_of, said_of
from indicators.presentation.campaigns import url_of
from indicators.selectors.campaigns import FollowUp, Standing
from organisations.models import ESMS, Project
from structures.services.reminders import Sent

NAMED = 4  # structures in a sentence; the others are counted


@dataclass(frozen=True)
class ActPage:
    """`moved`: what somebody else made of it meanwhile; `lines`: what it changes, before it is done."""

    title: str
    lede: str
    crumbs: list[Link]
    moved: str
    lines: Sequence[str] = ()
    button: str = ""


def open_page(project: Project, period: Period | None, collection: Collection | None) -> ActPage:
    lede = "Chaque structure choisie trouvera son relevé parmi ce qui lui est demandé, avec sa date."
    if collection and collection.validated:
        lede += " La direction de chaque structure valide avant de rendre."
    if period is None:
        lede = "Toutes les périodes de ce qui est suivi ont déjà leur campagne."
    return ActPage(
        title="Ouvrir une campagne",
        lede=lede,
        crumbs=crumbs.of_project(project, _campaigns(project), Link("Ouvrir")),
        moved="",
    )


def idle_in_words(idle: Sequence[ESMS]) -> str:
    """Those that have nothing to enter for a period."""
    if not idle:
        return ""
    names = [french.typography(esms.name) for esms in idle]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], f"{len(names) - NAMED} autres"]
    return french.typography(
        f"{french.capital(french.listed(names))} {french.agree(len(idle), 'n’a', 'n’ont')} rien à saisir pour cette "
        "période : les indicateurs d’usage viennent après l’ouverture du DUI."
    )


def extend_page(campaign: Campaign, *, moved: bool) -> ActPage:
    day, last = french.long_date(campaign.due_on), french.long_date(campaign.closes_on)
    why = f" ({campaign.extended_why})" if campaign.extended_why else ""
    return _act(
        campaign,
        "Donner plus de temps",
        f"Les relevés {campaign.period.genitive} sont attendus pour le {day}, et la saisie s’achève le {last}. "
        "Si vous repoussez la date, la fin de la saisie recule d’autant.",
        f"Quelqu’un a changé la campagne entre-temps : la date est le {day}{why}. Votre saisie est gardée ci-dessous."
        if moved
        else "",
    )


def add_page(found: FollowUp, *, moved: bool) -> ActPage:
    return _act(
        found.campaign,
        "Ajouter des structures",
        said_of(found),
        "Quelqu’un a changé la campagne entre-temps. Vos choix sont gardés ci-dessous." if moved else "",
    )


def close_page(found: FollowUp, *, moved: bool) -> ActPage:
    """What becomes of what was not given."""
    awaited = [one for one in found.standings if not one.given]
    lede = "Tous les relevés sont rendus : clore ne fait que ranger la campagne."
    if count := len(awaited):
        stopped = french.counted(count, "relevé n’est pas rendu", "relevés ne sont pas rendus")
        lede = (
            f"{french.capital(stopped)} : la saisie s’y arrête, rien n’en est lu au-dessus de la structure, et rien "
            "n’est effacé. Vous pourrez rouvrir la campagne, ou un relevé seulement."
        )
    return _act(
        found.campaign,
        f"Clore la campagne {found.campaign.period.genitive}",
        lede,
        f"Quelqu’un a changé la campagne entre-temps : {said_of(found)} Relisez avant de clore." if moved else "",
        [french.typography(f"{one.esms.name} : {detail_of(one)}") for one in awaited],
    )


def reopen_statement_page(one: Standing, *, moved: bool) -> ActPage:
    campaign, name = one.statement.campaign, one.esms.name
    until = one.statement.reopened_until
    said = f" Il avait été rouvert jusqu’au {french.long_date(until)}." if until else ""
    return _act(
        campaign,
        f"Rouvrir le relevé : {name}",
        f"La saisie {campaign.period.genitive} est finie. Cette structure seule pourra saisir et rendre son relevé, "
        f"jusqu’au jour que vous donnez.{said}",
        _moved(one) if moved else "",
        button="Rouvrir le relevé",
    )


def return_statement_page(one: Standing, *, moved: bool) -> ActPage:
    return _act(
        one.statement.campaign,
        f"Renvoyer le relevé : {one.esms.name}",
        f"Rendu {detail_of(one)}. La structure pourra corriger puis rendre à nouveau ; d’ici là, ses chiffres "
        f"{one.statement.campaign.period.genitive} sortent des tableaux de bord. Le jour où elle l’avait rendu compte "
        "toujours.",
        _moved(one) if moved else "",
        button="Renvoyer à la structure",
    )


def remind_page(late: Sequence[Standing]) -> ActPage:
    """Whom a reminder goes to."""
    campaign = late[0].statement.campaign
    who = french.counted(len(late), "structure est relancée", "structures sont relancées", feminine=True)
    return _act(
        campaign,
        "Relancer ce qui est en retard",
        f"{french.capital(who)} : la direction et les référents la lisent sur leurs pages et reçoivent un courriel. "
        "Une structure relancée aujourd’hui ne l’est pas deux fois.",
        "",
        [french.typography(f"{one.esms.name} : {detail_of(one)}") for one in late],
        button="Relancer",
    )


def about(one: Standing) -> str:
    """What a reminder says by itself."""
    campaign = one.statement.campaign
    due = french.long_date(campaign.due_on)
    return french.typography(f"Relevé {campaign.period.genitive}, attendu pour le {due} : {detail_of(one)}.")


def reminded(sent: Sent) -> str:
    """« Trois structures sont relancées. Déjà relancée aujourd’hui : le SSIAD. »"""
    parts = []
    if count := len(sent.reminded):
        words = french.counted(count, "structure est relancée.", "structures sont relancées.", feminine=True)
        parts.append(french.capital(words))
    if sent.already:
        names = french.listed([esms.name for esms in sent.already])
        parts.append(f"Déjà {french.agree(len(sent.already), 'relancée', 'relancées')} aujourd’hui : {names}.")
    if sent.empty:
        names = french.listed([esms.name for esms in sent.empty])
        parts.append(f"Personne n’a encore de rôle ici : {names}. Nommez d’abord la direction.")
    return " ".join(parts)


def _moved(one: Standing) -> str:
    word = f", avec ce mot : « {one.statement.sent_back_why} »" if one.statement.sent_back_why else ""
    said = f"{one.statement.get_status_display().lower()}{word}"
    return f"Quelqu’un a changé ce relevé entre-temps : il est {said}. Votre saisie est gardée ci-dessous."


def _act(
    campaign: Campaign, title: str, lede: str, moved: str, lines: Sequence[str] = (), *, button: str = ""
) -> ActPage:
    project = campaign.project
    here = Link(french.capital(campaign.period.label), url_of(campaign, project))
    return ActPage(
        title=french.typography(title),
        lede=french.typography(lede),
        crumbs=crumbs.of_project(project, _campaigns(project), here, Link(title.split(" la ")[0].split(" le ")[0])),
        moved=french.typography(moved),
        lines=lines,
        button=button,
    )


def _campaigns(project: Project) -> Link:
    return Link("Campagnes", reverse("indicator_campaigns", args=[project.slug]))


def opened(campaign: Campaign, count: int) -> str:
    asked = french.counted(count, "relevé est demandé", "relevés sont demandés")
    return f"La campagne est ouverte : {asked} pour le {french.long_date(campaign.due_on)}."


def extended(campaign: Campaign) -> str:
    due, last = french.long_date(campaign.due_on), french.long_date(campaign.closes_on)
    return f"La nouvelle date est le {due} ; la saisie reste possible jusqu’au {last}."


def closed(campaign: Campaign, stopped: int) -> str:
    said = f"La campagne {campaign.period.genitive} est close."
    if stopped:
        said += f" {french.capital(french.counted(stopped, 'relevé reste', 'relevés restent'))} non rendu"
        said += f"{'s' if stopped > 1 else ''}."
    return said


def reopened(campaign: Campaign, *, running: bool) -> str:
    said = f"La campagne {campaign.period.genitive} est rouverte."
    if not running:
        said += " La date de fin de saisie est passée : donnez plus de temps aux structures."
    return said


def added(count: int) -> str:
    return french.capital(french.counted(count, "relevé est demandé de plus.", "relevés sont demandés de plus."))


def statement_reopened(one: Standing) -> str:
    until = one.statement.reopened_until
    day = f" jusqu’au {french.long_date(until)}" if until else ""
    return f"{one.esms.name} peut saisir{day}."


def statement_returned(one: Standing) -> str:
    return f"Le relevé est renvoyé à la structure {one.esms.name}, avec votre mot."
