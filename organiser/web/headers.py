"""Headers on every answer, also errors, static files and refusals."""

from flask import Flask, Response, request

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
YEAR = 365 * 24 * 3600
FOUND = {200, 206, 304}


def init_app(app: Flask) -> None:
    """Add them after every request."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Nothing but our own host; pages are not kept, files named by their content for a year."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    if request.endpoint == "static" and response.status_code in FOUND:
        named_by_content = f"public, max-age={YEAR}, immutable"
        response.headers["Cache-Control"] = (
            named_by_content if "v" in request.args else "public, max-age=3600"
        )
    else:
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Vary"] = "Cookie, HX-Request"
    return response
