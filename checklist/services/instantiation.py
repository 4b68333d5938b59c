"""The checklist of a new project, made from a catalogue."""

from django.db import transaction

from checklist import catalogue as reference
from checklist.models import Action, Checklist, Deliverable, Group, RaciEntry, Step
from common.errors import DomainError
from common.models import Catalogue
from organisations.enums import ProjectKind
from organisations.models import Project


@transaction.atomic
def instantiate(*, project: Project, catalogue: Catalogue) -> Checklist:
    """Make the project's checklist from a version of the catalogue, without multi-OG actions for a single OG.

    Raises DomainError when the project already has one.
    """
    if Checklist.objects.filter(project=project).exists():
        raise DomainError("Ce projet a déjà sa checklist.")
    checklist = Checklist.objects.create(project=project, catalogue=catalogue)
    steps: list[Step] = []
    groups: list[Group] = []
    actions: list[Action] = []
    raci: list[RaciEntry] = []
    deliverables: list[Deliverable] = []
    for step_source in reference.parse(catalogue.content):
        step = Step(project=project, number=step_source.number, title=step_source.title)
        steps.append(step)
        for group_source in step_source.groups:
            group = Group(
                project=project, step=step, number=group_source.number, title=group_source.title, position=len(groups)
            )
            groups.append(group)
            deliverables += [
                Deliverable(project=project, group=group, label=label, position=position)
                for position, label in enumerate(group_source.deliverables)
            ]
            for source in group_source.actions:
                if source.multi_og and project.kind != ProjectKind.MULTI_OG:
                    continue
                action = Action(
                    project=project,
                    group=group,
                    number=source.number,
                    label=source.label,
                    objective=source.objective,
                    decided_by=source.decided_by,
                    position=len(actions),
                )
                actions.append(action)
                raci += [
                    RaciEntry(project=project, action=action, letter=letter, actor=actor)
                    for letter, actors in source.raci.items()
                    for actor in actors
                ]
    Step.objects.bulk_create(steps)
    Group.objects.bulk_create(groups)
    Action.objects.bulk_create(actions)
    RaciEntry.objects.bulk_create(raci)
    Deliverable.objects.bulk_create(deliverables)
    return checklist
