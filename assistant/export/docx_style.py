"""How a Word file looks: its page, its styles with Chinese fonts, the fields of its footer."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

SONG, HEI = ("Times New Roman", "宋体"), ("Arial", "黑体")
"""Latin and Chinese font of the text and of headings, which every Chinese Word has."""
LONG, SHORT = Cm(29.7), Cm(21)
INK, GREY = RGBColor(0x1F, 0x29, 0x37), RGBColor(0x55, 0x5F, 0x6D)
RULE = "9AA3AF"
FILL = {"plain": "EEF2F7", "good": "E3F1E7", "bad": "FBE6E4", "open": "FDF3DC", "changed": "FFF1B8"}
HEAD_FILL = "E3E9F2"
QUESTION, SMALL, CALLOUT, CALLOUT_TITLE, ITEM, LINE = (
    "Question", "Small Print", "Callout", "Callout Title", "Marked Item", "Writing Line",
)  # fmt: skip
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What has to stand behind the borders among the properties of a paragraph."""
CELL, CELL_HEAD, SOURCE, CLAUSE, CITATION = "Cell Text", "Cell Head", "Source", "Clause Text", "Citation Mark"
CITATION_ID = "CitationMark"


def page(document: Doc, *, landscape: bool) -> Length:
    """A4 with its margins; returns the width that text may take."""
    section = document.sections[0]
    margin = Cm(1.5) if landscape else Cm(2)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
    section.footer_distance = Cm(0.9)
    return Length((LONG if landscape else SHORT) - 2 * margin)


def styles(document: Doc, *, landscape: bool) -> None:
    """Every style that the writer uses."""
    body = 9 if landscape else 10.5
    _language(document)
    _style(document, "Normal", SONG, body, after=4, line=1.25)
    _style(document, "Title", HEI, 20, after=8, colour=INK)
    for level, size, before in ((1, 15, 16), (2, 12.5, 12), (3, 11, 8)):
        _style(document, f"Heading {level}", HEI, size, before=before, after=4, colour=INK, bold=True)
    for name in ("List Bullet", "List Bullet 2"):
        _style(document, name, SONG, body, after=2)
    _style(document, QUESTION, HEI, body, after=6, keep=True)
    _style(document, SMALL, SONG, 8.5, after=2, colour=GREY)
    _style(document, CALLOUT, SONG, body, after=0)
    _style(document, CALLOUT_TITLE, HEI, body + 0.5, before=6, after=0, bold=True, keep=True)
    _style(document, ITEM, SONG, body, after=2)
    _style(document, LINE, SONG, 18, after=0)
    _style(document, CELL, SONG, 9, after=0, line=1.15)
    _style(document, CELL_HEAD, HEI, 9, after=0, keep=True)
    _style(document, SOURCE, HEI, body - 0.5, before=6, after=1, keep=True)
    _style(document, CLAUSE, SONG, body - 0.5, after=2)
    document.styles[CLAUSE].paragraph_format.left_indent = Cm(0.8)
    properties = document.styles[LINE].element.get_or_add_pPr()
    properties.insert_element_before(_borders({"bottom": ("4", RULE), "between": ("4", RULE)}), *AFTER_BORDERS)
    _grid(document)
    mark = document.styles.add_style(CITATION, WD_STYLE_TYPE.CHARACTER)
    mark.element.styleId = CITATION_ID
    mark.font.superscript, mark.font.color.rgb = True, RGBColor(0x1D, 0x4E, 0x89)


def _language(document: Doc) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn("w:eastAsia"), "zh-CN")


def _style(
    document: Doc, name: str, fonts: tuple[str, str], size: float, *, before: float = 0, after: float = 0,
    line: float = 0, colour: RGBColor | None = None, bold: bool | None = None, keep: bool = False,
) -> None:  # fmt: skip
    known = name in [style.name for style in document.styles]
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not known:
        style.base_style = document.styles["Normal"]
        style.quick_style = True
    style.font.name, style.font.size, style.font.bold = fonts[0], Pt(size), bold
    if colour is not None:
        style.font.color.rgb = colour
    found = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        found.attrib.pop(qn(f"w:{theme}"), None)
    found.set(qn("w:eastAsia"), fonts[1])
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.widow_control = Pt(before), Pt(after), True
    if line:
        layout.line_spacing = line
    if keep:
        layout.keep_with_next = True


def _grid(document: Doc) -> None:
    """Tables with thin grey lines and some air in their cells, flush with the text."""
    table = document.styles["Table Grid"].element.find(qn("w:tblPr"))
    for line in table.find(qn("w:tblBorders")):
        line.set(qn("w:color"), RULE)
    margins = table.find(qn("w:tblCellMar"))
    for side, twips in (("top", "45"), ("left", "100"), ("bottom", "45"), ("right", "100")):
        margins.find(qn(f"w:{side}")).set(qn("w:w"), twips)
    table.find(qn("w:tblInd")).set(qn("w:w"), "100")


def footer(document: Doc, text: str) -> None:
    """``text`` and 第 X 页，共 Y 页 on every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles[SMALL]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{text}　第 " if text else "第 ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" 页，共 ")
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(" 页")


def _field(paragraph: Any, code: str) -> None:
    """A field that Word works out; 1 stands there until it has."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def frame(paragraph: Any, tone: str) -> None:
    """A paragraph of a callout: a bar at its left, a tint behind it."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(_borders({"left": ("24", RULE)}))
    properties.append(_shading(FILL[tone]))


def shade(cell: Any, colour: str) -> None:
    """A tint behind a cell."""
    cell.get_or_add_tcPr().append(_shading(colour))


def _borders(sides: dict[str, tuple[str, str]]) -> Any:
    found = OxmlElement("w:pBdr")
    for side, (size, colour) in sides.items():
        line = OxmlElement(f"w:{side}")
        for name, value in (
            ("val", "single"),
            ("sz", size),
            ("space", "6" if side == "left" else "1"),
            ("color", colour),
        ):
            line.set(qn(f"w:{name}"), value)
        found.append(line)
    return found


def _shading(colour: str) -> Any:
    found = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        found.set(qn(f"w:{name}"), value)
    return found


def mark(parent: Any, tag: str, /, **attributes: str) -> Any:
    """A child element ``w:tag`` with attributes."""
    found = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        found.set(qn(f"w:{key}"), value)
    parent.append(found)
    return found
