"""The page 文件 in a real Chromium: import, list, tree, the page of the original, deletion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import FAINT, LATIN, SMALL, errors_of, serving
from small_corpus import HELP, TIANJIN
from small_house import OTHER, as_pdf, small_house

pytestmark = pytest.mark.browser
ARTIFACTS = Path(__file__).parents[1] / "artifacts"
PHONE, DESKTOP = (360, 740), (1440, 900)
HOSTILE = (
    "海湾市码头局关于<img src=x onerror=window.hacked=1>的通知\n海码〔2024〕8号\n一、<script>window.hacked=2</script>\n"
    "内容在此，请各单位照办。\n海湾市码头局\n2024年3月3日\n"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with small_house(place) as house, serving(house) as address:
        yield address


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Any]:
    """Opens the page; at the end there was no error in the console and no request to another host."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_(path: str = "documents", size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Any:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        errors_of(page, wrong)
        page.on("request", lambda r: None if r.url.startswith(address) else wrong.append(r.url))
        page.goto(address + path, wait_until="load")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def measure(address: str, browser: Any, place: Path) -> None:
    """The measure, imported through the page."""
    page = browser.new_page()
    page.goto(address + "documents", wait_until="load")
    page.set_input_files("#choose", as_pdf(place / "灯塔办法.pdf"))
    page.wait_for_selector(".job-summary", timeout=60_000)
    page.close()


