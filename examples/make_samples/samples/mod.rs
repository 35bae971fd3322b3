//! The sample disclosures as bytes, made from the texts in `content/`. The same bytes come out every time.

mod dump;
mod markup;
mod word;

use markup::parse;

/// A Hebei budget with the department's indicators, three projects, procurement and assets.
const ZHANGBEI: &str = include_str!("content/zhangbei-2021-budget.txt");
/// Project forms of the national pattern.
const CHANGSHAN_PROJECTS: &str = include_str!("content/changshan-2022-projects.txt");
/// Standard budget tables in yuan, with the indicators of all projects in one list.
const YONGCHUN: &str = include_str!("content/yongchun-2023-budget.txt");
/// Final accounts with a self-evaluation.
const TONGGU: &str = include_str!("content/tonggu-2020-final.txt");
/// A government's report, mostly prose.
const CHANGSHAN_REPORT: &str = include_str!("content/changshan-2022-report.txt");

/// Every sample: its file name and its bytes.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let [zhangbei, projects, yongchun, tonggu, report] =
        [ZHANGBEI, CHANGSHAN_PROJECTS, YONGCHUN, TONGGU, CHANGSHAN_REPORT].map(parse);
    vec![
        ("zhangbei-2021-budget.docx", word::docx(&zhangbei)),
        ("zhangbei-2021-budget.txt", dump::flattened(&zhangbei).into_bytes()),
        ("changshan-2022-projects.docx", word::docx(&projects)),
        ("changshan-2022-projects.txt", utf16(&dump::flattened(&projects))),
        ("yongchun-2023-budget.docx", word::docx(&yongchun)),
        ("tonggu-2020-final.docx", word::docx(&tonggu)),
        ("changshan-2022-report.docx", word::docx(&report)),
        ("changshan-2022-report.txt", gbk(&dump::copied(&report))),
    ]
}

/// UTF-16, little endian, with a byte order mark, as Windows calls Unicode.
fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// The encoding of older Chinese systems, with their line ends.
fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(&text.replace('\n', "\r\n")).0.into_owned()
}
