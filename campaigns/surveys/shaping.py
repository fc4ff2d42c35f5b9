"""Whether a question holds together: what it lacks, said all at once, for a form and for a file."""

from collections.abc import Iterator
from enum import StrEnum

from campaigns.surveys.kinds import QuestionDraft, QuestionKind

FEWEST_OPTIONS = 2
MOST_OPTIONS = 60
MOST_QUESTIONS = 200
LONGEST_SCALE = 10
LONGEST_OPTION = 200
"""Characters."""


class ShapeFault(StrEnum):
    """What is wrong with a question."""

    NO_TEXT = "no_text"
    FEW_OPTIONS = "few_options"
    MANY_OPTIONS = "many_options"
    SAME_OPTION = "same_option"
    LONG_OPTION = "long_option"
    MOST_IS_NONE = "most_is_none"
    NO_ENDS = "no_ends"
    ENDS_CROSS = "ends_cross"
    LONG_SCALE = "long_scale"


def faults_of(draft: QuestionDraft) -> list[ShapeFault]:
    """Everything that keeps the question from being asked; empty: it can be."""
    return [*_text_faults(draft), *_option_faults(draft), *_bound_faults(draft)]


def _text_faults(draft: QuestionDraft) -> Iterator[ShapeFault]:
    if not draft.text_sv and not draft.text_en:
        yield ShapeFault.NO_TEXT


def _option_faults(draft: QuestionDraft) -> Iterator[ShapeFault]:
    if not draft.kind.has_options:
        return
    offered = [option for option in draft.options if not option.gone]
    texts = [(option.sv or option.en).casefold() for option in offered]
    if len(offered) < FEWEST_OPTIONS:
        yield ShapeFault.FEW_OPTIONS
    if len(offered) > MOST_OPTIONS:
        yield ShapeFault.MANY_OPTIONS
    if len(set(texts)) < len(texts):
        yield ShapeFault.SAME_OPTION
    if any(max(len(option.sv), len(option.en)) > LONGEST_OPTION for option in offered):
        yield ShapeFault.LONG_OPTION
    if draft.most is not None and draft.most < 1:
        yield ShapeFault.MOST_IS_NONE


def _bound_faults(draft: QuestionDraft) -> Iterator[ShapeFault]:
    if not draft.kind.has_bounds:
        return
    scale = draft.kind is QuestionKind.SCALE
    if draft.low is None or draft.high is None:
        if scale:
            yield ShapeFault.NO_ENDS
        return
    if draft.low >= draft.high:
        yield ShapeFault.ENDS_CROSS
    elif scale and draft.high - draft.low > LONGEST_SCALE:
        yield ShapeFault.LONG_SCALE
