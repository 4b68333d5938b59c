"""`make run`: everything the application needs, in the foreground, until Ctrl-C."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

from tools import django, environment, ports, typesetting
from tools.console import Console, Refusal, table, tail
from tools.engines import Engines
from tools.layout import ROOT, RUN, write_private
from tools.processes import Service, only_one, run_showing
from tools.stamps import Stamp, digest

READY_SECONDS = 60.0
WEB_THREADS = 8
WORKER_PROCESSES = 2
# How long each has to end by itself. A report under way is taken up again at the next start.
PATIENCE = 8.0


class Stopped(BaseException):
    """Somebody asked for the end: Ctrl-C, SIGTERM, or the terminal went away."""


def port_wished() -> int:
    """Return the web server's port: PORT, otherwise 8000.

    Raises Refusal when it isn't one.
    """
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT={text} n’est pas un numéro de port : lancez par exemple « PORT=8010 make run ».")
    return int(text)


def require_free(port: int) -> None:
    """Raise Refusal when another program listens on that port."""
    if port < 1024 and os.geteuid() != 0:
        raise Refusal(f"Le port {port} est réservé à root : lancez « PORT=8010 make run ».")
    if not ports.is_free(port):
        other = next((wish for wish in range(8010, 8100, 10) if wish != port and ports.is_free(wish)), 8010)
        raise Refusal(f"Le port {port} est déjà pris par un autre programme : lancez « PORT={other} make run ».")


def main() -> None:
    """Start everything, wait, end everything.

    Raises Refusal when something can't start or dies.
    """
    django.refuse_production()
    port = port_wished()
    RUN.prepare()
    with (
        only_one(RUN.lock, "L’application tourne déjà depuis ce dossier : arrêtez-la par Ctrl-C dans son terminal."),
        stop_signals(),
    ):
        Launcher(port).run()


@contextlib.contextmanager
def stop_signals() -> Iterator[None]:
    """Turn the signals that ask for an end into Stopped, once: the end itself isn't interrupted."""

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal ending
        if not ending:
            ending = True
            raise Stopped

    ending = False
    asking = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {asked: signal.signal(asked, stop) for asked in asking}
    try:
        yield
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)


