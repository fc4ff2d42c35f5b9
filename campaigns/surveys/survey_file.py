"""Read a survey from a YAML file, and list everything that is wrong with it at once, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaigns.surveys.kinds import Mark, Option, QuestionDraft, QuestionKind, SurveyDraft
from campaigns.surveys.shaping import MOST_QUESTIONS, ShapeFault, faults_of
from organiser.core.text import squeeze, squeeze_lines

LONGEST_FILE = 300_000
"""Characters."""
DEEPEST = 12
LONGEST_TEXT = 2000
TEXT_NAMES = {"key", "type", "sv", "en", "help", "help_en", "hint", "hint_en", "low_label", "high_label"}
QUESTION_NAMES = TEXT_NAMES | {"required", "optional", "options", "max", "low", "high"}


class FileFault(StrEnum):
    """What may be wrong with a file besides the shape of a question."""

    TOO_LONG = "file_too_long"
    NOT_YAML = "not_yaml"
    ALIAS = "alias"
    TOO_DEEP = "too_deep"
    NOT_A_SURVEY = "not_a_survey"
    NO_KEY = "no_key"
    NO_QUESTIONS = "no_questions"
    TOO_MANY = "too_many_questions"
    NOT_A_QUESTION = "not_a_question"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_MARK = "unknown_mark"
    SAME_KEY = "same_key"
    NOT_A_NUMBER = "not_a_whole_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_TEXT = "not_a_text"
    NOT_OPTIONS = "not_options"
    NOT_SECTIONS = "not_sections"


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong on a line (from 1). ``word``: what stands there."""

    line: int
    fault: FileFault | ShapeFault
    word: str = ""


class NotASurveyFile(ValueError):
    """The file cannot be a survey; ``faults`` are all there are, in the order of their lines."""

    def __init__(self, faults: list[LineFault]) -> None:
        super().__init__(", ".join(f"line {one.line}: {one.fault.value}" for one in faults))
        self.faults = faults


