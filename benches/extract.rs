//! Whole-file reading and extraction beside the bound: what unpacking and tokenising the same bytes costs.
//!
//! `cargo bench --bench extract`. The input is made in code, so that it needs no other file. Divide `read_docx` by
//! `bound_docx` for the ratio: the machine cancels out.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark stops where its input can't be made")]

use divan::counter::BytesCount;
use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, IndentLevel, Level, LevelJc, LevelText, NumberFormat, Numbering,
    NumberingId, Paragraph, Run, RunFonts, Start, Style, StyleType, Table, TableCell, TableRow, VMergeType,
};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};
use std::sync::LazyLock;

/// The parts that the reader opens; the bound unpacks and tokenises these and no other.
const PARTS: &[&str] = &[
    "[Content_Types].xml",
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/numbering.xml",
    "word/document.xml",
    "docProps/core.xml",
];

/// A disclosure of the usual size: some thirty projects, each with a heading, a goal and an indicator table.
static DOCX: LazyLock<Vec<u8>> = LazyLock::new(|| disclosure(30));

fn main() {
    divan::main();
}

#[divan::bench]
fn bound_docx(bencher: divan::Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_slice(&DOCX[..])).bench(|| tokens(&DOCX));
}

#[divan::bench]
fn read_docx(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_slice(&DOCX[..]))
        .bench(|| gongkai::pipeline::read(&DOCX, &gongkai::reader::Limits::default()).unwrap());
}

#[divan::bench]
fn extract_docx(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_slice(&DOCX[..]))
        .bench(|| gongkai::extract(&DOCX[..], &gongkai::Options::default()));
}

/// The bound: unpacks and tokenises, and does nothing with the tokens.
fn tokens(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut count = 0;
    for part in PARTS {
        let Ok(mut entry) = archive.by_name(part) else { continue };
        let mut xml = Vec::with_capacity(usize::try_from(entry.size()).unwrap());
        entry.read_to_end(&mut xml).unwrap();
        let mut reader = Reader::from_reader(&xml[..]);
        while !matches!(reader.read_event().unwrap(), Event::Eof) {
            count += 1;
        }
    }
    count
}

fn disclosure(projects: usize) -> Vec<u8> {
    let level = Level::new(
        0,
        Start::new(1),
        NumberFormat::new("chineseCounting"),
        LevelText::new("%1、"),
        LevelJc::new("left"),
    );
    let heading =
        Style::new("1", StyleType::Paragraph).name("heading 1").outline_lvl(0).align(AlignmentType::Center);
    let mut docx = Docx::new()
        .add_style(heading)
        .add_abstract_numbering(AbstractNumbering::new(1).add_level(level))
        .add_numbering(Numbering::new(1, 1))
        .add_paragraph(paragraph("某市教育局2024年部门预算信息公开").style("1"));
    for project in 0..projects {
        let goal = "保障义务教育阶段学校公用经费及时足额到位，改善办学条件，提高教学质量。".repeat(4);
        docx = docx
            .add_paragraph(
                paragraph(&format!("义务教育保障项目{project}绩效目标表"))
                    .style("1")
                    .numbering(NumberingId::new(1), IndentLevel::new(0)),
            )
            .add_paragraph(paragraph(&goal))
            .add_table(indicators(project));
    }
    let mut stored = Cursor::new(Vec::new());
    docx.build().pack(&mut stored).unwrap();
    deflate(stored)
}

/// docx-rs stores the parts as they are; Word deflates them.
fn deflate(stored: Cursor<Vec<u8>>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(stored).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut entry, &mut writer).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn indicators(project: usize) -> Table {
    let header = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"];
    let mut rows = vec![TableRow::new(header.map(cell).to_vec())];
    for (at, level2) in ["数量指标", "质量指标", "时效指标", "成本指标"].iter().cycle().take(12).enumerate()
    {
        let merge = if at == 0 { VMergeType::Restart } else { VMergeType::Continue };
        rows.push(TableRow::new(vec![
            cell(if at == 0 { "产出指标" } else { "" }).vertical_merge(merge),
            cell(level2),
            cell(&format!("补助学校数量{at}")),
            cell("反映年度内按标准补助的学校数量"),
            cell(&format!("≥{}所", project * 10 + at)),
            cell("计划标准"),
        ]));
    }
    Table::new(rows)
}

fn cell(text: &str) -> TableCell {
    TableCell::new().add_paragraph(paragraph(text))
}

fn paragraph(text: &str) -> Paragraph {
    let fonts = RunFonts::new().ascii("Times New Roman").east_asia("仿宋");
    Paragraph::new().add_run(Run::new().fonts(fonts).size(24).add_text(text))
}
