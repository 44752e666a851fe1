from __future__ import annotations

import numpy as np
import pytest

from tutor.inference.embedder import fingerprint, unit_rows


def test_a_fingerprint_tells_models_apart_and_not_their_names(letters):
    assert fingerprint(letters("here")) == fingerprint(letters("/there"))
    assert fingerprint(letters()) != fingerprint(letters(buckets=16))


def test_a_fingerprint_is_the_cosines_of_all_pairs_of_probes(letters):
    embedder = letters()
    cosines = fingerprint(embedder)
    probes = len(embedder.batches[0])
    assert len(cosines) == probes * (probes - 1) / 2
    assert all(-1 <= cosine <= 1 for cosine in cosines)


def test_unit_rows_have_length_one_and_zeros_stay():
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert rows.dtype == np.float32
    assert rows.tolist() == [pytest.approx([0.6, 0.8]), [0.0, 0.0]]  # 3, 4, 5
