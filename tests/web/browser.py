"""A running service and a real Chromium for the page's tests."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.house import House

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


# What is no fault of a page: leaving it ends Gradio's open event stream, of which its client says these two; and the browser
# itself notes every answer that is an error, and every lost connection, which the page says in a sentence.
NO_FAULTS = (
    "AbortError", "Connection errored out", "the server responded with a status of 4", "status of 503",
    "net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED",
)  # fmt: skip


def errors_of(page: Any, into: list[str]) -> None:
    """Collect what the page's console calls an error, and what its scripts throw."""

    def note(text: str) -> None:
        if not any(known in text for known in NO_FAULTS):
            into.append(text)

    page.on("console", lambda message: note(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: note(str(error)))


def chromium() -> str | None:
    """The path of a Chromium of this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def serving(house: House) -> Iterator[str]:
    """Serve the application over ``house`` on a free port; the address."""
    import uvicorn

    from web.app import create_app

    ready, found = threading.Event(), {}

    async def serve() -> None:
        server = uvicorn.Server(uvicorn.Config(create_app(house), port=0, log_level="warning", ws="none"))
        found["server"] = server
        running = asyncio.create_task(server.serve())
        while not server.started and not running.done():
            await asyncio.sleep(0.02)
        if server.started:
            found["port"] = server.servers[0].sockets[0].getsockname()[1]
        ready.set()
        await running

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait(60)
    assert "port" in found, "the service did not start"
    try:
        yield f"http://127.0.0.1:{found['port']}/"
    finally:
        found["server"].should_exit = True
        thread.join(10)


# Text or labels with two Latin letters in a row, wherever a person could see or hear them.
LATIN = """() => {
  const found = new Set();
  const latin = (text) => text && /[A-Za-z]{2}/.test(text);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const shown = node.parentElement.checkVisibility() && !["SCRIPT", "STYLE"].includes(node.parentElement.tagName);
    if (shown && latin(node.textContent)) found.add(node.textContent.trim());
  }
  for (const one of document.querySelectorAll("*"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (latin(one.getAttribute(name))) found.add(name + "=" + one.getAttribute(name));
  return [...found];
}"""
# Controls smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8).
SMALL = """() => [...document.querySelectorAll("button, select, input, textarea, summary, a[href]")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 0)
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width < 23.5 || box.height < 23.5; })
  .map((one) => one.outerHTML.slice(0, 120))"""
# Visible text whose contrast with what lies behind it is under 4.5:1 (WCAG 2.2, 1.4.3).
FAINT = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const part = (value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const behind = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 255) break;
    }
    return layers.reverse().reduce((base, top) => base.map((value, n) => value + (top[n] - value) * (top[3] / 255)), [255, 255, 255]);
  };
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !one.checkVisibility() || ["SCRIPT", "STYLE", "OPTION", "OPTGROUP"].includes(one.tagName)) continue;
    const [a, b] = [light(rgba(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.add(ratio.toFixed(2) + " " + one.className + " " + walker.currentNode.textContent.trim().slice(0, 20));
  }
  return [...faint];
}"""
