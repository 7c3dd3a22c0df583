"""What the demo writes and says after the recording: assessment, why, plan, today and outlook, marked as invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from gerdy.assess.answer import answer_lines
from gerdy.assess.body_capacity import body_capacities
from gerdy.assess.files import as_json
from gerdy.assess.judge import judge
from gerdy.body import load
from gerdy.chain.why import why_text
from gerdy.outlook import Question
from gerdy.pipelines.demo_story import INVENTED, RUNNER, ZONE, Story, demo_story
from gerdy.pipelines.outlook import outlook_of
from gerdy.pipelines.programme import Request, programme_of
from gerdy.pipelines.today import today_of
from gerdy.report.outlook_words import load_sentences, today_sentences
from gerdy.report.outlook_write import write_outlook
from gerdy.report.plan_terminal import print_plan, print_today
from gerdy.report.plan_write import write_plan

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.assess.judge import Judgement
    from gerdy.pipelines.outlook import Answer
    from gerdy.pipelines.programme import Programme
    from gerdy.pipelines.today import Today

NAME = "participant-5 (invented tests and diary)"


@dataclass(frozen=True, slots=True)
class DemoStory:
    """Everything that the written part of the demo comes to."""

    story: Story
    judgement: Judgement
    plan: Programme
    today: Today
    outlook: Answer


def tell(analysis: dict[str, Any]) -> DemoStory:
    """Return the written part, judged beside the recording.

    Parameters
    ----------
    analysis : the JSON of the recording's analysis
    """
    story = demo_story(analysis)
    at = dt.datetime.combine(story.today, dt.time(9), ZONE)
    ids = iter(range(1000))
    request = Request(
        now=story.today, at=at, starts=story.today, weeks=2, by="demo", new_id=lambda: f"demo-plan-{next(ids)}"
    )
    plan = programme_of(story, RUNNER, ZONE, request, name=NAME)
    planned = Story((*story.entries, *plan.versions), story.today)
    return DemoStory(
        story,
        judge(story.assessment, today=story.today, motion=analysis, capacities=body_capacities(load())),
        plan,
        today_of(planned, RUNNER, ZONE, story.today, name=NAME),
        outlook_of(story, RUNNER, story.today, ZONE, Question(build=(), usual_km=None, older=False), name=NAME),
    )


def write_story(told: DemoStory, out: Path) -> None:
    """Write assessment, plan and outlook beside the report of the recording.

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    write_plan(told.plan, out / "plan")
    write_outlook(told.outlook, out / "outlook")
    out.joinpath("assessment.json").write_text(as_json(told.story.assessment), encoding="utf-8")
    out.joinpath("why.txt").write_text(f"{INVENTED}\n\n{why_text(told.judgement, ('right',))}\n", encoding="utf-8")


def print_story(told: DemoStory, out: Path) -> None:
    """Say the story in the order of the program's sentence."""
    console = Console(highlight=False)
    console.print(Text(f"\n{INVENTED}", "bold"))
    _chapter(console, "Assessment (invented)")
    for line in answer_lines(told.judgement):
        console.print(Text(line))
    _chapter(console, "Why: the chain from foot to band, right side")
    console.print(Text(why_text(told.judgement, ("right",))))
    _chapter(console, "Plan (for the invented runner)")
    print_plan(told.plan, kept=False, out=out / "plan")
    _chapter(console, "Today (for the invented runner)")
    print_today(told.today)
    _chapter(console, "Outlook (from the invented diary)")
    for sentence in (*today_sentences(told.outlook.found), *load_sentences(told.outlook.found)):
        console.print(Text(sentence))
    console.print(
        Text(f"\nAll of it: {out / 'report.html'}, {out / 'plan' / 'plan.html'}, {out / 'outlook' / 'outlook.html'}")
    )


def _chapter(console: Console, title: str) -> None:
    console.print()
    console.rule(Text(title, "bold"), align="left", characters="─")
