"""What each tool tells the pathway (`facts`) and asks of structures (`asks`). Imported by the app when it is ready."""

from structures.tools import documents, governed, habilitations, inventory, needs, people

__all__ = ["documents", "governed", "habilitations", "inventory", "needs", "people"]
