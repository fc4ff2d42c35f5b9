"""Random words that open something, and what the database keeps of them."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 bits by chance, fit for a link or a cookie."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What the database keeps of a browser's token or a personal link: it opens nothing by itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def veiled(secret_key: str, kind: str, value: str) -> str:
    """A name for ``value`` that cannot be read back or guessed without the installation's secret."""
    return hmac.new(secret_key.encode(), f"{kind}:{value}".encode(), "sha256").hexdigest()
