"""Who sends a request, and whether they may. Owners are anonymous; specialists, trainers and administrators sign in.

A route is guarded by ``account: Annotated[Account, Depends(require("specialist"))]``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import Request

from assistant.accounts.model import ROLE_NAMES, Account
from assistant.accounts.sessions import Sessions
from web.origin import same_origin
from web.problems import Problem
from web.service import Service

__all__ = ["COOKIE", "EXPIRED", "Account", "account_of", "lacking", "require"]
COOKIE = "tiaoli_session"
EXPIRED = "登录已经过期，请重新登录。"


def account_of(request: Request) -> Account | None:
    """Who is signed in; None for everybody else. Raises a 503 problem when the store cannot be read."""
    token = request.cookies.get(COOKIE)
    service: Service = request.app.state.service
    return Sessions(service.store).find(token) if token else None


def require(*roles: str) -> Callable[[Request], Account]:
    """A dependency that gives the account, which has to have one of ``roles`` (any account does where none is named);
    administrators may everything. Raises a 401 problem when nobody is signed in (any more), 403 without the role, and
    403 for a change that another site makes a browser send."""

    def guard(request: Request) -> Account:
        account = account_of(request)
        if account is None:
            raise Problem("unauthorised", EXPIRED if COOKIE in request.cookies else "")
        same_origin(request)
        if roles and not account.may(*roles):
            raise Problem("forbidden", lacking(account, roles))
        return account

    return guard


def lacking(account: Account, roles: Sequence[str]) -> str:
    """What is said to an account that has none of the roles."""
    needed = "或".join(ROLE_NAMES[role] for role in roles)
    return f"这里只有{needed}能用。您登录的是“{account.name}”，需要的话请管理员加上角色。"
