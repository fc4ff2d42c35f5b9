"""One of everything in a unit, each named so that it betrays where it belongs."""

from datetime import datetime, timedelta
from uuid import UUID

from campaigns.evenings.joining_rules import new_link_token
from campaigns.evenings.models import Evening, Invitation
from campaigns.goals.models import Goal, GoalChange
from campaigns.queue.models import CallAssignment, Campaign, FollowUp, Target
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import place_of
from campaigns.queue.states import ErrandKind, TargetState
from campaigns.surveys.building import lay_aside, make_survey
from campaigns.surveys.kinds import QuestionDraft, QuestionKind, SurveyDraft
from campaigns.surveys.services import answer
from organiser.accounts.kinds import LinkPurpose
from organiser.accounts.models import Account, Grant, Link
from organiser.accounts.permissions import Role
from organiser.accounts.tokens import hash_token, new_token
from organiser.audit.acting import acting_as
from organiser.audit.models import AccessEntry, Why
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.phone import phone_display
from organiser.core.tenancy import here
from organiser.members.kinds import BlockScope, Source
from organiser.members.models import Block, Member
from organiser.members.services import By
from organiser.members.tag_services import add_tag
from organiser.orgs.models import Organisation
from organiser.roster.decisions import Plan
from organiser.roster.models import ImportBatch
from tests.who_may.places import (
    Canary,
    Furnished,
    Place,
    a_call,
    a_contact,
    a_draft,
    a_person,
    a_shift,
    a_sign_in,
    a_trace,
    stored,
)

EVENING = timedelta(hours=4)


def survey_of(place: Place) -> str:
    """What a place's survey is called."""
    return f"Enkät {place.thing}"


def furnish(place: Place, unit_id: UUID, at: datetime) -> Furnished:
    """One of everything in a unit of the tenant we are in; only flushed."""
    room = Furnished(place, unit_id, at, {"unit_id": unit_id, "code": "en"})
    account = _somebody(room)
    member = _a_member(room)
    _traces(room, member, account)
    _a_campaign(room, member, account)
    _an_import(room, member, account)
    _a_survey(room, member, account)
    _a_goal(room)
    return room


def _a_goal(room: Furnished) -> None:
    """And the act that set it, to take back."""
    due_on, act_id = room.at.date() + timedelta(days=60), uuid7()
    goal = stored(Goal(organisation_id=room.unit_id, percent=50, due_on=due_on))
    stored(GoalChange(act_id=act_id, organisation_id=room.unit_id, measure=goal.measure, version=1))
    room.ids.update({"goal_id": goal.id, "act_id": act_id, "measure": goal.measure.value})


def _somebody(room: Furnished) -> Account:
    """With a role in the unit, signed in somewhere, with a link to a new password."""
    word, token = room.place.account, new_token()
    account: Account = stored(Account(email=f"{word.lower()}@example.org", name=f"Kim {word}", password="x"))
    grant = Grant(tenant_id=here(), organisation_id=room.unit_id, account_id=account.id, role=Role.ORGANISER)
    ends_at = room.at + timedelta(hours=3)
    stored(
        Link(token_hash=hash_token(token), account_id=account.id, purpose=LinkPurpose.RESET, ends_at=ends_at)
    )
    room.ids.update(
        {
            "account_id": account.id,
            "grant_id": stored(grant).id,
            "sign_in_id": a_sign_in(account, room.at, new_token()).id,
            "/link token": token,
        }
    )
    return account


def _a_member(room: Furnished) -> Member:
    """Whose name stands nowhere else."""
    place = list(Place).index(room.place)
    number, e164 = f"77{place}4411", f"+4670174066{place}"
    member = a_person("Zelda", room.place.person, room.unit_id, number, e164)
    words = (room.place.person, number, e164, phone_display(e164), member.email)
    room.canary = Canary(member.id, here(), tuple(word.lower() for word in words))
    room.ids["member_id"] = member.id
    return member


def _traces(room: Furnished, member: Member, account: Account) -> None:
    """A block, a tag, a contact, an edit and a look."""
    request_id = f"edit-of-{room.place.name.lower()}"
    block = Block(
        member_id=member.id,
        scope=BlockScope.EMAIL,
        reason="said so",
        source=Source.PERSON,
        set_at=room.at,
        set_by=account.id,
    )
    with acting_as(account.id, request_id):
        member.city = "Falun"
        db.session.flush()
    worn = add_tag(member, f"Kan {room.place.thing}", By(account.id, room.at))
    entry = AccessEntry(actor_id=account.id, member_id=member.id, why=Why.PAGE, request_id="a-look")
    room.ids.update(
        {
            "block_id": stored(block).id,
            "member_tag_id": worn.id,
            "tag_id": worn.tag_id,
            "contact_id": a_contact(member.id, account, room.at).id,
            "request_id": request_id,
            "entry_id": stored(entry).id,
        }
    )


