"""What is an answer to which question, and why something else is none."""

from typing import Any

import pytest

from campaigns.surveys.kinds import QuestionDraft, QuestionKind
from campaigns.surveys.models import Question
from campaigns.surveys.reading import AnswerFault, NotAnAnswer, read_answer
from tests.campaigns.surveys.asked import HELP, JOB, LEVEL, LIKED, NEWS, READ, WHY, YEARS

AT_MOST_TWO = QuestionDraft("help", QuestionKind.MANY, "?", options=HELP.options, most=2)


def question(draft: QuestionDraft) -> Question:
    options = [option.as_json() for option in draft.options]
    return Question(kind=draft.kind, options=options, most=draft.most, low=draft.low, high=draft.high)


@pytest.mark.parametrize(
    ("draft", "raw", "kept"),
    [
        (LEVEL, "some", "some"),
        (LEVEL, ["some"], "some"),
        (LEVEL, "", None),
        (LEVEL, None, None),
        (HELP, ["write", "leaflets", "write"], ["leaflets", "write"]),
        (HELP, "drive", ["drive"]),
        (HELP, [], None),
        (HELP, [""], None),
        (NEWS, "yes", True),
        (NEWS, "no", False),
        (NEWS, False, False),
        (LIKED, "4", 4),
        (LIKED, 1, 1),
        (YEARS, "12", 12),
        (YEARS, "2,5", 2.5),
        (YEARS, "1 200", 1200),
        (YEARS, "0", 0),
        (YEARS, 0, 0),
        (JOB, "  Lärare \n i skolan ", "Lärare i skolan"),
        (WHY, " För \r\n rättvisan\n", "För\nrättvisan"),
        (WHY, "   ", None),
        (READ, "", None),
    ],
)
def test_an_answer_is_kept_in_one_form(draft: QuestionDraft, raw: Any, kept: Any) -> None:
    found = read_answer(question(draft), raw)
    assert (found, type(found)) == (kept, type(kept))


@pytest.mark.parametrize(
    ("draft", "raw", "fault", "limit"),
    [
        (LEVEL, "never", AnswerFault.NOT_OFFERED, None),
        (LEVEL, ["some", "lot"], AnswerFault.ONLY_ONE, None),
        (HELP, ["drive", "fly"], AnswerFault.NOT_OFFERED, None),
        (AT_MOST_TWO, ["drive", "write", "leaflets"], AnswerFault.TOO_MANY, 2),
        (NEWS, "maybe", AnswerFault.NOT_OFFERED, None),
        (LIKED, "6", AnswerFault.TOO_HIGH, 5),
        (LIKED, "0", AnswerFault.TOO_LOW, 1),
        (LIKED, "2,5", AnswerFault.NOT_A_NUMBER, None),
        (YEARS, "-1", AnswerFault.TOO_LOW, 0),
        (YEARS, "tre", AnswerFault.NOT_A_NUMBER, None),
        (YEARS, "nan", AnswerFault.NOT_A_NUMBER, None),
        (YEARS, "1e5", AnswerFault.NOT_A_NUMBER, None),
        (YEARS, "²", AnswerFault.NOT_A_NUMBER, None),
        (YEARS, ".", AnswerFault.NOT_A_NUMBER, None),
        (YEARS, True, AnswerFault.NOT_A_NUMBER, None),
        (YEARS, "9" * 400, AnswerFault.TOO_HIGH, 1_000_000_000),
        (JOB, "x" * 201, AnswerFault.TOO_LONG, 200),
        (WHY, "x" * 2001, AnswerFault.TOO_LONG, 2000),
        (READ, "thanks", AnswerFault.NOT_ASKED, None),
    ],
)
def test_what_is_no_answer_says_why(
    draft: QuestionDraft, raw: Any, fault: AnswerFault, limit: int | None
) -> None:
    with pytest.raises(NotAnAnswer) as caught:
        read_answer(question(draft), raw)
    assert (caught.value.fault, caught.value.limit) == (fault, limit)
