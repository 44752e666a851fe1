from __future__ import annotations

import gzip
import json

from training.lexicon import SHARE_ALIKE
from training.synsets import akin, chinese_lemmas, english_lemmas, join, synsets, term_words, write

WORDNET = """  1 The licence stands in lines that begin with two spaces.
00001740 03 n 02 reward 0 prize_money 0 001 @ 00001930 n 0000 | what is given
00001930 03 n 01 skill(p) 0 000 | what is learned
"""


def rows(path, *values):
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return path


def test_lemmas_are_read_by_offset(tmp_path):
    (tmp_path / "data.noun").write_text(WORDNET, "latin-1")
    found = english_lemmas(tmp_path / "data.noun")
    assert found == {1740: {"reward", "prize money"}, 1930: {"skill"}}


def test_chinese_lemmas_keep_parts_of_speech_apart(tmp_path):
    path = rows(
        tmp_path / "zh.jsonl",
        {"synset": "00001740-n", "zh": ["奖励"]},
        {"synset": "00001740-v", "zh": ["行动", "做"]},
    )
    assert chinese_lemmas(path) == {
        "n": {1740: {"奖励"}},
        "v": {1740: {"行动", "做"}},
        "a": {},
        "r": {},
    }


def test_a_synset_that_was_moved_is_found_within_twenty_bytes():
    english = {1740: {"reward"}, 1930: {"skill"}}
    assert join(english, {1758: {"奖励"}}) == [{"reward", "奖励"}, {"skill"}]
    assert join(english, {1761: {"奖励"}}) == [{"reward"}, {"skill"}, {"奖励"}]


def test_terms_are_pairs_but_of_sources_that_bind(tmp_path):
    bound = {"zh": "节点", "en": "node", "source": sorted(SHARE_ALIKE)[0]}
    path = rows(tmp_path / "terms.jsonl", {"zh": "鞍点", "en": "saddle point"}, bound)
    assert list(term_words([path])) == [{"鞍点", "saddle point"}]


def test_a_synset_has_two_forms_and_no_definitions():
    found = synsets([{"Equal", "相等的"}, {"alone"}, {"x" * 41, "y"}, {"equal", "相等"}])
    assert found == [frozenset({"equal", "相等"})]


def test_words_are_akin_by_two_synonyms_in_common():
    # 提升 and 增加 both have 提高 and raise; 提升 and 攀登 have only "climb" in common.
    found = [
        frozenset({"提升", "提高", "raise"}),
        frozenset({"增加", "提高", "raise"}),
        frozenset({"提升", "climb"}),
        frozenset({"攀登", "climb"}),
    ]
    assert akin(found) == [frozenset({"提升", "增加"})]


def test_the_table_is_the_same_from_run_to_run(tmp_path):
    found = [frozenset({"equal", "相等"}), frozenset({"equal", "peer"})]
    for name in ("first", "second"):
        write(found, tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    lines = gzip.decompress((tmp_path / "first").read_bytes()).decode().splitlines()
    assert lines == ["equal\t0 1", "peer\t1", "相等\t0"]
