"""Importing by upload, the tree, the pages and the deletion, over HTTP, from the store down to every index."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_corpus import HELP
from small_house import OTHER, TEXT, as_pdf, small_house
from starlette.testclient import TestClient

FOREIGN = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
MOST = 256 * 1024


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[TestClient]:
    from web.app import create_app
    from web.settings import Settings

    with small_house(place) as house:

        async def made() -> Any:
            return create_app(house, Settings(max_upload=MOST, max_files=3))

        with TestClient(asyncio.run(made()), raise_server_exceptions=False) as client:
            yield client


def imported(client: TestClient, *files: tuple[str, bytes]) -> dict[str, Any]:
    """The job over these files, once it has ended."""
    response = client.post("/api/v1/documents/imports", files=[("files", file) for file in files])
    assert response.status_code == 202
    job = response.json()
    assert response.headers["location"] == f"/api/v1/documents/imports/{job['id']}"
    for _ in range(600):
        job = client.get(response.headers["location"]).json()
        if job["state"] in ("done", "failed"):
            return dict(job)
        time.sleep(0.05)
    raise AssertionError("the job did not end")


@pytest.fixture(scope="module")
def pdf(client: TestClient, place: Path) -> dict[str, Any]:
    """The job that took the measure in as PDF."""
    return imported(client, ("灯塔办法.pdf", as_pdf(place / "measure.pdf").read_bytes()))


def _nodes(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _nodes(node["children"])


def test_an_upload_is_read_reported_and_shown(client: TestClient, pdf: dict[str, Any]) -> None:
    assert pdf["state"] == "done"
    (file,) = pdf["report"]["files"]
    assert (file["file"], file["state"], file["kind"], file["pages"]) == ("灯塔办法.pdf", "added", "pdf", 2)
    assert [document["id"] for document in file["documents"]] == [HELP]
    assert pdf in client.get("/api/v1/documents/imports").json()["imports"]
    tree = client.get(f"/api/v1/documents/{HELP}/tree").json()
    assert tree["pages"]
    nodes = {node["eid"]: node for node in _nodes(tree["nodes"]) if node["eid"]}
    assert nodes["art_1"]["original"].startswith("想评灯塔企业的")
    assert "1500万元以上，资产负债率" in nodes["art_1"]["original"]
    assert nodes["art_1"]["digest"].startswith("年营收1500万元以上")
    assert nodes["art_2"]["refs"] == [{"eid": "art_1", "label": "第一条"}]
    assert nodes["art_3"]["page"] == 2
    listed = client.get("/api/v1/documents", params={"holding": "original"}).json()
    assert [document["id"] for document in listed["documents"]] == [HELP]


def test_personal_data_is_neither_stored_nor_shown(client: TestClient, pdf: dict[str, Any], place: Path) -> None:
    text = client.get(f"/api/v1/documents/{HELP}/tree").text
    stored = b"".join(p.read_bytes() for p in (place / "home" / "originals").rglob("*") if p.is_file())
    for secret in ("13812345678", "王小明", "wang.xiaoming"):
        assert secret not in text
        assert secret.encode() not in stored
    assert "〔手机号〕" in text


def test_the_page_with_the_lines_of_a_clause(client: TestClient, pdf: dict[str, Any]) -> None:
    pytest.importorskip("pypdfium2", reason="the extra ocr is not installed")
    page = client.get(f"/api/v1/documents/{HELP}/pages/1", params={"eid": "art_1"}).json()
    assert (page["page"], page["first"], page["last"], page["covered"]) == (1, 1, 2, 0)
    assert len(page["marks"]) == 2
    first, second = page["marks"]
    assert first["top"] < second["top"]
    assert first["width"] > second["width"] > 0.2
    assert all(0 < mark["left"] < 1 and 0 < mark["top"] < 1 for mark in page["marks"])
    assert client.get(f"/api/v1/documents/{HELP}/pages/2", params={"eid": "art_1"}).json()["marks"] == []


def test_the_marks_lie_on_the_words(client: TestClient, pdf: dict[str, Any], place: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="the extra ocr is not installed")
    (mark, _) = client.get(f"/api/v1/documents/{HELP}/pages/1", params={"eid": "art_1"}).json()["marks"]
    document = pdfium.PdfDocument(place / "measure.pdf")
    wide, high = document[0].get_size()
    left, top = mark["left"] * wide, high - mark["top"] * high
    words = (
        document[0]
        .get_textpage()
        .get_text_bounded(left, top - mark["height"] * high - 3, left + mark["width"] * wide, top + 3)
    )
    document.close()
    assert words.strip() == "第一条 想评灯塔企业的，上一年营业收入要到1500万元"


def test_the_picture_has_personal_data_painted_over(client: TestClient, pdf: dict[str, Any], place: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="the extra ocr is not installed")
    image = pytest.importorskip("PIL.Image")
    assert client.get(f"/api/v1/documents/{HELP}/pages/2").json()["covered"] == 3
    response = client.get(f"/api/v1/documents/{HELP}/pages/2/picture")
    assert response.headers["content-type"] == "image/png"
    shown = image.open(io.BytesIO(response.content)).convert("RGB")
    document = pdfium.PdfDocument(place / "measure.pdf")
    text_page, scale = document[1].get_textpage(), shown.width / document[1].get_size()[0]
    text = text_page.get_text_range()
    height = document[1].get_size()[1]

    def middle(words: str) -> tuple[int, ...]:
        """The darkest colour within the first character of these words."""
        left, bottom, right, top = text_page.get_charbox(text.index(words), loose=True)
        part = shown.crop(tuple(int(v * scale) for v in (left + 1, height - top + 2, right - 1, height - bottom - 2)))
        return min(colour for _, colour in part.getcolors(1 << 16))

    for secret in ("13812345678", "王小明", "wang.xiaoming"):
        assert middle(secret) == (90, 98, 110), secret
    assert middle("水费") < (60, 60, 60)
    document.close()


def test_a_page_that_is_not_there(client: TestClient, pdf: dict[str, Any]) -> None:
    response = client.get(f"/api/v1/documents/{HELP}/pages/9")
    assert response.status_code == 404
    assert "没有第 9 页" in response.json()["detail"]
    assert client.get("/api/v1/documents/cn-tj/test/2024/2/pages/1").json()["detail"] == "没有导入过这份文件的原文。"
    assert client.get(f"/api/v1/documents/{HELP}/pages/0").status_code == 422


def test_the_same_file_twice_changes_nothing(client: TestClient, pdf: dict[str, Any], place: Path) -> None:
    again = imported(client, ("灯塔办法.pdf", (place / "measure.pdf").read_bytes()))
    assert [file["state"] for file in again["report"]["files"]] == ["unchanged"]
    assert len(list((place / "home" / "uploads").iterdir())) == 1


def test_one_bad_file_does_not_stop_the_others_and_nothing_of_it_stays(client: TestClient, place: Path) -> None:
    job = imported(client, ("坏的.pdf", b"%PDF-1.7\nbroken"), ("../../空.txt", b""), ("码头.txt", OTHER.encode()))
    broken, empty, good = job["report"]["files"]
    assert [broken["state"], empty["state"], good["state"]] == ["failed", "failed", "added"]
    assert "坏的.pdf" in broken["problem"]
    assert empty["file"] == "空.txt"
    (document,) = good["documents"]
    assert (document["number"], document["catalogued"]) == ("河码〔2024〕7号", False)
    kept = {path.name for path in (place / "home" / "uploads").rglob("*") if path.is_file()}
    assert kept <= {"灯塔办法.pdf", "码头.txt"}
    found = client.get(f"/api/v1/documents/{document['id']}/tree").json()
    assert found["info"]["original"]
    assert not found["pages"]
    assert "没有核对" in found["info"]["notes"][0]
    assert client.get(f"/api/v1/documents/{document['id']}/pages/1").status_code == 404


def test_deleting_means_deleting_everywhere(client: TestClient, place: Path) -> None:
    job = imported(client, ("码头.txt", OTHER.encode()))
    document = job["report"]["files"][0]["documents"][0]["id"]
    uploaded = [path for path in (place / "home" / "uploads").rglob("码头.txt") if path.is_file()]
    assert [path.read_bytes() for path in uploaded] == [OTHER.encode()]

    def hits() -> list[str]:
        return [hit["document"] for hit in client.get("/api/v1/search", params={"q": "缆绳 补贴"}).json()["hits"]]

    assert document in hits()
    assert client.delete(f"/api/v1/documents/{document}/original", headers=FOREIGN).status_code == 403
    assert client.delete(f"/api/v1/documents/{document}/original").status_code == 204
    assert document not in hits()
    assert client.get(f"/api/v1/documents/{document}/tree").status_code == 404
    assert not any(path.parent.exists() for path in uploaded)
    left = b"".join(path.read_bytes() for path in (place / "home").rglob("*") if path.is_file())
    assert "缆绳".encode() not in left
    assert client.delete(f"/api/v1/documents/{document}/original").status_code == 404


def test_limits(client: TestClient) -> None:
    post = client.post("/api/v1/documents/imports", files=[("files", (f"{n}.txt", b"x")) for n in range(4)])
    assert (post.status_code, post.json()["type"]) == (413, "/problems/too-large")
    assert "一次最多导入 3 个文件" in post.json()["detail"]
    large = client.post("/api/v1/documents/imports", files=[("files", ("a.txt", b"x" * (MOST + 1)))])
    assert (large.status_code, large.json()["type"]) == (413, "/problems/too-large")
    assert "请分几次导入" in large.json()["detail"]


def test_an_upload_without_announced_length_is_counted(client: TestClient) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'

    def stream() -> Iterator[bytes]:
        yield head
        for _ in range(MOST // 1024 + 2):
            yield b"x" * 1024
        yield b"\r\n--b--\r\n"

    response = client.post(
        "/api/v1/documents/imports", content=stream(), headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert (response.status_code, response.json()["type"]) == (413, "/problems/too-large")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Sec-Fetch-Site": "none"}, 422),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 422),
        ({}, 422),
    ],
)
def test_other_sites_cannot_import(client: TestClient, headers: dict[str, str], status: int) -> None:
    response = client.post("/api/v1/documents/imports", headers=headers, files=[("other", ("a.txt", b"x"))])
    assert response.status_code == status


def test_what_is_no_upload(client: TestClient) -> None:
    response = client.post("/api/v1/documents/imports", json={"files": []})
    assert (response.status_code, response.json()["type"]) == (415, "/problems/unsupported-media-type")
    assert "multipart/form-data" in response.json()["detail"]


def test_an_unknown_job(client: TestClient) -> None:
    response = client.get("/api/v1/documents/imports/0123456789abcdef")
    assert (response.status_code, response.json()["type"]) == (404, "/problems/unknown-item")


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 3), ("place=国家", 2), ("place=天津", 1), ("validity=superseded", 1), ("validity=in_force", 2), ("q=灯塔 细则", 1),
        ("signed_from=2025-01-10&signed_until=2025-01-10", 1), ("holding=none", 1), ("limit=1&offset=1", 3),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(client: TestClient, query: str, total: int) -> None:
    found = client.get(f"/api/v1/documents?{query}").json()
    assert found["total"] == total
    assert len(found["documents"]) == (1 if "limit" in query else total)


@pytest.mark.parametrize("query", ["place=火星", "validity=old", "signed_from=昨天", "limit=0", "holding=all"])
def test_filters_that_make_no_sense(client: TestClient, query: str) -> None:
    response = client.get(f"/api/v1/documents?{query}")
    assert (response.status_code, response.json()["type"]) == (422, "/problems/invalid-request")


def test_the_page_is_served_with_a_policy_of_its_own(client: TestClient) -> None:
    page = client.get("/documents")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "<script>" not in page.text
    assert "style=" not in page.text


def test_text_imports_too(client: TestClient) -> None:
    job = imported(client, ("灯塔办法.txt", TEXT.encode("gb18030")))
    (file,) = job["report"]["files"]
    assert file["state"] == "added"
    assert [document["id"] for document in file["documents"]] == [HELP]
    tree = client.get(f"/api/v1/documents/{HELP}/tree").json()
    assert not tree["pages"]
