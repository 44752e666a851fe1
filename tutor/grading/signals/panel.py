"""All signals, in the order in which calibrations list them."""

from __future__ import annotations

from tutor.grading.signals.copying import question_share
from tutor.grading.signals.cosine import point_cosine, whole_cosine
from tutor.grading.signals.coverage import new_coverage, whole_coverage
from tutor.grading.signals.doubt import doubts
from tutor.grading.signals.length import length_ratio, log_length
from tutor.grading.signals.ngrams import ngram_cosine, ngram_recall
from tutor.grading.signals.points import least_point, mean_point
from tutor.grading.signals.precision import new_f1, precision
from tutor.grading.signals.ratio import string_ratio
from tutor.grading.signals.signal import Signal

SIGNALS = {
    signal.name: signal
    for signal in (
        Signal("new_coverage", 1, new_coverage),
        Signal("whole_coverage", 1, whole_coverage),
        Signal("precision", 1, precision),
        Signal("new_f1", 1, new_f1),
        Signal("mean_point", 1, mean_point),
        Signal("least_point", 1, least_point),
        Signal("ngram_recall", 1, ngram_recall),
        Signal("ngram_cosine", 1, ngram_cosine),
        Signal("string_ratio", 1, string_ratio),
        Signal("length_ratio", 1, length_ratio),
        Signal("log_length", 0, log_length),
        Signal("question_share", -1, question_share),
        Signal("doubts", -1, doubts),
        Signal("whole_cosine", 1, whole_cosine),
        Signal("point_cosine", 1, point_cosine),
    )
}
