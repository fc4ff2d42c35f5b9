"""The sweeping of memory is off only while the work lasts."""

import gc

import pytest

from organiser.core.unswept import unswept


@unswept
def at_work(*, fails: bool = False) -> bool:
    if fails:
        raise ValueError
    return gc.isenabled()


def test_sweeping_is_off_during_the_work_and_on_again_after_it_also_when_it_fails() -> None:
    assert at_work() is False
    assert gc.isenabled()
    with pytest.raises(ValueError, match=r"^$"):
        at_work(fails=True)
    assert gc.isenabled()


def test_what_was_off_before_stays_off() -> None:
    gc.disable()
    try:
        at_work()
        assert not gc.isenabled()
    finally:
        gc.enable()