def shot(page: Any, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png")


def sound(page: Any) -> None:
    """Nothing sticks out, nothing is too small to hit or too faint to read, all words are Chinese but names of formats."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert [one for one in page.evaluate(SMALL) if 'type="file"' not in one] == []
    assert page.evaluate(FAINT) == []
    known = ("PDF、Word、网页、Markdown、纯文本", ".pdf", ".txt", "example.com")
    assert [text for text in page.evaluate(LATIN) if not any(word in text for word in known)] == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_files_are_imported_and_reported(visit: Any, size: tuple[int, int], measure: None) -> None:
    page = visit(size=size)
    page.wait_for_selector("#documents li")
    page.set_input_files(
        "#choose",
        [
            {"name": "码头.txt", "mimeType": "text/plain", "buffer": OTHER.encode()},
            {"name": "坏的.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 broken"},
        ],
    )
    page.wait_for_selector(".job-summary", timeout=60_000)
    said = page.inner_text(".job")
    for part in ("读了 2 个文件，认出 1 份文件", "1 个没有导入", "河码〔2024〕7号", "坏的.pdf", "目录里没有这份文件"):
        assert part in said
    page.wait_for_selector("#count >> text=/^4 份$/")
    shot(page, f"files-{size[0]}")
    sound(page)
    page.click(".job a >> text=缆绳补贴")
    page.wait_for_selector("#head h1 >> text=缆绳补贴")
    assert "没有核对" in page.text_content("#head .facts")


def test_files_can_be_dropped(visit: Any) -> None:
    page = visit()
    page.evaluate(
        """text => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], "放下的.txt", { type: "text/plain" }));
          const drop = document.getElementById("drop");
          drop.dispatchEvent(new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer: carried }));
          drop.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried }));
        }""",
        OTHER,
    )
    page.wait_for_selector(".job-summary", timeout=60_000)
    assert "放下的.txt" in page.inner_text(".job")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_a_clause_stands_beside_its_digest_and_on_its_page(
    visit: Any, size: tuple[int, int], scheme: str, measure: None
) -> None:
    page = visit(f"documents?id={HELP}", size, scheme)
    page.wait_for_selector("#tree a")
    labels = [text.strip() for text in page.locator("#tree .label").all_inner_texts()]
    assert [label for label in labels if label.startswith("第")] == ["第一条", "第二条", "第三条"]
    if size == PHONE:
        assert page.get_attribute("#contents", "open") is not None
    page.click("#tree a[data-eid=art_1]")
    page.wait_for_selector("#clause h2 >> text=第一条")
    assert page.url.endswith("eid=art_1")
    assert page.get_attribute("#tree a[data-eid=art_1]", "aria-current") == "true"
    assert "上一年营业收入要到1500万元" in page.inner_text("#clause .original")
    assert "年营收1500万元以上" in page.inner_text("#clause .digest")
    pytest.importorskip("pypdfium2", reason="the extra ocr is not installed")
    page.wait_for_selector(".mark-line >> nth=1")
    page.locator(".paper img").evaluate("picture => picture.decode()")
    paper, mark = page.locator(".paper").bounding_box(), page.locator(".mark-line >> nth=0").bounding_box()
    assert page.evaluate("document.querySelector('.paper img').naturalWidth") > 1000
    assert paper["x"] < mark["x"] < mark["x"] + mark["width"] < paper["x"] + paper["width"]
    assert paper["y"] < mark["y"] < paper["y"] + paper["height"] / 2
    shot(page, f"clause-page-{size[0]}-{scheme}")
    sound(page)
    page.click("#sheet button >> text=下一页")
    page.wait_for_selector("#sheet >> text=原件第 2 页")
    assert "3 处个人信息，已经遮住" in page.inner_text("#sheet")


def test_references_and_the_back_button(visit: Any, measure: None) -> None:
    page = visit(f"documents?id={HELP}&eid=art_2")
    page.click("#clause .refs a >> text=第一条")
    page.wait_for_selector("#clause h2 >> text=第一条")
    page.go_back()
    page.wait_for_selector("#clause h2 >> text=第二条")
    page.click("#clause .see a")
    page.wait_for_selector("#head h1 >> text=天津市灯塔企业细则")
    assert TIANJIN in page.url.replace("%2F", "/")
    page.click(".back")
    page.wait_for_selector("#documents li")
    page.go_back()
    page.wait_for_selector("#head h1 >> text=天津市灯塔企业细则")


def test_filters_stand_in_the_address(visit: Any, measure: None) -> None:
    page = visit()
    page.wait_for_selector("#documents li")
    page.select_option("[name=place]", "天津市")
    page.wait_for_selector("#count >> text=/^1 份$/")
    assert "place=" in page.url
    page.reload()
    page.wait_for_selector("#count >> text=/^1 份$/")
    assert page.input_value("[name=place]") == "天津市"
    page.fill("[name=q]", "没有的字")
    page.wait_for_selector("#count >> text=没有符合条件")
    page.click("[type=reset]")
    page.wait_for_selector("#documents li >> nth=2")
    assert page.url.endswith("/documents")
    page.fill("[name=as_of]", "2025-01-20")
    page.select_option("[name=validity]", "not_yet")
    page.wait_for_selector("#count >> text=/^1 份$/")
    assert "企业灯塔帮扶办法" in page.inner_text("#documents")


def test_deleting_asks_first(visit: Any) -> None:
    page = visit()
    page.set_input_files("#choose", {"name": "码头.txt", "mimeType": "text/plain", "buffer": OTHER.encode()})
    page.click(".job a >> text=缆绳补贴", timeout=60_000)
    page.click(".danger-text")
    page.wait_for_selector("#ask-delete[open]")
    assert page.evaluate("document.activeElement.textContent") == "不删"
    page.keyboard.press("Escape")
    assert not page.locator("#ask-delete[open]").count()
    assert page.locator("#head h1 >> text=缆绳补贴").count()
    page.click(".danger-text")
    page.click("#ask-delete [value=yes]")
    page.wait_for_selector("#documents li", timeout=60_000)
    page.wait_for_selector("#documents >> text=缆绳", state="detached")


def test_hostile_text_stays_text(visit: Any) -> None:
    page = visit()
    page.set_input_files("#choose", {"name": "<b>x.txt", "mimeType": "text/plain", "buffer": HOSTILE.encode()})
    page.click(".job li a", timeout=60_000)
    page.wait_for_selector("#tree a")
    assert "onerror" in page.inner_text("#head h1")
    assert page.locator("#document img").count() == 0
    assert page.evaluate("window.hacked") is None


def test_what_is_not_there_is_said(visit: Any) -> None:
    page = visit("documents?id=cn/nowhere/1/1")
    page.wait_for_selector("#trouble >> text=没有这个编号的文件")
    page = visit(f"documents?id={TIANJIN}&eid=art_99")
    page.wait_for_selector("#clause >> text=没有这个条款")


def test_from_the_chat_to_the_files(visit: Any) -> None:
    page = visit("")
    page.click(".pages a >> text=文件")
    page.wait_for_selector("#documents li")
    page.click(".pages a >> text=问答")
    page.wait_for_selector(".pages a[aria-current=page] >> text=问答")
