"""The versions of the catalogue that a project's checklist followed, follows, and could follow."""

from dataclasses import dataclass

from checklist import catalogue as reference
from checklist.differences import Differences, differences
from checklist.merging import Merge, merged, restored
from checklist.models import Checklist, Snapshot
from checklist.selectors.structure import read_facts, read_structure
from checklist.structure import Tree, fingerprint, from_json
from common.models import Catalogue
from organisations.enums import ProjectKind
from organisations.models import Project


@dataclass(frozen=True)
class Plan:
    """What a merge, or going back, does: read first, then applied as it was read."""

    before: Tree
    after: Tree
    kept_letters: frozenset[str]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.before, self.after)

    @property
    def differences(self) -> Differences:
        return differences(self.before, self.after, self.kept_letters)


def newer_version(project: Project) -> Catalogue | None:
    """The newest version of the catalogue, when the project's checklist follows an older one. One query."""
    followed = Checklist.objects.filter(project=project).values("catalogue__version")[:1]
    newer = Catalogue.objects.filter(code=reference.CODE, version__gt=followed)
    return newer.order_by("-version").first()


def followed_version(project: Project) -> Catalogue:
    """The version that the project's checklist follows. Raises Checklist.DoesNotExist without a checklist."""
    return Checklist.objects.select_related("catalogue").get(project=project).catalogue


def snapshots_of(project: Project) -> list[Snapshot]:
    """How the checklist was before each merge, newest first, without the content."""
    snapshots = Snapshot.objects.filter(project=project).defer("content")
    return list(snapshots.select_related("before", "after", "taken_by", "restored_by").order_by("-taken_at", "-pk"))


def plan_of_taking(project: Project, old: Catalogue, new: Catalogue) -> Plan:
    """What taking the version `new` does to a checklist that follows `old`."""
    current = read_structure(project)
    merge = merged(
        current,
        read_facts(project),
        reference.parse(old.content),
        reference.parse(new.content),
        multi_og=project.kind == ProjectKind.MULTI_OG,
    )
    return _plan(current, merge)


def plan_of_restoring(snapshot: Snapshot) -> Plan:
    """What going back to before a merge does."""
    current = read_structure(snapshot.project)
    before, after = (from_json(snapshot.content[name]) for name in ("before", "after"))
    return _plan(current, restored(before, after, current, read_facts(snapshot.project)))


def _plan(current: Tree, merge: Merge) -> Plan:
    return Plan(current, merge.tree, merge.kept_letters)
