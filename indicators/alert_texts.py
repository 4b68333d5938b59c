"""What an alert that a rule raised says. Of a structure it tells no figure: more people read alerts than figures, and
an alert stays when the statement is taken back. Who may read the figure is led to it (`presentation.rules`)."""

from common import french
from indicators.alerting import Outcome
from indicators.models import AlertRule
from indicators.presentation.words import written
from indicators.selectors.watched import Watched
from organisations.models import ESMS


def subject_of(rule: AlertRule, watched: Watched, esms: ESMS | None) -> str:
    """« Taux de connexion : Foyer Les Tilleuls »."""
    what = watched.followed[rule.indicator_id].definition.label if rule.indicator_id else "Relevé non rendu"
    return french.typography(f"{what} : {esms.name}" if esms else what)


def text_of(rule: AlertRule, watched: Watched, esms: ESMS | None, outcome: Outcome) -> str:
    """What the rule says, then where and when, how much of the project itself, then since when."""
    assert outcome.at is not None  # noqa: S101  it holds
    assert outcome.since is not None  # noqa: S101  it holds
    where = esms.name if esms else "Le projet"
    lines = [rule.message, f"{where}, {outcome.at.label}{_what(rule, watched, esms, outcome)}."]
    if outcome.count > 1:
        lines.append(f"Cela dure depuis {french.in_words(outcome.count)} périodes : depuis {outcome.since.label}.")
    return french.typography("\n".join(lines))


def _what(rule: AlertRule, watched: Watched, esms: ESMS | None, outcome: Outcome) -> str:
    if watched.about_entries(rule):
        return " : rien n’a été rendu à la date limite"
    if esms is not None:
        return ""
    assert rule.indicator_id is not None  # noqa: S101  of an indicator
    assert outcome.at is not None  # noqa: S101  it holds
    return f" : {written(watched.followed[rule.indicator_id].definition, watched.told(rule, outcome.at))}"
