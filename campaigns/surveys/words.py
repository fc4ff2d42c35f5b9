"""What surveys say on a page: kinds and marks, why something will not do, and answers as words."""

from collections.abc import Sequence
from typing import Any

from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale

from campaigns.surveys.counting import Bar
from campaigns.surveys.kinds import Mark, Option, QuestionKind, in_language
from campaigns.surveys.models import Question, Survey
from campaigns.surveys.reading import AnswerFault, NotAnAnswer
from campaigns.surveys.shaping import LONGEST_OPTION, LONGEST_SCALE, MOST_OPTIONS, ShapeFault
from campaigns.surveys.survey_file import DEEPEST, LONGEST_FILE, FileFault, LineFault
from organiser.core.i18n import _, lazy
from organiser.web.filters import count

KIND: dict[QuestionKind, Any] = {
    QuestionKind.ONE: lazy("One choice"),
    QuestionKind.MANY: lazy("Several choices"),
    QuestionKind.YESNO: lazy("Yes or no"),
    QuestionKind.SCALE: lazy("Scale"),
    QuestionKind.NUMBER: lazy("A number"),
    QuestionKind.SHORT: lazy("Short text"),
    QuestionKind.TEXT: lazy("Long text"),
    QuestionKind.INFO: lazy("Read out"),
}
MARK: dict[Mark, Any] = {
    Mark.NONE: lazy("Nothing more"),
    Mark.TASK: lazy("Wants to help with this"),
    Mark.SKILL: lazy("Can do this"),
    Mark.DRIVE: lazy("Cares about this"),
    Mark.TRAINING: lazy("Wants to learn this"),
}
ANSWER_FAULT: dict[AnswerFault, Any] = {
    AnswerFault.NOT_ASKED: lazy("There is nothing to answer here."),
    AnswerFault.NOT_OFFERED: lazy("Choose one of the answers on the page."),
    AnswerFault.ONLY_ONE: lazy("Choose only one answer."),
    AnswerFault.TOO_MANY: lazy("Choose at most %(limit)s."),
    AnswerFault.NOT_A_NUMBER: lazy("Write a number with digits, like 12."),
    AnswerFault.TOO_LOW: lazy("Write a number that is at least %(limit)s."),
    AnswerFault.TOO_HIGH: lazy("Write a number that is at most %(limit)s."),
    AnswerFault.TOO_LONG: lazy("Keep it shorter: at most %(limit)s characters."),
    AnswerFault.CLOSED: lazy("The survey is closed. The answer was not saved."),
}
SHAPE_FAULT: dict[ShapeFault, Any] = {
    ShapeFault.NO_TEXT: lazy("Write the question in at least one language."),
    ShapeFault.FEW_OPTIONS: lazy("Write at least two answers to choose among."),
    ShapeFault.MANY_OPTIONS: lazy("Write at most %(limit)s answers to choose among.", limit=MOST_OPTIONS),
    ShapeFault.SAME_OPTION: lazy("Two answers read the same. Change one of them."),
    ShapeFault.LONG_OPTION: lazy(
        "Keep each answer shorter: at most %(limit)s characters.", limit=LONGEST_OPTION
    ),
    ShapeFault.MOST_IS_NONE: lazy("One must be able to choose at least one answer."),
    ShapeFault.NO_ENDS: lazy("Write where the scale begins and where it ends, like 1 and 5."),
    ShapeFault.ENDS_CROSS: lazy("The highest number must be above the lowest."),
    ShapeFault.LONG_SCALE: lazy("Let the scale have at most %(limit)s steps.", limit=LONGEST_SCALE + 1),
}
FILE_FAULT: dict[FileFault, Any] = {
    FileFault.TOO_LONG: lazy("the file is too long: at most %(limit)s characters", limit=LONGEST_FILE),
    FileFault.NOT_YAML: lazy("this cannot be read as YAML; look at indents, colons and quotation marks"),
    FileFault.ALIAS: lazy("a reference (*) to another line cannot be used here; write the text out"),
    FileFault.TOO_DEEP: lazy("too many levels inside each other: at most %(limit)s", limit=DEEPEST),
    FileFault.NOT_A_SURVEY: lazy("the file must begin with names such as key: and sections:"),
    FileFault.NO_KEY: lazy("key: is missing, a short name like “help_with”"),
    FileFault.NO_QUESTIONS: lazy("there are no questions"),
    FileFault.TOO_MANY: lazy("there are more than %(word)s questions"),
    FileFault.NOT_A_QUESTION: lazy("a question must have names such as key:, type: and sv:"),
    FileFault.UNKNOWN_NAME: lazy("“%(word)s:” is nothing a question can have"),
    FileFault.UNKNOWN_TYPE: lazy(
        "type “%(word)s” is not known; use one, many, scale, number, short, text, yesno or info"
    ),
    FileFault.UNKNOWN_MARK: lazy("mark “%(word)s” is not known; use task, skill, drive, training or none"),
    FileFault.SAME_KEY: lazy("“%(word)s” stands twice"),
    FileFault.NOT_A_NUMBER: lazy("“%(word)s” is not a whole number"),
    FileFault.NOT_YES_OR_NO: lazy("“%(word)s” must be true or false"),
    FileFault.NOT_A_TEXT: lazy("a text of at most 2,000 characters must stand here"),
    FileFault.NOT_OPTIONS: lazy("options go with type one or many, one line each: key: text"),
    FileFault.NOT_SECTIONS: lazy("sections: must be a list, each with a list of questions:"),
}


