"""All signals that a calibration may weigh."""

from __future__ import annotations

from tutor.grading.signals.credit import credit, firm_credit, near_credit
from tutor.grading.signals.precision import new_f1
from tutor.grading.signals.signal import Signal

SIGNALS = {
    signal.name: signal
    for signal in (
        Signal("credit", 1, credit),
        Signal("near_credit", 1, near_credit),
        Signal("firm_credit", 1, firm_credit),
        Signal("new_f1", 1, new_f1),
    )
}
