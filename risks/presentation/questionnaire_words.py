"""The conclusion that the home of an analysis opens with, and the sentence below it, for each reader."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from common import french
from risks.enums import AssessmentStatus
from risks.models import Assessment
from risks.places import Place
from risks.presentation import words
from risks.rights import Rights
from risks.selectors.answers import Answering
from risks.selectors.assessments import Reading, asked_questions


@dataclass(frozen=True)
class Read:
    """What the page is made from. `assessments`: the latest first; `to_transmit`: open risks of the register that go up
    with the analysis."""

    place: Place
    rights: Rights
    user_id: uuid.UUID
    today: date
    assessments: Sequence[Assessment] = ()
    people: Sequence[Answering] = ()
    readings: Mapping[uuid.UUID, Reading] = field(default_factory=dict)
    to_transmit: int = 0

    @property
    def current(self) -> Assessment:
        return self.assessments[0]

    @property
    def stopped(self) -> bool:
        """Whether the campaign was closed before the analysis went up."""
        return self.current.closed_at is not None

    @cached_property
    def asked(self) -> int:
        return len(asked_questions(self.current))

    @cached_property
    def left(self) -> int:
        """Questions without an agreed mark."""
        marks = self.readings[self.current.pk].marks
        return sum(1 for question in asked_questions(self.current) if question.number not in marks)

    @cached_property
    def mine(self) -> Answering | None:
        """The reader's own part in it, if any."""
        return next((one for one in self.people if one.respondent.user_id == self.user_id), None)

    @property
    def finished(self) -> int:
        return sum(1 for one in self.people if one.respondent.finished_at)

    @property
    def over(self) -> bool:
        """Whether all who answer said to have finished."""
        return bool(self.people) and self.finished == len(self.people)

    @property
    def sent_back(self) -> bool:
        """Whether the lead asked to take it up again, and it did not go up since."""
        return self.current.sent_back_at is not None and not self.current.transmitted

    @property
    def late(self) -> bool:
        over = self.current.campaign.due_on < self.today
        return over and not self.current.transmitted and not self.stopped


def _due(read: Read) -> str:
    due = read.current.campaign.due_on
    return french.long_date(due, year=due.year != read.today.year)


def title(read: Read) -> str:
    if read.stopped:
        return "La campagne est close : l’analyse n’a pas été transmise"
    analysis = "L’analyse de risques" if read.place.esms else "L’analyse de risques du projet"
    match read.current.state:
        case AssessmentStatus.ANSWERING:
            due = f"devait être rendue le {_due(read)}" if read.late else f"est à rendre pour le {_due(read)}"
            people = _who_answered(read) if read.rights.inside else "la structure y répond"
            return f"{analysis} {due} : {people}"
        case AssessmentStatus.CONVERGING if not read.rights.inside:
            back = "La structure reprend son analyse de risques"
            return back if read.sent_back else "La structure met ses réponses en commun"
        case AssessmentStatus.CONVERGING if read.left:
            asked = french.number(read.asked)
            return f"{french.plural(read.left, 'question', 'questions')} à accorder sur {asked}"
        case AssessmentStatus.CONVERGING:
            todo = "valider" if read.rights.validates else "soumettre à la direction"
            if read.sent_back:
                return f"{analysis} est à reprendre, puis à {todo}"
            return f"Toutes les notes sont accordées : l’analyse est à {todo}"
        case AssessmentStatus.SUBMITTED:
            who = "votre validation" if read.rights.validates else "la validation de la direction"
            return f"{analysis} attend {who}"
        case AssessmentStatus.VALIDATED:
            left = "la transmettre au chef de projet" if read.place.esms else "la figer"
            return f"{analysis} est validée : il reste à {left}"
    reading = read.readings[read.current.pk]
    on = french.long_date(done_at(read.current.transmitted_at))
    done = f"a été transmise le {on}" if read.place.esms else "est figée"
    return f"{analysis} {done} : {total(reading)}"


def _who_answered(read: Read) -> str:
    whole, done = len(read.people), read.finished
    if not whole:
        return "personne n’y répond encore"
    if not done:
        return "personne n’a encore terminé"
    if done == whole:
        return "tout le monde a répondu" if whole > 1 else "la personne désignée a répondu"
    people = french.counted(done, "personne", "personnes", feminine=True)
    return f"{people} sur {french.in_words(whole)} {french.agree(done, 'a répondu', 'ont répondu')}"


def total(reading: Reading) -> str:
    """« 412 points sur 1 000, risque modéré »."""
    level = f", risque {reading.level.label.lower()}" if reading.level else ""
    return f"{words.points(reading.scores.total)}{level}"


def lede(read: Read) -> str:
    rights, current = read.rights, read.current
    if read.stopped:
        if not read.place.esms:
            return "La prochaine campagne repartira de la dernière analyse figée."
        kept = "Ses notes restent dans la structure : personne d’autre ne les lit."
        return f"{kept} La prochaine campagne repartira de la dernière analyse transmise."
    if not rights.inside and not current.transmitted:
        return "Vous lirez les notes une fois l’analyse transmise. D’ici là, elles restent dans la structure."
    match current.state:
        case AssessmentStatus.ANSWERING:
            return _lede_answering(read)
        case AssessmentStatus.CONVERGING if read.left:
            return "Chacun a répondu de son côté. Voyez ensemble où vos notes s’écartent, et retenez-en une."
        case AssessmentStatus.CONVERGING | AssessmentStatus.SUBMITTED:
            reading = total(read.readings[current.pk])
            after = "le chef de projet ne lit rien avant la transmission" if read.place.esms else "il reste à valider"
            return f"Les notes retenues donnent {reading} ; {after}."
        case AssessmentStatus.VALIDATED:
            return _lede_validated(read)
    by = current.transmitted_by.get_full_name() if current.transmitted_by else ""
    if not read.place.esms:
        return f"{by} l’a figée le {french.long_date(done_at(current.transmitted_at))}. {words.ORIENTATION}"
    frozen = "la campagne est close" if current.campaign.closed_at else "sauf renvoi du chef de projet"
    return f"{by} l’a transmise ; elle ne change plus, {frozen}. {words.ORIENTATION}"


def _lede_answering(read: Read) -> str:
    if not read.people:
        return "À plusieurs, on voit mieux : direction, référent local, cadres. Chacun répond sans voir les autres."
    if read.over:
        return "Vous pouvez mettre les réponses en commun : elles s’ouvriront alors à vous tous."
    return "Chacun répond de son côté, sans voir les autres. Les réponses s’ouvrent à vous tous à la mise en commun."


def _lede_validated(read: Read) -> str:
    if not read.place.esms:
        return "Une fois figée, elle ne change plus, à moins que vous ne la repreniez."
    told = "Le chef de projet et la direction de l’OG liront les notes retenues, jamais celles de chacun."
    if read.to_transmit:
        risks = french.counted(read.to_transmit, "risque ouvert", "risques ouverts")
        told += f" {french.capital(risks)} du registre {french.agree(read.to_transmit, 'part', 'partent')} avec elle."
    return told


def done_at(moment: datetime | None) -> datetime:
    """When something that was done was done."""
    if moment is None:
        raise ValueError("It was not done.")
    return moment
