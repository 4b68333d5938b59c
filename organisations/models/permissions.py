"""django-guardian's permissions on the three types of object that carry them, and on nothing else."""

from django.db import models
from guardian.models import UserObjectPermissionBase

from common.policies import OWN_ROWS, TenantPolicy
from organisations.models.tree import ESMS, OG, Project


class ObjectPermission(UserObjectPermissionBase):
    """A django-guardian permission of one person on one object, until the role behind it ends.

    Written by `organisations.services` from memberships, never by hand. `until` makes a role that ends today
    end tonight even if no worker runs.
    """

    until = models.DateField("jusqu’au", null=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


class ProjectPermission(ObjectPermission):
    content_object = models.ForeignKey(Project, on_delete=models.CASCADE)

    class Meta(ObjectPermission.Meta):
        constraints = [TenantPolicy(name="projectpermission_rows", rows=OWN_ROWS, elevated_writes=True)]


class OGPermission(ObjectPermission):
    content_object = models.ForeignKey(OG, on_delete=models.CASCADE)

    class Meta(ObjectPermission.Meta):
        constraints = [TenantPolicy(name="ogpermission_rows", rows=OWN_ROWS, elevated_writes=True)]


class ESMSPermission(ObjectPermission):
    content_object = models.ForeignKey(ESMS, on_delete=models.CASCADE)

    class Meta(ObjectPermission.Meta):
        constraints = [TenantPolicy(name="esmspermission_rows", rows=OWN_ROWS, elevated_writes=True)]
