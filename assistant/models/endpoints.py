"""LangChain's chat models for the two ways to speak to an endpoint. Their packages are imported at the first call."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.errors import ModelUnavailable
from assistant.models.guard import SENT, Guard
from assistant.models.settings import Provider, Settings

PACKAGES: dict[Provider, str] = {"openai": "langchain_openai", "ollama": "langchain_ollama"}


@dataclass
class Endpoint:
    """A chat model for one request, and how to let go of its connection."""

    model: Any
    close: Callable[[], None]


def load(provider: Provider) -> None:
    """Import the package of a provider. Raises ModelUnavailable where it is not installed."""
    name = PACKAGES[provider]
    if importlib.util.find_spec(name) is None:
        raise ModelUnavailable(
            "没有装 ollama 这个可选包。请运行 pip install 'tiaoli[ollama]'，或者把 TIAOLI_LLM_PROVIDER 改成 openai、"
            "TIAOLI_LLM_BASE_URL 改成 Ollama 的 …/v1 地址。"
        )
    importlib.import_module(name)


def open_endpoint(settings: Settings, guard: Guard, schema: dict[str, Any] | None, *, plain: bool) -> Endpoint:
    """The chat model of ``settings`` for one request that ``guard`` watches.

    ``schema`` asks for JSON of that form. ``plain`` leaves out what some endpoints do not know (the schema, and
    that usage be told).
    """
    opened = _ollama if settings.provider == "ollama" else _openai
    return opened(settings, guard, None if plain else schema, plain)


@cache
def _certificates(library: Any) -> Any:
    """Reading the certificates takes longer than everything else about a client."""
    return library.create_ssl_context()


def _http(library: Any, settings: Settings, guard: Guard) -> dict[str, Any]:
    """What is the same for the clients of httpx and httpx2. Proxies are taken from the environment as usual."""
    return {
        "timeout": library.Timeout(settings.limit, connect=min(settings.connect, settings.limit)),
        "follow_redirects": False,
        "headers": SENT,
        "verify": _certificates(library),
        "event_hooks": {"response": [guard.response]},
    }


def _openai(settings: Settings, guard: Guard, schema: dict[str, Any] | None, plain: bool) -> Endpoint:
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    http = _http(httpx2, settings, guard)
    client = httpx2.Client(**http)
    extra = dict(settings.extra)
    if schema is not None:  # in the body itself: LangChain's own way collects the whole answer before it parses it
        form = {"name": "answer", "strict": True, "schema": schema}
        extra["response_format"] = {"type": "json_schema", "json_schema": form}
    model = ChatOpenAI(
        base_url=settings.base_url,
        model=settings.model,
        api_key=SecretStr(settings.key or "none"),
        temperature=settings.temperature,
        timeout=http["timeout"],
        max_retries=0,  # retries are the exchange's, which knows how much time is left
        streaming=True,
        stream_usage=not plain,
        http_client=client,
        extra_body=extra or None,
    )
    return Endpoint(model, client.close)


def _ollama(settings: Settings, guard: Guard, schema: dict[str, Any] | None, plain: bool) -> Endpoint:
    import httpx

    http = _http(httpx, settings, guard)
    if settings.key:
        http["headers"] = {**SENT, "Authorization": f"Bearer {settings.key}"}
    model = importlib.import_module(PACKAGES["ollama"]).ChatOllama(
        base_url=settings.base_url.removesuffix("/").removesuffix("/v1"),
        model=settings.model,
        temperature=settings.temperature,
        reasoning=None if plain else False,
        format=schema,
        client_kwargs=http,
        **settings.extra,
    )
    return Endpoint(model, model._client.close)
