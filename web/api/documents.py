"""GET /documents, one document, its clauses as a tree, and /clauses: what the collection holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from assistant import library
from assistant.answer import Validity
from assistant.documents.listing import Filter, Holding, listed
from assistant.documents.tree import Tree
from assistant.documents.tree import tree as grown
from assistant.library import ClauseInfo, DocumentDetail, DocumentInfo
from web.api.inputs import Day, Place, Text, service_of
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["文件"])
AsOf = Annotated[Day, Query(description="按哪一天看效力，如 2026-11-21；不写就是今天。")]
UNKNOWN = "没有这个编号的文件，/api/v1/documents 列出全部编号。"


class DocumentList(BaseModel):
    """Documents of the catalogue; ``total`` is how many pass the filters, ``documents`` the asked part of them."""

    total: int
    documents: list[DocumentInfo]


@router.get(
    "/documents", summary="收录了哪些文件", responses=documented("invalid-request"), response_model=DocumentList
)
def list_documents(
    service: Annotated[Service, Depends(service_of)],
    as_of: AsOf = None,
    place: Annotated[Place, Query(description="哪里发的；含下一级，国家只列全国文件。")] = None,
    validity: Annotated[Validity | None, Query(description="那一天是什么效力。")] = None,
    signed_from: Annotated[Day, Query(description="这一天或以后印发的。")] = None,
    signed_until: Annotated[Day, Query(description="这一天或以前印发的。")] = None,
    holding: Annotated[Holding | None, Query(description="original 有原文，digest 有摘要，none 只有目录。")] = None,
    q: Annotated[Text, Query(max_length=100, description="标题、文号、机关或地区里的字，用空格分开。")] = "",
    limit: Annotated[int, Query(ge=1, le=1000, description="最多几份。")] = 1000,
    offset: Annotated[int, Query(ge=0, description="从第几份之后开始。")] = 0,
) -> DocumentList:
    """The documents that pass every filter, with their status on the day."""
    chosen = Filter(
        place=place, validity=validity, signed_from=signed_from, signed_until=signed_until, holding=holding, words=q
    )
    found = listed(service.house, as_of or service.today(), chosen)
    return DocumentList(total=len(found), documents=found[offset : offset + limit])


@router.get(
    "/documents/{document_id:path}/tree",
    summary="一份文件的条款树",
    responses=documented("unknown-item", "invalid-request"),
    response_model=Tree,
)
def read_tree(document_id: str, service: Annotated[Service, Depends(service_of)], as_of: AsOf = None) -> Tree:
    """Chapters, clauses and what they hold, the imported wording beside the digest."""
    try:
        return grown(service.house, document_id, as_of or service.today())
    except KeyError as error:
        raise Problem("unknown-item", UNKNOWN) from error


@router.get(
    "/documents/{document_id:path}",
    summary="一份文件的全部条款",
    responses=documented("unknown-item", "invalid-request"),
    response_model=DocumentDetail,
)
def read_document(
    document_id: str, service: Annotated[Service, Depends(service_of)], as_of: AsOf = None
) -> DocumentDetail:
    """One document, e.g. ``cn/miit/2026/2``."""
    try:
        return library.document(service.house, document_id, as_of or service.today())
    except KeyError as error:
        raise Problem("unknown-item", UNKNOWN) from error


@router.get(
    "/clauses", summary="一个条款", responses=documented("unknown-item", "invalid-request"), response_model=ClauseInfo
)
def read_clause(
    service: Annotated[Service, Depends(service_of)],
    ref: Annotated[
        Text, Query(description="条款编号：文件编号#条款号（# 要写成 %23）。", examples=["cn/miit/2026/2#art_17"])
    ],
    as_of: AsOf = None,
) -> ClauseInfo:
    """One clause by its reference."""
    try:
        return library.clause(service.house, ref, as_of or service.today())
    except KeyError as error:
        raise Problem("unknown-item", "没有这个编号的条款；写法是 文件编号#条款号。") from error
