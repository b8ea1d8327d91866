"""The check-up as one printable page: everything escaped, no script, nothing loaded from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from assistant.checkup.models import CheckUp
from assistant.checkup.report import paper
from assistant.export.paper import plain


@cache
def _template() -> Template:
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("report.html.j2")


def to_html(report: CheckUp) -> str:
    """The page."""
    return _template().render(paper=paper(report), plain=plain)
