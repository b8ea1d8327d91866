"""Passwords as Argon2id hashes (RFC 9106, the parameters of argon2-cffi), and what a new one has to be like."""

from __future__ import annotations

import threading
from functools import cache
from unicodedata import east_asian_width, normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import BadInput

LEAST, MOST = 10, 200
"""Signs of a password; a Chinese character is as hard to guess as two letters, and counts as two."""
HASHER = PasswordHasher()
AT_ONCE = threading.BoundedSemaphore(4)
"""Each hash takes 64 MiB of memory for a moment, so only a few are computed at the same time."""


def hashed(password: str) -> str:
    """The hash of a password, with its salt and parameters."""
    with AT_ONCE:
        return HASHER.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one of a kept hash. Without one, as much time is spent and the answer is no."""
    nobodys = _nobodys()  # made at the first question, whoever it is about
    try:
        with AT_ONCE:
            HASHER.verify(kept or nobodys, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than new ones are."""
    return HASHER.check_needs_rehash(kept)


def check_new(password: str, name: str) -> None:
    """Raises BadInput with a sentence for a password that is too short, too plain or the name itself."""
    text = _normal(password)
    size = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
    if size < LEAST or len(text) > MOST:
        raise BadInput(
            f"密码至少 {LEAST} 个字符（一个汉字算两个），最多 {MOST} 个。用几个不相干的词连起来，好记也难猜。"
        )
    if len(set(text)) < 5:
        raise BadInput("密码里不同的字符太少，容易猜到，请换一个。")
    if name.casefold() in text.casefold():
        raise BadInput("密码里不要有登录名，请换一个。")


@cache
def _nobodys() -> str:
    return hashed("nobody has this password")


def _normal(password: str) -> str:
    """The same for every way of typing the same signs (RFC 8265)."""
    return normalize("NFC", password)
