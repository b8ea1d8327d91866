"""A Chinese font for PDF files made in tests: the system's Noto Sans CJK, cut down to the characters in use and given
TrueType outlines, which is what reportlab can embed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
)
SIMPLIFIED = 2
MOST_ERROR = 1.0
MAXIMA = (
    "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
    "maxSizeOfInstructions", "maxComponentElements",
)  # fmt: skip


@cache
def source() -> Path:
    """The font file; the test is skipped where the system has none."""
    found = next((Path(place) for place in PLACES if Path(place).is_file()), None)
    if found is None:
        pytest.skip("系统没有思源黑体（装 fonts-noto-cjk）")
    return found


def truetype(characters: str, target: Path) -> Path:
    """Write a TrueType font with these characters to ``target``."""
    with TTFont(source(), fontNumber=SIMPLIFIED, lazy=True) as font:
        _cut(font, characters)
        _outline(font)
        for record in font["name"].names:  # reportlab takes fonts of one name for the same font
            record.string = target.stem
        font.save(target)
    return target


def _cut(font: TTFont, characters: str) -> None:
    options = Options(
        layout_features=[],
        notdef_outline=True,
        hinting=False,
        name_IDs=[1, 2, 4, 6],
        drop_tables=["VORG", "vhea", "vmtx"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(text=characters + " ")
    subsetter.subset(font)


def _outline(font: TTFont) -> None:
    """Cubic outlines to quadratic ones."""
    glyphs = font.getGlyphSet()
    outlines = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, MOST_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), outlines
    widths = font["hmtx"].metrics
    for name, outline in outlines.items():
        outline.recalcBounds(font["glyf"])
        widths[name] = (widths[name][0], getattr(outline, "xMin", 0))
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for field in MAXIMA:
        setattr(font["maxp"], field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
