from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tutor.store.reviews import ReviewStore


@pytest.fixture
def ids(client):
    """Five reviews: three answers to a question of the request, two to a card; oldest first."""
    card_id = client.get("/v1/cards").json()["cards"][0]["id"]
    asked = {"question": "q", "references": ["r"]}
    bodies = [asked, asked, asked, {"card_id": card_id}, {"card_id": card_id}]
    return [
        client.post("/v1/grade", json=body | {"answer": f"answer {number}"}).json()["review_id"]
        for number, body in enumerate(bodies)
    ]


def listed(client, query=""):
    return [review["id"] for review in client.get(f"/v1/reviews{query}").json()["reviews"]]


def test_newest_first(client, ids):
    assert listed(client) == ids[::-1]


def test_pages_end(client, ids):
    first = client.get("/v1/reviews?limit=3").json()
    second = client.get(f"/v1/reviews?limit=3&before={first['next']}").json()
    assert [review["id"] for review in first["reviews"] + second["reviews"]] == ids[::-1]
    assert second["next"] is None


def test_a_last_page_that_is_full_has_no_next(client, ids):
    assert client.get(f"/v1/reviews?limit={len(ids)}").json()["next"] is None


def test_of_one_deck_or_card(client, ids):
    card_id = client.get(f"/v1/reviews/{ids[3]}").json()["card_id"]
    assert listed(client, "?deck=capitals") == [ids[4], ids[3]]
    assert listed(client, f"?card_id={card_id}") == [ids[4], ids[3]]
    assert listed(client, "?deck=nothing") == []


def test_one_review_is_what_is_stored(client, ids, tutor):
    stored = tutor.review_of(ids[0])
    assert client.get(f"/v1/reviews/{ids[0]}").json() == stored.model_dump(mode="json")


def test_override_is_kept_and_the_grade_too(client, ids):
    before = client.get(f"/v1/reviews/{ids[0]}").json()
    path = f"/v1/reviews/{ids[0]}/override"
    client.post(path, json={"verdict": "partial"})
    answer = client.post(path, json={"verdict": "correct", "note": "同义词"}).json()
    assert [each["verdict"] for each in answer["overrides"]] == ["partial", "correct"]
    assert answer["overrides"][1]["note"] == "同义词"
    assert answer["grade"] == before["grade"]
    assert client.get(f"/v1/reviews/{ids[0]}").json() == answer


def test_override_needs_a_verdict(client, ids):
    response = client.post(f"/v1/reviews/{ids[0]}/override", json={"verdict": "right"})
    assert response.status_code == 422
    assert response.json()["errors"][0]["where"] == "body.verdict"
    assert client.get(f"/v1/reviews/{ids[0]}").json()["overrides"] == []


def test_unknown_review(client):
    assert client.get("/v1/reviews/nothing").status_code == 404
    response = client.post("/v1/reviews/nothing/override", json={"verdict": "correct"})
    assert response.status_code == 404
    assert "nothing" in response.json()["detail"]


def test_the_queue_is_what_waits_for_a_person(client, ids, database):
    assert listed(client, "?queue=true") == []
    with ReviewStore.open(f"sqlite:///{database}") as store:
        for id in (ids[1], ids[3]):
            unsure = store.get(id).grade.model_copy(update={"unsure": True})
            store.add_regrade(id, unsure, datetime(2026, 11, 24, 13, tzinfo=UTC))
    page = client.get("/v1/reviews?queue=true&limit=1").json()
    assert [review["id"] for review in page["reviews"]] == [ids[3]] == [page["next"]]
    assert page["reviews"][0]["grade"]["unsure"]
    assert not page["reviews"][0]["local_grade"]["unsure"]
    assert listed(client, f"?queue=true&before={page['next']}") == [ids[1]]
    client.post(f"/v1/reviews/{ids[3]}/override", json={"verdict": "correct"})
    assert listed(client, "?queue=true") == [ids[1]]
