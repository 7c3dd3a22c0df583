"""What stands before a plan, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.errors import ProgrammeError, VerdictRefused
from gerdy.outlook.history import between

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.assess.judge import Judgement
    from gerdy.outlook.history import History
    from gerdy.programme.state import ProgrammeState
    from gerdy.records import Wishes

SHEET = "gerdy assess --blank home > sheet.yaml; fill it in; gerdy log assessment sheet.yaml"


def require_assessment(judgement: Judgement | None) -> Judgement:
    """Return the judgement that a plan can stand on.

    Raises
    ------
    VerdictRefused : nothing was assessed, a red flag stands, or too little of the home set is there (R-001, R-011)
    """
    if judgement is None:
        raise VerdictRefused(f"No assessment is in the journal, and a plan begins with one. Do: {SHEET}")
    if judgement.safety.locked:
        raise VerdictRefused(
            f"{judgement.safety.referral()}\nNo plan is made until a clinician has seen this. Afterwards enter it: "
            f"gerdy log clearance {' '.join(judgement.safety.flags)} --who NAME --profession PROFESSION "
            "--examined WHAT."
        )
    if judgement.verdict != "complete":
        reasons = " ".join(reason.text for reason in judgement.completeness.decision.reasons)
        raise VerdictRefused(f"{reasons} Add what is missing to the sheet, then: gerdy log assessment sheet.yaml")
    return judgement


def require_wishes(history: History, now: dt.date) -> Wishes:
    """Return the wishes that hold on a day.

    Raises
    ------
    ProgrammeError : none was entered
    """
    said = between(history.wishes, now.min, now)
    if not said or not said[-1].entry.days:
        raise ProgrammeError(
            "No week can be laid out before the runner says which days there are. Enter them, for example: "
            'gerdy log wishes --day "mon 45 run 0" --day "tue 0 run 60" --day "thu 45 run 0" --day "sat 0 run 120" '
            "--equipment step,band,dumbbell"
        )
    return said[-1].entry


def require_going_on(state: ProgrammeState) -> None:
    """Refuse a plan where the runner ended the programme, or the safety questions are due (R-080, R-008).

    Raises
    ------
    ProgrammeError : ended knowingly
    VerdictRefused : the screen is older than the phase allows
    """
    if state.ended:
        raise ProgrammeError(
            "The programme was ended knowingly; nothing is planned any more. To take it up again, remove that entry: "
            "gerdy log list --kind opt-out, then gerdy log remove ID --why 'I take it up again'."
        )
    due = state.decision("R-008")
    if due is not None and due.holds == "due":
        text = due.decision.reasons[0].text
        raise VerdictRefused(f"{text} Read them with gerdy log screen --questions, then: gerdy log screen --all-no")
