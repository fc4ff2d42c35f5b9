"""Read what somebody tapped or wrote as an answer to a question, or say why it is none."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from campaigns.surveys.kinds import Asked, QuestionKind
from organiser.core.text import squeeze, squeeze_lines

LONGEST = {QuestionKind.SHORT: 200, QuestionKind.TEXT: 2000}
"""Characters."""
LARGEST = 1_000_000_000
YES, NO = "yes", "no"


class AnswerFault(StrEnum):
    """Why something is no answer."""

    NOT_ASKED = "not_asked"
    NOT_OFFERED = "not_offered"
    ONLY_ONE = "only_one"
    TOO_MANY = "too_many"
    NOT_A_NUMBER = "not_a_number"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    TOO_LONG = "too_long"
    CLOSED = "closed"


class NotAnAnswer(ValueError):
    """``fault`` says why, ``limit`` where the line goes; campaigns.surveys.words has the sentence."""

    def __init__(self, fault: AnswerFault, limit: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.limit = limit


def read_answer(question: Asked, raw: Any) -> Any:
    """The answer as it is kept, or None where nothing was said.

    ``raw``: a text, a list of texts, a number, a bool or None, as a form or a program gives it. Kept: a
    choice as its key, several as keys in the question's order, a scale as int, a number as int or float,
    yes or no as bool, words squeezed. Raises ``NotAnAnswer``.
    """
    said = [one for one in _listed(raw) if one not in ("", None)]
    if not said:
        return None
    if not question.kind.is_asked:
        raise NotAnAnswer(AnswerFault.NOT_ASKED)
    if question.kind is QuestionKind.MANY:
        return _many(question, said)
    if len(said) > 1:
        raise NotAnAnswer(AnswerFault.ONLY_ONE)
    return _single(question, said[0])


def _listed(raw: Any) -> Sequence[Any]:
    return raw if isinstance(raw, list | tuple) else [raw]


def _single(question: Asked, said: Any) -> Any:
    if question.kind is QuestionKind.ONE:
        return _offered(question, said)
    if question.kind is QuestionKind.YESNO:
        return _yes_or_no(said)
    if question.kind.is_words:
        return _words(question.kind, str(said))
    return _within(question, _number(said, whole=question.kind is QuestionKind.SCALE))


def _offered(question: Asked, said: Any) -> str:
    """Also what is no longer offered: somebody may have had the page open since before."""
    if str(said) not in {option.key for option in question.choices}:
        raise NotAnAnswer(AnswerFault.NOT_OFFERED)
    return str(said)


def _many(question: Asked, said: Sequence[Any]) -> list[str]:
    chosen = {_offered(question, one) for one in said}
    if question.most is not None and len(chosen) > question.most:
        raise NotAnAnswer(AnswerFault.TOO_MANY, question.most)
    return [option.key for option in question.choices if option.key in chosen]


def _yes_or_no(said: Any) -> bool:
    if said in (True, YES):
        return True
    if said in (False, NO):
        return False
    raise NotAnAnswer(AnswerFault.NOT_OFFERED)


def _words(kind: QuestionKind, said: str) -> str | None:
    text = squeeze(said) if kind is QuestionKind.SHORT else squeeze_lines(said)
    if len(text) > LONGEST[kind]:
        raise NotAnAnswer(AnswerFault.TOO_LONG, LONGEST[kind])
    return text or None


def _number(said: Any, *, whole: bool) -> int | float:
    """As it is written in Swedish or English: 3, 3,5, 1 200."""
    plain = squeeze(str(said)).replace(" ", "").replace("−", "-").replace(",", ".")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if isinstance(said, bool) or not (digits.isascii() and digits.isdecimal()):
        raise NotAnAnswer(AnswerFault.NOT_A_NUMBER)
    number = float(plain)
    if number.is_integer() and abs(number) <= LARGEST:
        return int(number)
    if whole:
        raise NotAnAnswer(AnswerFault.NOT_A_NUMBER)
    return number


def _within(question: Asked, number: float) -> int | float:
    low = -LARGEST if question.low is None else question.low
    high = LARGEST if question.high is None else question.high
    if number < low:
        raise NotAnAnswer(AnswerFault.TOO_LOW, low)
    if number > high:
        raise NotAnAnswer(AnswerFault.TOO_HIGH, high)
    return number
