"""Taking a new version of the ANAP's catalogue, and going back to the one before."""

from django.db import transaction
from django.utils import timezone

from checklist.models import Action, Checklist, Deliverable, Group, Snapshot
from checklist.selectors.versions import Plan, plan_of_restoring, plan_of_taking
from checklist.services.rebuilding import rebuild
from checklist.structure import to_json
from common.errors import DomainError
from common.models import Catalogue
from organisations.models import Project, User

CHANGED = "La checklist a changé depuis cet aperçu. Rien n’est fait : voici ce qu’il en est maintenant."


@transaction.atomic
def take_version(*, project: Project, catalogue: Catalogue, seen: str, user: User) -> Snapshot:
    """Bring the project's checklist to a newer version of the catalogue; how it was before is kept.

    `seen` is the fingerprint of the plan that was read. Raises DomainError when it is no longer the plan.
    """
    checklist = _locked(project)
    plan = plan_of_taking(project, checklist.catalogue, catalogue)
    if catalogue.version <= checklist.catalogue.version:
        raise DomainError("La checklist suit déjà cette version.")
    _check(plan, seen)
    after = rebuild(project, plan.before, plan.after)
    snapshot = Snapshot.objects.create(
        project=project,
        before=checklist.catalogue,
        after=catalogue,
        content={"before": to_json(plan.before), "after": to_json(after)},
        taken_by=user,
    )
    Checklist.objects.filter(pk=checklist.pk).update(catalogue=catalogue)
    return snapshot


@transaction.atomic
def restore_version(*, snapshot: Snapshot, seen: str, user: User) -> None:
    """Give the checklist back the structure it had before a merge. What people did since stays.

    `seen` is the fingerprint of the plan that was read. Raises DomainError when it is no longer the plan, or when the
    checklist no longer follows the version that the snapshot preceded.
    """
    checklist = _locked(snapshot.project)
    if snapshot.restored_at or checklist.catalogue_id != snapshot.after_id:
        raise DomainError("La checklist ne suit plus cette version : il n’y a rien à défaire.")
    plan = plan_of_restoring(snapshot)
    _check(plan, seen)
    rebuild(snapshot.project, plan.before, plan.after)
    Checklist.objects.filter(pk=checklist.pk).update(catalogue=snapshot.before)
    Snapshot.objects.filter(pk=snapshot.pk).update(restored_by=user, restored_at=timezone.now())


def _locked(project: Project) -> Checklist:
    """The checklist, which nobody else merges and in which nobody adds or ticks until the end of the transaction."""
    checklist = Checklist.objects.select_for_update(of=("self",)).select_related("catalogue").get(project=project)
    # The groups first, as who adds an action does: one added after the plan was read would be taken for one that left.
    list(Group.objects.select_for_update().filter(project=project).order_by("pk").values_list("pk"))
    list(Action.objects.select_for_update().filter(project=project).order_by("pk").values_list("pk"))
    # Nor is anything deposited meanwhile in a slot that goes.
    list(Deliverable.objects.select_for_update().filter(project=project).order_by("pk").values_list("pk"))
    return checklist


def _check(plan: Plan, seen: str) -> None:
    if plan.fingerprint != seen:
        raise DomainError(CHANGED)
