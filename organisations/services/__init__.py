"""Writes of the organisations app."""

from organisations.services.invitations import (
    INVITATION_LIFE,
    accept_invitation,
    find_invitation,
    invite,
    resend,
    revoke,
    tell_sender,
)
from organisations.services.people import update_oneself
from organisations.services.roles import (
    PERMISSION_MODELS,
    Target,
    end,
    grant,
    grantable_roles,
    may_give,
    review_access,
    sync_permissions,
)
from organisations.services.tree import (
    add_esms,
    add_og,
    create_project,
    update_esms,
    update_og,
    update_period,
    update_profile,
    update_project,
)
from organisations.services.waves import add_wave, remove_wave, update_wave

__all__ = [
    "INVITATION_LIFE",
    "PERMISSION_MODELS",
    "Target",
    "accept_invitation",
    "add_esms",
    "add_og",
    "add_wave",
    "create_project",
    "end",
    "find_invitation",
    "grant",
    "grantable_roles",
    "invite",
    "may_give",
    "remove_wave",
    "resend",
    "review_access",
    "revoke",
    "sync_permissions",
    "tell_sender",
    "update_esms",
    "update_og",
    "update_oneself",
    "update_period",
    "update_profile",
    "update_project",
    "update_wave",
]
