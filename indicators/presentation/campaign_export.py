"""The follow-up of a campaign as a spreadsheet."""

from collections.abc import Sequence

from common import french
from common.spreadsheets.tables import Column, Row, Sheet
from indicators.models import Campaign
from indicators.presentation.campaign import state_of
from indicators.selectors.campaigns import Standing

COLUMNS = [
    Column("Structure", 34),
    Column("OG", 26),
    Column("Vague", 18),
    Column("Phase", 18),
    Column("État", 20),
    Column("Lignes saisies", 10),
    Column("Lignes demandées", 10),
    Column("Rendu une première fois le", 14),
    Column("À temps", 9),
    Column("Jours de retard", 9),
    Column("Rouvert jusqu’au", 14),
    Column("Mot du chef de projet ou de la direction", 50),
]


def file_name(campaign: Campaign, ending: str) -> str:
    """« releves-2026-10-trois-rivages-2026-11-29.xlsx »."""
    return f"releves-{campaign.period.code}-{campaign.project.slug}-{french.today().isoformat()}.{ending}"


def sheet(campaign: Campaign, standings: Sequence[Standing]) -> Sheet:
    """`standings`: as the page shows them."""
    day = french.long_date(french.today())
    title = french.typography(f"Relevés {campaign.period.genitive}, {campaign.project.name}, le {day}")
    return Sheet("Relevés", COLUMNS, [_row(one) for one in standings], title=title, frozen=1)


def _row(one: Standing) -> Row:
    esms, row = one.esms, one.statement
    first = french.day(row.first_given_at) if row.first_given_at else None
    late = (first - row.campaign.due_on).days if one.given and first else one.days_late
    return Row(
        [
            esms.name,
            esms.og.name,
            esms.wave.name if esms.wave else "",
            esms.get_phase_display(),
            state_of(one).word,
            str(one.progress.filled),
            str(one.progress.asked),
            first,
            ("oui" if one.on_time else "non") if one.given else "",
            str(max(late, 0)),
            row.reopened_until,
            row.sent_back_why,
        ]
    )
