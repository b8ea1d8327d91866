"""/session: sign in, sign out, who am I. /accounts: what administrators do."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from assistant.accounts.accounts import Accounts
from assistant.accounts.model import Account, Role
from assistant.accounts.sessions import Sessions
from web.api.inputs import Strict, Text, service_of
from web.origin import own_site, same_origin
from web.problems import Problem, documented
from web.security import COOKIE, account_of, require
from web.service import Service

router = APIRouter(tags=["账号"])
WRONG = "登录名和密码对不上，或者账号已停用。请检查后再试。"
Admin = Annotated[Account, Depends(require("admin"))]
Anyone = Annotated[Account, Depends(require())]
Name = Annotated[Text, Field(min_length=1, max_length=64, description="登录名。")]
Secret = Annotated[Text, Field(min_length=1, max_length=200, description="密码。")]


def accounts_of(service: Annotated[Service, Depends(service_of)]) -> Accounts:
    """The accounts of this service."""
    return Accounts(service.store)


def sessions_of(service: Annotated[Service, Depends(service_of)]) -> Sessions:
    """The sessions of this service."""
    return Sessions(service.store)


Kept = Annotated[Accounts, Depends(accounts_of)]
Signed = Annotated[Sessions, Depends(sessions_of)]


class SignIn(Strict):
    """Name and password."""

    name: Name
    password: Secret


class Person(BaseModel):
    """Who is signed in."""

    name: str = Field(description="登录名。")
    roles: list[Role] = Field(description="角色：specialist 坐席，trainer 培训师，admin 管理员（什么都能做）。")


class SessionInfo(BaseModel):
    """The present session."""

    account: Person | None = Field(description="登录的账号；没有登录时为 null。")


class AccountInfo(Person):
    """One account as administrators see it."""

    created: datetime = Field(description="建立的时间。")
    disabled: bool = Field(description="是否已停用。")


class AccountList(BaseModel):
    """All accounts."""

    accounts: list[AccountInfo]


class NewAccount(SignIn):
    """An account to be made."""

    roles: list[Role] = Field(min_length=1, description="一个或几个角色。")


class Change(Strict):
    """What is to be different; what is left out stays."""

    disabled: bool | None = Field(default=None, description="停用（true）或重新启用（false）；停用马上退出所有登录。")
    roles: list[Role] | None = Field(default=None, min_length=1, description="新的角色。")
    password: Secret | None = Field(default=None, description="新的密码；改了以后所有登录都要重来。")


class NewPassword(Strict):
    """The present password and the one that is to replace it."""

    old: Secret
    new: Secret


@router.post(
    "/session",
    summary="登录",
    description="成功时用 Cookie 保存登录；失败次数多了要等一会儿再试。",
    response_model=SessionInfo,
    dependencies=[Depends(own_site)],
    responses=documented("malformed-body", "unauthorised", "other-site", "invalid-request", "too-many", "unavailable"),
)
def sign_in(body: SignIn, request: Request, response: Response, sessions: Signed) -> SessionInfo:
    """Begin a session; one that this browser had before ends."""
    address = _address(request)
    found = sessions.sign_in(body.name, body.password, address)
    if found is None:
        raise Problem("unauthorised", WRONG)
    if earlier := request.cookies.get(COOKIE):
        sessions.end(earlier, address)
    account, token = found
    # No age: the cookie goes with the browser; when the session ends, the store decides.
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=_is_secure(request), path="/")
    return SessionInfo(account=_person(account))


@router.get("/session", summary="现在是谁登录", response_model=SessionInfo, responses=documented("unavailable"))
def who(request: Request, response: Response) -> SessionInfo:
    """The account of this browser's session."""
    response.headers["Cache-Control"] = "no-store"
    account = account_of(request)
    return SessionInfo(account=_person(account) if account else None)


@router.delete(
    "/session",
    summary="退出登录",
    description="everywhere 为 true 时，这个账号在所有设备上的登录一起退出。没有登录时什么也不做。",
    status_code=204,
    response_class=Response,
    responses=documented("other-site", "unavailable"),
)
def sign_out(request: Request, sessions: Signed, everywhere: bool = False) -> Response:
    """End this session, or all of the account."""
    token = request.cookies.get(COOKIE)
    done = Response(status_code=204)
    if token:
        same_origin(request)
        account = sessions.find(token) if everywhere else None
        if account:
            sessions.end_all(account.id, _address(request))
        else:
            sessions.end(token, _address(request))
        done.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=_is_secure(request), path="/")
    return done


@router.put(
    "/session/password",
    summary="改自己的密码",
    description="要写现在的密码。改了以后所有登录都退出，请用新密码重新登录。",
    status_code=204,
    response_class=Response,
    responses=documented("malformed-body", "unauthorised", "other-site", "invalid-request", "too-many", "unavailable"),
)
def change_password(body: NewPassword, request: Request, account: Anyone, sessions: Signed, kept: Kept) -> None:
    """The present password counts as a try to sign in, so that it cannot be guessed here either."""
    if sessions.sign_in(account.name, body.old, _address(request)) is None:
        raise Problem("invalid-request", "现在的密码不对，没有修改。")
    kept.set_password(account.name, body.new, by=account.id)


@router.get(
    "/accounts",
    summary="所有账号",
    response_model=AccountList,
    responses=documented("unauthorised", "forbidden", "unavailable"),
)
def everyone(admin: Admin, kept: Kept) -> AccountList:
    """For administrators."""
    return AccountList(accounts=[_info(account) for account in kept.everyone()])


@router.post(
    "/accounts",
    summary="新建账号",
    status_code=201,
    response_model=AccountInfo,
    responses=documented("malformed-body", "unauthorised", "forbidden", "invalid-request", "unavailable"),
)
def create(body: NewAccount, admin: Admin, kept: Kept) -> AccountInfo:
    """For administrators."""
    return _info(kept.create(body.name, list(body.roles), body.password, by=admin.id))


@router.patch(
    "/accounts/{name}",
    summary="停用账号、换角色、重设密码",
    response_model=AccountInfo,
    responses=documented(
        "malformed-body", "unauthorised", "forbidden", "unknown-item", "invalid-request", "unavailable"
    ),
)
def change(name: str, body: Change, admin: Admin, kept: Kept) -> AccountInfo:
    """For administrators. Their own account stays open to them, so that there always is one."""
    account = kept.find(name)
    if account is None:
        raise Problem("unknown-item", "没有这个登录名的账号。")
    if account.id == admin.id and (body.disabled or (body.roles is not None and "admin" not in body.roles)):
        raise Problem("invalid-request", "不能停用自己的账号，也不能去掉自己的管理员角色。请让另一位管理员来做。")
    if body.password is not None:
        account = kept.set_password(name, body.password, by=admin.id)
    if body.roles is not None:
        account = kept.set_roles(name, list(body.roles), by=admin.id)
    if body.disabled is not None:
        account = kept.set_disabled(name, body.disabled, by=admin.id)
    return _info(account)


def _person(account: Account) -> Person:
    return Person(name=account.name, roles=list(account.roles))


def _info(account: Account) -> AccountInfo:
    return AccountInfo.model_validate(account.model_dump())


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
