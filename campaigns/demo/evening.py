"""How calls go: the outcomes an evening of ringing brings, and how far each invented association has come."""

from random import Random

_IN_A_THOUSAND = {
    "talked": 255,
    "talked_call_back": 45,
    "talked_declined": 28,
    "no_answer": 360,
    "voicemail": 110,
    "left_message": 25,
    "sent_text": 25,
    "busy": 30,
    "someone_else": 22,
    "wrong_number": 24,
    "out_of_service": 18,
    "language": 6,
    "no_calls": 12,
    "no_contact": 4,
    "wants_to_leave": 7,
    "says_left": 5,
    "deceased": 3,
    "called_back": 8,
    "skipped": 13,
}
_KEYS, _WEIGHTS = tuple(_IN_A_THOUSAND), tuple(_IN_A_THOUSAND.values())
_ROUNDS = {
    "dalarna-leksand": 3.4,
    "dalarna-orsa": 1.8,
    "dalarna-mora": 1.0,
    "dalarna-hedemora": 0.8,
    "dalarna-rattvik": 1.0,
    "dalarna-falun": 0.5,
    "dalarna-avesta": 0.5,
    "dalarna-sater": 0.6,
    "dalarna-borlange": 0.3,
    "dalarna-alvdalen": 0.5,
    "dalarna-gagnef": 0.4,
    "dalarna-ludvika": 0.3,
    "dalarna-smedjebacken": 0.2,
    "dalarna-malung-salen": 0.1,
    "dalarna-vansbro": 0.0,
    "vasternorrland-harnosand": 1.1,
    "vasternorrland-timra": 0.6,
    "vasternorrland-sundsvall": 0.35,
    "vasternorrland-kramfors": 0.4,
    "vasternorrland-ornskoldsvik": 0.3,
    "vasternorrland-ange": 0.2,
    "vasternorrland-solleftea": 0.0,
}
_BACK_IN_THE_QUEUE = 0.64


def call_outcome(rng: Random) -> str:
    """The key of one outcome, as likely as in real ringing.

    Of a hundred calls 37 reach the member; no answer is the commonest outcome.
    """
    return rng.choices(_KEYS, _WEIGHTS)[0]


def rounds_rung(slug: str) -> float:
    """How often an association has been through its list: 0 untouched, 1 all rung once, 3 near its goal."""
    return _ROUNDS[slug]


def calls_made(slug: str, callable_members: int) -> int:
    """About how many calls that came to, with so many to ring; each round rings those still in the queue."""
    rounds, left, calls = rounds_rung(slug), float(callable_members), 0.0
    while rounds > 0:
        calls += left * min(rounds, 1.0)
        left *= _BACK_IN_THE_QUEUE
        rounds -= 1
    return round(calls)
