"""The command line, `python -m evals`: everything that measures graders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from evals.attack_command import grade_attacks
from evals.cases import Cuts, read_cases
from evals.compare_command import compare_outcomes, write_base
from evals.import_command import import_cases
from evals.laws_command import grade_laws
from evals.metrics import Resampling
from evals.near_copy_command import grade_near_copies
from evals.raters import rater_agreement
from evals.report import print_raters
from evals.report_command import report_results
from evals.run_command import run_graders
from evals.terminal import note, open_console, print_json
from tutor.errors import TutorError

app = typer.Typer(
    help="Measures how well graders agree with people.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Seed = Annotated[int, typer.Option(min=0, help="Seed of samples and of resamples.")]
Resamples = Annotated[int, typer.Option(min=1, help="Resamples of questions for intervals.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


@app.command("agreement")
def agree(
    data: Annotated[Path, typer.Option(help="A .jsonl file whose cases have ratings.")],
    seed: Seed = 0,
    resamples: Resamples = 1000,
    as_json: AsJson = False,
) -> None:
    """Report how far the people who rated a file agree with each other."""
    found = rater_agreement(read_cases(data, Cuts()), Resampling(resamples=resamples, seed=seed))
    if as_json:
        print_json(type(found), found)
    else:
        print_raters(found, open_console())


app.command("run")(run_graders)
app.command("compare")(compare_outcomes)
app.command("compare-base")(write_base)
app.command("report")(report_results)
app.command("near-copies")(grade_near_copies)
app.command("attack")(grade_attacks)
app.command("laws")(grade_laws)
app.command("import")(import_cases)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 failed, 2 usage, 130 Ctrl-C."""
    try:
        app(args=arguments, prog_name="python -m evals")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except TutorError as error:
        note(f"error: {error}")
        return 1
    return 0
