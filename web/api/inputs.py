"""Types that several routes take in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from assistant.errors import BadInput
from assistant.library import full_place
from web.service import Service

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


class Strict(BaseModel):
    """Base of every request body: a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid")


def _text(value: Any) -> Any:
    """Text that can be encoded: a lone surrogate, which JSON allows, becomes U+FFFD."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value


def _day(value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise ValueError("日期要写成 2026-11-21 这样。") from error
    if not EARLIEST <= day <= LATEST:
        raise ValueError("日期要在1990年到2100年之间。")
    return day


def _place(value: Any) -> Any:
    if value is None or value == "":
        return None
    try:
        return full_place(str(value))
    except BadInput as error:
        raise ValueError(str(error)) from error


Text = Annotated[str, BeforeValidator(_text)]
Day = Annotated[
    date | None,
    BeforeValidator(_day),
    Field(description="按哪一天的规定回答，如 2026-11-21；不写就是今天。", examples=["2026-11-21"]),
]
Place = Annotated[
    str | None,
    BeforeValidator(_place),
    Field(description="按哪里的规定回答：省、市或上海的区名；不写就是上海市。", examples=["上海市青浦区"]),
]
Thread = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$"), Field(description="对话编号，上一次回答里的 thread。")
]


def service_of(request: Request) -> Service:
    """The service of this application."""
    service: Service = request.app.state.service
    return service
