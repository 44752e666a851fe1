from __future__ import annotations

from tutor.errors import DeckError


def test_decks(client):
    assert client.get("/v1/decks").json() == {
        "decks": [
            {"name": "capitals", "cards": 2, "sections": [["Europe"], ["Asia"]]},
            # The text of the second deck has two blanks, and each is a card.
            {"name": "words/short", "cards": 2, "sections": [[]]},
        ]
    }


def test_one_deck_and_a_slash_in_its_name(client):
    assert client.get("/v1/decks/words/short").json()["cards"] == 2
    assert client.get("/v1/decks/words%2Fshort").json()["cards"] == 2


def test_one_deck_says_how_strictly_it_is_graded(client):
    listed = client.get("/v1/decks").json()["decks"][0]
    card = client.get("/v1/cards?deck=capitals").json()["cards"][0]
    graded = client.post("/v1/grade", json={"card_id": card["id"], "answer": "Lyon"}).json()
    client.post(f"/v1/reviews/{graded['review_id']}/override", json={"verdict": "partial"})
    standing = {"policy": "standard", "verdicts": 1, "than_policy": "the same"}
    assert client.get("/v1/decks/capitals").json() == {**listed, "strictness": standing}


def test_unknown_deck_is_told_what_there_is(client):
    for path in ("/v1/decks/nothing", "/v1/cards?deck=nothing"):
        response = client.get(path)
        assert response.status_code == 404
        assert "'nothing'" in response.json()["detail"]
        assert "capitals" in response.json()["detail"]


def test_cards_do_not_show_what_answers_them(client):
    response = client.get("/v1/cards?deck=capitals")
    assert "Paris" not in response.text
    france, china = response.json()["cards"]
    assert france["references"] is None
    assert france["key_points"] is None
    assert (china["question"], china["section"]) == ("中国的首都是哪里？", ["Asia"])


def test_cards_revealed(client, tutor):
    _, china = client.get("/v1/cards?deck=capitals&reveal=true").json()["cards"]
    card = tutor.card(china["id"])
    assert china["references"] == ["北京"]
    assert china["key_points"] == ["北京", "位于华北"]
    assert (china["hash"], china["line"]) == (card.hash, card.line)


def test_cards_do_not_show_the_folders_of_the_server(client, decks):
    response = client.get("/v1/cards?deck=capitals")
    assert response.json()["cards"][0]["file"] == "capitals.md"
    assert str(decks) not in response.text


def test_card_alone_is_the_card_of_the_list(client):
    listed = client.get("/v1/cards").json()["cards"]
    for card in listed:
        assert client.get(f"/v1/cards/{card['id']}").json() == card
    revealed = client.get(f"/v1/cards/{listed[0]['id']}?reveal=true").json()
    assert revealed["references"] == ["Paris"]


def test_pages_of_cards_are_the_list(client):
    whole = client.get("/v1/cards").json()
    pages = [client.get(f"/v1/cards?limit=3&offset={offset}").json() for offset in (0, 3, 6)]
    assert [card for page in pages for card in page["cards"]] == whole["cards"]
    assert [len(page["cards"]) for page in pages] == [3, 1, 0]
    assert {page["total"] for page in pages} == {4}


def test_cards_of_a_section(client):
    page = client.get("/v1/cards?section=Asia").json()
    assert [card["question"] for card in page["cards"]] == ["中国的首都是哪里？"]
    assert page["total"] == 1


def test_broken_decks_do_not_stop_grading(make_client):
    def broken():
        raise DeckError('capitals.md:3: answer is empty; write one after "A:"')

    client = make_client(collection=broken)
    response = client.get("/v1/decks")
    assert response.json()["type"] == "/problems/deck-error"
    assert "capitals.md:3" in response.json()["detail"]
    body = {"question": "q", "references": ["r"], "answer": "r"}
    assert client.post("/v1/grade", json=body).status_code == 200
