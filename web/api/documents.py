"""GET /documents, /documents/{id} and /clauses: what the collection holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from assistant import library
from assistant.library import ClauseInfo, DocumentDetail, DocumentInfo
from web.api.inputs import Day, Text, service_of
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["文件"])
AsOf = Annotated[Day, Query(description="按哪一天看效力，如 2026-11-21；不写就是今天。")]


class DocumentList(BaseModel):
    """Every document of the catalogue."""

    total: int
    documents: list[DocumentInfo]


@router.get(
    "/documents", summary="收录了哪些文件", responses=documented("invalid-request"), response_model=DocumentList
)
def list_documents(service: Annotated[Service, Depends(service_of)], as_of: AsOf = None) -> DocumentList:
    """The documents with their status on the day."""
    found = library.documents(service.house, as_of or service.today())
    return DocumentList(total=len(found), documents=found)


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
        raise Problem("unknown-item", "没有这个编号的文件，/api/v1/documents 列出全部编号。") from error


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
