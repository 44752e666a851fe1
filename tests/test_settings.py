from __future__ import annotations

from pathlib import Path

import pytest

from tutor import settings as wiring
from tutor.bundled import bundled_folder
from tutor.errors import SettingsError, StoreError
from tutor.grading.item import Item
from tutor.settings import Settings, build_embedder, build_grader, open_tutor


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory and an environment without settings."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TUTOR_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "tutor.toml").write_text(text, encoding="utf-8")


def message(error: pytest.ExceptionInfo[SettingsError]) -> str:
    assert "\n" not in str(error.value)
    return str(error.value)


def test_everything_has_a_default(folder: Path) -> None:
    settings = Settings()
    assert settings.embedder == "bundled"
    assert settings.cards == bundled_folder("cards")
    assert settings.database_url == f"sqlite:///{folder}/data/tutor/reviews.db"
    assert not (folder / "data").exists()  # asking makes nothing


def test_arguments_over_environment_over_file_over_defaults(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, 'port = 1001\nhost = "file"\nembedder = "openai:file"\n')
    monkeypatch.setenv("TUTOR_HOST", "environment")
    monkeypatch.setenv("TUTOR_EMBEDDER", "openai:environment")
    settings = Settings(embedder="openai:argument")
    assert settings.port == 1001
    assert settings.host == "environment"
    assert settings.embedder == "openai:argument"
    assert settings.max_answer_characters == 20_000


def test_an_empty_variable_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_CALIBRATION", "")
    monkeypatch.setenv("TUTOR_PORT", "")
    assert Settings().calibration is None
    assert Settings().port == 8000


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_CARDS", "~/decks")
    assert Settings().cards == Path.home() / "decks"


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("TUTOR_PORT", "eighty", "TUTOR_PORT is 'eighty': "),
        ("TUTOR_PORT", "70000", "TUTOR_PORT is '70000': "),
        ("TUTOR_POLICY", "harsh", "TUTOR_POLICY is 'harsh': input should be 'lenient', "),
        ("TUTOR_MAX_ANSWER_CHARACTERS", "0", "TUTOR_MAX_ANSWER_CHARACTERS is '0': "),
        ("TUTOR_EMBEDER", "none", "TUTOR_EMBEDER is no setting of tutor; did you mean "
         "TUTOR_EMBEDDER?"),
        ("TUTOR_DB_URL", "x", "did you mean TUTOR_DATABASE_URL?"),
        ("tutor_card", "x", "tutor_card is no setting of tutor; did you mean TUTOR_CARDS?"),
    ],
)  # fmt: skip
def test_variables_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as error:
        Settings()
    assert expected in message(error)


def test_other_programs_may_have_variables_that_look_like_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TUTOR_HOME", "/somewhere")
    monkeypatch.setenv("TUTORIAL_PORT", "x")
    assert Settings().port == 8000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("port = 1\nhost = \n", "tutor.toml:2: invalid value"),
        ('port = 1\n"host', "tutor.toml:2: "),
        ("port = 1\nport = 2\n", "tutor.toml:2: cannot overwrite a value"),
        ("# decks\nembeder = 'none'\n",
         "tutor.toml:2: 'embeder' is no setting of tutor; did you mean 'embedder'?"),
        ("[judging]\nmodel = 'x'\n", "tutor.toml:1: 'judging' is no setting of tutor; known are "),
        ("\n\nport = 'eighty'\n", "tutor.toml:3: port is 'eighty': "),
        ("cards = 7\n", "tutor.toml:1: cards is 7: "),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used(folder: Path, text: str, expected: str) -> None:
    write(folder, text)
    with pytest.raises(SettingsError) as error:
        Settings()
    assert message(error).startswith(expected)


def test_a_file_in_another_encoding(folder: Path) -> None:
    (folder / "tutor.toml").write_bytes("host = '主机'".encode("gbk"))
    with pytest.raises(SettingsError, match="byte 8 is not UTF-8; save the file as UTF-8"):
        Settings()


def test_an_unusable_argument_is_named() -> None:
    with pytest.raises(SettingsError, match="setting port is -1: "):
        Settings(port=-1)


