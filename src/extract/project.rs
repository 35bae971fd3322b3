//! Projects with targets: their names from headings, forms and list rows.

use crate::wording::{fold, is_chinese_digit, split_numbering, tidy};

/// Endings of a heading that introduces one project's targets, longest first.
const HEADING_ENDINGS: &[&str] = &[
    "绩效目标申报表",
    "绩效目标批复表",
    "绩效目标公开表",
    "绩效目标情况表",
    "绩效目标自评表",
    "绩效自评表",
    "绩效目标及指标表",
    "绩效目标表",
    "绩效指标表",
    "绩效目标",
];

/// Words of which the names of whole chapters and forms are put together; a heading of nothing else names no project.
const GENERIC_WORDS: &[&str] = &[
    "部门",
    "单位",
    "整体",
    "总体",
    "分项",
    "预算",
    "项目",
    "支出",
    "年度",
    "本级",
    "财政",
    "专项",
    "资金",
    "重点",
    "上年",
    "结转",
    "政策",
    "绩效",
    "目标",
    "自评",
    "申报",
    "区级",
    "市级",
    "县级",
    "省级",
    "一般",
    "公共",
    "其他",
    "运转类",
    "特定",
    "人员类",
    "公用",
    "经费",
    "转移支付",
    "公开",
    "情况",
    "的",
    "和",
    "及",
    "与",
    "类",
    "表",
    "年",
    "(",
    ")",
    "、",
    "\"",
    "附件",
    "附表",
    "批复",
    "全部",
    "具体",
    "主要",
    "名称",
    "本",
    "各",
];

/// The number and name of the project that a heading introduces: `1、城乡居民养老保险补贴绩效目标表`.
pub(super) fn heading(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    let folded = fold(line);
    if folded.contains(['。', ';']) || folded.chars().count() > 120 {
        return None;
    }
    let (number, rest) = split_numbering(line);
    if let Some((key, name)) = rest.split_once(['：', ':'])
        && names_project(&fold(key), name)
    {
        let name = tidy(name.split(['\t', '　']).find(|part| !part.trim().is_empty())?);
        return (!name.is_empty()).then(|| (bare(number), name));
    }
    if folded.contains(':') {
        return None;
    }
    let plain = tidy(rest);
    let ending = HEADING_ENDINGS.iter().find(|ending| plain.ends_with(*ending))?;
    let arabic = number.contains(|c: char| c.is_ascii_digit());
    if !ending.ends_with('表') && !arabic || plain.starts_with('第') && plain.contains("部分") {
        return None;
    }
    let name = plain.strip_suffix(*ending).unwrap_or(&plain).trim_end_matches("项目支出");
    (!is_generic(name)).then(|| (bare(number), name.to_owned()))
}

/// The number without the marks around it.
fn bare(number: &str) -> String {
    number.trim_matches(['、', '.', '．', '（', '）', '(', ')']).to_owned()
}

/// `项目名称：…`, `项目一：…`.
fn names_project(key: &str, name: &str) -> bool {
    let counted = key.strip_prefix("项目").is_some_and(|count| {
        let digit = |c: char| is_chinese_digit(c) || c.is_ascii_digit();
        (1..=3).contains(&count.chars().count()) && count.chars().all(digit)
    });
    matches!(key, "项目名称" | "政策名称") || counted && !name.contains(['，', ','])
}

/// The goal that a line states for the project named before it: `绩效目标：…`.
pub(super) fn goal(line: &str) -> Option<String> {
    const KEYS: &[&str] = &[
        "绩效目标",
        "项目绩效目标",
        "年度绩效目标",
        "总体绩效目标",
        "年度目标",
        "总体目标",
        "年度总体目标",
        "项目目标",
    ];
    let (key, goal) = split_numbering(line.trim()).1.split_once(['：', ':'])?;
    let goal = tidy(goal);
    (KEYS.contains(&&*fold(key)) && !goal.is_empty()).then_some(goal)
}

/// Whether the name is put together of general words and years alone.
fn is_generic(name: &str) -> bool {
    let folded = fold(name);
    let mut rest = folded.trim_matches(|c: char| c.is_ascii_digit());
    'words: while !rest.is_empty() {
        for word in GENERIC_WORDS {
            if let Some(tail) = rest.strip_prefix(word) {
                rest = tail.trim_start_matches(|c: char| c.is_ascii_digit());
                continue 'words;
            }
        }
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_projects() {
        for (line, number, name) in [
            ("1、校舍维修改造绩效目标表", "1", "校舍维修改造"),
            ("12.信息系统运行维护绩效目标表", "12", "信息系统运行维护"),
            ("2、补助资金的通知(冀财社[2020]143号)绩效目标表", "2", "补助资金的通知(冀财社[2020]143号)"),
            ("档案整理项目绩效目标表", "", "档案整理项目"),
            ("项目名称：乡村道路养护", "", "乡村道路养护"),
            ("（一）项目名称：乡村道路养护", "一", "乡村道路养护"),
            ("项目二：乡村道路养护", "", "乡村道路养护"),
        ] {
            assert_eq!(heading(line), Some((number.to_owned(), name.to_owned())), "{line}");
        }
    }

    #[test]
    fn headings_of_chapters_name_none() {
        for line in [
            "（一）总体绩效目标",
            "第二部分 预算项目绩效目标",
            "上年结转资金项目绩效目标",
            "项目支出绩效目标表",
            "部门整体支出绩效目标表",
            "2021年部门预算项目绩效目标表",
            "绩效目标：加强协调机制建设，提高质量。",
            "做好绩效目标",
        ] {
            assert_eq!(heading(line), None, "{line}");
        }
    }
}
