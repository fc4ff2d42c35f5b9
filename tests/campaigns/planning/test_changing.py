"""A campaign changed after it was made: what is told before saving happens, and nobody is overwritten."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import event, select

from campaigns.queue.campaign_rules import audience_of, rules_of
from campaigns.queue.models import Call, CallAssignment, Campaign, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.states import TargetState
from campaigns.surveys.models import Survey
from campaigns.surveys.services import answer
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.members.models import Member
from organiser.members.services import By
from organiser.orgs.kinds import OrgKind
from organiser.orgs.models import Organisation
from organiser.roster.models import ImportBatch
from organiser.roster.reading import read_list
from organiser.roster.services import read_in
from tests.campaigns.builders import make_assignment, make_campaign, make_target
from tests.campaigns.planning.office import Office
from tests.campaigns.surveys.asked import called
from tests.page import fields, get, links, post, words

OLD, YOUNG = {"birth_date": date(1950, 5, 5)}, {"birth_date": date(1999, 5, 5)}


@pytest.fixture
def campaign(office: Office) -> Campaign:
    """Two old and three young members of Falun on a list, one of Borlänge on another."""
    for values in (OLD, OLD, YOUNG, YOUNG, YOUNG):
        office.make.member(office.tree.tenant_id, office.tree.falun, **values)
    office.make.member(office.tree.tenant_id, office.tree.borlange, **OLD)
    return office.make_campaign()


def state_counts(office: Office) -> dict[TargetState, int]:
    with office.make.storing(office.tree.tenant_id):
        states = db.session.scalars(select(Target.state)).all()
    return {state: states.count(state) for state in set(states)}


def plan(campaign: Campaign) -> str:
    return f"/campaigns/{campaign.id}/plan"


def test_who_comes_on_and_goes_off_is_told_before_it_is_saved(office: Office, campaign: Campaign) -> None:
    data = office.filled(plan(campaign), "starts_on", age_from="60")
    told = words(post(office.client, plan(campaign), {**data, "do": "count"}, 200))
    assert "When you save: 0 come on the lists, and 3 not tried yet go off them." in told
    assert state_counts(office) == {TargetState.QUEUED: 6}
    post(office.client, plan(campaign), data)
    assert state_counts(office) == {TargetState.QUEUED: 3, TargetState.OUTSIDE: 3}
    back = office.filled(plan(campaign), "starts_on", age_from="")
    told = words(post(office.client, plan(campaign), {**back, "do": "count"}, 200))
    assert "When you save: 3 come on the lists, and 0 not tried yet go off them." in told
    post(office.client, plan(campaign), back)
    assert state_counts(office) == {TargetState.QUEUED: 6}


def test_a_campaign_that_grows_gets_the_lists_it_lacks(office: Office) -> None:
    office.make.member(office.tree.tenant_id, office.tree.borlange)
    campaign = office.make_campaign(units=str(office.tree.falun))
    data = office.filled(plan(campaign), "starts_on", units=[])
    told = words(post(office.client, plan(campaign), {**data, "do": "count"}, 200))
    assert "When you save: 1 come on the lists" in told
    post(office.client, plan(campaign), data)
    assert office.units_of(campaign) == {office.tree.falun, office.tree.borlange}
    assert office.count(Target) == 1


def test_hours_and_tries_are_changed(office: Office, campaign: Campaign) -> None:
    sunday = {"days-6-start": "15:00", "days-6-end": "17:00"}
    post(office.client, plan(campaign), office.filled(plan(campaign), "starts_on", tries="1", **sunday))
    with office.make.storing(office.tree.tenant_id):
        found = db.session.scalars(select(Campaign).where(Campaign.id == campaign.id)).one()
        rules, audience = rules_of(found), audience_of(found)
    assert rules.tries == 1
    assert len(rules.hours.week[6]) == 1
    assert audience.is_everybody


@pytest.mark.parametrize(("part", "having"), [("plan", "starts_on"), ("words", "title")])
def test_what_somebody_else_saved_meanwhile_is_told_first(
    office: Office, campaign: Campaign, part: str, having: str
) -> None:
    url = f"/campaigns/{campaign.id}/{part}"
    data = office.filled(url, having)
    changed = {"ends_on": "2040-01-01", "title": "Vårt namn"}
    post(office.client, url, {**data, **changed})
    second = post(office.client, url, {**data, "title": "Mitt namn", "ends_on": "2041-02-02"}, 409)
    assert "Somebody saved something else meanwhile." in words(second)
    kept = {**data, **changed, "version": fields(second)["version"]}
    post(office.client, url, {**kept, "title": "Mitt namn", "ends_on": "2041-02-02"})
    assert "Mitt namn" in words(get(office.client, "/campaigns")) or part == "plan"


def test_the_guide_is_changed_and_shown_as_a_caller_reads_it(office: Office, campaign: Campaign) -> None:
    url = f"/campaigns/{campaign.id}/words"
    office.send(url, "title", script="## Hej\nHej {first_name} i {town}!")
    assert "Hej Kim i Åby!" in words(get(office.client, url))


def test_the_survey_stays_once_somebody_has_answered_it(office: Office, campaign: Campaign) -> None:
    url = f"/campaigns/{campaign.id}/words"
    office.send(url, "title", survey="member-survey")
    _answered_in_a_call(office)
    page = office.send(url, "title", 422, survey="")
    assert "Members have answered this survey already, so it stays." in words(page)
    office.send(url, "title", title="Nytt namn")
    assert "Nytt namn" in words(get(office.client, "/campaigns"))


def _answered_in_a_call(office: Office) -> None:
    caller = office.make.account(office.tree.tenant_id)
    with office.make.storing(office.tree.tenant_id):
        survey = db.session.scalars(select(Survey)).one()
        target = db.session.scalars(select(Target).limit(1)).one()
        call = Call(
            id=uuid7(),
            target_id=target.id,
            member_id=target.member_id,
            caller_id=caller.id,
            e164="+46701740605",
            taken_at=clock.now(),
            lease_until=clock.now(),
            reported_at=clock.now(),
            outcome=Outcome.TALKED,
        )
        db.session.add(call)
        db.session.flush()
        member = db.session.get_one(Member, (target.tenant_id, target.member_id))
        question = next(one for one in survey.standing if one.kind.has_options)
        answer(
            survey,
            member,
            called(survey, question.key),
            question.choices[0].key,
            by=By(caller.id, clock.now()),
            call_id=call.id,
        )


def test_all_responsible_are_named_on_one_page(office: Office, campaign: Campaign) -> None:
    t = office.tree
    berit = office.make.account(t.tenant_id, (Role.ORGANISER, t.falun), name="Berit Ek")
    url = f"/campaigns/{campaign.id}/responsible"
    assert "2 lists have nobody." in words(get(office.client, url))
    falun = _list(office, campaign, t.falun)
    post(office.client, url, {"list": [str(falun)], "account": [str(berit.id)]})
    assert "Berit Ek" in words(get(office.client, f"/campaigns/{campaign.id}"))
    borlange = _list(office, campaign, t.borlange)
    rows = {"list": [str(falun), str(borlange)], "account": [str(berit.id), ""]}
    post(office.client, url, {**rows, "do": "rest"})
    said = words(get(office.client, f"/campaigns/{campaign.id}"))
    assert "Berit Ek" in said
    assert "nobody responsible" not in said


@pytest.mark.parametrize("who", ["stranger", "caller"])
def test_who_does_not_plan_calls_there_cannot_be_responsible(
    office: Office, campaign: Campaign, who: str
) -> None:
    t = office.tree
    role = (Role.ORGANISER, t.sundsvall) if who == "stranger" else (Role.CALLER, t.falun)
    account = office.make.account(t.tenant_id, role)
    falun = _list(office, campaign, t.falun)
    url = f"/campaigns/{campaign.id}/responsible"
    post(office.client, url, {"list": [str(falun)], "account": [str(account.id)]}, 422)
    post(office.client, url, {"list": [str(uuid7())], "account": [""]}, 422)
    post(office.client, url, {"list": [str(falun)], "account": []}, 422)


def _list(office: Office, campaign: Campaign, unit: UUID) -> UUID:
    query = select(CallAssignment.id).where(
        CallAssignment.campaign_id == campaign.id, CallAssignment.organisation_id == unit
    )
    with office.make.storing(office.tree.tenant_id):
        return db.session.scalars(query).one()


def test_one_list_is_closed_and_opened_again_while_the_others_go_on(
    office: Office, campaign: Campaign
) -> None:
    url = f"/assignments/{_list(office, campaign, office.tree.falun)}"
    post(office.client, f"{url}/closing")
    page = get(office.client, url)
    assert "The list is closed since" in words(page)
    assert f"{url}/evenings/new" not in links(page)
    office.make.member(office.tree.tenant_id, office.tree.falun)
    assert office.count(Target) == 6
    post(office.client, f"{url}/opening")
    assert office.count(Target) == 7
    assert f"{url}/evenings/new" in links(get(office.client, url))


def test_the_lists_are_sorted_by_any_column(office: Office, campaign: Campaign) -> None:
    page = f"/campaigns/{campaign.id}"

    def first(sort: str) -> str:
        text = get(office.client, f"{page}?sort={sort}").text.partition('id="lists"')[2]
        return "Falun" if text.index(">Falun<") < text.index(">Borlänge<") else "Borlänge"

    assert (first("name"), first("-name")) == ("Borlänge", "Falun")
    assert (first("-audience"), first("audience")) == ("Falun", "Borlänge")
    assert {first(key) for key in ("latest", "responsible", "nothing")} == {"Borlänge"}


def test_after_a_list_was_read_in_the_new_ones_are_offered_a_campaign(office: Office) -> None:
    receipt = _read_in(office, "0000001;Åsa;Ek;070-1740605;Falun")
    assert "/campaigns/new" in links(get(office.client, receipt))
    office.make_campaign()
    receipt = _read_in(office, "0000002;Bo;Ek;070-1740606;Falun")
    assert "/campaigns/new/newcomers" in links(get(office.client, receipt))


def _read_in(office: Office, line: str) -> str:
    """The receipt of a list read in."""

    def read() -> UUID:
        district = db.session.get_one(Organisation, (office.tree.tenant_id, office.tree.district))
        text = f"Medlemsnummer;Förnamn;Efternamn;Mobil;Förening\n{line}\n"
        told = read_list(text.encode(), "lista.csv", clock.now().date())
        read_in(told, district, "lista.csv", clock.now())
        return db.session.scalars(select(ImportBatch.id).order_by(ImportBatch.id.desc()).limit(1)).one()

    with office.make.storing(office.tree.tenant_id):
        return f"/imports/{read()}"


def asked(office: Office, url: str) -> int:
    """How many questions a page asks of the database."""
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    with office.make.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    get(office.client, url)
    event.remove(engine, "before_cursor_execute", note)
    return len(said)


@pytest.mark.parametrize("page", ["", "/plan", "/words", "/responsible"])
def test_many_lists_ask_no_more_than_few(office: Office, campaign: Campaign, page: str) -> None:
    url = f"/campaigns/{campaign.id}{page}"
    few = asked(office, url)
    t = office.tree
    for number in range(6):
        unit = office.make.unit(t.tenant_id, t.district, f"Ort {number}", OrgKind.ASSOCIATION)
        office.make.account(t.tenant_id, (Role.ORGANISER, unit))
        target = make_target(
            office.make, make_assignment(office.make, campaign, unit), office.make.member(t.tenant_id, unit)
        )
        assert target.state is TargetState.QUEUED
    assert asked(office, url) == few
    assert few <= 26


def test_many_campaigns_ask_no_more_than_few(office: Office, campaign: Campaign) -> None:
    few = asked(office, "/campaigns")
    for _more in range(4):
        make_assignment(
            office.make,
            make_campaign(office.make, office.tree.tenant_id, office.tree.district),
            office.tree.falun,
        )
    assert asked(office, "/campaigns") == few <= 14