class Launcher:
    """One run of the application."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._console = Console()
        self._web = Service("web", "le serveur web", RUN.notes, RUN.logs)
        self._worker = Service("worker", "le processus des travaux (Celery)", RUN.notes, RUN.logs)
        self._beat = Service("beat", "l’horloge des travaux (Celery beat)", RUN.notes, RUN.logs)
        self._engines: Engines | None = None

    @property
    def _programs(self) -> list[Service]:
        return [self._beat, self._worker, self._web]

    def run(self) -> None:
        """Start everything and watch over it until somebody asks for the end."""
        self._console.step(f"Python {sys.version.split()[0]}")
        self._end_leftovers()
        require_free(self._port)
        try:
            self._start()
            self._greet()
            self._watch()
        except Stopped:
            print()
            self._console.step("Arrêt demandé")
        finally:
            self._stop()
        self._console.step("Tout est arrêté.")

    def _end_leftovers(self) -> None:
        """End what a launcher that was killed left running. Its engines are taken over as they are, data and all."""
        left = [program for program in self._programs if program.alive()]
        if left:
            self._console.step("Un lancement précédent a été interrompu : arrêt de ce qu’il a laissé")
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda program: program.end(patience=3), left))

    def _start(self) -> None:
        environment.ensure(self._console)
        typesetting.ensure(self._console)
        self._engines = Engines.of(RUN)
        if self._engines.embedded:
            self._console.step("Démarrage de " + " et de ".join(engine.label for engine in self._engines.embedded))
        self._engines.start(self._console)
        env = django.variables("development", RUN, self._engines) | {"PORT": str(self._port)}
        prepare(self._console, env)
        self._console.step("Démarrage du serveur web et des travaux de fond")
        self._launch(env)

    def _launch(self, env: dict[str, str]) -> None:
        celery = [environment.command("celery"), "-A", "dui_deploy"]
        web = ["--workers", "1", "--worker-class", "gthread", "--threads", str(WEB_THREADS), "--graceful-timeout", "5"]
        address = ["--bind", f"{ports.HOST}:{self._port}", "--access-logfile", "-", "--no-control-socket"]
        # One worker has no neighbours to look for, which takes it a second.
        work = ["--loglevel", "INFO", "--concurrency", str(WORKER_PROCESSES), "--without-mingle", "--without-gossip"]
        self._web.launch([environment.command("gunicorn"), *web, *address, "dui_deploy.wsgi"], env=env, cwd=ROOT)
        self._worker.launch([*celery, "worker", *work], env=env, cwd=ROOT)
        self._wait_for(self._web, lambda: web_answers(self._port))
        self._wait_for(self._worker, lambda: " ready." in self._worker.log.read_text("utf-8", "replace"))
        # Last, so as not to compete with the two above for the processor; nobody waits for it.
        schedule = RUN.notes / "beat-schedule"
        self._beat.launch([*celery, "beat", "--schedule", str(schedule), "--pidfile", ""], env=env, cwd=ROOT)

    def _wait_for(self, program: Service, ready: Callable[[], bool]) -> None:
        limit = time.monotonic() + READY_SECONDS
        while not ready():
            self._require_alive()
            if time.monotonic() > limit:
                raise Refusal(f"Pas de réponse après {READY_SECONDS:.0f} s : {program.label}. {last_lines(program)}")
            time.sleep(0.05)

    def _greet(self) -> None:
        self._console.step("Prêt.")
        print(f"\n  Ouvrez http://localhost:{self._port}/\n")
        with contextlib.suppress(FileNotFoundError):
            print(logins(json.loads(LOGINS.read_text("utf-8"))))
        print(f"  Journaux : {RUN.logs}. Ctrl-C arrête tout.\n", flush=True)

    def _watch(self) -> None:
        while True:
            self._require_alive()
            time.sleep(0.5)

    def _require_alive(self) -> None:
        """Raise Refusal when something that was started has ended."""
        for program in self._programs:
            if program.record and not program.alive():
                raise Refusal(f"Arrêt inattendu : {program.label}. {last_lines(program)}")
        for engine in self._engines.embedded if self._engines else []:
            if not engine.alive():
                raise Refusal(f"Arrêt inattendu : {engine.label}. {last_lines(engine.service)}")

    def _stop(self) -> None:
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda program: program.end(patience=PATIENCE), self._programs))
        if self._engines:
            self._engines.stop(all_=True)


def web_answers(port: int) -> bool:
    """Tell whether the web server answers a request, with whatever page."""
    connection = http.client.HTTPConnection(ports.HOST, port, timeout=10)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def last_lines(program: Service) -> str:
    """Return the end of a program's log, introduced."""
    return f"Journal : {program.log}. Dernières lignes :\n{tail(program.log)}"


STAMP = Stamp(RUN.notes / "prepared.json")
LOGINS = RUN.notes / "demo-logins.json"


def prepare(console: Console, env: dict[str, str], *options: str) -> None:
    """Bring the database to the state of this checkout: roles, migrations, catalogues, demonstration.

    `options` go to `manage.py prepare`.

    Raises Refusal when Django can't.
    """
    before = state(env)
    if before and not options and STAMP.matches("database", before):
        return
    console.step("Base de données : structure, catalogues et démonstration (une minute la première fois)")
    log = RUN.logs / "prepare.log"
    if run_showing(django.manage("prepare", *options), console.detail, env=env, cwd=ROOT, log=log):
        raise Refusal(f"La base de données n’a pas pu être préparée. Journal : {log}. Dernières lignes :\n{tail(log)}")
    remember_logins(env)
    STAMP.record(database=state(env))


def state(env: dict[str, str]) -> str:
    """Return a digest of the files that `prepare` reads and the very database it fills; empty when there is none."""
    command = [str(environment.PYTHON), "-m", "tools.database_identity"]
    answer = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return digest(ROOT, django.setup_files(), answer.stdout) if answer.stdout else ""


def remember_logins(env: dict[str, str]) -> None:
    """Ask Django for the demonstration accounts, so that the next start can show them at once.

    Raises Refusal when Django doesn't tell.
    """
    command = django.manage("demo_logins")
    answer = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Refusal(f"Les comptes de démonstration ne se lisent pas :\n{answer.stderr.strip()}")
    write_private(LOGINS, answer.stdout)


def logins(people: list[dict[str, str]]) -> str:
    """Lay out the demonstration accounts (name, role, email, password) as a table; one password serves them all."""
    rows = [(person["name"], person["role"], person["email"]) for person in people]
    lines = table([("Personne", "Rôle", "Adresse e-mail"), *rows]).splitlines()
    heading = f"Comptes de démonstration, mot de passe : {people[0]['password']}"
    return "\n".join(f"  {line}" for line in [heading, "", *lines, ""])
