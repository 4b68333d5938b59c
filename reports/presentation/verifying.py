"""Whether a document is the one that was issued, in French."""

from dataclasses import dataclass
from enum import Enum

from common import french
from organisations.models import Project
from reports.enums import ReportKind
from reports.models import Report
from reports.presentation.addresses import address
from reports.rights import Reader


class Answer(Enum):
    """What was found."""

    SAME = "same"  # the file is the one that was issued
    KNOWN = "known"  # the fingerprint is one's, and no file was given
    OTHER = "other"  # the fingerprint is one's, and the file isn't the one that was issued
    UNKNOWN = "unknown"


WORDS = {
    Answer.SAME: "Identique",
    Answer.KNOWN: "Empreinte connue",
    Answer.OTHER: "Fichier modifié",
    Answer.UNKNOWN: "Inconnu",
}
TONES = {Answer.SAME: "ok", Answer.KNOWN: "ok", Answer.OTHER: "ko", Answer.UNKNOWN: "late"}
ICONS = {Answer.SAME: "check", Answer.KNOWN: "check", Answer.OTHER: "alert", Answer.UNKNOWN: "alert"}


@dataclass(frozen=True)
class Verdict:
    """The answer, and the document it is about, if one is."""

    title: str
    text: str
    word: str
    tone: str
    icon: str
    url: str = ""


def verdict(project: Project, answer: Answer, report: Report | None, reader: Reader, *, code: bool) -> Verdict:
    """`code`: a fingerprint was typed."""
    return Verdict(
        title=french.typography(_title(answer, report)),
        text=french.typography(_text(answer, report, reader, code=code)),
        word=WORDS[answer],
        tone=TONES[answer],
        icon=ICONS[answer],
        url=address(report, project) if report else "",
    )


def _title(answer: Answer, report: Report | None) -> str:
    if report is None:
        return "Rien ne correspond"
    return {
        Answer.SAME: f"C’est bien le rapport n° {report.number}, tel qu’il a été émis",
        Answer.KNOWN: f"Cette empreinte est celle du rapport n° {report.number}",
        Answer.OTHER: f"Ce fichier n’est pas le rapport n° {report.number} tel qu’il a été émis",
        Answer.UNKNOWN: "Rien ne correspond",
    }[answer]


def _text(answer: Answer, report: Report | None, reader: Reader, *, code: bool) -> str:
    if report is None:
        what = "à cette empreinte" if code else "à ce fichier"
        more = "" if code else " S’il porte une empreinte au bas de ses pages, tapez-la aussi."
        return f"Aucun des rapports que vous pouvez lire ne correspond {what}.{more}"
    issued = f", émis le {french.long_datetime(report.issued_at)}" if report.issued_at else ""
    about = f", {report.esms.name}" if report.esms else ""
    by = f", demandé par {report.asked_by.get_full_name()}" if reader.knows_who_asked(report) else ""
    told = f"{ReportKind(report.kind).label}{about}{issued}{by}."
    return {
        Answer.SAME: f"{told} Le fichier est le même, octet pour octet.",
        Answer.KNOWN: f"{told} Pour savoir si le fichier que vous avez n’a pas été modifié, déposez-le.",
        Answer.OTHER: f"L’empreinte tapée est celle de ce rapport : {told} Mais le fichier déposé n’est pas le même : "
        "il a été modifié, ou c’en est un autre. Téléchargez celui qui a été émis.",
        Answer.UNKNOWN: told,
    }[answer]
