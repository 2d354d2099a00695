"""Word refuses a file whose properties stand in another order than the schema (ECMA-376, part 1, §17) gives."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from vanban.writing import write
from vanban.writing.draft import Draft

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing mirrorIndents jc textDirection textAlignment outlineLvl rPr "
    "sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u shd "
    "vertAlign lang",
    "tblPr": "tblStyle tblpPr tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols vAlign "
    "titlePg docGrid",
    "pBdr": "top left bottom right between bar",
}


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
@pytest.mark.parametrize("kind", list(ORDERS))
def test_properties_stand_in_the_order_of_the_schema(kind: str, part: str, draft: Draft) -> None:
    order = ORDERS[kind].split()
    with zipfile.ZipFile(io.BytesIO(write(draft))) as archive:
        root = etree.fromstring(archive.read(part))
    for properties in root.iter(f"{W}{kind}"):
        names = [child.tag.removeprefix(W) for child in properties if child.tag.removeprefix(W) in order]
        assert names == sorted(names, key=order.index)


def test_every_table_cell_ends_in_a_paragraph(draft: Draft) -> None:
    with zipfile.ZipFile(io.BytesIO(write(draft))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    cells = list(root.iter(f"{W}tc"))
    assert cells
    assert all(cell[-1].tag == f"{W}p" for cell in cells)


def test_the_file_names_every_part_it_holds(draft: Draft) -> None:
    with zipfile.ZipFile(io.BytesIO(write(draft))) as archive:
        assert archive.testzip() is None
        types = archive.read("[Content_Types].xml").decode()
        parts = [name for name in archive.namelist() if not name.endswith(".rels") and name != "[Content_Types].xml"]
    assert all(f'"/{name}"' in types or f'Extension="{name.rpartition(".")[2]}"' in types for name in parts)
