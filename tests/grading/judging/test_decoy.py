from __future__ import annotations

import pytest

from tutor.grading.judging.decoy import choose_decoy, content_of, decoys
from tutor.grading.language import language_of

LANGUAGES = ("en", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_many_different_claims(language):
    claims = [claim for claim, _ in decoys(language)]
    assert len(set(claims)) == len(claims) >= 40
    assert all(len(content) >= 3 for _, content in decoys(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_claim_is_that_of_the_number_and_the_numbers_go_round(language):
    claims = [claim for claim, _ in decoys(language)]
    chosen = [choose_decoy(language, start, ()) for start in range(2 * len(claims))]
    assert chosen == claims + claims


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "How many strings has a VIOLIN?"), ("zh", "二胡和小提琴"), ("zh", "幾根琴弦")],
)
def test_a_claim_that_shares_a_word_is_passed_over(language, text):
    claims = [claim for claim, _ in decoys(language)]
    # The first claim of both lists is about a violin.
    assert choose_decoy(language, 0, ("", text)) == claims[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_all_share_a_word_the_one_that_shares_fewest_is_chosen(language):
    claims = [claim for claim, _ in decoys(language)]
    spared, everything = claims[7], "\n".join(claims[:7] + claims[8:])
    one_word = min(content_of(spared))
    assert choose_decoy(language, 0, (everything, spared[:2], one_word)) == spared


def test_no_claim_shares_a_word_with_a_card_of_the_bundled_decks(items):
    for item in items:
        texts = (item.question, *item.references, *(point.text for point in item.key_points))
        claim = choose_decoy(language_of(item.question), len(item.question), texts)
        assert not content_of(claim) & content_of("\n".join(texts))
