"""What a question asks for, what a marked option means for the member, and the shape of a question."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class QuestionKind(StrEnum):
    """How a question is answered; the last one only tells something and is not answered."""

    ONE = "one"
    MANY = "many"
    SCALE = "scale"
    NUMBER = "number"
    SHORT = "short"
    TEXT = "text"
    YESNO = "yesno"
    INFO = "info"

    @property
    def has_options(self) -> bool:
        return self in {QuestionKind.ONE, QuestionKind.MANY}

    @property
    def has_bounds(self) -> bool:
        return self in {QuestionKind.SCALE, QuestionKind.NUMBER}

    @property
    def is_words(self) -> bool:
        """Whether the answer is free words, read by few and never counted apart."""
        return self in {QuestionKind.SHORT, QuestionKind.TEXT}

    @property
    def is_asked(self) -> bool:
        return self is not QuestionKind.INFO


class Mark(StrEnum):
    """What choosing an option says of a member beyond this survey."""

    NONE = "none"
    TASK = "task"
    SKILL = "skill"
    DRIVE = "drive"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. ``gone``: no longer offered, but kept for those who chose it."""

    key: str
    sv: str
    en: str = ""
    mark: Mark = Mark.NONE
    gone: bool = False

    def as_json(self) -> dict[str, Any]:
        """As it is stored with its question."""
        told = {"key": self.key, "sv": self.sv, "en": self.en, "mark": self.mark.value}
        return {**told, "gone": True} if self.gone else told

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Option":
        """From how it is stored."""
        return cls(
            str(stored["key"]),
            str(stored.get("sv", "")),
            str(stored.get("en", "")),
            Mark(stored.get("mark", "none")),
            bool(stored.get("gone", False)),
        )


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as somebody wants it. ``most``: how many options one may choose; ``low`` and ``high``: the
    ends of a scale or of a number.
    """

    key: str
    kind: QuestionKind
    text_sv: str = ""
    text_en: str = ""
    section_sv: str = ""
    section_en: str = ""
    required: bool = False
    help_sv: str = ""
    help_en: str = ""
    options: tuple[Option, ...] = ()
    most: int | None = None
    low: int | None = None
    high: int | None = None
    low_sv: str = ""
    low_en: str = ""
    high_sv: str = ""
    high_en: str = ""


@dataclass(frozen=True, slots=True)
class SurveyDraft:
    """A survey as a file has it."""

    key: str
    title_sv: str
    title_en: str = ""
    intro_sv: str = ""
    intro_en: str = ""
    questions: tuple[QuestionDraft, ...] = ()


class Asked(Protocol):
    """What must be known of a question to read an answer to it."""

    @property
    def kind(self) -> QuestionKind: ...
    @property
    def choices(self) -> tuple[Option, ...]: ...
    @property
    def most(self) -> int | None: ...
    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...


def in_language(sv: str, en: str, language: str) -> str:
    """The text in ``language`` (sv or en); in the other where it is missing."""
    return (en or sv) if language == "en" else (sv or en)
