"""What the measures were made on."""

import os
import platform
from pathlib import Path

from dui_deploy.bench.database import server_version


def describe() -> str:
    """Processor, memory and versions, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{os.cpu_count()} cœurs ({_processor()}), {memory:.0f} Go, {platform.system()} ; "
        f"Python {platform.python_version()}, PostgreSQL {server_version()}"
    )


def load() -> float:
    """How many processes wait for a core, on average over a minute."""
    return os.getloadavg()[0]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
