"""A register where anything may happen, and a night of ringing: taken, told, undone, closed, changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from campaigns.following.pausing import pause_campaign, resume_campaign
from campaigns.planning.list_services import close_list, reopen_list
from campaigns.planning.services import change_campaign, close_campaign, draft_of, reopen_campaign
from campaigns.queue.audience import Audience
from campaigns.queue.call_queries import calls_of
from campaigns.queue.call_questions import held_by
from campaigns.queue.effects import Report
from campaigns.queue.models import CallAssignment, Campaign
from campaigns.queue.outcomes import Outcome
from campaigns.queue.reporting import AlreadyReported, PassedOn, report_call
from campaigns.queue.rules import Rules
from campaigns.queue.taking import give_back, take_next_call
from campaigns.queue.undoing import CannotUndo, undo_report
from organiser.accounts.models import Account
from organiser.core import clock
from organiser.core.database import db
from organiser.core.prepared import load
from organiser.core.tenancy import inside
from organiser.web.frame import in_one_transaction
from tests.builders import Builders
from tests.campaigns.totals import acts


class Nights(acts.Register):
    """Two callers ring all the lists there are."""

    def __init__(self, make: Builders) -> None:
        super().__init__(make)
        self.callers = [self.caller.id, make.account(self.tenant_id).id]

    def happen(self, act: str, who: int, how: int) -> None:
        """Something of the night, or else of the register."""
        if act not in NIGHT:
            self.do(act, who, how)
            return
        with self.app.app_context(), inside(self.tenant_id), clock.at(self.at):
            in_one_transaction(lambda: NIGHT[act](self, who, how))

    @property
    def list_ids(self) -> list[UUID]:
        return [one.id for one in self.lists.values()]

    def somebody(self, who: int) -> Account:
        found: Account = db.session.get_one(Account, self.callers[who % 2])
        return found

    def campaign_now(self) -> Campaign:
        found: Campaign = db.session.scalars(select(Campaign).where(Campaign.id == self.campaign.id)).one()
        return found

    def list_now(self, who: int) -> CallAssignment:
        wanted = self.list_ids[who % len(self.list_ids)]
        found: CallAssignment = db.session.scalars(
            select(CallAssignment).where(CallAssignment.id == wanted)
        ).one()
        return found


def take(here: Nights, who: int, how: int) -> None:
    """Some callers ring one list, others all of them."""
    lists = here.list_ids if how % 2 else here.list_ids[:1]
    take_next_call(here.somebody(who), lists, here.at)


def tell(here: Nights, who: int, how: int) -> None:
    """Whom the caller holds, or held last: perhaps too late, perhaps told before."""
    caller = here.somebody(who)
    own = calls_of(caller.id)
    call = (
        load(held_by(caller.id)).scalar()
        or db.session.scalars(own.order_by(own.selected_columns.taken_at.desc()).limit(1)).first()
    )
    if call is None:
        return
    outcome = list(Outcome)[how % len(Outcome)]
    later = here.at + timedelta(days=1) if outcome.asks_when else None
    try:
        report_call(call, Report(outcome, later, message="Ring Eva" if how % 5 == 0 else ""), here.at)
    except (AlreadyReported, PassedOn):
        return


def give_up(here: Nights, who: int, how: int) -> None:
    give_back(here.somebody(who), here.at)


def regret(here: Nights, who: int, how: int) -> None:
    """One of the caller's last stories."""
    told = [call for call in db.session.scalars(calls_of(here.somebody(who).id)) if call.outcome]
    if told:
        try:
            undo_report(told[how % len(told)], here.at)
        except (CannotUndo, KeyError):
            return


def minutes(here: Nights, who: int, how: int) -> None:
    """Leases run out after twenty."""
    here.at += timedelta(minutes=7 * (1 + how % 4))


def close(here: Nights, who: int, how: int) -> None:
    campaign = here.campaign_now()
    if how % 2:
        close_campaign(campaign, here.at)
    else:
        reopen_campaign(campaign, here.at, here.today)


def close_one(here: Nights, who: int, how: int) -> None:
    if how % 2:
        close_list(here.list_now(who), here.at)
    else:
        reopen_list(here.list_now(who), here.at, here.today)


def pause(here: Nights, who: int, how: int) -> None:
    campaign = here.campaign_now()
    if how % 2:
        pause_campaign(campaign, here.at)
    else:
        resume_campaign(campaign)


def plan(here: Nights, who: int, how: int) -> None:
    """The campaign is for others now, or tries them more or less often."""
    campaign = here.campaign_now()
    audiences = [
        Audience(),
        Audience(units=(here.units[who % len(here.units)],)),
        Audience(age_from=18, age_to=40),
        Audience(not_contacted_days=2),
        Audience(with_number=True),
    ]
    rules = Rules(tries=1 + how % 3, hours=draft_of(campaign).rules.hours)
    draft = replace(draft_of(campaign), audience=audiences[how % len(audiences)], rules=rules)
    change_campaign(campaign, draft, campaign.version, here.by, here.today)


NIGHT: dict[str, Callable[[Nights, int, int], None]] = {
    one.__name__: one for one in (take, tell, give_up, regret, minutes, close, close_one, pause, plan)
}
ACTS = (
    *NIGHT,
    "take",
    "tell",
    "take",
    "tell",
    *(act for act in acts.ACTS if act not in {"report", "say_yes", "say_no"}),
)
__all__ = ["ACTS", "Nights"]
