"""How a page answers a tap: whole to a browser that goes on, in part to a script that swaps it in."""

from flask import Response, make_response, request

from organiser.web.frame import see_other


def by_script() -> bool:
    """Whether a script asks and swaps the answer in."""
    return "HX-Request" in request.headers


def for_part(part: str) -> bool:
    """Whether a script asks for nothing but the element of that id."""
    return request.headers.get("HX-Target", "").endswith(f"#{part}")


def at_once(page: str, url: str) -> Response:
    """The page that lives at ``url``, one round trip after the tap; without a script, on to ``url``."""
    return Response(page, headers={"HX-Push-Url": url})


def leave_for(url: str) -> Response:
    """Away from this page, also where only a part of it asked."""
    return Response(headers={"HX-Redirect": url}) if by_script() else see_other(url)


def whole(page: str, status: int) -> Response:
    """A page that takes the place of all that stands there, also where only a part of it asked."""
    answer = make_response(page, status)
    if by_script():
        answer.headers.update({"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
    return answer
