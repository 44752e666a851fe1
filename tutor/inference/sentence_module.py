"""The bundled embedder as a module of sentence-transformers, to search, train on or compare with.

    python -m tutor.inference.sentence_module FOLDER
    SentenceTransformer("FOLDER", trust_remote_code=True)

`modules.json` names the class below, so tutor must be importable where the folder is loaded;
sentence-transformers 6 asks for the flag before it imports a class that is not its own.
Importing this module imports torch.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tutor.errors import ModelError
from tutor.inference.bundled_embedder import BundledEmbedder, bundled_weights

CLASS = "tutor.inference.sentence_module.StaticTokens"
"""Spelt out, since the module is called `__main__` when it is run as a command."""
FILES = ("model.json", "vocabulary.txt", "vectors.npy", "scales.npy")


class StaticTokens(torch.nn.Module):  # type: ignore[misc]  # torch is not seen by the type check
    """Tokens and vectors of a `BundledEmbedder`, as float32 parameters that can be trained."""

    # Read by sentence-transformers: what it saves is then a folder that `BundledEmbedder` reads.
    save_in_root = True

    def __init__(self, folder: Path) -> None:
        super().__init__()
        embedder = BundledEmbedder(folder)
        self.folder = folder
        self.tokenizer = embedder.tokenizer
        rows = torch.from_numpy(embedder.rows())
        self.vectors = torch.nn.EmbeddingBag.from_pretrained(rows, freeze=False, mode="sum")

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Token rows of all texts one after the other, and where each text begins."""
        found = [self.tokenizer.ids((prompt or "") + text) for text in inputs]
        starts = np.cumsum([0, *(len(rows) for rows in found[:-1])])
        flat = [row for rows in found for row in rows]
        return {
            "input_ids": torch.tensor(flat, dtype=torch.long),
            "offsets": torch.from_numpy(starts),
        }

    tokenize = preprocess

    def forward(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Add `sentence_embedding`: unit rows of shape (texts, d)."""
        sums = self.vectors(features["input_ids"], features["offsets"])
        features["sentence_embedding"] = torch.nn.functional.normalize(sums, dim=1)
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return int(self.vectors.embedding_dim)

    # Version 5 of sentence-transformers asks by the longer name.
    get_sentence_embedding_dimension = get_embedding_dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write the weights as they are now, float32, beside the vocabulary."""
        folder = Path(output_path)
        rows = self.vectors.weight.detach().cpu().numpy()
        np.save(folder / "vectors.npy", rows)
        np.save(folder / "scales.npy", np.ones(len(rows), np.float16))
        for name in ("model.json", "vocabulary.txt"):
            (folder / name).write_bytes((self.folder / name).read_bytes())

    @staticmethod
    def load(input_path: str) -> StaticTokens:
        """Read the folder that `save` or `export` wrote."""
        return StaticTokens(Path(input_path))


def export(folder: Path, weights: Path | None = None) -> None:
    """Write a folder that `SentenceTransformer` loads: weights, vocabulary and `modules.json`.

    Raises `ModelError` when the folder already holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ModelError(f"{folder}: is not empty; name a new folder to export to")
    modules = [{"idx": 0, "name": "0", "path": "", "type": CLASS}]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", "utf-8")
    for name in FILES:
        shutil.copyfile((weights or bundled_weights()) / name, folder / name)


def main() -> None:
    """Export to the folder that is named."""
    parser = argparse.ArgumentParser(description="Export the bundled embedder.")
    parser.add_argument("folder", type=Path, help="where to write the model")
    try:
        export(parser.parse_args().folder)
    except ModelError as error:
        parser.exit(1, f"{error}\n")


if __name__ == "__main__":
    main()
