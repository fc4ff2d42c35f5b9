"""A new campaign on one page: everything filled in, the numbers before it is made, made once."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from campaigns.queue.audience import Audience
from campaigns.queue.campaign_rules import audience_of, rules_of
from campaigns.queue.models import CallAssignment, Campaign, Target
from campaigns.queue.opening import USUAL
from campaigns.queue.rules import Rules
from campaigns.surveys.models import Survey
from organiser.accounts.permissions import Role
from organiser.core import clock
from organiser.core.database import db
from organiser.members.kinds import MemberStatus
from tests.campaigns.planning.office import Office
from tests.page import fields, get, links, post, words

NEW = "/campaigns/new"


def table_of(page: str) -> dict[str, list[int]]:
    """The numbers of each line of the page's table, the line's name first."""
    rows = re.findall(r'<th role="rowheader"[^>]*>(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    number = re.compile(r'<td role="cell" class="num"[^>]*>(.*?)</td>')
    return {name: [int(n or 0) for n in number.findall(cells)] for name, cells in rows}


def test_it_can_be_made_at_once_and_has_a_list_per_association_and_the_usual_rules(office: Office) -> None:
    for unit in (office.tree.falun, office.tree.falun, office.tree.borlange):
        office.make.member(office.tree.tenant_id, unit)
    campaign = office.make_campaign()
    assert office.units_of(campaign) == {office.tree.falun, office.tree.borlange}
    assert (audience_of(campaign), rules_of(campaign)) == (Audience(), Rules(hours=USUAL))
    assert campaign.survey_id is None
    assert office.count(Target) == 3


def test_every_line_adds_up_to_its_members_and_the_lines_to_everybody(office: Office) -> None:
    t = office.tree
    for values in ({}, {}, {"phone": None}, {"protected": True}, {"birth_date": date(2020, 1, 1)}):
        office.make.member(t.tenant_id, t.falun, **values)
    office.make.member(t.tenant_id, t.borlange, status=MemberStatus.LEFT)
    office.make.member(t.tenant_id, t.district)
    page = get(office.client, NEW)
    lines = table_of(page.text)
    assert set(lines) == {"Falun", "Borlänge", "Outside of all associations", "All together"}
    for *parts, members in lines.values():
        assert sum(parts) == members
    total = lines.pop("All together")
    assert total == [sum(column) for column in zip(*lines.values(), strict=True)]
    assert (lines["Falun"][0], total[-1]) == (2, 7)
    assert "2 members can be rung now" in words(page)


def test_the_same_page_sent_twice_makes_one(office: Office) -> None:
    data = office.filled(NEW, "title")
    first = post(office.client, NEW, data).headers["Location"]
    assert post(office.client, NEW, data).headers["Location"] == first
    assert office.count(Campaign) == 1
    assert office.count(CallAssignment) == 2


def test_what_is_ticked_is_counted_and_said_and_nothing_is_lost_or_made(office: Office) -> None:
    office.make.member(office.tree.tenant_id, office.tree.falun, birth_date=date(1950, 5, 5))
    office.make.member(office.tree.tenant_id, office.tree.borlange, birth_date=date(1950, 5, 5))
    data = office.filled(NEW, "title", units=str(office.tree.falun), age_from="60", title="Våra äldre")
    page = post(office.client, NEW, {**data, "do": "count"}, 200)
    assert "Members in Falun, 60 years or older." in words(page)
    assert table_of(page.text)["All together"][0] == 1
    assert 'value="Våra äldre"' in page.text
    assert office.count(Campaign) == 0


def test_the_page_asks_for_the_numbers_by_itself(office: Office) -> None:
    office.make.member(office.tree.tenant_id, office.tree.falun, birth_date=date(1950, 5, 5))
    office.make.member(office.tree.tenant_id, office.tree.falun, birth_date=date(1990, 5, 5))
    asked = {"counted": "yes", "unit": office.tree.district, "age_from": "60"}
    page = office.client.get(f"{NEW}?{urlencode(asked)}", headers={"HX-Request": "true"})
    assert table_of(page.text)["All together"][0] == 1
    asked["age_to"] = "20"
    page = office.client.get(f"{NEW}?{urlencode(asked)}", headers={"HX-Request": "true"})
    assert "The highest age cannot be under the lowest." in words(page)


def test_a_campaign_for_part_of_the_associations_makes_lists_only_there(office: Office) -> None:
    office.make.member(office.tree.tenant_id, office.tree.borlange)
    campaign = office.make_campaign(units=str(office.tree.falun))
    assert office.units_of(campaign) == {office.tree.falun}
    assert office.count(Target) == 0


def test_hours_of_a_week_are_kept_and_said_back(office: Office) -> None:
    changes = {"days-5-start": "10:00", "days-5-end": "12.30", "days-5-again": "14", "days-5-until": "16"}
    campaign = office.make_campaign(**changes, tries="2", rest_hours="48")
    rules = rules_of(campaign)
    assert (rules.tries, rules.rest_hours, rules.hours.red_days_off) == (2, 48, True)
    assert [f"{a:%H:%M}-{b:%H:%M}" for a, b in rules.hours.week[5]] == ["10:00-12:30", "14:00-16:00"]
    said = words(get(office.client, f"/campaigns/{campaign.id}"))
    assert "Saturday 10:00–12:30, 14:00–16:00, not on red days and eves" in said
    assert "2 tries at most, 48 hours of rest between" in said


def test_round_the_clock_is_chosen_by_that_name_alone(office: Office) -> None:
    office.send(NEW, "title", 422, **{"days-0-start": "07:00"})
    campaign = office.make_campaign(round_the_clock="y")
    assert rules_of(campaign).hours.round_the_clock
    assert "Round the clock" in words(get(office.client, f"/campaigns/{campaign.id}"))


@pytest.mark.parametrize(
    ("field", "value", "told_at"),
    [
        ("title", " ", "title"),
        ("script", "", "script"),
        ("starts_on", "i morgon", "starts_on"),
        ("ends_on", "2024-02-01", "ends_on"),
        ("age_from", "sjutton", "age_from"),
        ("age_to", "121", "age_to"),
        ("joined_before", "2024-13-01", "joined_before"),
        ("not_contacted_days", "0", "not_contacted_days"),
        ("tries", "0", "tries"),
        ("tries", "", "tries"),
        ("rest_hours", "400", "rest_hours"),
        ("days-1-start", "21:30", "days"),
        ("days-1-end", "", "days"),
        ("days-1-end", "kväll", "days"),
        ("days-1-again", "18:00", "days"),
        ("survey", "something", "survey"),
        ("units", "something", "units"),
    ],
)
def test_a_campaign_with_something_to_put_right_is_not_made(
    office: Office, field: str, value: str, told_at: str
) -> None:
    page = office.send(NEW, "title", 422, **{field: value})
    assert f'href="#{told_at}"' in page.text
    assert office.count(Campaign) == 0


def test_a_week_without_hours_is_none(office: Office) -> None:
    empty = {f"days-{day}-{part}": "" for day in range(7) for part in ("start", "end")}
    assert 'href="#days"' in office.send(NEW, "title", 422, **empty).text


def test_the_survey_campaign_reads_in_the_member_survey_once(office: Office) -> None:
    first = office.make_campaign(f"{NEW}?start=survey")
    second = office.make_campaign(f"{NEW}?start=survey")
    assert first.survey_id == second.survey_id
    assert office.count(Survey) == 1
    assert f"/surveys/{first.survey_id}/results" in links(get(office.client, f"/campaigns/{first.id}"))


def test_those_who_joined_lately_are_whom_the_welcome_is_for(office: Office) -> None:
    today = clock.now().date()
    office.make.member(office.tree.tenant_id, office.tree.falun, joined_on=today - timedelta(days=10))
    office.make.member(office.tree.tenant_id, office.tree.falun, joined_on=today - timedelta(days=800))
    begin = get(office.client, "/campaigns/new/newcomers", 303).headers["Location"]
    campaign = office.make_campaign(begin)
    assert campaign.title == "Welcome, new member"
    assert office.count(Target) == 1


def test_whoever_plans_calls_in_an_association_answers_for_its_list_from_the_start(office: Office) -> None:
    office.make.account(office.tree.tenant_id, (Role.ORGANISER, office.tree.falun), name="Berit Ek")
    office.make.account(office.tree.tenant_id, (Role.CALLER, office.tree.borlange), name="Kim Lund")
    assert "Berit Ek" in words(get(office.client, NEW))
    campaign = office.make_campaign()
    lists = select(CallAssignment).where(CallAssignment.campaign_id == campaign.id)
    with office.make.storing(office.tree.tenant_id):
        named = {
            one.organisation_id: one.responsible.name if one.responsible else None
            for one in db.session.scalars(lists)
        }
    assert named == {office.tree.falun: "Berit Ek", office.tree.borlange: None}
    assert "1 list has nobody responsible" in words(get(office.client, f"/campaigns/{campaign.id}"))


def test_fields_nobody_fills_in_are_warned_of(office: Office) -> None:
    data = office.filled(NEW, "title", script="## Hej\nHej {first_name} från {ort}!")
    page = post(office.client, NEW, {**data, "do": "count"}, 200)
    assert "Nobody fills in {ort}." in words(page)
    assert "Hej Kim från {ort}!" in words(page)


def test_a_campaign_is_made_for_the_unit_that_was_chosen(office: Office) -> None:
    campaign = office.make_campaign(unit=str(office.tree.falun))
    assert campaign.organisation_id == office.tree.falun
    assert fields(get(office.client, f"{NEW}?unit={office.tree.falun}"))["key"]