@pytest.mark.parametrize(
    ("embedder", "expected"),
    [
        ("bundled:2", "'bundled:2' names no embedder; use bundled, none, sentence-transformers"),
        ("word2vec", "'word2vec' names no embedder"),
        ("openai:", "'openai:' names no embedder"),
        ("none:x", "'none:x' names no embedder"),
    ],
)
def test_embedders_that_cannot_be_used(embedder: str, expected: str) -> None:
    with pytest.raises(SettingsError, match=expected) as error:
        build_grader(Settings(embedder=embedder))
    message(error)


def test_the_bundled_embedder_is_built_by_its_name() -> None:
    embedder = build_embedder("bundled")
    assert embedder is not None
    assert embedder.identity.startswith("bundled-")


def test_a_broken_store_does_not_stop_grading_and_broken_decks_not_the_statistics(
    folder: Path,
) -> None:
    with open_tutor(Settings(database_url="mysql://x/y")) as tutor:
        grade = tutor.grade("What is 2 + 2?", ["4"], "4")
        assert grade.verdict == "correct"
        with pytest.raises(StoreError, match="mysql"):
            tutor.review("What is 2 + 2?", ["4"], "4")
    with open_tutor(Settings(cards=folder / "missing.md", embedder="bundled")) as tutor:
        assert tutor.stats() == []


def test_the_policy_of_the_settings_is_that_of_the_grades(folder: Path) -> None:
    write(folder, 'policy = "strict"')
    with open_tutor() as tutor:
        assert tutor.grade("What is 2 + 2?", ["4"], "5").receipt.policy == "strict"
    assert build_grader(Settings()).grade(Item("Q?", ("R",)), "x").receipt.policy == "strict"


def test_the_wired_tutor_reviews_and_remembers(folder: Path) -> None:
    with open_tutor() as tutor:
        review = tutor.review("What is 2 + 2?", ["4"], "4")
    with open_tutor() as again:
        assert again.review_of(review.id) == review
    assert (folder / "data" / "tutor" / "reviews.db").is_file()


def test_the_bundled_decks_are_the_default() -> None:
    with open_tutor() as tutor:
        assert tutor.cards


def test_lost_bundled_files_are_said_to_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "bundled_folder", lambda name: bundled_folder("nothing"))
    with pytest.raises(SettingsError, match="bundled nothing are missing; install tutor again"):
        Settings()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("JUDGE_PRICE_INPUT", "1", "judge_price_input and judge_price_output belong together"),
        ("JUDGE_BUDGET_DAY_MONEY", "2", "a budget in money needs judge_price_input"),
        ("JUDGE_SAMPLES", "0", "TUTOR_JUDGE_SAMPLES is '0'"),
        ("JUDGE_HEADERS", "Bearer abc", "TUTOR_JUDGE_HEADERS: write a JSON object"),
        ("JUDGE_HEADERS", '{"a": 1}', "TUTOR_JUDGE_HEADERS: input should be a valid string"),
        ("ON_JUDGE_FAILURE", "zero", "TUTOR_ON_JUDGE_FAILURE is 'zero'"),
    ],
)
def test_a_wrong_setting_of_the_judge_says_what_to_do_and_shows_no_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"TUTOR_{name}", value)
    with pytest.raises(SettingsError) as error:
        Settings()
    assert told in message(error)
    assert "abc" not in message(error)


def test_headers_are_an_object_in_the_environment_and_a_table_in_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, '[judge_headers]\nX-Team = "file"\n')
    assert Settings().judge_headers == {"X-Team": "file"}
    monkeypatch.setenv("TUTOR_JUDGE_HEADERS", '{"X-Team": "environment"}')
    assert Settings().judge_headers == {"X-Team": "environment"}


def test_prices_and_budget_come_together() -> None:
    settings = Settings(
        judge_price_input=2, judge_price_output=8, judge_currency="EUR", judge_budget_day_money=1
    )
    assert settings.judge_prices is not None
    # 1,000 tokens in, 500 out: 1000 * 2 + 500 * 8 = 6,000 millionths
    cost = settings.judge_prices.of(input_tokens=1000, output_tokens=500)
    assert (cost, settings.judge_prices.currency) == (0.006, "EUR")
    assert settings.judge_budget.day_money == 1
    assert Settings().judge_prices is None
