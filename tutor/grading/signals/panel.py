"""All signals that a calibration may weigh."""

from __future__ import annotations

from tutor.grading.signals.cosine import point_cosine, whole_cosine
from tutor.grading.signals.coverage import new_coverage
from tutor.grading.signals.credit import credit, firm_credit, near_credit
from tutor.grading.signals.ngrams import ngram_recall
from tutor.grading.signals.points import least_point, mean_point
from tutor.grading.signals.precision import new_f1, precision
from tutor.grading.signals.signal import Signal

SIGNALS = {
    signal.name: signal
    for signal in (
        Signal("credit", 1, credit),
        Signal("near_credit", 1, near_credit),
        Signal("firm_credit", 1, firm_credit),
        Signal("new_coverage", 1, new_coverage),
        Signal("precision", 1, precision),
        Signal("new_f1", 1, new_f1),
        Signal("mean_point", 1, mean_point),
        Signal("least_point", 1, least_point),
        Signal("ngram_recall", 1, ngram_recall),
        Signal("whole_cosine", 1, whole_cosine),
        Signal("point_cosine", 1, point_cosine),
    )
}
