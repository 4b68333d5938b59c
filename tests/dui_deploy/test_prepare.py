"""`manage.py prepare` on a database that an earlier version left."""

from io import StringIO

import pytest
from django.core.management import call_command

from common.scope import elevated
from organisations.models import ProjectPermission
from tests.harness.world import World


@pytest.mark.django_db(transaction=True)
def test_a_role_gets_what_a_new_version_lets_it_do(world: World) -> None:
    new = {"user": world.lead, "permission__codename": "prepare_meetings", "content_object": world.project}
    with elevated():
        assert ProjectPermission.objects.filter(**new).delete()[0] == 1
    call_command("prepare", stdout=StringIO())
    with elevated():
        assert ProjectPermission.objects.filter(**new).exists()
