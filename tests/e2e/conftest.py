"""The service as people meet it, and browsers that visit it. Every test here is one journey, marked ``e2e``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import serving
from checks import quiet

if TYPE_CHECKING:
    from assistant.house import House

HERE = Path(__file__).parent
PASSWORD = "六月的河流向西 43"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a journey."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(house: House) -> Iterator[str]:
    """Where the service listens."""
    with serving(house) as address:
        yield address


@pytest.fixture(scope="session")
def account(house: House) -> Callable[..., str]:
    """``account("name", "specialist")``: makes the account, once; its password is PASSWORD, which is returned."""
    from assistant.accounts.accounts import Accounts

    accounts = Accounts(house.store)

    def made(name: str, *roles: str) -> str:
        if accounts.find(name) is None:
            accounts.create(name, list(roles), PASSWORD)
        return PASSWORD

    return made


@pytest.fixture
def visit(browser: Any, address: str, house: House, account: Callable[..., str]) -> Iterator[Callable[..., Any]]:
    """``visit("documents", size=(360, 740), name="王", roles=("specialist",))``: a page in a browser of its own, signed in
    where a name is given. At the end no page had an error in its console or asked another host for anything."""
    from assistant.accounts.sessions import Sessions
    from web.security import COOKIE

    with ExitStack() as closing:

        def open_(
            path: str = "",
            size: tuple[int, int] = (1440, 900),
            name: str = "",
            roles: tuple[str, ...] = (),
            **more: Any,
        ) -> Any:
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce", **more
            )
            closing.callback(context.close)
            if name:
                signed = Sessions(house.store).sign_in(name, account(name, *roles))
                assert signed is not None
                context.add_cookies([{"name": COOKIE, "value": signed[1], "url": address, "httpOnly": True}])
            page = context.new_page()
            page.set_default_timeout(20_000)
            closing.enter_context(quiet(page, address))
            page.goto(address + path, wait_until="load")
            return page

        yield open_
