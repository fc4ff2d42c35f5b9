"""What follow-ups, deeds and oddities are called on a page, and which icons they have."""

from typing import Any

from campaigns.following.kinds import FollowedUp, Shown
from campaigns.following.oddities import Oddity
from campaigns.queue.states import ErrandKind
from organiser.core.i18n import lazy

KIND: dict[ErrandKind, Any] = {
    ErrandKind.LANGUAGE: lazy("Another language is needed"),
    ErrandKind.WANTS_TO_LEAVE: lazy("Wants to leave"),
    ErrandKind.SAYS_LEFT: lazy("Says they have left already"),
    ErrandKind.DECEASED: lazy("Has died, the caller was told"),
    ErrandKind.NO_NUMBER: lazy("No number leads to them"),
    ErrandKind.MESSAGE: lazy("A message from the caller"),
    ErrandKind.TOLD_TWICE: lazy("Two stories of the same call"),
    ErrandKind.UNPLEASANT: lazy("An unpleasant call"),
}
KIND_ICONS: dict[ErrandKind, str] = {
    ErrandKind.LANGUAGE: "languages",
    ErrandKind.WANTS_TO_LEAVE: "log-out",
    ErrandKind.SAYS_LEFT: "user-x",
    ErrandKind.DECEASED: "heart",
    ErrandKind.NO_NUMBER: "hash",
    ErrandKind.MESSAGE: "message-circle",
    ErrandKind.TOLD_TWICE: "copy",
    ErrandKind.UNPLEASANT: "triangle-alert",
}
NEXT: dict[ErrandKind, Any] = {
    ErrandKind.LANGUAGE: lazy("Find somebody who speaks the language, and ring again."),
    ErrandKind.WANTS_TO_LEAVE: lazy("Help them out, or talk with them. Nobody rings meanwhile."),
    ErrandKind.SAYS_LEFT: lazy("Look in the register of the party. Nobody rings meanwhile."),
    ErrandKind.DECEASED: lazy("Make sure that it is true before you put it in the register."),
    ErrandKind.NO_NUMBER: lazy("Does anybody in the association know another number?"),
    ErrandKind.MESSAGE: lazy("Read it, do what is asked for, and mark it as done."),
    ErrandKind.TOLD_TWICE: lazy("The first one stands. Undo it in the log of calls if it is wrong."),
    ErrandKind.UNPLEASANT: lazy("Ask the caller how they are. Decide whether anybody shall ring again."),
}
DID: dict[FollowedUp, Any] = {
    FollowedUp.NUMBER: lazy("A new number"),
    FollowedUp.AGAIN: lazy("To be rung again"),
    FollowedUp.DONE: lazy("Dealt with"),
    FollowedUp.NOTE: lazy("A note was written"),
    FollowedUp.BLOCK: lazy("Blocked"),
    FollowedUp.MOVE: lazy("Moved to another association"),
    FollowedUp.LEFT: lazy("The membership is ended"),
    FollowedUp.DECEASED: lazy("Marked as deceased"),
}
TOLD: dict[FollowedUp, Any] = {
    FollowedUp.NUMBER: lazy("The new number is rung first from now on."),
    FollowedUp.AGAIN: lazy("Back in the queue."),
    FollowedUp.DONE: lazy("Done."),
    FollowedUp.NOTE: lazy("The note is kept, and it is done."),
    FollowedUp.BLOCK: lazy("Blocked. It holds from now on, in every list."),
    FollowedUp.MOVE: lazy("Moved. Their new association rings them."),
    FollowedUp.LEFT: lazy("The membership is ended. Nobody rings any more."),
    FollowedUp.DECEASED: lazy("Marked as deceased. Nobody rings or writes any more."),
}
SHOWN: dict[Shown, Any] = {
    Shown.ALL: lazy("All"),
    Shown.MINE: lazy("Mine"),
    Shown.OVERDUE: lazy("Overdue"),
    Shown.DONE: lazy("Done lately"),
}
ODDITY: dict[Oddity, Any] = {
    Oddity.HASTE: lazy("Very short between the calls"),
    Oddity.ALL_REACHED: lazy("Nearly everybody answered"),
    Oddity.NO_ANSWERS: lazy("Many conversations, no answers to the questions"),
    Oddity.WHOLE_LEASE: lazy("Several members were never reported"),
}
MAY_MEAN: dict[Oddity, Any] = {
    Oddity.HASTE: lazy("They may be copying from a paper list, or trying the buttons. Ask how it goes."),
    Oddity.ALL_REACHED: lazy("Usually somebody does not answer. They may only write in those they met. Ask."),
    Oddity.NO_ANSWERS: lazy("The questions may be hard to find or to ask. Show them once more."),
    Oddity.WHOLE_LEASE: lazy("They may have gone, or the page may not work. Ask if they are all right."),
}
