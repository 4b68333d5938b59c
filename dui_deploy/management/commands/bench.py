import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.french import plural
from dui_deploy.bench import database, machine, measures, report, server, table
from dui_deploy.bench.world import World
from reports.enums import ReportKind

COMMITTEES = (3, 50, 300)  # structures of the projects whose committees' reports are made


def sizes(text: str) -> list[int]:
    """« 1,100,500 » as numbers of projects, in growing order. Raises ValueError for anything else."""
    found = sorted({int(part) for part in text.split(",")})
    if not found or found[0] < 1:
        raise ValueError(text)
    return found


class Command(BaseCommand):
    help = "Mesure la page de la checklist, un changement d’état et les rapports, sur une base à elle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--projects", type=sizes, default=[1, 100, 500], help="Nombres de projets, séparés par des virgules."
        )
        parser.add_argument("--requests", type=int, default=200, help="Requêtes par mesure.")

    def handle(self, *args: object, projects: list[int], requests: int, **options: object) -> None:
        if settings.PRODUCTION or settings.DATABASE_OWNER_URL:
            raise CommandError("Les mesures créent et effacent une base : elles ne se font pas en production.")
        with tempfile.TemporaryDirectory(prefix="dui-bench-") as folder, database.own_database() as url:
            self._measure(projects, requests, server.environment(url, Path(folder)), Path(folder))

    def _measure(self, sizes: list[int], times: int, env: dict[str, str], folder: Path) -> None:
        load_before = machine.load()
        world, found, memory = World(), [], 0
        for size in sizes:
            self._fill(world, size)
            measured = world.measured()
            with server.running(env, folder) as web:
                self.stdout.write(f"Mesure avec {plural(size, 'projet', 'projets')} : 4 × {times} requêtes…")
                figures, process = measures.measure(web, measured, projects=size, times=times)
                memory = max(memory, server.resident_memory(process))
            found += figures
        committees_of = {structures: world.committees(structures) for structures in COMMITTEES}
        self.stdout.write("Mesure des rapports…\n\n")
        made = report.measure(measured.slug, ReportKind.CHECKLIST_FOR_COSTRAT, env)
        committees = [
            table.committee(report.measure(slug, kind, env), kind.label, structures)
            for structures, slug in committees_of.items()
            for kind in (ReportKind.COSTRAT_ARBITRATIONS, ReportKind.COMOP_FOLLOW_UP)
        ]
        start = time.monotonic()
        readers, count = world.indicators(committees_of[COMMITTEES[-1]])
        self.stdout.write(f"Indicateurs : {plural(count, 'valeur', 'valeurs')} en {time.monotonic() - start:.0f} s\n")
        with server.running(env, folder) as web:
            found += measures.measure_dashboard(
                web, readers, committees_of[COMMITTEES[-1]], projects=world.size, times=times
            )
        self.stdout.write(f"{machine.describe()} ; charge {load_before:.1f} au début, {machine.load():.1f} à la fin.\n")
        self.stdout.write(
            f"Page : étape {measured.step}, {measured.actions_in_step} actions. Temps en millisecondes, de l’entrée "
            f"dans Django au dernier octet de la réponse, {times} requêtes l’une après l’autre après échauffement, "
            "un seul processus gunicorn. Calcul : temps de processeur de ce processus, que les autres programmes de la "
            "machine ne changent guère. Base : attente des instructions SQL, périmètre et session compris.\n\n"
        )
        for line in [
            *table.figures(found),
            "",
            *table.growth(found),
            "",
            table.memory(memory),
            table.report(made),
            *committees,
        ]:
            self.stdout.write(line)

    def _fill(self, world: World, size: int) -> None:
        start, added = time.monotonic(), size - world.size
        world.grow(size, self._progress(size))
        seconds = time.monotonic() - start
        database.analyze()
        self.stdout.write(f"Remplissage : {plural(added, 'projet ajouté', 'projets ajoutés')} en {seconds:.0f} s")

    def _progress(self, size: int) -> Callable[[int], None]:
        """Says on a terminal, in one line that it writes again, how many projects there are."""
        if not self.stdout.isatty():
            return lambda count: None
        return lambda count: self.stdout.write(f"Remplissage : {count} sur {size}\r", ending="")
