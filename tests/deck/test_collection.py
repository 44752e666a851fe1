from __future__ import annotations

import pytest

from tutor.deck.collection import load_collection, load_deck
from tutor.errors import DeckError, NotFoundError

CARD = "Q: a\nA: b\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b.md").write_text("Q: b\nA: b\n\nQ: shared\nA: s\n")
    (tmp_path / "inner" / "a.md").write_text('---\nname = "A"\n---\nQ: shared\nA: s\n\nC: [c]\n')
    (tmp_path / "notes.txt").write_text("no deck")
    (tmp_path / "README.md").write_text("About these decks.")
    (tmp_path / ".hidden" / "c.md").write_text("Q: h\nA: h\n")
    return tmp_path


def message(path, *, strict=False):
    with pytest.raises(DeckError) as caught:
        load_collection(path, strict=strict)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_folder_is_read_in_the_order_of_paths(folder):
    collection = load_collection(folder)
    assert [deck.name for deck in collection.decks] == ["b", "A"]
    assert [card.question for card in collection.cards] == ["b", "shared", "[...]"]


def test_cards_shared_by_decks_have_one_id_and_stay_in_both(folder):
    collection = load_collection(folder)
    first, second = collection.decks
    assert first.cards[1].id == second.cards[0].id
    assert collection.card(second.cards[0].id).deck == "b"


def test_strict_reads_readme_and_hidden_files(folder):
    assert "README.md:1: found text" in message(folder, strict=True)
    (folder / "README.md").unlink()
    assert len(load_collection(folder, strict=True).decks) == 3


def test_symlinked_folders_are_not_entered(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "z.md").write_text(CARD)
    (folder / "linked").symlink_to(elsewhere, target_is_directory=True)
    (folder / "z.md").symlink_to(elsewhere / "z.md")
    assert [deck.name for deck in load_collection(folder).decks] == ["b", "A", "z"]


def test_one_file_is_a_collection_too(folder):
    assert len(load_collection(folder / "README.md".replace("README", "b")).decks) == 1


def test_cards_are_found_by_id_prefix_and_hash(folder):
    collection = load_collection(folder)
    card = collection.cards[0]
    for name in (card.id, card.id[:6], card.id.upper(), card.hash):
        assert collection.card(name) == card


def test_unknown_cards(folder):
    collection = load_collection(folder)
    card = collection.cards[0]
    for name in ("", card.id[:5], card.hash[:63], "zzzzzz"):
        with pytest.raises(NotFoundError, match="no card has the id"):
            collection.card(name)


def test_ambiguous_prefix_names_the_candidates(tmp_path):
    # 20,000 cards make 2e8 pairs, and a pair shares six hex characters once in 16^6 = 1.7e7
    deck = tmp_path / "many.md"
    deck.write_text("\n".join(f"Q: {number}\nA: x" for number in range(20_000)))
    collection = load_collection(deck)
    seen: dict[str, str] = {}
    prefix = next(
        card.id[:6] for card in collection.cards if seen.setdefault(card.id[:6], card.id) != card.id
    )
    with pytest.raises(NotFoundError, match=f"cards start with '{prefix}'"):
        collection.card(prefix)


def test_decks_are_found_by_name_and_by_file(folder):
    collection = load_collection(folder)
    assert collection.deck("A").file.endswith("a.md")
    assert collection.deck(str(folder / "b.md")).name == "b"
    with pytest.raises(NotFoundError, match="there are 'b', 'A'"):
        collection.deck("C")
    (folder / "inner" / "b.md").write_text(CARD)
    with pytest.raises(NotFoundError, match="2 decks are named 'b'"):
        load_collection(folder).deck("b")


def test_every_broken_deck_of_a_folder_is_named(folder):
    (folder / "x.md").write_text("A: x\n\nA: y\n")
    assert message(folder).startswith(f"{folder / 'x.md'}:1: ")
    (folder / "y.md").write_text("\nC: no blank\n")
    both = message(folder)
    assert both.startswith("2 decks cannot be read: ")
    assert f"{folder / 'x.md'}:1: " in both
    assert f"{folder / 'y.md'}:2: " in both


@pytest.mark.parametrize(
    ("data", "place", "what"),
    [
        (b"", "", "the deck is empty"),
        (b" \n\n", "", "the deck is empty"),
        (b"# Only prose\n\nhere", "", "no cards found"),
        (b"Q: a\nA: \x00b", ":2", "a NUL byte at offset 8"),
        ("Q: 问题\nA: 答案".encode("gb18030"), ":1", "not UTF-8: byte 0xce at offset 3"),
        (b"Q: a\nA: b\xff", ":2", "not UTF-8: byte 0xff at offset 9"),
        ("Q: a".encode("utf-16"), ":1", "UTF-16"),
    ],
)
def test_what_is_no_deck(data, place, what, tmp_path):
    path = tmp_path / "d.md"
    path.write_bytes(data)
    with pytest.raises(DeckError) as caught:
        load_deck(path)
    assert str(caught.value).startswith(f"{path}{place}: ")
    assert what in str(caught.value)


def test_gbk_is_recognised(tmp_path):
    (tmp_path / "d.md").write_bytes("Q: 问题\nA: 答案".encode("gbk"))
    assert "GBK" in message(tmp_path / "d.md")


def test_paths_that_hold_no_deck(tmp_path):
    assert "no such file or folder" in message(tmp_path / "missing.md")
    assert "no decks in this folder" in message(tmp_path)
    with pytest.raises(DeckError, match="this is a folder"):
        load_deck(tmp_path)


def test_a_path_that_the_system_refuses(tmp_path):
    # file names end at 255 bytes
    assert "cannot be read" in message(tmp_path / ("x" * 300))
