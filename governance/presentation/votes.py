"""A vote in French: the sentence, the drawing and the table of the same figures; while it is held, and once decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from common import french
from common.charts import Ballot, Vote
from governance.enums import ArbitrationKind, Choice, DecisionMode, Majority
from governance.models import Arbitration, ArbitrationOption, ArbitrationVote, Meeting
from governance.selectors.voices import by_og
from governance.selectors.votes import Scrutiny, VoiceLine
from governance.voting import NOTHING, QUALIFIED_PERCENT

# Tones of the options, the leading one first: it alone is drawn as what is adopted.
OF_OPTIONS = ("ok", "progress", "accent", "late", "none")
WAITS = ("none", "s-todo", "Pas encore voté")
NOBODY = ("none", "s-na", "Non représenté")


@dataclass(frozen=True)
class VoteRow:
    """One voice in the table; `weight` as it is written, « 41,67 »."""

    who: str
    person: str
    words: str
    tone: str
    icon: str
    weight: str
    comment: str


@dataclass(frozen=True)
class VoteView:
    """`then`: the count, and what may be concluded of it, or what to do instead. The quorum is said by the chart."""

    title: str
    then: str
    chart: Ballot
    rows: list[VoteRow]
    head: str  # of whose voices they are
    total_label: str
    total: str
    tone: str


def majority_needed(arbitration: Arbitration) -> str:
    """« Majorité simple : plus de la moitié des votes exprimés. »"""
    if ArbitrationKind(arbitration.kind).majority == Majority.QUALIFIED:
        share = french.percent(QUALIFIED_PERCENT)
        return french.typography(f"Majorité qualifiée : {share} des votes exprimés.")
    return french.typography("Majorité simple : plus de la moitié des votes exprimés.")


def weights_of(meeting: Meeting) -> str:
    """« du poids des OG », « des voix »."""
    return "du poids des OG" if by_og(meeting) else "des voix"


# --- While it is held


def scrutiny_view(scrutiny: Scrutiny) -> VoteView:
    options = list(scrutiny.arbitration.options.all())
    letters = {option.pk: option.letter for option in options}
    order = sorted(scrutiny.tally.for_option, key=lambda pk: (-scrutiny.tally.for_option[pk], letters[pk]))
    said = [_of_line(line, order, letters) for line in scrutiny.lines]
    leader = order[0] if order else None
    return VoteView(
        title=_title(scrutiny),
        then=french.typography(f"{_count_sentence(scrutiny, letters)} {_then(scrutiny, letters)}".strip()),
        chart=_chart(
            _title(scrutiny),
            _quorum_sentence(scrutiny),
            [
                (_sort_key(line, order), _drawn(line, said))
                for line, said in zip(scrutiny.lines, said, strict=True)
                if line.speaker
            ],
            needed=None if scrutiny.quorum.second_call else scrutiny.quorum.needed,
            head=_head(scrutiny.by_og),
        ),
        rows=[_row(line, words) for line, words in zip(scrutiny.lines, said, strict=True)],
        head=_head(scrutiny.by_og),
        total_label=f"Pour l’option {letters[leader]}" if leader else "Votes exprimés",
        total=french.number(scrutiny.tally.for_option[leader] if leader else NOTHING, 2),
        tone="ok" if scrutiny.quorum.reached else "late",
    )


def _title(scrutiny: Scrutiny) -> str:
    return _vote_title(scrutiny.by_og, written=scrutiny.written)


def _vote_title(by_og: bool, *, written: bool) -> str:
    what = "La consultation écrite" if written else "Le vote"
    return f"{what}, pondéré{'e' if written else ''} par OG" if by_og else what


def _head(by_og: bool) -> str:
    return "OG" if by_og else "Membre"


def _of_line(line: VoiceLine, order: Sequence[UUID], letters: dict[UUID, str]) -> tuple[str, str, str, str]:
    """Tone, icon, words, short words of what a voice says."""
    if line.speaker is None:
        return (*NOBODY, "")
    if line.vote is None:
        return (*WAITS, "?")
    return _said(line.vote, order, letters)


def _said(vote: ArbitrationVote, order: Sequence[UUID], letters: dict[UUID, str]) -> tuple[str, str, str, str]:
    if vote.choice == Choice.FOR:
        letter = letters[vote.option_id]
        return OF_OPTIONS[min(order.index(vote.option_id), 4)], "s-ok", f"Pour {letter}", letter
    if vote.choice == Choice.AGAINST:
        return "ko", "s-ko", "Contre", "Contre"
    return "none", "s-na", "Abstention", "Abst."


def _sort_key(line: VoiceLine, order: Sequence[UUID]) -> int:
    if line.vote is None:
        return 99
    return _vote_key(line.vote, order)


def _vote_key(vote: ArbitrationVote, order: Sequence[UUID]) -> int:
    """For the leading option first, then the others, against, abstentions."""
    if vote.choice == Choice.FOR:
        return order.index(vote.option_id)
    return 97 if vote.choice == Choice.AGAINST else 98


def _drawn(line: VoiceLine, said: tuple[str, str, str, str]) -> Vote:
    return _vote(line.delegation.label, line.weight, said)


def _vote(who: str, weight: Decimal, said: tuple[str, str, str, str]) -> Vote:
    tone, icon, words, short = said
    return Vote(who, weight, words, short, tone, icon, pale=icon in {"s-na", "s-todo"})


def _chart(title: str, sentence: str, drawn: list[tuple[int, Vote]], *, needed: object, head: str) -> Ballot:
    votes = [vote for _, vote in sorted(drawn, key=lambda one: (one[0], -float(one[1].weight)))]
    return Ballot(
        title=title,
        sentence=sentence,
        description=_description(votes, needed),
        votes=votes,
        needed=needed,
        row_label=head,
        caption="Votes, poids en %",
        empty="Personne n’est encore là pour voter.",
        beside=True,
    )


def _description(votes: Sequence[Vote], needed: object) -> str:
    """« Pour A, 75 % : Brumes Claires 41,67 % et Val-Cendré 33,33 %. Abstention… Quorum à 60 %. »"""
    groups: dict[str, list[Vote]] = {}
    for vote in votes:
        groups.setdefault(vote.words, []).append(vote)
    said = [
        f"{words}, {french.percent(sum(vote.weight for vote in found))} : "
        f"{french.listed([f'{vote.who} {french.percent(vote.weight)}' for vote in found])}."
        for words, found in groups.items()
    ]
    if needed:
        said.append(f"Quorum à {french.percent(needed)}.")
    return french.typography(" ".join(said))


def _row(line: VoiceLine, said: tuple[str, str, str, str]) -> VoteRow:
    tone, icon, words, _ = said
    person = str(line.speaker) if line.speaker and str(line.speaker) != line.delegation.label else ""
    comment = line.vote.comment if line.vote else ""
    if line.vote is not None and line.speaker is None:
        comment = "A voté, mais n’est plus représenté : ce vote ne compte pas."
    return VoteRow(
        who=line.delegation.label,
        person=person,
        words=words,
        tone=tone,
        icon=icon,
        weight=french.number(line.weight, 2),
        comment=french.typography(comment),
    )


def _quorum_sentence(scrutiny: Scrutiny) -> str:
    found = scrutiny.quorum
    share = french.percent(found.represented)
    of_what = weights_of(scrutiny.meeting)
    if scrutiny.written:
        until = french.long_date(scrutiny.arbitration.consultation_until)
        state = (
            f"La consultation est ouverte jusqu’au {until} inclus"
            if scrutiny.open
            else f"La consultation s’est terminée le {until}"
        )
        return french.typography(f"{state} ; qui ne répond pas s’abstient. {share} {of_what} est consulté.")
    if found.second_call:
        return french.typography(
            f"Seconde convocation : le comité délibère sans condition de quorum. {share} {of_what} est représenté."
        )
    needed = french.percent(found.needed)
    if found.reached:
        return french.typography(f"Le quorum est atteint : {share} {of_what} est représenté, il en faut {needed}.")
    missing = f"{share} {of_what} est représenté, il en faut {needed}"
    if found.voices < found.voices_needed and found.represented >= found.needed:
        missing = (
            f"{french.counted(found.voices, 'OG est là', 'OG sont là')}, il en faut "
            f"{french.in_words(found.voices_needed)}"
        )
    return french.typography(f"Le quorum n’est pas atteint : {missing}.")


def _count_sentence(scrutiny: Scrutiny, letters: dict[UUID, str]) -> str:
    found = scrutiny.tally
    if not found.expressed:
        return "Aucun vote n’est encore exprimé." if not found.abstained else "Aucun vote pour ou contre."
    if not found.leaders:
        return "Aucune option n’est soutenue."
    names = french.listed([f"l’option {letters[pk]}" for pk in found.leaders])
    verb = "recueille" if len(found.leaders) == 1 else "recueillent chacune"
    weight = found.for_option[found.leaders[0]]
    whole = (
        "" if weight == found.expressed else f", {french.percent(_share(weight, found.expressed))} des votes exprimés"
    )
    return f"{french.capital(names)} {verb} {french.percent(weight)}{whole}."


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return (100 * part / whole).quantize(Decimal("0.01"))


def _then(scrutiny: Scrutiny, letters: dict[UUID, str]) -> str:
    found = scrutiny.tally
    if not scrutiny.quorum.reached:
        return (
            "Rien ne peut être décidé : reportez l’arbitrage, ou convoquez une seconde fois sous quinze jours ; le "
            "comité délibère alors sans condition de quorum."
        )
    if scrutiny.waiting and scrutiny.open:
        count = len(scrutiny.waiting)
        names = french.listed([line.delegation.label for line in scrutiny.waiting])
        return f"{french.agree(count, 'Il manque la voix de', 'Il manque les voix de')} {names}."
    if found.winner:
        return f"Le vote adopte l’option {letters[found.winner]}."
    if found.tie:
        if scrutiny.chair is None:
            return "Égalité : la présidence départagerait, mais elle n’est pas en séance."
        return f"Égalité : {scrutiny.chair}, qui préside, départage."
    if found.majority == Majority.QUALIFIED:
        return f"Il faut {french.percent(found.percent)} des votes exprimés : rien n’est adopté."
    return "Aucune option ne dépasse la moitié des votes exprimés : rien n’est adopté."


# --- Once decided


def decided_vote(arbitration: Arbitration) -> VoteView | None:
    """The votes as they were kept with the decision; None before it, or when nobody voted."""
    votes = list(arbitration.votes.all())
    meeting = arbitration.meeting
    if not votes or meeting is None or arbitration.chosen_id is None:
        return None
    meeting.project = arbitration.project
    letters = {option.pk: option.letter for option in arbitration.options.all()}
    sums: dict[UUID, Decimal] = {}
    for vote in votes:
        if vote.option_id:
            sums[vote.option_id] = sums.get(vote.option_id, NOTHING) + vote.weight
    order = sorted(sums, key=lambda pk: (pk != arbitration.chosen_id, -sums[pk], letters[pk]))
    said = [_said(vote, order, letters) for vote in votes]
    of_ogs = by_og(meeting)
    labels = [vote.og.short_name if of_ogs else str(vote.voter) for vote in votes]
    title = _vote_title(of_ogs, written=arbitration.mode == DecisionMode.WRITTEN)
    return VoteView(
        title=title,
        then=_kept_count(arbitration, letters, sums),
        chart=_chart(
            title,
            _kept_quorum(arbitration, meeting),
            [
                (_vote_key(vote, order), _vote(label, vote.weight, words))
                for vote, label, words in zip(votes, labels, said, strict=True)
            ],
            needed=arbitration.quorum_percent or None,
            head=_head(of_ogs),
        ),
        rows=[_kept_row(vote, label, words, of_ogs) for vote, label, words in zip(votes, labels, said, strict=True)],
        head=_head(of_ogs),
        total_label=f"Pour l’option {letters[arbitration.chosen_id]}",
        total=french.number(sums.get(arbitration.chosen_id, NOTHING), 2),
        tone="ok",
    )


def _kept_row(vote: ArbitrationVote, label: str, said: tuple[str, str, str, str], of_ogs: bool) -> VoteRow:
    tone, icon, words, _ = said
    return VoteRow(
        who=label,
        person=str(vote.voter) if of_ogs else "",
        words=words,
        tone=tone,
        icon=icon,
        weight=french.number(vote.weight, 2),
        comment=french.typography(vote.comment),
    )


def _kept_quorum(arbitration: Arbitration, meeting: Meeting) -> str:
    share = french.percent(arbitration.represented_percent)
    of_what = weights_of(meeting)
    if arbitration.mode == DecisionMode.WRITTEN:
        return french.typography(f"{share} {of_what} était consulté ; qui ne répondait pas s’abstenait.")
    if arbitration.quorum_percent is None:
        return french.typography(f"Le quorum était atteint : {share} {of_what} était représenté.")
    if not arbitration.quorum_percent:
        return french.typography(f"{share} {of_what} était représenté ; aucun quorum n’était demandé.")
    needed = french.percent(arbitration.quorum_percent)
    return french.typography(f"Le quorum était atteint : {share} {of_what} était représenté, il en fallait {needed}.")


def _kept_count(arbitration: Arbitration, letters: dict[UUID, str], sums: dict[UUID, Decimal]) -> str:
    weight = sums.get(arbitration.chosen_id, NOTHING)
    return french.typography(f"L’option {letters[arbitration.chosen_id]} a recueilli {french.percent(weight)}.")


def choices_of(options: Sequence[ArbitrationOption]) -> list[tuple[str, str]]:
    """What a vote may say, in a form: « Pour l’option A : le report », « Contre », « Abstention »."""
    supported = [
        (f"for:{option.pk}", french.typography(f"Pour l’option {option.letter} : {option.label}")) for option in options
    ]
    return [*supported, (Choice.AGAINST.value, "Contre"), (Choice.ABSTENTION.value, "Abstention")]


def spoken(vote: ArbitrationVote) -> str:
    """What a vote says, as the value of a form."""
    return f"for:{vote.option_id}" if vote.choice == Choice.FOR else vote.choice
