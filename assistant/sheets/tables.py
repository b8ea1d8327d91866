"""Opening an input by what it is."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import BadInput
from assistant.sheets.raw import Source
from assistant.sheets.read_csv import CsvSource
from assistant.sheets.read_parquet import ParquetSource
from assistant.sheets.read_xlsx import XlsxSource

TEXT, BOOK, PARQUET = {".csv", ".tsv", ".txt"}, {".xlsx", ".xlsm"}, {".parquet", ".pq"}
OUTPUTS = {".xlsx", ".csv", ".parquet"}


def open_source(path: Path) -> Source:
    """The tables of a file. Raises BadInput with a sentence for a file that is missing, of another kind or damaged."""
    if not path.exists():
        raise BadInput(f"找不到文件 {path}。")
    if path.is_dir():
        raise BadInput(f"{path} 是文件夹，请写其中的一个文件。")
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise BadInput(f"{path.name} 打不开：{error.strerror or error}。") from error
    if suffix in BOOK:
        return XlsxSource(path)
    if suffix in PARQUET or start == b"PAR1":
        return ParquetSource(path)
    if suffix in TEXT:
        if start.startswith(b"PK\x03\x04"):
            raise BadInput(f"{path.name} 的内容是工作簿，不是文本。请把扩展名改成 .xlsx。")
        return CsvSource(path)
    if suffix in (".xls", ".et", ".ods", ".numbers"):
        raise BadInput(f"{path.name} 是 {suffix} 格式，读不了。请在表格软件里另存为 .xlsx 或 .csv。")
    raise BadInput(f"{path.name} 的扩展名不认识。可以读 .xlsx、.csv 和 .parquet。")


def check_target(path: Path, source: Path) -> None:
    """Whether the output may be written there. Raises BadInput where not."""
    if path.suffix.lower() not in OUTPUTS:
        raise BadInput(f"结果文件 {path.name} 的扩展名要是 .xlsx、.csv 或 .parquet。")
    if not path.parent.is_dir():
        raise BadInput(f"没有文件夹 {path.parent}，请先建好。")
    if path.exists() and source.exists() and path.samefile(source):
        raise BadInput("结果文件和输入文件是同一个，请换一个名字。")
    if path.is_dir():
        raise BadInput(f"{path} 是文件夹，请写文件名。")
