"""The call guide a new campaign begins with: five minutes, from hello to thanks, in the reader's language."""

from typing import Any

from organiser.core.i18n import lazy

STEPS: list[tuple[Any, list[Any]]] = [
    (
        lazy("Say hello"),
        [
            lazy("Hello! May I speak to {first_name}?"),
            lazy(
                "*If somebody else answers:* give only your own first name and ask when {first_name} can be "
                "reached. Say neither where you ring from nor what it is about."
            ),
            lazy(
                "When it is {first_name}: My name is {caller}, and I ring from {association}, where you are "
                "a member. Do you have five minutes?"
            ),
            lazy("*If not:* When may I ring again?"),
        ],
    ),
    (
        lazy("Say why we ring"),
        [
            lazy(
                "We ring everybody in {association} to hear how you are doing and what you would like us "
                "to do."
            ),
            lazy("*If they ask where we got the number:* it stands in our own list of members."),
        ],
    ),
    (
        lazy("Ask and listen"),
        [
            lazy(
                "- What made you become a member?\n- What matters most where you live?\n"
                "- What are you good at?"
            ),
            lazy("Let it take its time. Write down no health, faith or private life."),
        ],
    ),
    (
        lazy("Ask for one thing"),
        [
            lazy("Would you like to come to the next meeting, or lend a hand with something small?"),
            lazy("*If yes:* write to the organiser what it is. *If no:* that is fine too."),
        ],
    ),
    (
        lazy("Say thank you"),
        [lazy("Thank you for talking to me! It makes a difference that you are with us.")],
    ),
]


def default_script() -> str:
    """Markdown, a heading for each step; {first_name}, {caller}, {association} are filled in at the call."""
    steps = [[f"## {title}", *(str(line) for line in lines)] for title, lines in STEPS]
    return "\n\n".join("\n\n".join(step) for step in steps) + "\n"
