"""What changed since the campaign before, and where a place stands among others: conclusions in words."""

from dataclasses import dataclass

from common import french
from risks.places import Place
from risks.presentation.words import counted_points, in_sentence, signed
from risks.selectors.reading import PlaceReading

NAMED = 3  # sections that a sentence names
MOVES = 3  # questions that are shown


@dataclass(frozen=True)
class MoveLine:
    number: str
    text: str
    words: str
    worse: bool


@dataclass(frozen=True)
class Compared:
    """A conclusion, what it rests on, and the questions that moved most."""

    title: str
    sentences: list[str]
    moves: list[MoveLine]


def since(found: PlaceReading) -> Compared | None:
    """What changed since the campaign before; None when there is none to compare with."""
    if found.before is None:
        return None
    before, now = found.before.scores.total.points, found.reading.scores.total.points
    number = found.before.assessment.campaign.number
    sentences = [_which(found), *_asked_again(found)]
    return Compared(
        title=french.typography(_conclusion(before, now, f"depuis la campagne n° {number}")),
        sentences=[french.typography(sentence) for sentence in sentences],
        moves=[
            MoveLine(
                number=move.question.number,
                text=move.question.text,
                words=f"de {move.before} à {move.after}",
                worse=move.difference > 0,
            )
            for move in found.moves[:MOVES]
        ],
    )


def _conclusion(before: int | None, now: int | None, when: str) -> str:
    if before is None or now is None:
        return f"Rien à comparer {when}"
    if before == now:
        return f"Le risque n’a pas bougé {when}"
    verb = "monte" if now > before else "baisse"
    return f"Le risque {verb} de {counted_points(abs(now - before))} {when}"


def _which(found: PlaceReading) -> str:
    """« Deux sections montent : … ; une baisse : … »"""
    known = [(change, change.difference) for change in found.changes if change.difference]
    rising = sorted((pair for pair in known if pair[1] > 0), key=lambda pair: -pair[1])
    falling = sorted((pair for pair in known if pair[1] < 0), key=lambda pair: pair[1])
    parts = []
    for pairs, verbs in ((rising, ("monte", "montent")), (falling, ("baisse", "baissent"))):
        if pairs:
            noun = french.counted(len(pairs), "section", "sections", feminine=True)
            parts.append(
                f"{noun} {french.agree(len(pairs), *verbs)} : "
                + _named(
                    [f"{in_sentence(change.section.title)} ({signed(difference)})" for change, difference in pairs]
                )
            )
    return french.capital(f"{' ; '.join(parts)}.") if parts else "Aucune section n’a changé."


def _named(names: list[str]) -> str:
    """The first names; how many others there are."""
    if len(names) <= NAMED:
        return french.listed(names)
    return f"{', '.join(names[:NAMED])} et {french.counted(len(names) - NAMED, 'autre', 'autres', feminine=True)}"


def _asked_again(found: PlaceReading) -> list[str]:
    kept = len(found.origins)
    if not kept:
        return []
    asked = found.reading.scores.total.answered - kept
    again = f"{french.plural(asked, 'question a été reposée', 'questions ont été reposées')}"
    return [f"{again} ; {french.plural(kept, 'note est gardée', 'notes sont gardées')} d’une campagne précédente."]


def among_others(place: Place, found: PlaceReading) -> Compared:
    """Where the place stands among the structures that transmitted in the same campaign, none of them named."""
    middle, now = found.median.total, found.reading.scores.total.points
    others = "autres structures" if place.esms else "structures"
    if middle is None or now is None:
        why = (
            "Elle se lira quand au moins trois autres structures auront transmis leur analyse dans cette campagne : à "
            "moins, un chiffre en désignerait une."
            if found.assessment.settled
            else "Elle se lira une fois l’analyse soumise, pour n’orienter aucune note."
        )
        return Compared(
            f"La comparaison avec la médiane des {others} n’est pas encore là", [french.typography(why)], []
        )
    gap = now - middle
    side = f"{counted_points(abs(gap))} au-{'dessus' if gap > 0 else 'dessous'} de" if gap else "Au niveau de"
    title = f"{side} la médiane des {others}"
    above = [
        (item.section.title, item.score.points - value)
        for item, value in zip(found.reading.scores.sections, found.median.sections, strict=True)
        if value is not None and item.score.points is not None and item.score.points > value
    ]
    above.sort(key=lambda pair: -pair[1])
    where = _named([f"{in_sentence(name)} ({signed(difference)})" for name, difference in above])
    sentences = [
        f"La médiane est de {french.number(middle)} points : autant de structures sont au-dessus qu’au-dessous.",
        f"Plus exposée que la médiane : {where}." if above else "Aucune section n’est plus exposée que la médiane.",
        "Aucune structure n’est nommée, et la médiane demande d’en compter au moins trois.",
    ]
    return Compared(french.typography(title), [french.typography(sentence) for sentence in sentences], [])
