"""How long alerts wait, in French and as a drawing."""

from common import french
from common.charts import Bar, Bars, Part
from governance.delays import Delays

PARTS = (Part("Réponse donnée", "ok", "s-ok"), Part("Attend encore", "late", "clock"))
BANDS = ("Une semaine ou moins", "Jusqu’à un mois", "Jusqu’à trois mois", "Plus de trois mois")


def days(count: float) -> str:
    """« 12 jours », « 1 jour », « moins d’un jour »."""
    return french.plural(count, "jour", "jours") if count >= 1 else "moins d’un jour"


def in_time(found: Delays) -> str:
    """« 7 alertes sur 9 ont eu leur réponse dans le mois. » Nothing until one is due."""
    if not found.due:
        return ""
    period = "dans le mois" if found.months == 1 else f"dans les {found.months} mois"
    if not found.in_time:
        none = "L’alerte n’a pas" if found.due == 1 else f"Aucune alerte sur {french.in_words(found.due)} n’a"
        return f"{none} eu sa réponse {period}."
    verb = french.agree(found.in_time, "a eu sa réponse", "ont eu leur réponse")
    return f"{french.plural(found.in_time, 'alerte', 'alertes')} sur {french.number(found.due)} {verb} {period}."


def drawing(found: Delays) -> Bars:
    """The alerts by how long they waited for their answer, or have been waiting for it."""
    total = found.answered + found.waiting
    if found.median_days is None:
        title = "Aucune alerte n’a encore reçu de réponse"
    elif found.answered == 1:
        title = "La seule réponse est venue " + (
            "le jour même" if found.median_days < 1 else f"en {days(found.median_days)}"
        )
    elif found.median_days < 1:
        title = "La moitié des réponses viennent le jour même"
    else:
        title = f"La moitié des réponses viennent en {days(found.median_days)} ou moins"
    bars = [
        Bar(label, (band.answered, band.waiting), total, note=french.number(band.answered + band.waiting))
        for label, band in zip(BANDS, found.bands, strict=True)
    ]
    return Bars(
        title=title,
        context="Alertes, selon le temps qu’elles ont attendu",
        sentence=_still_waiting(found),
        parts=PARTS,
        bars=bars if total else [],
        row_label="Attente",
        total_label="Sur un total de",
        caption="Alertes selon leur attente",
    )


def _still_waiting(found: Delays) -> str:
    """« Quatre alertes attendent depuis plus de trois mois. »: the longest waits that there are."""
    lengths = ((3, "depuis plus de trois mois"), (2, "depuis plus d’un mois"), (1, "depuis plus d’une semaine"))
    for band, since in lengths:
        if count := sum(item.waiting for item in found.bands[band:]):
            waiting = french.counted(count, "alerte attend", "alertes attendent", feminine=True)
            return f"{french.capital(waiting)} {since}."
    return ""
