"""The measures as they are printed."""

from collections.abc import Iterable

from common.french import number
from dui_deploy.bench.measures import Figures
from dui_deploy.bench.report import ReportFigures

AIMS = {"Page d’une étape": 40, "Un état changé": 12, "Tableau de bord": 150}  # milliseconds, median
AIM_MEMORY, AIM_REPORT = 120, 1.3  # MB, seconds
AIM_COMMITTEE = (10, 300, 20)  # seconds, MB and pages of a committee's report on the largest project
HEADS = ("Requête", "Par qui voit", "Projets", "Médiane", "p95", "calcul", "base", "SQL", "Octets", "Visé", "")
WIDTHS = (18, 18, 9, 9, 9, 9, 9, 5, 9, 8, 2)


def figures(found: list[Figures]) -> list[str]:
    """One line a measure, times in milliseconds."""
    lines = [_line(HEADS), _line(["—" * (width - 1) for width in WIDTHS])]
    for item in sorted(found, key=lambda item: (list(AIMS).index(item.request), item.person)):
        aim = AIMS[item.request]
        times = [_ms(value) for value in (item.median, item.p95, item.computing, item.in_database)]
        cells = [item.request, item.person, item.projects, *times]
        lines.append(_line([*cells, item.queries, _thousands(item.size), f"{aim} ms", _met(item.median <= aim)]))
    return lines


def growth(found: list[Figures]) -> list[str]:
    """What more projects cost, when there is more than one size to compare."""
    lines = []
    for request in AIMS:
        for person in sorted({item.person for item in found}):
            sizes = sorted(
                (item for item in found if (item.request, item.person) == (request, person)),
                key=lambda item: item.projects,
            )
            if not sizes:
                continue
            first, last = sizes[0], sizes[-1]
            if first is not last:
                ratio = number(last.median / first.median, 2)
                lines.append(f"De {first.projects} à {last.projects} projets, {request.lower()}, {person} : × {ratio}")
    return lines


def memory(size: int) -> str:
    used = size / 1e6
    return f"Mémoire du serveur web après mesure : {used:.0f} Mo (visé : {AIM_MEMORY} Mo) {_met(used <= AIM_MEMORY)}"


def report(made: ReportFigures) -> str:
    return (
        f"Rapport de {made.pages} pages ({_thousands(made.size)} octets) : {_decimal(made.first)} s le premier, "
        f"{_decimal(made.next)} s ensuite (visé : {_decimal(AIM_REPORT)} s) {_met(made.next <= AIM_REPORT)} ; "
        f"mémoire au plus haut : {made.memory / 1e6:.0f} Mo"
    )


def committee(made: ReportFigures, kind: str, structures: int) -> str:
    """A committee's report on a project of so many structures."""
    seconds, memory, pages = AIM_COMMITTEE
    met = made.first <= seconds and made.memory <= memory * 1e6 and made.pages <= pages
    return (
        f"{kind}, {structures} structures : {made.pages} pages ({_thousands(made.size)} octets), "
        f"{_decimal(made.first)} s le premier, {_decimal(made.next)} s ensuite, mémoire au plus haut "
        f"{made.memory / 1e6:.0f} Mo (visé : {seconds} s, {memory} Mo, {pages} pages) {_met(met)}"
    )


def _line(cells: Iterable[object]) -> str:
    padded = []
    for column, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True)):
        padded.append(
            str(cell).ljust(width) if column < 2 or column == len(WIDTHS) - 1 else str(cell).rjust(width - 1) + " "
        )
    return "".join(padded).rstrip()


def _ms(value: float) -> str:
    return _decimal(value, 1)


def _decimal(value: float, places: int = 2) -> str:
    return number(value, places)


def _thousands(value: int) -> str:
    return number(value, 0)


def _met(met: bool) -> str:
    return "✓" if met else "✗"
