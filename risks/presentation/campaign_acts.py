"""What is done of a campaign: more time, more structures, its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.ui import Link
from risks.models import RiskCampaign
from risks.places import Place
from risks.presentation.campaigns import THE_PROJECT, doing, said_of
from risks.presentation.crumbs import crumbs
from risks.selectors.campaigns import FollowUp, Standing


@dataclass(frozen=True)
class ActPage:
    """`moved`: what somebody else made of it meanwhile; `lines`: what it changes, before it is done."""

    title: str
    lede: str
    crumbs: list[Link]
    moved: str
    lines: list[str]


def extend_page(campaign: RiskCampaign, *, moved: bool) -> ActPage:
    day = french.long_date(campaign.due_on)
    why = f" ({campaign.extended_why})" if campaign.extended_why else ""
    return _act(
        campaign,
        "Donner plus de temps",
        f"Les analyses sont attendues pour le {day}.",
        f"Quelqu’un a changé la campagne entre-temps : la date est le {day}{why}. Votre saisie est gardée ci-dessous."
        if moved
        else "",
    )


def add_page(campaign: RiskCampaign, *, moved: bool) -> ActPage:
    return _act(
        campaign,
        "Ajouter des structures",
        said_of(campaign, french.today()),
        "Quelqu’un a changé la campagne entre-temps. Vos choix sont gardés ci-dessous." if moved else "",
    )


def close_page(found: FollowUp, *, moved: bool) -> ActPage:
    """What becomes of what was not transmitted."""
    campaign, count = found.campaign, len(found.awaited)
    lede = "Toutes les analyses sont transmises : clore ne fait que ranger la campagne."
    if count:
        stopped = french.counted(
            count, "analyse s’arrête où elle en est", "analyses s’arrêtent où elles en sont", feminine=True
        )
        lede = (
            f"{french.capital(stopped)} : on n’y répond plus, rien n’en est transmis au projet, et rien n’est effacé. "
            "Vous pourrez rouvrir la campagne tant qu’aucune autre ne les concerne."
        )
    return _act(
        campaign,
        f"Clore la {str(campaign)[:1].lower()}{str(campaign)[1:]}",
        lede,
        f"Quelqu’un a changé la campagne entre-temps : {said_of(campaign, found.today)} Relisez avant de clore."
        if moved
        else "",
        [_stopped(one) for one in found.awaited],
    )


def _stopped(one: Standing) -> str:
    name = french.typography(one.place.name) if one.place.esms else THE_PROJECT
    return french.typography(f"{name} : {doing(one)}")


def _act(campaign: RiskCampaign, title: str, lede: str, moved: str, lines: Sequence[str] = ()) -> ActPage:
    place = Place(campaign.project)
    here = Link(french.typography(str(campaign)), place.url("risk_campaign", campaign.number))
    return ActPage(
        title=french.typography(title),
        lede=french.typography(lede),
        crumbs=crumbs(place, Link("Campagnes", place.url("risk_campaigns")), here, Link(title.split(" la ")[0])),
        moved=french.typography(moved),
        lines=list(lines),
    )


def opened(campaign: RiskCampaign, count: int) -> str:
    asked = french.counted(count, "analyse est demandée", "analyses sont demandées", feminine=True)
    return f"La campagne est ouverte : {asked} pour le {french.long_date(campaign.due_on)}."


def extended(campaign: RiskCampaign) -> str:
    return f"La nouvelle date est le {french.long_date(campaign.due_on)}."


def closed(campaign: RiskCampaign, stopped: int) -> str:
    said = f"{campaign} est close."
    if stopped:
        count = french.counted(stopped, "analyse s’arrête", "analyses s’arrêtent", feminine=True)
        said += (
            f" {french.capital(count)} où elle{'s' if stopped > 1 else ''} en {french.agree(stopped, 'est', 'sont')}."
        )
    return french.typography(said)


def reopened(campaign: RiskCampaign, count: int) -> str:
    said = f"{campaign} est rouverte."
    if count:
        going = french.counted(count, "analyse reprend", "analyses reprennent", feminine=True)
        said += (
            f" {french.capital(going)} où elle{'s' if count > 1 else ''} en {french.agree(count, 'était', 'étaient')}."
        )
    return french.typography(said)


def added(count: int) -> str:
    return french.capital(
        french.counted(count, "analyse est demandée de plus.", "analyses sont demandées de plus.", feminine=True)
    )
