"""What an account is to the rest: name and roles, never a password."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from assistant.errors import BadInput

Role = Literal["specialist", "trainer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_NAMES: dict[str, str] = {"specialist": "坐席", "trainer": "培训师", "admin": "管理员"}
NAME = re.compile(r"[\w.\-]{2,32}")


class Account(BaseModel):
    """A person who may sign in."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    roles: tuple[Role, ...]
    created: datetime
    disabled: bool = False

    def may(self, *roles: str) -> bool:
        """Whether the account has one of the roles; an administrator may everything."""
        return "admin" in self.roles or any(role in self.roles for role in roles)


def key_of(name: str) -> str:
    """A name as it is compared: without differences of case and width."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def clean_name(name: str) -> str:
    """The name as it is kept. Raises BadInput with a sentence."""
    text = unicodedata.normalize("NFC", name).strip()
    if not NAME.fullmatch(text):
        raise BadInput("登录名要 2 到 32 个字符，可以用汉字、字母、数字、点、横线和下划线。")
    return text


def clean_roles(roles: list[str]) -> list[str]:
    """Known roles in their order. Raises BadInput with a sentence."""
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        known = "、".join(f"{role}（{ROLE_NAMES[role]}）" for role in ROLES)
        raise BadInput(f"角色{f'“{unknown[0]}”认不得' if unknown else '不能空着'}，可以是 {known}。")
    return [role for role in ROLES if role in roles]
