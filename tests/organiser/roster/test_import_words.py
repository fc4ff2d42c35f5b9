"""Everything an import may say has words, and every column may be read as any field."""

from organiser.roster import labels, repairs
from organiser.roster.decisions import DecisionKind
from organiser.roster.problems import ProblemKind
from organiser.roster.sheets import ENCODINGS, SENTENCES, CautionKind, Refusal, SkipReason
from organiser.roster.synonyms import Field


def test_every_problem_and_caution_has_a_repair() -> None:
    assert set(repairs.PROBLEM) == set(ProblemKind)
    assert set(repairs.CAUTION) == set(CautionKind)
    assert len(repairs.REPAIR) == len(ProblemKind) + len(CautionKind)


def test_a_problem_that_refuses_a_row_is_said_to_and_no_other() -> None:
    refused = {kind for kind, repair in repairs.PROBLEM.items() if repair.weight is repairs.Weight.REFUSED}
    assert refused == {kind for kind in ProblemKind if kind.refuses}


def test_what_was_mended_is_not_said_to_be_left_out() -> None:
    mended = {kind for kind, repair in repairs.PROBLEM.items() if repair.weight is repairs.Weight.MENDED}
    assert mended == {kind for kind in ProblemKind if kind.mended}


def test_every_skipped_row_decision_encoding_and_refusal_has_words() -> None:
    assert set(labels.SKIPPED) == set(SkipReason)
    assert set(labels.DECISION) == set(DecisionKind)
    assert set(labels.ENCODING) == set(ENCODINGS)
    assert set(SENTENCES) == set(Refusal)


def test_every_field_has_a_name_and_stands_in_exactly_one_group() -> None:
    assert set(labels.FIELD) == set(Field)
    assert sorted(field for _group, fields in labels.FIELD_GROUPS for field in fields) == sorted(Field)
