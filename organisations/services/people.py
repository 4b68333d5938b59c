"""What a person changes about themselves."""

from organisations.models import User


def update_oneself(user: User, *, first_name: str, last_name: str, title: str) -> User:
    """Change the name and title of a person, by that person. The address is that of the invitation: it stays."""
    user.first_name, user.last_name, user.title = first_name, last_name, title
    user.save(update_fields=["first_name", "last_name", "title"])
    return user