def language() -> str:
    """The reader's: sv or en."""
    return str(get_locale() or "sv")[:2]


def told(sv: str, en: str) -> str:
    """The text in the reader's language; in the other where it is missing."""
    return in_language(sv, en, language())


def title(survey: Survey) -> str:
    """The survey's title."""
    return told(survey.title_sv, survey.title_en) or survey.key


def answer_fault(error: NotAnAnswer) -> str:
    """Why that is no answer, as a sentence."""
    limit = "" if error.limit is None else count(error.limit)
    words = ANSWER_FAULT[error.fault]
    return str(words) % {"limit": limit} if "%(" in str(words) else str(words)


def file_fault(fault: LineFault) -> str:
    """What is wrong on a line: "Line 12: “wday” is not …"."""
    if isinstance(fault.fault, ShapeFault):
        words = f"{fault.word}: {SHAPE_FAULT[fault.fault]}" if fault.word else str(SHAPE_FAULT[fault.fault])
    else:
        words = str(FILE_FAULT[fault.fault])
        words = words % {"word": fault.word} if "%(word)" in words else words
    return str(_("Line %(line)s: %(what)s", line=fault.line, what=words))


def number(value: float) -> str:
    """A number as it is written: 2,5."""
    return format_decimal(value, locale=get_locale() or "sv")


def answer_words(question: Question, value: Any) -> str:
    """An answer as one reads it: "Köra bil, Skriva"."""
    if value is None:
        return ""
    if question.kind.has_options:
        names: dict[str, str] = {option.key: told(option.sv, option.en) for option in question.choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(names.get(key, str(key)) for key in chosen)
    if question.kind is QuestionKind.YESNO:
        return str(_("Yes") if value else _("No"))
    return number(value) if question.kind.has_bounds else str(value)


def offered(question: Question) -> str:
    """The answers to choose among, on one line."""
    return ", ".join(told(option.sv, option.en) for option in question.offered)


def per_cent(value: int | None) -> str:
    """A whole per cent as it is written: 35 %; a dash where there is none."""
    return "–" if value is None else str(format_percent(value / 100, locale=get_locale() or "sv"))


def rules(question: Question) -> Sequence[str]:
    """What one should know of a question besides its words: its kind, how many one may choose, its ends."""
    found = [str(KIND[question.kind])]
    if question.most is not None:
        found.append(str(_("at most %(limit)s", limit=question.most)))
    if question.low is not None and question.high is not None:
        found.append(str(_("%(low)s to %(high)s", low=question.low, high=question.high)))
    if question.kind.is_asked and not question.required:
        found.append(str(_("optional")))
    return found


def bar(shown: Bar) -> str:
    """What a bar counts: an option, yes or no, a step, a range."""
    if isinstance(shown.what, Option):
        return told(shown.what.sv, shown.what.en)
    if isinstance(shown.what, bool):
        return str(_("Yes") if shown.what else _("No"))
    low, high = shown.what
    return number(low) if low == high else f"{number(low)}–{number(high)}"
