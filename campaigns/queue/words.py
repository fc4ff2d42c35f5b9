"""What outcomes and times are called on a page, what each outcome leads to, and which icon it has."""

from typing import Any

from campaigns.queue.hours import When, WhyNotThen
from campaigns.queue.outcomes import Outcome
from organiser.core.i18n import lazy

SHORT: dict[Outcome, Any] = {
    Outcome.TALKED: lazy("Reached"),
    Outcome.NO_ANSWER: lazy("No answer"),
    Outcome.TALKED_CALL_BACK: lazy("Call later"),
    Outcome.WRONG_NUMBER: lazy("Wrong number"),
    Outcome.NO_CALLS: lazy("Does not want calls"),
}
ICONS: dict[Outcome, str] = {
    Outcome.TALKED: "check",
    Outcome.TALKED_CALL_BACK: "clock-3",
    Outcome.TALKED_DECLINED: "message-square",
    Outcome.NO_ANSWER: "phone-missed",
    Outcome.VOICEMAIL: "voicemail",
    Outcome.LEFT_MESSAGE: "message-circle",
    Outcome.SENT_TEXT: "send",
    Outcome.BUSY: "phone-call",
    Outcome.SOMEONE_ELSE: "users",
    Outcome.WRONG_NUMBER: "hash",
    Outcome.OUT_OF_SERVICE: "x",
    Outcome.LANGUAGE: "languages",
    Outcome.NO_CALLS: "phone-off",
    Outcome.NO_CONTACT: "hand",
    Outcome.WANTS_TO_LEAVE: "log-out",
    Outcome.SAYS_LEFT: "user-x",
    Outcome.DECEASED: "heart",
    Outcome.CALLED_BACK: "rotate-ccw",
    Outcome.SKIPPED: "skip-forward",
}
EFFECTS: dict[Outcome, Any] = {
    Outcome.TALKED: lazy("Done. Nobody rings again in this round."),
    Outcome.TALKED_CALL_BACK: lazy("Rung again at the time you choose, before everybody else."),
    Outcome.TALKED_DECLINED: lazy("Done. Nobody rings again in this round."),
    Outcome.NO_ANSWER: lazy("Somebody rings again, tomorrow at the earliest."),
    Outcome.VOICEMAIL: lazy("Somebody rings again, tomorrow at the earliest."),
    Outcome.LEFT_MESSAGE: lazy("Somebody rings again in two days at the earliest."),
    Outcome.SENT_TEXT: lazy("Somebody rings again in two days at the earliest."),
    Outcome.BUSY: lazy("Somebody rings again in an hour at the earliest."),
    Outcome.SOMEONE_ELSE: lazy("Rung again at the time you choose. Never say who we are or why we call."),
    Outcome.WRONG_NUMBER: lazy("The number is not used again. The next one is tried, or the organiser told."),
    Outcome.OUT_OF_SERVICE: lazy(
        "The number is not used again. The next one is tried, or the organiser told."
    ),
    Outcome.LANGUAGE: lazy("The organiser looks for somebody who speaks it."),
    Outcome.NO_CALLS: lazy("Blocked at once. Nobody rings again."),
    Outcome.NO_CONTACT: lazy(
        "Blocked at once. Neither calls, texts, e-mail nor letters, but for what the statutes require."
    ),
    Outcome.WANTS_TO_LEAVE: lazy("The organiser helps them out. Nobody rings meanwhile."),
    Outcome.SAYS_LEFT: lazy("The organiser checks the register. Nobody rings meanwhile."),
    Outcome.DECEASED: lazy("Nobody contacts them again, and the organiser is told."),
    Outcome.CALLED_BACK: lazy("Done: you talked when they rang us."),
    Outcome.SKIPPED: lazy("It does not count as a try."),
}
GROUPS: list[tuple[Any, list[Outcome]]] = [
    (
        lazy("Did not get through"),
        [
            Outcome.VOICEMAIL,
            Outcome.LEFT_MESSAGE,
            Outcome.SENT_TEXT,
            Outcome.BUSY,
            Outcome.SOMEONE_ELSE,
            Outcome.OUT_OF_SERVICE,
        ],
    ),
    (
        lazy("We talked"),
        [
            Outcome.TALKED_DECLINED,
            Outcome.CALLED_BACK,
            Outcome.LANGUAGE,
        ],
    ),
    (
        lazy("Wants to be left alone"),
        [Outcome.NO_CONTACT, Outcome.WANTS_TO_LEAVE, Outcome.SAYS_LEFT],
    ),
    (lazy("Something else"), [Outcome.SKIPPED, Outcome.DECEASED]),
    (lazy("Also on the page of the call"), list(SHORT)),
]
WHEN: dict[When, Any] = {
    When.TODAY: lazy("Today"),
    When.TONIGHT: lazy("Tonight"),
    When.TOMORROW: lazy("Tomorrow"),
    When.NEXT_WEEK: lazy("In a week"),
}
NOT_THEN: dict[WhyNotThen, Any] = {
    WhyNotThen.PAST: lazy("That time has passed. Choose a later one."),
    WhyNotThen.TOO_FAR: lazy("Choose a time within three months."),
    WhyNotThen.TOO_EARLY_OR_LATE: lazy("We ring between 9 in the morning and 9 in the evening."),
    WhyNotThen.CLOSED: lazy("Nobody rings then. Choose a time when members are rung in this campaign."),
}