def _a_campaign(room: Furnished, member: Member, account: Account) -> None:
    """A campaign of the unit, its list with the member on it, an evening under way, a link, a shift, a call
    that told the organiser something.
    """
    day, title = room.at.date(), f"Ringning {room.place.thing}"
    campaign = stored(
        Campaign(
            organisation_id=room.unit_id,
            title=title,
            script="## Hej\nHej {first_name}!",
            starts_on=day,
            ends_on=day + timedelta(days=30),
        )
    )
    assignment = stored(CallAssignment(campaign_id=campaign.id, organisation_id=room.unit_id))
    target = stored(
        Target(
            campaign_id=campaign.id,
            assignment_id=assignment.id,
            member_id=member.id,
            state=TargetState.FLAGGED,
        )
    )
    evening = stored(
        Evening(
            assignment_id=assignment.id,
            starts_at=room.at - timedelta(hours=1),
            ends_at=room.at - timedelta(hours=1) + EVENING,
        )
    )
    token = new_link_token(here())
    unused = stored(Invitation(evening_id=evening.id, name="Kim", token_hash=hash_token(token)))
    used = stored(
        Invitation(evening_id=evening.id, name="Ali", token_hash=hash_token(new_token()), used_at=room.at)
    )
    shift = a_shift(evening, account, used)
    call = a_call(
        target,
        account,
        member.numbers[0].e164,
        room.at,
        outcome=Outcome.WANTS_TO_LEAVE,
        reported_at=room.at,
        message="Vill gå ur.",
        undo={"place": place_of(target), "number": None, "block": None, "key": "", "taken_back": []},
    )
    follow_up = stored(
        FollowUp(
            assignment_id=assignment.id,
            target_id=target.id,
            member_id=member.id,
            call_id=call.id,
            kind=ErrandKind.WANTS_TO_LEAVE,
            words=f"{member.name} vill gå ur.",
            due_on=day,
        )
    )
    room.ids.update(
        {
            "campaign_id": campaign.id,
            "assignment_id": assignment.id,
            "target_id": target.id,
            "evening_id": evening.id,
            "invitation_id": unused.id,
            "/join token": token,
            "shift_id": shift.id,
            "call_id": call.id,
            "follow_up_id": follow_up.id,
        }
    )


def _a_survey(room: Furnished, member: Member, account: Account) -> None:
    """A survey of the unit, which its campaign asks: a question in words that the member has answered, one
    more, and one that is laid aside.
    """
    texts = (
        (QuestionKind.TEXT, "Varför?"),
        (QuestionKind.YESNO, "Nyhetsbrev?"),
        (QuestionKind.YESNO, "Förut?"),
    )
    drafts = tuple(QuestionDraft(text[:3], kind, f"{text} {room.place.thing}") for kind, text in texts)
    unit = db.session.get_one(Organisation, (here(), room.unit_id))
    by = By(account.id, room.at)
    draft = SurveyDraft("enkat", survey_of(room.place), questions=drafts)
    survey = make_survey(uuid7(), unit, draft, by)
    asked, _other, aside = survey.questions
    answer(survey, member, asked, f"Svar {room.place.thing}", by=by)
    lay_aside(aside, by)
    db.session.get_one(Campaign, (here(), room.ids["campaign_id"])).survey_id = survey.id
    db.session.flush()
    room.ids.update({"survey_id": survey.id, "question_id": asked.id})


def _an_import(room: Furnished, member: Member, account: Account) -> None:
    """A list that waits, and one that was read in; both name the member."""
    name = f"{room.place.thing}.csv"
    draft = a_draft(room.unit_id, member, account, room.at, name)
    batch = stored(
        ImportBatch(
            organisation_id=room.unit_id,
            by_id=account.id,
            file_name=name,
            digest=draft.digest,
            counts={**Plan((), ()).counts(), "rows": 1, "updated": 1},
        )
    )
    a_trace(batch.id, member)
    room.ids.update({"draft_id": draft.id, "batch_id": batch.id})
