"""`tutor grade`: grade a file or a pipe of JSON Lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

from tutor.cli.judge_option import JudgeOption, has_judge, settings_for

if TYPE_CHECKING:
    from tutor.begun import Begun
    from tutor.cli.batch import Graded
    from tutor.examiner import Wish
    from tutor.grading.grade import Grade
    from tutor.grading.item import Item
    from tutor.service import Tutor
    from tutor.settings import Settings

_LINES_A_REQUEST = 8
"""Lines under way for each request that may be: many of them need no judge, and one that is
slow must not leave the places behind it empty."""


def grade(
    input_path: Annotated[
        str, typer.Option("--input", help='JSON Lines to grade; "-" is standard input.')
    ] = "-",
    output_path: Annotated[
        str, typer.Option("--output", help='Where the grades go; "-" is standard output.')
    ] = "-",
    judge: JudgeOption = "auto",
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
    replay: Annotated[
        Path | None,
        typer.Option(help="Take the judge's replies from this recording; nothing is sent."),
    ] = None,
    record_judge: Annotated[
        Path | None, typer.Option(help="Record the judge's replies here, for --replay.")
    ] = None,
) -> None:
    """Grade JSON Lines from a file or a pipe: a line in, a line out, in order.

    In: {"id", "question", "references": [...], "answer", "key_points"?: [...],
    "kind"?: "free"|"cloze"}. Out: {"id", ...grade}, or {"id", "error": {"type", "detail"}}
    for a line that could not be graded. Blank lines are left out, other fields are ignored.

    With --verdicts FILE, how strictly to grade is learned first, beginning with the policy, from
    lines of the same shape with "verdict" (or "label"): correct, partial or incorrect. Ten to
    twenty are enough to help; each receipt says on how many its grade rests.

    With a judge, many lines are under way at once; each is written when it and all before it are
    done. --record keeps the grades that are written.

    An output file is written as NAME.partial beside it and takes its name at the end; a run
    that breaks off leaves what it had done there. Exits 1 if any line failed.
    """
    from tutor.cli.target import opened_input, opened_output, same_file
    from tutor.cli.verdicts import read_verdicts
    from tutor.examiner import Wish
    from tutor.settings import Settings, open_tutor

    if same_file(input_path, output_path):
        message = f"{output_path} is the input too; name another file"
        raise typer.BadParameter(message, param_hint="--output")
    if verdicts == input_path == "-":
        message = "standard input cannot hold both the verdicts and the answers; name a file"
        raise typer.BadParameter(message, param_hint="--verdicts")
    settings = settings_for(judge, _judged_by(Settings(), replay, record_judge))
    settings = settings.model_copy(update={"policy": policy or settings.policy})
    room = _LINES_A_REQUEST * settings.judge_concurrency if has_judge(settings) else 1
    ruled = read_verdicts(verdicts, settings.max_answer_characters) if verdicts else []
    with open_tutor(settings) as tutor:
        tutor.check_grader()
        if record:
            tutor.check_store()
        grading = _Grading(tutor, Wish(judge=judge, policy=tutor.learn(ruled)), keep=record)
        with opened_input(input_path) as source, opened_output(output_path) as target:
            failed, total = _grade_all(source, target, grading, room)
    if failed:
        message = f"{failed} of {total} lines could not be graded; each says why in the output"
        typer.echo(f"tutor: error: {message}", err=True)
        raise typer.Exit(1)


def _judged_by(settings: Settings, replay: Path | None, record: Path | None) -> Settings:
    """The settings with the recording that was named in place of any of theirs."""
    if replay and record:
        message = "a replay sends nothing, so there is nothing to record; use one of them"
        raise typer.BadParameter(message, param_hint="--record-judge")
    if not (replay or record):
        return settings
    return settings.model_copy(update={"judge_replay": replay, "judge_record": record})


def _grade_all(source: BinaryIO, target: BinaryIO, grading: _Grading, room: int) -> tuple[int, int]:
    """How many lines failed, and how many there were."""
    from tutor.cli.batch import grade_lines, grade_lines_at_once
    from tutor.cli.printable import json_line

    failed = total = 0

    def write(graded: Graded) -> None:
        nonlocal failed, total
        # Flushed line by line, so that a program at the other end can answer at once.
        target.write(json_line(graded.line).encode() + b"\n")
        target.flush()
        failed += graded.failed
        total += 1

    if room > 1:
        grade_lines_at_once(source, grading, write, room)
    else:
        grade_lines(source, grading, write)
    return failed, total


class _Grading:
    """Grades lines as they are wished, and keeps each grade that stands if it is to."""

    def __init__(self, tutor: Tutor, wish: Wish, *, keep: bool) -> None:
        self._tutor = tutor
        self._wish = wish
        self._keep = keep

    def begin(self, item: Item, answer: str) -> Begun:
        return self._tutor.begin(item, answer, self._wish)

    def finish(self, begun: Begun) -> Grade:
        review = begun.wait()
        if self._keep:
            self._tutor.keep([review])
        return review.grade
