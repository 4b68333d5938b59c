"""The verbs of `python3 -m tools`, one a `make` target."""

import sys
from collections.abc import Callable

from tools import maintenance, quality, run, testing
from tools.console import Refusal

HELP = """\
make run         installe ce qu’il faut, démarre l’application et affiche son adresse (PORT=8010 pour un autre port)
make test        tous les tests (ARGS="-k checklist" pour pytest)
make check       style, types, étages, migrations, réglages de production
make format      met le code et les gabarits en forme
make demo-reset  efface la base de démonstration et la refait
make shell       console Python de Django sur la base de démonstration
make bench       mesure les temps et la mémoire, et les affiche (ARGS=…)
make lock        refait requirements.lock et requirements-dev.lock d’après pyproject.toml
make help        cette liste
"""


def _run(arguments: list[str]) -> None:
    run.main()


def _help(arguments: list[str]) -> None:
    print(HELP, end="")


VERBS: dict[str, Callable[[list[str]], int | None]] = {
    "run": _run,
    "test": testing.test,
    "check": lambda arguments: quality.check(),
    "format": lambda arguments: quality.format_(),
    "demo-reset": lambda arguments: maintenance.demo_reset(),
    "shell": lambda arguments: maintenance.on_django("shell", *arguments),
    "bench": lambda arguments: maintenance.on_django("bench", *arguments),
    "lock": lambda arguments: maintenance.lock(),
    "help": _help,
    "local-services": lambda arguments: print(testing.local_services()),  # for .ci/run
}


def main(arguments: list[str]) -> int:
    """Carry out a verb and return the exit code; what people must read goes to the error output without a traceback."""
    verb, *rest = arguments or ["help"]
    if verb not in VERBS:
        print(f"Commande inconnue : {verb}.\n\n{HELP}", file=sys.stderr)
        return 2
    try:
        return VERBS[verb](rest) or 0
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
