"""POST /documents/imports takes files in as a job; DELETE forgets an imported original."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from assistant.documents.importing import Imports, Job
from web.api.inputs import service_of
from web.origin import own_site
from web.problems import Problem, documented
from web.service import Service
from web.settings import Settings

router = APIRouter(tags=["文件"])
BLOCK = 2**20
UNKNOWN_JOB = "没有这个编号的导入，可能服务重启过。已经导入的文件在 /api/v1/documents 里。"


class JobList(BaseModel):
    """The newest imports since the service started."""

    imports: list[Job]


def imports_of(service: Annotated[Service, Depends(service_of)]) -> Imports:
    """The imports of this service."""
    return service.imports


@router.post(
    "/documents/imports",
    summary="导入原文",
    description="上传一个或多个文件（PDF、Word、网页、Markdown、纯文本），马上返回任务，进度用任务编号查。",
    status_code=202,
    response_model=Job,
    dependencies=[Depends(own_site)],
    responses=documented("malformed-body", "other-site", "too-large", "invalid-request", "unavailable"),
)
async def start(
    request: Request,
    response: Response,
    imports: Annotated[Imports, Depends(imports_of)],
    files: Annotated[list[UploadFile], File(description="要导入的文件。")],
) -> Job:
    """Keep the files and start a job over them."""
    settings: Settings = request.app.state.settings
    if len(files) > settings.max_files:
        raise Problem("too-large", f"一次最多导入 {settings.max_files} 个文件，这次有 {len(files)} 个。请分几次导入。")
    staged = []
    for file in files:
        place = imports.stage()
        with place.open("wb") as target:
            while block := await file.read(BLOCK):
                await run_in_threadpool(target.write, block)
        staged.append((place, file.filename or "文件"))
    job = imports.start(staged)
    response.headers["Location"] = f"/api/v1/documents/imports/{job.id}"
    return job


@router.get("/documents/imports", summary="最近的导入", response_model=JobList)
def newest(imports: Annotated[Imports, Depends(imports_of)]) -> JobList:
    """Jobs with their progress and reports, the newest first."""
    return JobList(imports=imports.newest())


@router.get(
    "/documents/imports/{job}", summary="一次导入的进度和结果", response_model=Job, responses=documented("unknown-item")
)
def read(job: str, imports: Annotated[Imports, Depends(imports_of)]) -> Job:
    """One job as it stands now."""
    found = imports.get(job)
    if found is None:
        raise Problem("unknown-item", UNKNOWN_JOB)
    return found


@router.delete(
    "/documents/{document_id:path}/original",
    summary="删除导入的原文",
    description="从原文库和每个索引里删掉；摘要和目录不受影响。正在导入时会等它做完。",
    status_code=204,
    response_class=Response,
    dependencies=[Depends(own_site)],
    responses=documented("other-site", "unknown-item", "unavailable"),
)
def forget(document_id: str, imports: Annotated[Imports, Depends(imports_of)]) -> None:
    """Delete the imported wording of one document."""
    if not imports.remove(document_id):
        raise Problem("unknown-item", "没有导入过这份文件的原文。")
