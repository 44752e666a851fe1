"""`tutor grade`: grade a file or a pipe of JSON Lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

if TYPE_CHECKING:
    from tutor.cli.batch import GradeLine
    from tutor.grading.grade import Grade, JudgeUse
    from tutor.grading.item import Item
    from tutor.grading.strictness import Strictness
    from tutor.service import Tutor


def grade(
    input_path: Annotated[
        str, typer.Option("--input", help='JSON Lines to grade; "-" is standard input.')
    ] = "-",
    output_path: Annotated[
        str, typer.Option("--output", help='Where the grades go; "-" is standard output.')
    ] = "-",
    judge: Annotated[
        Literal["never", "auto", "always"],
        typer.Option(help="When to ask a language model; auto asks one if it is configured."),
    ] = "auto",
    policy: Annotated[
        Literal["lenient", "standard", "strict"] | None,
        typer.Option(help="How strictly to grade; by default as TUTOR_POLICY says."),
    ] = None,
    verdicts: Annotated[
        str | None,
        typer.Option(help="JSON Lines of answers with a person's verdicts, to grade as strictly."),
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Keep each grade as a review; by default none is.")
    ] = False,
) -> None:
    """Grade JSON Lines from a file or a pipe: a line in, a line out, in order.

    In: {"id", "question", "references": [...], "answer", "key_points"?: [...],
    "kind"?: "free"|"cloze"}. Out: {"id", ...grade}, or {"id", "error": {"type", "detail"}}
    for a line that could not be graded. Blank lines are left out, other fields are ignored.

    With --verdicts FILE, how strictly to grade is learned first, beginning with the policy, from
    lines of the same shape with "verdict" (or "label"): correct, partial or incorrect. Ten to
    twenty are enough to help; each receipt says on how many its grade rests.

    An output file is written as NAME.partial beside it and takes its name at the end; a run
    that breaks off leaves what it had done there. Exits 1 if any line failed.
    """
    from tutor.cli.target import opened_input, opened_output, same_file
    from tutor.cli.verdicts import read_verdicts
    from tutor.settings import Settings, open_tutor

    if judge == "always":
        message = "this version has no judge; use never or auto to grade locally"
        raise typer.BadParameter(message, param_hint="--judge")
    if same_file(input_path, output_path):
        message = f"{output_path} is the input too; name another file"
        raise typer.BadParameter(message, param_hint="--output")
    if verdicts == input_path == "-":
        message = "standard input cannot hold both the verdicts and the answers; name a file"
        raise typer.BadParameter(message, param_hint="--verdicts")
    settings = Settings()
    settings = settings.model_copy(update={"policy": policy or settings.policy})
    ruled = read_verdicts(verdicts, settings.max_answer_characters) if verdicts else []
    with open_tutor(settings) as tutor:
        tutor.check_grader()
        if record:
            tutor.check_store()
        grade_one = partial(_grade_one, tutor, judge, record, tutor.learn(ruled))
        with opened_input(input_path) as source, opened_output(output_path) as target:
            failed, total = _grade_all(source, target, grade_one)
    if failed:
        message = f"{failed} of {total} lines could not be graded; each says why in the output"
        typer.echo(f"tutor: error: {message}", err=True)
        raise typer.Exit(1)


def _grade_all(source: BinaryIO, target: BinaryIO, grade_one: GradeLine) -> tuple[int, int]:
    """How many lines failed, and how many there were."""
    from tutor.cli.batch import grade_lines
    from tutor.cli.printable import json_line

    failed = total = 0
    for graded in grade_lines(source, grade_one):
        # Flushed line by line, so that a program at the other end can answer at once.
        target.write(json_line(graded.line).encode() + b"\n")
        target.flush()
        failed += graded.failed
        total += 1
    return failed, total


def _grade_one(
    tutor: Tutor,
    judge: JudgeUse,
    record: bool,
    strictness: Strictness,
    item: Item,
    answer: str,
) -> Grade:
    draft = tutor.draft(item, answer, judge=judge, policy=strictness)
    if record:
        tutor.keep([draft])
    return draft.grade
