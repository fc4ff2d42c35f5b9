"""What somebody writes into a form that its page leaves empty, so that it does its deed."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from campaigns.evenings import services as evenings_services
from campaigns.evenings.models import Evening
from organiser.core import clock
from organiser.core.database import db
from organiser.core.ids import uuid7
from organiser.core.tenancy import inside
from tests.who_may.places import Place
from tests.who_may.table import Row, Who
from tests.who_may.world import World

Body = Mapping[str, Any]
LIST = "Medlemsnummer;Förnamn;Efternamn\n990011;Ny;Person\n".encode()


def _unit(world: World, place: Place) -> str:
    return str(world.rooms[place].unit_id)


def _code(world: World, place: Place) -> str:
    """What the organiser of a place's evening says aloud."""
    room = world.rooms[place]
    with world.app.app_context(), inside(room.canary.tenant_id):
        evening = db.session.get_one(Evening, (room.canary.tenant_id, room.ids["evening_id"]))
        return evenings_services.code_now(evening)


BODIES: dict[str, Callable[[World, Place], Body]] = {
    "POST /join/<token>": lambda world, place: {"name": "Kim", "code": _code(world, place)},
    "POST /account/language": lambda _world, _place: {"language": "en"},
    "POST /accounts/new": lambda world, place: {
        "name": "Ny Person",
        "email": "ny.person@example.net",
        "role": "viewer",
        "unit": _unit(world, place),
    },
    "POST /accounts/<uuid:account_id>/roles": lambda world, place: {
        "role": "viewer",
        "unit": _unit(world, place),
    },
    "POST /units/<uuid:unit_id>/new": lambda _world, _place: {"name": "Nyby"},
    "POST /units/<uuid:unit_id>/edit": lambda _world, _place: {"name": "Nytt namn"},
    "POST /units/<uuid:unit_id>/move": lambda world, _place: {"parent": str(world.tree.borlange)},
    "POST /members/<uuid:member_id>/edit": lambda _world, _place: {"first_name": "Ny"},
    "POST /campaigns/new": lambda _world, _place: {"do": "make"},
    "POST /campaigns/<uuid:campaign_id>/words": lambda _world, _place: {"title": "Nytt namn", "do": "save"},
    "POST /campaigns/<uuid:campaign_id>/plan": lambda _world, _place: {"age_from": "20", "do": "save"},
    "POST /assignments/<uuid:assignment_id>/responsible": lambda world, _place: {
        "account": str(world.accounts[Who.ADMINISTRATOR].id)
    },
    "POST /members/new": lambda _world, _place: {"first_name": "Ny", "last_name": "Person"},
    "POST /members/<uuid:member_id>/blocks": lambda _world, _place: {"scope": "calls", "reason": "sa det"},
    "POST /members/<uuid:member_id>/tags": lambda _world, _place: {"name": "Bakar bullar"},
    "POST /members/<uuid:member_id>/blocks/<uuid:block_id>/lifting": lambda _world, _place: {
        "reason": "ringde och bad om det"
    },
    "POST /follow-ups/<uuid:follow_up_id>/number": lambda _world, _place: {"number": "070-174 06 99"},
    "POST /follow-ups/<uuid:follow_up_id>/note": lambda _world, _place: {
        "text": "Fikade",
        "channel": "visit",
    },
    "POST /follow-ups/<uuid:follow_up_id>/block": lambda _world, _place: {"scope": "calls"},
    "POST /follow-ups/<uuid:follow_up_id>/move": lambda world, _place: {
        "organisation_id": str(world.tree.borlange)
    },
    "POST /follow-ups/<uuid:follow_up_id>/leaving": lambda _world, _place: {"status": "left"},
    "POST /follow-ups/<uuid:follow_up_id>/entrusting": lambda _world, _place: {"due_on": "2030-01-31"},
    "POST /calls/<uuid:call_id>/answers": lambda world, _place: {
        "question": str(world.rooms[Place.OWN].ids["question_id"]),
        "value": "Hej",
    },
    "POST /imports": lambda _world, _place: {"file": (LIST, "lista.csv")},
    "POST /calls/<uuid:call_id>/report": lambda _world, _place: {"outcome": "no_answer"},
    "POST /calls/<uuid:call_id>/unpleasant": lambda _world, _place: {"kind": "threat"},
    "POST /calls/<uuid:call_id>/words": lambda _world, _place: {"message": "Bra samtal"},
    "POST /evenings/<uuid:evening_id>/invitations": lambda _world, _place: {"names": "Kim"},
    "POST /evenings/<uuid:evening_id>/wall": lambda _world, _place: {"batch": str(uuid7())},
    "POST /surveys/<uuid:survey_id>/title": lambda _world, _place: {"title_sv": "Nytt namn"},
    "POST /surveys/<uuid:survey_id>/questions/new": lambda _world, _place: {
        "text_sv": "Ny fråga?",
        "more": "Ja\nNej",
    },
    "POST /surveys/<uuid:survey_id>/questions/<uuid:question_id>": lambda _world, _place: {
        "text_sv": "Nya ord?"
    },
    "POST /goals/<uuid:unit_id>/<measure>": lambda _world, _place: {
        "due_on": str(clock.now().date() + timedelta(days=90))
    },
}


def body_of(row: Row, world: World, place: Place) -> Body:
    """What is written into the form of a row, for what stands in a place; nothing where nothing is asked."""
    write = BODIES.get(str(row))
    return write(world, place) if write else {}
