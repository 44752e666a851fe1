"""What an import came to, counted while the rows go by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from evals.cases import VERDICTS, Cuts, case_of
from evals.importing.found import BadRow, LeftOut
from evals.rows import Row


@dataclass
class Tally:
    """Counts of the rows that were written and of those that were not."""

    questions: set[str] = field(default_factory=set)
    verdicts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    rated_twice: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)

    @property
    def written(self) -> int:
        """The number of rows that made a case."""
        return self.verdicts.total()

    def add(self, row: Row) -> None:
        """Count a row that is written."""
        case = case_of(row, Cuts(), row.id)
        self.questions.add(case.question)
        self.verdicts[case.verdict] += 1
        self.languages[case.language] += 1
        self.rated_twice += len(case.ratings) > 1

    def miss(self, found: BadRow | LeftOut) -> None:
        """Count a row that is not written."""
        if isinstance(found, BadRow):
            self.bad.append(found.message)
        else:
            self.left_out[found.reason] += 1

    def lines(self) -> list[str]:
        """What was written and what was not, a line each."""
        verdicts = ", ".join(f"{self.verdicts[verdict]:,} {verdict}" for verdict in VERDICTS[::-1])
        languages = ", ".join(f"{number:,} {name}" for name, number in self.languages.most_common())
        cases = f"{self.written:,} cases of {len(self.questions):,} questions"
        lines = [f"{cases}: {verdicts}; answers {languages}"]
        if self.rated_twice:
            lines.append(f"with two ratings or more: {self.rated_twice:,}")
        lines += [f"left out, because {why}: {number:,}" for why, number in self.left_out.items()]
        if self.bad:
            lines.append(f"bad rows, which are not in the file: {len(self.bad):,}")
        return lines
