"""The database's own account of every lease, written by triggers in the order in which things were stored.

Two clocks can disagree by the length of a request; the order in which one database takes rows cannot. On
PostgreSQL a line is written as its transaction commits: whoever waits there for another's number has said
that they take the member before they have them.
"""

from sqlalchemy import Engine

_COLUMNS = "call_id, member_id, caller_id, e164, is_open, taken_at, lease_until"
_VALUES = (
    "NEW.id, NEW.member_id, NEW.caller_id, NEW.e164,"
    " NEW.outcome IS NULL AND NEW.given_back_at IS NULL, NEW.taken_at, NEW.lease_until"
)
_WRITE = f"INSERT INTO bench_trail ({_COLUMNS}) VALUES ({_VALUES});"  # noqa: S608  # our own words

_TYPED = (
    "call_id uuid, member_id uuid, caller_id uuid, e164 text, is_open boolean,"
    " taken_at timestamptz, lease_until timestamptz"
)
_SQLITE = (
    f"CREATE TABLE bench_trail (seq INTEGER PRIMARY KEY AUTOINCREMENT, {_COLUMNS})",
    f'CREATE TRIGGER bench_taken AFTER INSERT ON "call" BEGIN {_WRITE} END',
    f'CREATE TRIGGER bench_changed AFTER UPDATE ON "call" BEGIN {_WRITE} END',
)
_AT_COMMIT = (
    'CREATE CONSTRAINT TRIGGER bench_note AFTER INSERT OR UPDATE ON "call" DEFERRABLE INITIALLY DEFERRED'
)
_POSTGRESQL = (
    f"CREATE TABLE bench_trail (seq bigserial PRIMARY KEY, {_TYPED})",
    f"CREATE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_WRITE} RETURN NULL; END $$",
    f"{_AT_COMMIT} FOR EACH ROW EXECUTE FUNCTION bench_note()",
)


def keep_trail(engine: Engine) -> None:
    """From now on every change of a call leaves a line; in the bench's own database only."""
    with engine.begin() as connection:
        for statement in _SQLITE if engine.dialect.name == "sqlite" else _POSTGRESQL:
            connection.exec_driver_sql(statement)