@dataclass(slots=True)
class Reader:
    """Reads node by node and keeps what is wrong."""

    faults: list[LineFault] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def note(self, node: Node, fault: FileFault | ShapeFault, word: str = "") -> None:
        self.faults.append(LineFault(node.start_mark.line + 1, fault, word))

    def text(self, node: Node | None, *, lines: bool = False) -> str:
        """A text, squeezed; empty where there is none."""
        if node is None or (isinstance(node, ScalarNode) and node.tag.endswith(":null")):
            return ""
        if not isinstance(node, ScalarNode) or len(node.value) > LONGEST_TEXT:
            self.note(node, FileFault.NOT_A_TEXT)
            return ""
        return squeeze_lines(node.value) if lines else squeeze(node.value)

    def pair(self, node: Node | None, other: Node | None = None) -> tuple[str, str]:
        """A text in Swedish and English: ``{sv: …, en: …}``, or the one in ``node`` and the other apart."""
        if isinstance(node, MappingNode):
            both = self.named(node)
            return self.text(both.get("sv"), lines=True), self.text(both.get("en"), lines=True)
        return self.text(node, lines=True), self.text(other, lines=True)

    def whole(self, node: Node | None) -> int | None:
        """A whole number, or none where there is none."""
        said = self.text(node)
        if node is None or not said:
            return None
        digits = said.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):  # noqa: PLR2004  # what a column holds
            self.note(node, FileFault.NOT_A_NUMBER, said)
            return None
        return int(said)

    def yes(self, node: Node | None, *, otherwise: bool) -> bool:
        """Yes or no, as YAML writes them."""
        said = self.text(node).lower()
        if node is None or said in {"true", "yes", "on"}:
            return otherwise if node is None else True
        if said not in {"false", "no", "off"}:
            self.note(node, FileFault.NOT_YES_OR_NO, said)
        return False

    def named(self, node: MappingNode) -> dict[str, Node]:
        """What stands under each name of a mapping; a name that stands twice is a fault."""
        found: dict[str, Node] = {}
        for name, value in node.value:
            word = self.text(name)
            if word in found:
                self.note(name, FileFault.SAME_KEY, word)
            found[word] = value
        return found

    def survey(self, root: Node | None) -> SurveyDraft:
        """The whole file."""
        if not isinstance(root, MappingNode):
            self.faults.append(LineFault(1, FileFault.NOT_A_SURVEY))
            return SurveyDraft("", "")
        top = self.named(root)
        key = self.text(top.get("key"))
        if not key:
            self.note(root, FileFault.NO_KEY)
        title_sv, title_en = self.pair(top.get("title"), top.get("title_en"))
        intro_sv, intro_en = self.pair(top.get("intro"), top.get("intro_en"))
        questions = tuple(self.questions(top, root))
        title_sv = title_sv or ("" if title_en else key.replace("_", " ").capitalize())
        return SurveyDraft(key, title_sv, title_en, intro_sv, intro_en, questions)

    def questions(self, top: Mapping[str, Node], root: Node) -> Iterator[QuestionDraft]:
        """Those of every section, or those that stand without sections."""
        found = [one for section in self.sections(top) for one in self.section(section)]
        if not found:
            self.note(root, FileFault.NO_QUESTIONS)
        elif len(found) > MOST_QUESTIONS:
            self.note(found[MOST_QUESTIONS][2], FileFault.TOO_MANY, str(MOST_QUESTIONS))
        for section_sv, section_en, node in found:
            draft = self.question(node, section_sv, section_en)
            if draft is not None:
                yield draft

    def sections(self, top: Mapping[str, Node]) -> list[Node]:
        """The sections; questions without any are one section without a name."""
        node = top.get("sections")
        if node is None:
            return [_unnamed(top["questions"])] if "questions" in top else []
        if not isinstance(node, SequenceNode):
            self.note(node, FileFault.NOT_SECTIONS)
            return []
        return list(node.value)

    def section(self, node: Node) -> Iterator[tuple[str, str, Node]]:
        """Each question with the section's name."""
        if not isinstance(node, MappingNode):
            self.note(node, FileFault.NOT_SECTIONS)
            return
        named = self.named(node)
        sv, en = self.pair(named.get("sv"), named.get("en"))
        sv = sv or ("" if en else self.text(named.get("key")).capitalize())
        questions = named.get("questions")
        if not isinstance(questions, SequenceNode):
            self.note(questions or node, FileFault.NOT_SECTIONS)
            return
        for question in questions.value:
            yield sv, en, question

    def question(self, node: Node, section_sv: str, section_en: str) -> QuestionDraft | None:
        """One question; none where it is no mapping or of no kind we know."""
        if not isinstance(node, MappingNode):
            self.note(node, FileFault.NOT_A_QUESTION)
            return None
        before, named = len(self.faults), self.named(node)
        for name in named.keys() - QUESTION_NAMES:
            self.note(named[name], FileFault.UNKNOWN_NAME, name)
        key, kind = self.key(named, node), self.kind(named, node)
        if kind is None:
            return None
        draft = QuestionDraft(
            key=key,
            kind=kind,
            section_sv=section_sv,
            section_en=section_en,
            options=tuple(self.options(named.get("options"), kind)),
            **self.texts(named),
            **self.rules(named, kind),
        )
        for fault in faults_of(draft) if len(self.faults) == before else ():
            self.note(node, fault, key)
        return draft

    def key(self, named: Mapping[str, Node], node: Node) -> str:
        key = self.text(named.get("key"))
        if not key:
            self.note(node, FileFault.NO_KEY)
        elif key in self.keys:
            self.note(named["key"], FileFault.SAME_KEY, key)
        self.keys.add(key)
        return key

    def kind(self, named: Mapping[str, Node], node: Node) -> QuestionKind | None:
        said = self.text(named.get("type"))
        if said in set(QuestionKind):
            return QuestionKind(said)
        self.note(named.get("type", node), FileFault.UNKNOWN_TYPE, said)
        return None

    def texts(self, named: Mapping[str, Node]) -> dict[str, Any]:
        """Question, help and the ends of a scale, in both languages."""
        text_sv, text_en = self.pair(named.get("sv"), named.get("en"))
        help_sv, help_en = self.pair(
            named.get("help", named.get("hint")), named.get("help_en", named.get("hint_en"))
        )
        low_sv, low_en = self.pair(named.get("low_label"))
        high_sv, high_en = self.pair(named.get("high_label"))
        return {
            "text_sv": text_sv,
            "text_en": text_en,
            "help_sv": help_sv,
            "help_en": help_en,
            "low_sv": low_sv,
            "low_en": low_en,
            "high_sv": high_sv,
            "high_en": high_en,
        }

    def rules(self, named: Mapping[str, Node], kind: QuestionKind) -> dict[str, Any]:
        """Whether it ought to be answered (yes, unless the file says optional), and where its ends are."""
        optional = self.yes(named.get("optional"), otherwise=False)
        required = self.yes(named.get("required"), otherwise=not optional)
        low, high = self.whole(named.get("low")), self.whole(named.get("high"))
        return {
            "required": required and kind.is_asked,
            "most": self.whole(named.get("max")) if kind is QuestionKind.MANY else None,
            "low": low if kind.has_bounds else None,
            "high": high if kind.has_bounds else None,
        }

    def options(self, node: Node | None, kind: QuestionKind) -> Iterator[Option]:
        """``key: text``, or ``key: {sv, en, mark}``, in the file's order."""
        if node is None:
            return
        if not isinstance(node, MappingNode) or not kind.has_options:
            self.note(node, FileFault.NOT_OPTIONS)
            return
        for key, value in self.named(node).items():
            sv, en = self.pair(value)
            yield Option(key, sv or ("" if en else key), en, self.mark(value))

    def mark(self, node: Node) -> Mark:
        said = self.text(self.named(node).get("mark")) if isinstance(node, MappingNode) else ""
        if said and said not in set(Mark):
            self.note(node, FileFault.UNKNOWN_MARK, said)
            return Mark.NONE
        return Mark(said or "none")


def read_survey(text: str) -> SurveyDraft:
    """The survey in a YAML file. Raises ``NotASurveyFile`` with everything that is wrong with it."""
    _look_before_reading(text)
    reader = Reader()
    draft = reader.survey(yaml.compose(text, Loader=yaml.SafeLoader))
    if reader.faults:
        raise NotASurveyFile(sorted(reader.faults, key=lambda one: one.line))
    return draft


def _look_before_reading(text: str) -> None:
    """Refuse what is no YAML, and what would unfold without end."""
    if len(text) > LONGEST_FILE:
        raise NotASurveyFile([LineFault(1, FileFault.TOO_LONG)])
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
                fault = FileFault.TOO_DEEP if depth > DEEPEST else FileFault.ALIAS
                raise NotASurveyFile([LineFault(_line_of(event.start_mark), fault)])
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        line = _line_of(getattr(error, "problem_mark", None))
        raise NotASurveyFile([LineFault(line, FileFault.NOT_YAML)]) from error


def _line_of(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _unnamed(questions: Node) -> MappingNode:
    """Questions as a section without a name."""
    name = ScalarNode("tag:yaml.org,2002:str", "questions", questions.start_mark, questions.end_mark)
    return MappingNode("tag:yaml.org,2002:map", [(name, questions)], questions.start_mark, questions.end_mark)
