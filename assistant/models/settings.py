"""What the environment says about the language model (docs/models.md). A value that cannot be used is named in the log
and its default taken, so that a slip in the configuration never stops an answer."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args

log = logging.getLogger(__name__)
PREFIX = "TIAOLI_LLM_"
Provider = Literal["openai", "ollama"]
Mode = Literal["tokens", "json"]


@dataclass(frozen=True)
class Settings:
    """One endpoint. Times are seconds: ``limit`` for the whole answer, ``first`` until its first character (thoughts
    do not count), ``connect`` for the connection. ``retries`` are made only before the first character. ``extra``
    goes into the request as it is; ``temperature`` None leaves it to the endpoint."""

    base_url: str
    model: str
    key: str = field(default="", repr=False)
    provider: Provider = "openai"
    mode: Mode = "tokens"
    limit: float = 20.0
    first: float = 10.0
    connect: float = 5.0
    retries: int = 2
    temperature: float | None = 0.0
    extra: dict[str, Any] = field(default_factory=dict)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings | None:
    """The settings in ``environment`` (that of the process where none is given); None where no endpoint or no model is
    named."""
    values = os.environ if environment is None else environment
    base_url, model = values.get(PREFIX + "BASE_URL", "").strip(), values.get(PREFIX + "MODEL", "").strip()
    if not base_url or not model:
        return None
    temperature = values.get(PREFIX + "TEMPERATURE", "").strip().lower()
    return Settings(
        base_url=base_url,
        model=model,
        key=values.get(PREFIX + "API_KEY", "").strip(),
        provider=cast(Provider, _choice(values, "PROVIDER", get_args(Provider))),
        mode=cast(Mode, _choice(values, "MODE", get_args(Mode))),
        limit=_seconds(values, "TIMEOUT", Settings.limit),
        first=_seconds(values, "FIRST_TOKEN_TIMEOUT", Settings.first),
        connect=_seconds(values, "CONNECT_TIMEOUT", Settings.connect),
        retries=round(_number(values, "RETRIES", Settings.retries, 0, 5, "0 到 5 的整数")),
        temperature=None if temperature == "none" else _number(values, "TEMPERATURE", 0.0, 0, 2, "0 到 2 的数或 none"),
        extra=_extra(values),
    )


def _choice(values: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = values.get(PREFIX + name, "").strip().lower() or known[0]
    if value in known:
        return value
    log.warning("%s%s 只能写 %s，先按 %s 算。", PREFIX, name, " 或 ".join(known), known[0])
    return known[0]


def _seconds(values: Mapping[str, str], name: str, default: float) -> float:
    return _number(values, name, default, 0.001, 3600, "大于零、不超过 3600 的秒数")


def _number(values: Mapping[str, str], name: str, default: float, least: float, most: float, form: str) -> float:
    text = values.get(PREFIX + name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if least <= value <= most:
        return value
    log.warning("%s%s 要写成%s，先按 %g 算。", PREFIX, name, form, default)
    return default


def _extra(values: Mapping[str, str]) -> dict[str, Any]:
    text = values.get(PREFIX + "EXTRA", "").strip()
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    log.warning("%sEXTRA 要写成一个 JSON 对象，这次没有用它。", PREFIX)
    return {}
