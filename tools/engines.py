"""The two engines of a workspace: those that the environment names, otherwise the embedded ones."""

import contextlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tools import environment
from tools.console import Console
from tools.layout import Workspace
from tools.postgresql import PostgreSQL
from tools.valkey import Valkey


@dataclass
class Engines:
    """PostgreSQL and Redis as the application sees them. `postgresql` and `valkey` are None when others run them."""

    postgresql: PostgreSQL | None
    valkey: Valkey | None
    started: list["PostgreSQL | Valkey"] = field(default_factory=list)

    @classmethod
    def of(cls, workspace: Workspace, *, durable: bool = True) -> "Engines":
        """Describe the engines of a workspace, without starting any."""
        packages = environment.site_packages()
        return cls(
            None if os.environ.get("DATABASE_URL") else PostgreSQL(workspace, packages, durable=durable),
            None if os.environ.get("REDIS_URL") else Valkey(workspace, packages),
        )

    @property
    def embedded(self) -> list["PostgreSQL | Valkey"]:
        """Those that this program runs itself."""
        return [engine for engine in (self.postgresql, self.valkey) if engine is not None]

    @property
    def database_url(self) -> str:
        """Address of the application's database."""
        return self.postgresql.url if self.postgresql else os.environ["DATABASE_URL"]

    @property
    def redis_url(self) -> str:
        """Address of the queue and cache."""
        return self.valkey.url if self.valkey else os.environ["REDIS_URL"]

    def start(self, console: Console) -> None:
        """Start both at once; those found running are left to whoever runs them.

        Raises Refusal when one can't start; `stop` still ends the other.
        """
        self.started = [engine for engine in self.embedded if not engine.alive()]
        with ThreadPoolExecutor() as pool:
            for future in [pool.submit(engine.start, console) for engine in self.embedded]:
                future.result()

    def stop(self, *, all_: bool = False) -> None:
        """Stop those that `start` started, or all the embedded ones."""
        with ThreadPoolExecutor() as pool:
            for future in [pool.submit(engine.stop) for engine in (self.embedded if all_ else self.started)]:
                future.result()


@contextlib.contextmanager
def running(
    console: Console, workspace: Workspace, *, durable: bool = True, needed_after: Callable[[], bool] = lambda: False
) -> Iterator[Engines]:
    """Have the engines at hand for a short command, and leave things as they were found.

    `needed_after` tells at the end whether another command has come to rely on them.
    """
    workspace.prepare()
    engines = Engines.of(workspace, durable=durable)
    if engines.embedded:
        console.step("Démarrage de " + " et de ".join(engine.label for engine in engines.embedded))
    try:
        engines.start(console)
        yield engines
    finally:
        if not needed_after():
            engines.stop()
