"""The demo command: the same district every time, with ways in that exist nowhere else."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaigns.app import create_app
from campaigns.cli import cli
from organiser.config import Settings, read_settings
from organiser.web.frame import Framed

WHO_WAS_RUNG = """
    SELECT member.number, call.outcome, target.state, target.tries
    FROM call JOIN target ON target.id = call.target_id JOIN member ON member.id = call.member_id
    ORDER BY member.number, call.taken_at"""
WHO_IS_THERE = """
    SELECT organisation.slug, member.number, member.first_name, member.last_name, member.status
    FROM member JOIN organisation ON organisation.id = member.organisation_id
    ORDER BY member.number, member.first_name, member.last_name"""

Rows = list[tuple[object, ...]]


@pytest.fixture
def prepare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """``ringlista demo --prepare-only`` in a home of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return lambda *words: CliRunner().invoke(cli, ["demo", "--prepare-only", *words])


def asked(folder: Path, question: str) -> Rows:
    with sqlite3.connect(folder / "ringlista-demo" / "ringlista.db") as database:
        rows = database.execute(question).fetchall()
    database.close()
    return rows


def test_the_demo_is_the_same_every_time(prepare: Callable[..., Result], tmp_path: Path) -> None:
    first = prepare()
    assert first.exit_code == 0, first.output
    people, calls = asked(tmp_path, WHO_IS_THERE), asked(tmp_path, WHO_WAS_RUNG)
    assert len(people) > 1850
    assert len(calls) > 1000
    assert asked(tmp_path, "SELECT name FROM account WHERE email IS NOT NULL AND password IS NULL") == []

    assert prepare().exit_code == 0
    assert asked(tmp_path, WHO_WAS_RUNG) == calls

    again = prepare("--fresh")
    assert again.exit_code == 0, again.output
    assert asked(tmp_path, WHO_IS_THERE) == people
    assert asked(tmp_path, WHO_WAS_RUNG) == calls


def test_fresh_throws_nothing_away_that_is_no_demo(prepare: Callable[..., Result], tmp_path: Path) -> None:
    folder = tmp_path / "ringlista-demo"
    folder.mkdir()
    (folder / "letters.txt").write_text("mine")
    refused = prepare("--fresh")
    assert refused.exit_code == 2
    assert "nothing was removed" in refused.output
    assert (folder / "letters.txt").read_text() == "mine"


def test_the_ways_in_exist_only_in_a_demo(tmp_path: Path) -> None:
    real = create_app(Settings(data_dir=tmp_path, secret_key="x" * 8 + "abcdefghijklmnopqrstuvwxyz"))
    assert not [rule for rule in real.url_map.iter_rules() if rule.rule.startswith("/demo")]


def test_a_demo_has_a_way_in_for_every_role(tmp_path: Path) -> None:
    shown: Framed = create_app(read_settings(data_dir=tmp_path, demo=True))
    assert {rule.rule for rule in shown.url_map.iter_rules() if rule.rule.startswith("/demo")} == {
        "/demo/",
        "/demo/<role>",
    }
