"""Writes the weights that `BundledEmbedder` reads, the same bytes for the same vectors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def write_weights(
    folder: Path, tokens: Sequence[str], rows: NDArray[np.float32], card: dict[str, Any]
) -> None:
    """Write rows of shape (len(tokens), d) as int8 with one scale a row, and `card` as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors, scales = quantised(rows)
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "scales.npy", scales)
    (folder / "vocabulary.txt").write_text("\n".join(tokens) + "\n", "utf-8")
    (folder / "model.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


def quantised(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Rows as int8 and their float16 scales: `vectors * scales[:, None]` is near `rows`."""
    largest = np.abs(rows).max(axis=1) / 127
    # Up to the next float16, so that no value leaves int8.
    scales = np.nextafter(largest.astype(np.float16), np.float16(np.inf))
    vectors = np.rint(rows / scales.astype(np.float32)[:, None])
    return vectors.astype(np.int8), scales
