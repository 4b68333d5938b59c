"""The needs of one structure: one of each state, and a common need that carries the first."""

from dataclasses import dataclass

from django.utils import timezone

from organisations.models import ESMS, User, place_of
from structures.enums.needs import NeedDomain, NeedStatus, Outcome, Priority
from structures.models import CommonNeed, Need, NeedCall, NeedCollection, NeedMessage

CARRIED, UNDECIDED, DRAFT, PROPOSED, VALIDATED = 1, 2, 3, 4, 5  # their numbers


@dataclass
class Needs:
    """By number; `common` carries the first, `empty` none."""

    rows: dict[int, Need]
    common: CommonNeed
    empty: CommonNeed

    def key(self, number: int) -> str:
        """As a box carries it."""
        return f"{self.rows[number].pk}:{self.rows[number].version}"


def build(esms: ESMS, canary: str, director: User, lead: User) -> Needs:
    """Write them. The words of a common need are the project's: its name, no structure's canary."""
    now, project = timezone.now(), esms.project
    commons, first = [], 45 if "CANARIETRANGER" in canary else 1  # numbers of its own in the other project
    for number in (first, first + 1):
        values = {
            "title": f"Besoin commun {number}, {project.name}",
            "domain": NeedDomain.MOBILITY,
            "priority": Priority.MUST,
            "created_by": lead,
        }
        commons.append(CommonNeed.objects.get_or_create(project=project, number=number, defaults=values)[0])
    NeedCall.objects.get_or_create(
        project=project, defaults={"due_on": now.date(), "message": f"Pour {project.name}", "called_by": lead}
    )
    NeedCollection.objects.create(**place_of(esms), scope="all", users_voice=canary, shared_how=canary)
    rows = {}
    states = {
        CARRIED: NeedStatus.TRANSMITTED,
        UNDECIDED: NeedStatus.TRANSMITTED,
        DRAFT: NeedStatus.DRAFT,
        PROPOSED: NeedStatus.PROPOSED,
        VALIDATED: NeedStatus.VALIDATED,
    }
    for number, status in states.items():
        kept, sent = status in {NeedStatus.VALIDATED, NeedStatus.TRANSMITTED}, status == NeedStatus.TRANSMITTED
        carried = number == CARRIED
        rows[number] = Need.objects.create(
            **place_of(esms),
            number=number,
            title=f"Écrire sans réseau {canary}",
            description=canary,
            domain=NeedDomain.MOBILITY,
            priority=Priority.MUST,
            status=status,
            written_by=director,
            validated_by=director if kept else None,
            validated_at=now if kept else None,
            transmitted_at=now if sent else None,
            outcome=Outcome.COMMON if carried else Outcome.UNDECIDED,
            common=commons[0] if carried else None,
            outcome_by=lead if carried else None,
            outcome_at=now if carried else None,
        )
    NeedMessage.objects.create(**place_of(esms), need=rows[UNDECIDED], author=director, text=canary)
    return Needs(rows, commons[0], commons[1])
