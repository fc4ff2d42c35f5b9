"""A word left with a call or added afterwards, an unpleasant call, and the next one in one round trip."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from campaigns.queue.models import Call, FollowUp
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import ErrandKind
from tests.builders import Builders
from tests.campaigns.builders import make_targets
from tests.campaigns.conftest import Night
from tests.campaigns.ringing.calling import SCRIPT, another, begin, stored, tell
from tests.page import fields, get, post, words

ERRANDS = select(FollowUp).order_by(FollowUp.kind)


def test_words_to_two_readers_are_kept_apart(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 1)
    tell(phone, begin(phone, tonight), "busy", note="Prova efter sex", message="Vill ha en folder")
    [call] = stored(make, tonight, select(Call))
    [errand] = stored(make, tonight, ERRANDS)
    assert (call.note, call.message) == ("Prova efter sex", "Vill ha en folder")
    assert (errand.kind, errand.words) == (ErrandKind.MESSAGE, "Vill ha en folder")


def test_a_line_can_be_added_to_what_was_saved(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 2)
    url = begin(phone, tonight)
    following = str(tell(phone, url, "no_answer").location)
    assert f"{url}/words" in get(phone, following).text
    back = post(phone, f"{url}/words", {"note": "Prova efter sex", "message": "Vill ha en folder"})
    assert str(back.location) == following.partition("?")[0]
    [call] = stored(make, tonight, select(Call).where(Call.outcome.is_not(None)))
    [errand] = stored(make, tonight, ERRANDS)
    assert (call.note, call.message) == ("Prova efter sex", "Vill ha en folder")
    assert (errand.kind, errand.words, errand.call_id) == (ErrandKind.MESSAGE, "Vill ha en folder", call.id)


def test_a_message_that_is_taken_away_leaves_nothing_to_do(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    tell(phone, url, "no_answer", message="Vill ha en folder")
    post(phone, f"{url}/words", {"note": "Prova efter sex"})
    assert stored(make, tonight, ERRANDS) == []


def test_a_message_joins_what_the_outcome_asks_of_the_organiser(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    tell(phone, url, "wants_to_leave")
    post(phone, f"{url}/words", {"message": "Har flyttat till Norge"})
    [errand] = stored(make, tonight, ERRANDS)
    assert (errand.kind, errand.words) == (ErrandKind.WANTS_TO_LEAVE, "Har flyttat till Norge")


def test_a_call_too_far_back_takes_no_more_words(make: Builders, phone: FlaskClient, tonight: Night) -> None:
    make_targets(make, tonight.assignment, 7)
    first = url = begin(phone, tonight)
    for _ in range(6):
        url = str(tell(phone, url, "no_answer").location)
    back = post(phone, f"{first}/words", {"note": "För sent"}).location
    assert re.search("för långt tillbaka|too far back", words(get(phone, str(back))))
    back = post(phone, f"{first}/unpleasant", {"kind": "insult"}).location
    assert re.search("för långt tillbaka|too far back", words(get(phone, str(back))))
    assert "För sent" not in stored(make, tonight, select(Call.note))
    assert stored(make, tonight, ERRANDS) == []


@pytest.mark.parametrize("said", [{"note": "x" * 501}, {"message": "x" * 501}])
def test_too_many_words_are_refused(
    make: Builders, phone: FlaskClient, tonight: Night, said: dict[str, str]
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    tell(phone, url, "no_answer")
    back = post(phone, f"{url}/words", said).location
    assert "500" in words(phone.get(str(back), follow_redirects=True))
    assert stored(make, tonight, select(Call.note)) == [""]


def test_an_unpleasant_call_is_told_in_two_taps_and_a_break_is_offered(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    assert f'action="{url}/unpleasant"' in get(phone, url).text
    back = post(phone, f"{url}/unpleasant", {"kind": "threat", "what": "Sa att han vet var jag bor"})
    assert back.location == url
    page = get(phone, url)
    assert 'action="/calls/pause"' in page.text.partition("<main")[2].partition("</main>")[0]
    [errand] = stored(make, tonight, ERRANDS)
    assert errand.kind is ErrandKind.UNPLEASANT
    assert re.fullmatch("(Hot|Threats): Sa att han vet var jag bor", errand.words)
    [call] = stored(make, tonight, select(Call))
    assert call.is_open


def test_an_unpleasant_call_can_be_told_of_afterwards(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    url = begin(phone, tonight)
    following = str(tell(phone, url, "talked").location)
    assert f'action="{url}/unpleasant"' in get(phone, following).text
    post(phone, f"{url}/unpleasant", {"kind": "other"})
    assert [errand.kind for errand in stored(make, tonight, ERRANDS)] == [ErrandKind.UNPLEASANT]


def test_an_unpleasant_call_was_one_also_when_the_outcome_is_taken_back(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    url = begin(phone, tonight)
    post(phone, f"{url}/unpleasant", {"kind": "insult"})
    tell(phone, url, "wants_to_leave")
    post(phone, f"{url}/undoing")
    assert [errand.kind for errand in stored(make, tonight, ERRANDS)] == [ErrandKind.UNPLEASANT]


@pytest.mark.parametrize("kind", ["", "nonsense"])
def test_an_unpleasant_call_of_no_kind_is_not_told(
    make: Builders, phone: FlaskClient, tonight: Night, kind: str
) -> None:
    make_targets(make, tonight.assignment, 1)
    post(phone, f"{begin(phone, tonight)}/unpleasant", {"kind": kind})
    assert stored(make, tonight, ERRANDS) == []


@pytest.mark.parametrize("piece", ["words", "unpleasant"])
def test_nobody_adds_to_a_call_dealt_to_another(
    make: Builders, phone: FlaskClient, tonight: Night, piece: str
) -> None:
    make_targets(make, tonight.assignment, 1)
    britta = another(make, tonight, tonight.britta)
    theirs = begin(britta, tonight)
    tell(britta, theirs, "talked")
    post(phone, f"{theirs}/{piece}", {"note": "Hej", "kind": "other"}, status=404)
    assert stored(make, tonight, select(Call.note)) == [""]
    assert stored(make, tonight, ERRANDS) == []


def test_a_script_gets_the_next_member_in_one_round_trip(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 2)
    url = begin(phone, tonight)
    answer = {"outcome": "no_answer", "key": fields(get(phone, url))["key"]}
    page = post(phone, f"{url}/report", answer, status=200, headers=SCRIPT)
    again = post(phone, f"{url}/report", answer, status=200, headers=SCRIPT)
    following = page.headers["HX-Push-Url"]
    assert again.headers["HX-Push-Url"] == following
    assert f"{following.partition('?')[0]}/report" in page.text
    assert re.search(r"(Sparat|Saved): Person\d+ Ek", words(page))
    assert stored(make, tonight, select(Call.outcome).order_by(Call.id)) == [Outcome.NO_ANSWER, None]


def test_no_outcome_looks_more_wanted_than_another(
    make: Builders, phone: FlaskClient, tonight: Night
) -> None:
    make_targets(make, tonight.assignment, 1)
    bar = get(phone, begin(phone, tonight)).text.partition('class="outcomes"')[2].partition("</div>")[0]
    assert re.findall(r'class="([^"]*btn[^"]*)"', bar) == ["btn"] * 6
