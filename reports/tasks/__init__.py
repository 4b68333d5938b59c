"""What workers do for documents: making them, asking for them before meetings, enclosing them in e-mails."""

from reports.tasks import enclosing, making, preparing

__all__ = ["enclosing", "making", "preparing"]
