"""What one app tells another on its own floor: only the project may know both. Imported when the project is ready."""

from dui_deploy.bridges import risks

__all__ = ["risks"]
