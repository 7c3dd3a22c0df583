"""``gerdy VERB …``: the verbs, and how a refusal leaves the house.

Exit codes: 0 done, 1 refused or failed, 2 usage.
"""

from __future__ import annotations

import os
import sys

import typer
from rich.console import Console

from gerdy import __version__
from gerdy.cli import (
    analyze,
    assess,
    backup,
    batch,
    check_in,
    compare,
    demo,
    doctor,
    erase,
    evidence,
    exercises,
    explain,
    export,
    export_model,
    film_guide,
    import_,
    log,
    log_decisions,
    log_weeks,
    outlook,
    plan,
    rebuild,
    restore,
    runner,
    setup_video,
    share,
    simulate,
    today,
    validate,
    warm_up,
    what_if,
    why,
)
from gerdy.cli import compile as compile_verb
from gerdy.errors import GerdyError

app = typer.Typer(
    name="gerdy",
    help="What loads a runner's iliotibial band, what would change it, and whether it holds.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
app.command("analyze")(analyze.analyze)
app.command("batch")(batch.batch)
app.command("compare")(compare.compare)
app.command("compile")(compile_verb.compile_body)
app.command("assess")(assess.assess)
app.command("what-if")(what_if.what_if)
app.command("why")(why.why)
app.command("explain")(explain.explain)
app.command("evidence")(evidence.evidence)
app.command("exercises")(exercises.exercises)
app.command("export-model")(export_model.export_model)
app.command("validate")(validate.validate)
app.command("warm-up")(warm_up.warm_up)
app.command("film-guide")(film_guide.film_guide)
app.command("setup-video")(setup_video.setup_video)
for _name, _verb in (log_weeks.COMMANDS | log_decisions.COMMANDS).items():
    log.app.command(_name)(_verb)
app.add_typer(log.app, name="log")
app.command("check-in")(check_in.check_in)
app.command("import")(import_.import_)
app.command("export")(export.export)
app.command("share")(share.share)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)
app.command("erase")(erase.erase)
app.command("doctor")(doctor.doctor)
app.command("rebuild")(rebuild.rebuild)
app.add_typer(runner.app, name="runner")
app.command("plan")(plan.plan)
app.command("today")(today.today)
app.command("outlook")(outlook.outlook)
app.command("simulate")(simulate.simulate)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gerdy {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", help="Print the version and leave.", callback=_print_version, is_eager=True
    ),
) -> None:
    """Take the options that stand before any verb."""
    _ = version


def main() -> None:
    """Run the command line; a refusal is one message on stderr and exit code 1."""
    try:
        app()
    except GerdyError as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(f"{type(error).__name__}: {error}", markup=False)
        sys.exit(1)
    except BrokenPipeError:
        # A reader such as `head` closed the pipe; the interpreter must not complain about flushing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
