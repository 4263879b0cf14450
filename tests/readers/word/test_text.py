"""Body text: what a person sees on the page is read, once and in order; what is not seen is set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers import registry
from extractors.readers.limits import ReadOptions
from pipeline.model.document import AsideKind, BlockKind


def test_wrappers_do_not_hide_text(word: Any) -> None:
    inner = "".join(
        f"<w:{tag}>{word.t(text)}</w:{tag}>"
        for tag, text in (
            ("hyperlink", "链"),
            ("smartTag", "智"),
            ("customXml", "标"),
            ("ins", "插"),
            ("moveTo", "移"),
            ("dir", "向"),
        )
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{word.t('控')}</w:sdtContent></w:sdt>"
    assert word.texts(word.p(inner + control)) == ["链智标插移向控"]


def test_block_wrappers_do_not_hide_paragraphs(word: Any) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{word.p('控件')}{word.table(['表'])}</w:sdtContent></w:sdt>"
    unknown = f"<w:customXml><w:unknown>{word.p('包装')}</w:unknown></w:customXml>"
    assert word.texts(control + unknown) == ["控件", "表", "包装"]


def test_stray_run_between_paragraphs_is_read(word: Any) -> None:
    assert word.texts(word.p("甲") + word.t("游离") + word.p("乙")) == ["甲", "游离", "乙"]


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("<w:tab/>", "前 后"),
        ("<w:br/>", "前\n后"),
        ("<w:cr/>", "前\n后"),
        ("<w:noBreakHyphen/>", "前-后"),
        ("<w:softHyphen/>", "前后"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "前☑后"),
        ('<w:sym w:font="Wingdings" w:char="00A8"/>', "前□后"),
        ('<w:sym w:font="Wingdings" w:char="F078"/>', "前☒后"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/>', "前☑后"),
        ('<w:sym w:font="Wingdings 2" w:char="F0A3"/>', "前□后"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "前≥后"),
        ('<w:sym w:font="Wingdings" w:char="zz"/>', "前后"),
    ],
)
def test_special_characters_are_shown(word: Any, piece: str, text: str) -> None:
    assert word.texts(word.p(f"<w:r><w:t>前</w:t>{piece}<w:t>后</w:t></w:r>")) == [text]


def test_letters_of_a_symbol_font_are_signs(word: Any) -> None:
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert word.texts(word.p(word.t("\u00fe", fonts) + word.t("是") + word.t("\uf0a8", fonts) + word.t("否"))) == [
        "☑是□否"
    ]


def test_check_box_controls_are_ticked_or_not(word: Any) -> None:
    def box(value: str) -> str:
        state = f'<w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox>'
        return f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>{word.t('x')}</w:sdtContent></w:sdt>"

    assert word.texts(word.p(box("1") + word.t("新建") + box("0") + word.t("续建"))) == ["☑新建□续建"]


def test_field_shows_its_result_and_not_its_instruction(word: Any) -> None:
    nested = word.field("HYPERLINK x", word.t("第") + word.field("PAGEREF y", word.t("3")) + word.t("页"))
    assert word.texts(word.p(word.t("见") + nested)) == ["见第3页"]
    simple = f'<w:fldSimple w:instr="REF a">{word.t("表1")}</w:fldSimple>'
    assert word.texts(word.p(simple)) == ["表1"]


@pytest.mark.parametrize(
    ("instruction", "text"),
    [
        ("eq \\o\\ac(□,√)", "前☑"),
        ("eq \\o\\ac(○,3)", "前③"),
        ("EQ \\o(口,√)", "前☑"),
        ("SYMBOL 254 \\f Wingdings", "前☑"),
        ("MACROBUTTON None [项目名称]", "前[项目名称]"),
        ("DATE", "前"),
    ],
)
def test_field_without_a_result_shows_what_word_draws(word: Any, instruction: str, text: str) -> None:
    assert word.texts(word.p(word.t("前") + word.field(instruction, None))) == [text]


def test_fields_that_count_show_their_numbers(word: Any) -> None:
    def counted(instruction: str, text: str) -> Any:
        return word.p(word.field(instruction, None) + word.t(text))

    body = "".join(counted("AUTONUM", text) for text in "甲乙")
    body += word.p('<w:fldSimple w:instr=" AUTONUM "/>' + word.t("丙"))
    body += "".join(counted(f"LISTNUM LegalDefault \\l {level}", "") for level in (1, 2, 2, 1, 2))
    body += counted("LISTNUM \\l 2 \\s 3", "丁") + counted("LISTNUM \\l 1", "戊")
    shown = ["1.甲", "2.乙", "3.丙", "1.", "1.1.", "1.2.", "2.", "2.1.", "c)丁", "2)戊"]
    assert word.texts(body) == shown


def test_counting_fields_in_headings_count_by_level(word: Any) -> None:
    styles = word.style("H1", "heading 1") + word.style("H2", "heading 2")
    heads = [(1, "总论"), (2, "背景"), (2, "依据"), (1, "方案"), (2, "架构")]
    body = "".join(word.p(word.field("AUTONUMLGL", None) + word.t(text), f"H{level}") for level, text in heads)
    assert word.texts(body, styles=styles) == ["1.总论", "1.1.背景", "1.2.依据", "2.方案", "2.1.架构"]


def test_a_letter_of_the_writers_own_making_stands_as_a_sign_and_is_told(word: Any) -> None:
    assert word.texts(word.p("负责人王\ue123明，住𠮷村") + word.p("\uf0b7 要点")) == ["负责人王〓明，住𠮷村", "要点"]
    assert word.texts(word.p("一\ue5e5二")) == ["一 二"]
    ornament = registry.read(word.make(word.p("〓〓〓 通知 〓〓〓")), "方案.docx", ReadOptions()).warnings
    assert "missing-characters" not in {w.code for w in ornament}
    told = registry.read(word.make(word.p("负责人王\ue123明、李\ue124芳")), "方案.docx", ReadOptions()).warnings
    assert any(w.code == "missing-characters" and "2 处" in w.message for w in told)


def test_legacy_form_fields_show_their_state(word: Any) -> None:
    def box(inner: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'
        return f'{begin}<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    ticked = box("<w:checkBox><w:checked/></w:checkBox>")
    open_box = box('<w:checkBox><w:default w:val="0"/></w:checkBox>')
    choice = box('<w:ddList><w:result w:val="1"/><w:listEntry w:val="一级"/><w:listEntry w:val="二级"/></w:ddList>')
    assert word.texts(word.p(ticked + open_box + choice)) == ["☑□二级"]


def test_field_that_never_ends_swallows_nothing(word: Any) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert word.texts(word.p(begin + word.t("甲")) + word.p("乙")) == ["甲", "乙"]


def test_words_where_a_field_has_its_instruction_are_set_aside(word: Any) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    document = word.read(word.p(word.t("前") + begin + word.t("采用国密算法") + end + word.t("后")))
    assert [block.text for block in document.blocks] == ["前后"]
    assert word.asides(document, AsideKind.HIDDEN) == ["采用国密算法"]


def test_text_box_stands_once_after_its_paragraph(word: Any) -> None:
    choice = word.box(word.p("框内一") + word.p("框内二")).removeprefix("<w:r>").removesuffix("</w:r>")
    old = f"<w:txbxContent>{word.p('旧框')}</w:txbxContent>"
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{old}</v:textbox></v:shape></w:pict></mc:Fallback>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>{fallback}</mc:AlternateContent>'
    body = word.p(f"<w:r>{both}</w:r>{word.t('前文')}") + word.p("后文")
    assert word.texts(body) == ["前文", "框内一", "框内二", "后文"]


def test_fallback_is_read_where_the_choice_is_unknown(word: Any) -> None:
    choice = f'<mc:Choice Requires="zz" xmlns:zz="urn:unknown">{word.t("新")}</mc:Choice>'
    body = word.p(f"<mc:AlternateContent>{choice}<mc:Fallback>{word.t('旧')}</mc:Fallback></mc:AlternateContent>")
    assert word.texts(body) == ["旧"]


def test_lettering_diagrams_and_formulas_are_read(word: Any) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    ratio = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f>"
    assert word.texts(word.p(art) + word.p(f"<m:oMath>{ratio}{power}</m:oMath>")) == ["艺术字", "(a+b)/cx^2"]


def test_smart_art_is_read_from_its_part(word: Any) -> None:
    graphic = '<a:graphic><a:graphicData><dgm:relIds r:dm="d"/></a:graphicData></a:graphic>'
    parts = word.parts(word.p(f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"))
    point = "<dgm:pt{}><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    points = (
        point.format("", "领导小组") + point.format(' type="pres"', "版式") + point.format(' type="node"', "技术组")
    )
    parts["word/data1.xml"] = f"<dgm:dataModel {word.spaces}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>".encode()
    parts["word/_rels/document.xml.rels"] = word.relations(
        f'<Relationship Id="d" Type="{word.office}/diagramData" Target="data1.xml"/>'
    )
    assert word.texts(word.pack(parts)) == ["领导小组", "技术组"]


def test_ruby_shows_its_base(word: Any) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{word.t('xiàn')}</w:rt><w:rubyBase>{word.t('县')}</w:rubyBase></w:ruby></w:r>"
    assert word.texts(word.p(ruby)) == ["县"]


def test_notes_follow_the_block_that_refers_to_them(word: Any) -> None:
    def refer(kind: str, identity: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'

    def note(kind: str, identity: int, text: str) -> str:
        return f'<w:{kind} w:id="{identity}">{word.p(word.t(text))}</w:{kind}>'

    body = word.p(word.t("正文") + refer("footnote", 2)) + word.table(
        [word.cell(word.p(word.t("格") + refer("endnote", 3)))]
    )
    document = word.read(
        body + word.p("末段"),
        footnotes=note("footnote", 2, "脚注"),
        endnotes=note("endnote", 3, "尾注") + note("endnote", 4, "无"),
    )
    kinds = [(block.kind, block.text) for block in document.blocks]
    assert kinds == [
        (BlockKind.PARAGRAPH, "正文"),
        (BlockKind.FOOTNOTE, "脚注"),
        (BlockKind.TABLE, "格"),
        (BlockKind.FOOTNOTE, "尾注"),
        (BlockKind.PARAGRAPH, "末段"),
    ]


def test_deleted_and_moved_text_is_set_aside(word: Any) -> None:
    deleted = "<w:del><w:r><w:delText>已删</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{word.t('移走')}</w:moveFrom>"
    document = word.read(word.p(word.t("留下") + deleted + moved))
    assert [block.text for block in document.blocks] == ["留下"]
    assert word.asides(document, AsideKind.DELETED) == ["已删移走"]
    assert document.asides[0].block == 0
    assert "tracked-changes" in word.codes(document)


def test_paragraph_whose_mark_is_deleted_runs_into_the_next(word: Any) -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    assert word.texts(word.p("建设", properties=mark) + word.p("目标") + word.p("下段")) == ["建设目标", "下段"]
    assert word.texts(word.p("孤段", properties=mark) + word.table(["表"])) == ["孤段", "表"]


@pytest.mark.parametrize(
    "marks",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="auto" w:themeColor="background1"/>',
        '<w:color w:val="FEFEFE"/>',
        '<w:sz w:val="2"/>',
        '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
        "<w14:textFill><w14:noFill/></w14:textFill>",
        '<w:rStyle w:val="Ghost"/>',
    ],
)
def test_text_that_nobody_can_see_is_set_aside(word: Any, marks: str) -> None:
    ghost = word.style("Ghost", "Ghost", inner="<w:rPr><w:vanish/></w:rPr>", kind="character")
    document = word.read(word.p(word.t("看得见") + word.t("看不见", marks)), styles=ghost)
    assert [block.text for block in document.blocks] == ["看得见"]
    assert word.asides(document, AsideKind.HIDDEN) == ["看不见"]
    assert "hidden-text" in word.codes(document)


def test_hidden_paragraph_style_hides_and_a_run_can_undo_it(word: Any) -> None:
    styles = word.style("G", "暗", inner="<w:rPr><w:vanish/></w:rPr>")
    document = word.read(word.p(word.t("暗") + word.t("明", '<w:vanish w:val="0"/>'), "G"), styles=styles)
    assert [block.text for block in document.blocks] == ["明"]


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize("shade", ['<w:shd w:val="clear" w:fill="1F4E79"/>', '<w:shd w:val="solid" w:color="000000"/>'])
def test_white_text_on_a_dark_ground_is_body_text(word: Any, shade: str) -> None:
    assert word.texts(word.p(word.t("白字", WHITE + shade))) == ["白字"]
    assert word.texts(word.p(word.t("白字", WHITE), properties=shade)) == ["白字"]
    assert word.texts(word.table([word.cell(word.p(word.t("白字", WHITE)), shade)])) == ["白字"]


def test_white_text_in_a_coloured_box_or_on_a_cover_picture_is_body_text(word: Any) -> None:
    fill = '<a:solidFill><a:srgbClr val="003366"/></a:solidFill>'
    assert word.texts(word.p(word.box(word.p(word.t("白字", WHITE)), fill))) == ["白字"]
    cover = word.p(word.picture(behind=True)) + word.p(word.t("封面白字", WHITE))
    assert word.texts(cover + word.p('<w:r><w:br w:type="page"/></w:r>') + word.p(word.t("白字", WHITE))) == [
        "封面白字"
    ]


def test_white_text_in_a_box_grouped_with_a_picture_or_on_a_coloured_page_is_body_text(word: Any) -> None:
    box = word.box(word.p(word.t("图上白字", WHITE))).replace("<wps:wsp>", '<a:blip r:embed="x"/><wps:wsp>')
    assert word.texts(word.p(box)) == ["图上白字"]
    parts = word.parts(word.p(word.t("深色页白字", WHITE)))
    dark = parts["word/document.xml"].replace(b"<w:body>", b'<w:background w:color="003366"/><w:body>')
    assert word.texts(word.pack(parts | {"word/document.xml": dark})) == ["深色页白字"]


def test_white_text_in_a_box_without_a_fill_is_set_aside(word: Any) -> None:
    document = word.read(word.p(word.t("正文") + word.box(word.p(word.t("暗", WHITE)), "<a:noFill/>")))
    assert word.asides(document, AsideKind.HIDDEN) == ["暗"]


def test_drawing_inside_a_text_box_is_read_once(word: Any) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    assert word.texts(word.p(word.box(word.p(art + word.t("框"))))) == ["框", "艺术字"]


def test_table_style_that_shades_keeps_white_header_text(word: Any) -> None:
    shaded = word.style("T", "Dark", kind="table", inner='<w:tcPr><w:shd w:val="clear" w:fill="003366"/></w:tcPr>')
    style = '<w:tblStyle w:val="T"/>'
    assert word.texts(word.table([word.cell(word.p(word.t("表头", WHITE)))], properties=style), styles=shaded) == [
        "表头"
    ]


def test_hidden_shape_is_set_aside(word: Any) -> None:
    box = word.box(word.p("暗框")).replace('name="框"', 'name="框" hidden="1"')
    document = word.read(word.p(word.t("正文") + box))
    assert [block.text for block in document.blocks] == ["正文"]
    assert word.asides(document, AsideKind.HIDDEN) == ["暗框"]


def test_headers_footers_comments_and_watermarks_are_set_aside(word: Any) -> None:
    mark = '<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1"><v:textpath string="内部"/></v:shape></w:pict></w:r>'
    anchor = '<w:r><w:commentReference w:id="5"/></w:r>'
    document = word.read(
        word.p("第一段") + word.p(word.t("第二段") + anchor),
        header1=word.p("某县数据局") + word.p(mark),
        header2=word.p("某县数据局"),
        footer1=word.p("第1页"),
        comments=f'<w:comment w:id="5">{word.p("请补充")}</w:comment>',
    )
    assert [block.text for block in document.blocks] == ["第一段", "第二段"]
    found = {aside.kind: aside for aside in document.asides}
    assert found[AsideKind.HEADER].text == "某县数据局"
    assert len(word.asides(document, AsideKind.HEADER)) == 1
    assert found[AsideKind.FOOTER].text == "第1页"
    assert found[AsideKind.WATERMARK].text == "内部"
    assert (found[AsideKind.COMMENT].text, found[AsideKind.COMMENT].block) == ("请补充", 1)


def test_bidi_and_control_characters_are_taken_out_with_a_warning(word: Any) -> None:
    document = word.read(word.p("总\u202e投\u200b资\u2066额"))
    assert [block.text for block in document.blocks] == ["总投资额"]
    assert "suspicious-characters" in word.codes(document)


def test_blank_paragraphs_make_no_blocks_and_indexes_are_positions(plain: Callable[..., list[str]], word: Any) -> None:
    assert plain("甲", "", " \u3000", "乙") == ["甲", "乙"]
    assert [block.index for block in word.read(word.p("甲") + word.p("") + word.p("乙")).blocks] == [0, 1]


def test_look_of_a_paragraph_is_told(word: Any) -> None:
    styles = word.style(
        "C", "居中", inner='<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>'
    )
    body = word.p("标题样", "C") + word.p(word.t("半粗", "<w:b/>") + word.t("半细"), properties='<w:jc w:val="left"/>')
    first, second = word.read(body, styles=styles).blocks
    assert (first.bold, first.size, first.centered, first.style) == (True, 16.0, True, "居中")
    assert (second.bold, second.size, second.centered, second.style) == (False, 10.0, False, "")


def test_size_is_that_of_most_characters_and_toggles_cancel(word: Any) -> None:
    styles = word.style("B", "粗", inner="<w:rPr><w:b/></w:rPr>") + word.style(
        "E", "强", inner="<w:rPr><w:b/></w:rPr>", kind="character"
    )
    mixed = word.t("小", '<w:sz w:val="18"/>') + word.t("占多数的字", '<w:sz w:val="28"/>')
    first, second = word.read(
        word.p(mixed) + word.p(word.t("抵消", '<w:rStyle w:val="E"/>'), "B"), styles=styles
    ).blocks
    assert first.size == 14.0
    assert second.bold is False


@pytest.mark.parametrize(
    ("color", "marker", "seen"),
    [("000000", "black", False), ("FFFF00", "yellow", False), ("000000", "yellow", True), ("auto", "black", True)],
)
def test_text_in_the_colour_of_its_marker_is_not_seen(word: Any, color: str, marker: str, seen: bool) -> None:
    marks = f'<w:color w:val="{color}"/><w:highlight w:val="{marker}"/>'
    assert (word.texts(word.p(word.t("县财政安排", marks))) == ["县财政安排"]) is seen


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_text_that_is_struck_out_is_deleted_text(word: Any, mark: str) -> None:
    document = word.read(word.p(word.t("总投资") + word.t("500万元", mark) + word.t("300万元")))
    assert [block.text for block in document.blocks] == ["总投资300万元"]
    assert word.asides(document, AsideKind.DELETED) == ["500万元"]
    assert word.texts(word.p(word.t("在用", '<w:strike w:val="0"/>'))) == ["在用"]


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        ("\\o\\ad(项目名称,　　　　)", "项目名称"),
        ("\\o(\\s\\up 5(建设),\\s\\do 2(单位))", "建设单位"),
        ('\\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(hóng),洪)', "洪"),
        ("\\f(30,100)", "30/100"),
        ("\\x(甲方案)", "甲方案"),
        ("\\o\\ac(○,3)", "③"),
        ("\\o(□,√)", "☑"),
        ("\\x(\\f(1,2)及(附件))", "1/2及(附件)"),
        ("\\o(", ""),
        ("\\", ""),
    ],
)
def test_an_equation_field_shows_its_words_on_one_line(word: Any, instruction: str, shown: str) -> None:
    assert word.texts(word.p(word.t("前") + word.field(f"EQ {instruction}", None) + word.t("后"))) == [f"前{shown}后"]


def test_a_chart_gives_its_title_and_its_figures(word: Any) -> None:
    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    values = "<c:tx><c:v>投资</c:v></c:tx><c:cat><c:v>2026年</c:v><c:v>2027年</c:v></c:cat><c:val><c:v>80</c:v></c:val>"
    title = '<c:title><a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:r><a:t>分年投资</a:t></a:r></a:p></c:title>'
    drawing = f'<w:r><w:drawing><wp:inline><c:chart {space} r:id="ch"/></wp:inline></w:drawing></w:r>'
    parts = word.parts(word.p(word.t("见图") + drawing))
    parts["word/charts/chart1.xml"] = f"<c:chartSpace {space}>{title}<c:ser>{values}</c:ser></c:chartSpace>".encode()
    relation = f'<Relationship Id="ch" Type="{word.office}/chart" Target="charts/chart1.xml"/>'
    parts["word/_rels/document.xml.rels"] = word.relations(relation)
    assert word.texts(word.pack(parts)) == ["见图", "分年投资", "投资：2026年80；2027年"]


def test_digits_in_an_ordinary_typeface_are_digits_whatever_the_style_and_the_other_fonts(word: Any) -> None:
    styles = word.style("S", "符号", inner='<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>')
    ordinary = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
    assert word.texts(word.p(word.t("投资128.50万元", ordinary), "S"), styles=styles) == ["投资128.50万元"]
    assert word.texts(word.p(word.t("资金86万元", '<w:rFonts w:ascii="仿宋" w:hAnsi="Wingdings 2"/>'))) == [
        "资金86万元"
    ]
    ticked = '<w:r><w:sym w:font="Segoe UI Symbol" w:char="2611"/></w:r>'
    empty = '<w:r><w:sym w:font="MS Gothic" w:char="2610"/></w:r>'
    assert word.texts(word.p(ticked + word.t("新建") + empty + word.t("续建"))) == ["☑新建□续建"]


def test_the_brackets_of_a_formula_are_kept(word: Any) -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    inner = "<m:e><m:r><m:t>200+100</m:t></m:r></m:e>"
    named = '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>'
    for properties, shown in (("", "(200+100)×1.05"), (named, "[200+100]×1.05")):
        formula = f"<m:oMath {space}><m:d>{properties}{inner}</m:d><m:r><m:t>×1.05</m:t></m:r></m:oMath>"
        assert word.texts(word.p(formula)) == [shown]


def test_white_text_over_a_large_dark_shape_is_body_text(word: Any) -> None:
    drawn = (
        '<w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="{0}" cy="{0}"/><wp:wrapNone/><a:graphic>'
        '<wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="{1}"/></a:solidFill></wps:spPr></wps:wsp>'
        "</a:graphic></wp:anchor></w:drawing></w:r>"
    )
    white = word.p(word.t("白字", WHITE))
    assert word.texts(word.p(drawn.format(7_000_000, "1F3864")) + white) == ["白字"]
    for size, colour in ((7_000_000, "FFFFFF"), (900_000, "1F3864")):
        assert word.texts(word.p(drawn.format(size, colour)) + white + word.p(word.t("正文"))) == ["正文"]
