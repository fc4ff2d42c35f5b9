"""The second step: a code from an app on the phone, each once, and ten recovery codes if it is lost."""

import base64
import hashlib
import io
import secrets

import pyotp
import qrcode
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyotp.utils import strings_equal
from qrcode.image.svg import SvgPathImage

ISSUER = "Ringlista"
PERIOD = 30  # seconds one code stands
DRIFT = 1  # codes to either side a phone's clock may be off by
RECOVERY_CODES = 10
DIGITS = 6


def new_secret() -> str:
    """What the phone and we share, in letters one can type."""
    return pyotp.random_base32()


def address(secret: str, who: str) -> str:
    """What the app reads from the square."""
    return pyotp.TOTP(secret).provisioning_uri(name=who, issuer_name=ISSUER)


def typed_key(secret: str) -> str:
    """The secret in groups of four, for those who cannot scan."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def square(text: str) -> str:
    """A QR code as SVG without style or script, to stand in the page, also several times."""
    image = qrcode.make(text, image_factory=SvgPathImage, box_size=12, border=2)
    with io.BytesIO() as file:
        image.save(file)
        drawn = file.getvalue().decode()
    return drawn[drawn.index("<svg") :].replace(' id="qr-path"', "")


def counter_of(secret: str, code: str, at: int, after: int) -> int | None:
    """Which of the counters near the moment ``at`` (seconds) the code is of; none up to ``after`` counts,
    since a code works once.
    """
    digits = squeezed(code)
    hotp, now = pyotp.HOTP(secret), at // PERIOD
    near = range(max(after + 1, now - DRIFT), now + DRIFT + 1)
    found = [counter for counter in near if strings_equal(hotp.at(counter), digits)]
    return found[0] if found else None


def squeezed(code: str) -> str:
    """A code as it is compared, however it was spaced, hyphenated or cased."""
    return "".join(sign for sign in code if sign.isalnum()).upper()


def new_recovery_codes() -> list[str]:
    """Ten of 80 bits, in groups of four."""
    plain = [base64.b32encode(secrets.token_bytes(10)).decode() for _ in range(RECOVERY_CODES)]
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in plain]


def hash_recovery(code: str) -> str:
    """What is stored of a recovery code; 80 random bits need no slow hash."""
    return hashlib.sha256(squeezed(code).encode()).hexdigest()


def seal(secret_key: str, words: str) -> str:
    """``words`` so that the database alone does not tell them."""
    return _box(secret_key).encrypt(words.encode()).decode()


def unseal(secret_key: str, sealed: str) -> str | None:
    """The words again; none where the installation's secret is not the one they were sealed with."""
    try:
        return _box(secret_key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _box(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"ringlista second step").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
