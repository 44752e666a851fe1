from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import PromptError
from tutor.grading.judging.prompt import bundled_prompt, load_prompt

HEAD = 'name = "judge"\nversion = 3\nmenu = ["covered", "missing"]\nslots = ["answer", "question"]'
BODY = "== system ==\nJudge.\n\n== user ==\n$question\n$answer costs $$5\n"


def written(tmp_path, head=HEAD, body=BODY):
    path = tmp_path / "judge.en.md"
    path.write_text(f"---\n{head}\n---\n{body}", "utf-8")
    return path


def test_a_prompt_has_name_menu_and_parts(tmp_path):
    prompt = load_prompt(written(tmp_path))
    assert prompt.identity == "judge.en-3"
    assert prompt.menu == ("covered", "missing")
    assert prompt.slots == {"answer", "question"}
    assert prompt.part("system") == "Judge."
    assert list(prompt.parts) == ["system", "user"]


def test_the_hash_is_that_of_the_whole_text(tmp_path):
    path = written(tmp_path)
    before = load_prompt(path).hash
    assert before == sha256(path.read_bytes()).hexdigest()[:16]
    assert load_prompt(written(tmp_path, body=BODY + " ")).hash != before


def test_slots_are_filled_once(tmp_path):
    prompt = load_prompt(written(tmp_path))
    filled = prompt.fill("user", {"question": "$answer $$", "answer": r"\1 $question"})
    assert filled == "$answer $$\n\\1 $question costs $5"


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text())
def test_whatever_is_filled_in_stands_there_as_it_is(question, answer):
    prompt = bundled_prompt("judge", "en")
    values = dict.fromkeys(prompt.slots, "") | {"question": question, "answer": answer}
    filled = prompt.fill("user", values)
    empty = prompt.fill("user", dict.fromkeys(prompt.slots, ""))
    assert len(filled) == len(empty) + len(question) + len(answer)
    assert question in filled
    assert answer in filled


def test_a_part_that_is_not_there_is_named(tmp_path):
    prompt = load_prompt(written(tmp_path))
    with pytest.raises(PromptError, match=r"judge\.en-3: no part 'cut'; write it below"):
        prompt.fill("cut", {})


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ("name = judge", BODY, "not TOML"),
        (HEAD.replace("3", "0"), BODY, "front matter, version"),
        (HEAD.replace('name = "judge"\n', ""), BODY, "front matter, name"),
        (HEAD + "\nauthor = 1", BODY, "front matter, author"),
        (HEAD.replace("3", '"3"'), BODY, "front matter, version"),
        (HEAD, BODY.replace("$question", ""), "'question': the prompt declares it and never"),
        (HEAD, BODY + "$card\n", "'card': the prompt uses it and does not declare it"),
        (HEAD, "Judge.\n" + BODY, "text outside of any part"),
        (HEAD, "", "text outside of any part"),
        (HEAD, BODY + "== user ==\nagain\n", "part 'user' stands there twice"),
    ],
)
def test_a_damaged_prompt_is_refused_with_the_reason(tmp_path, head, body, said):
    path = written(tmp_path, head, body)
    with pytest.raises(PromptError) as caught:
        load_prompt(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_front_matter_it_is_no_prompt(tmp_path):
    path = tmp_path / "judge.en.md"
    path.write_text(BODY, "utf-8")
    with pytest.raises(PromptError, match="no front matter"):
        load_prompt(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(PromptError, match=r"judge\.en\.md: the prompt cannot be read"):
        load_prompt(tmp_path / "judge.en.md")
    (tmp_path / "judge.en.md").write_bytes(b"---\n\xff")
    with pytest.raises(PromptError, match="cannot be read"):
        load_prompt(tmp_path / "judge.en.md")


def test_line_ends_of_another_system_change_nothing_but_the_hash(tmp_path):
    path = written(tmp_path)
    plain = load_prompt(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_prompt(path).parts == plain.parts


def test_both_languages_have_the_same_parts_menu_and_slots():
    english, chinese = bundled_prompt("judge", "en"), bundled_prompt("judge", "zh")
    assert set(english.parts) == set(chinese.parts)
    assert english.slots == chinese.slots
    assert english.menu == chinese.menu
    assert english.identity.rpartition("-")[2] == chinese.identity.rpartition("-")[2]
