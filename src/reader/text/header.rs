//! The merges of a header, inferred from its rows: a blank cell continues the one above it, and cells between such
//! blanks lie under one wide cell.

use super::cells::{Kind, is_title, is_total, kind};

/// The extent of a header cell; no rows at all where the cell only continues the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// Rows it covers.
    pub rows: usize,
    /// Columns it covers.
    pub columns: usize,
}

/// The extents of the cells of the leading rows that are a header with merges; empty where the rows don't fit exactly.
pub(super) fn spans(rows: &[Vec<String>], width: usize) -> Vec<Vec<Span>> {
    let Some(lowest) = rows.iter().position(|row| row.len() == width) else { return Vec::new() };
    let lower = &rows[lowest];
    let is_header = lower.iter().all(|text| kind(text) == Kind::Blank || is_title(text));
    if lowest == 0 || !is_header {
        return Vec::new();
    }
    let mut layers = vec![vec![Span { rows: 1, columns: 1 }; width]];
    for upper in (0..lowest).rev() {
        let below = &layers[0];
        let complete = upper > 0 || rows[upper].iter().all(|text| !text.is_empty());
        let Some(groups) = fit(&rows[upper], &rows[upper + 1]).filter(|_| complete) else {
            return plain_above(upper, rows, layers);
        };
        let mut spans = Vec::with_capacity(groups.len());
        let mut continued = Vec::new();
        let mut at = 0;
        for group in groups {
            let columns = below[at..at + group].iter().map(|span| span.columns).sum();
            let is_continued = group == 1 && rows[upper + 1][at].is_empty();
            spans.push(Span { rows: if is_continued { 1 + below[at].rows } else { 1 }, columns });
            continued.extend(is_continued.then_some(at));
            at += group;
        }
        for at in continued {
            layers[0][at].rows = 0;
        }
        layers.insert(0, spans);
    }
    layers
}

/// Puts the pieces of broken header rows together: two short rows above a full one that fit over it only as one.
pub(super) fn mend(rows: &mut Vec<Vec<String>>, width: usize) {
    let Some(mut lower) = rows.iter().position(|row| row.len() == width) else { return };
    while lower >= 2 {
        let joined = [rows[lower - 2].as_slice(), rows[lower - 1].as_slice()].concat();
        let returning = groups(&rows[lower], RETURNING).len();
        let is_broken = rows[lower - 1].len() != returning && fit(&rows[lower - 1], &rows[lower]).is_none();
        let is_better = joined.len() == returning && returning > groups(&rows[lower], NOWHERE).len();
        if (is_broken || is_better) && fit(&joined, &rows[lower]).is_some() {
            rows[lower - 2] = joined;
            rows.remove(lower - 1);
        }
        lower -= 1;
    }
}

/// Rows above the fitting ones keep their cells as they are.
fn plain_above(upper: usize, rows: &[Vec<String>], layers: Vec<Vec<Span>>) -> Vec<Vec<Span>> {
    if layers.len() == 1 {
        return Vec::new();
    }
    let plain = rows[..=upper].iter().map(|row| vec![Span { rows: 1, columns: 1 }; row.len()]);
    plain.chain(layers).collect()
}

/// How many cells of the lower row lie under each cell of the upper one.
fn fit(upper: &[String], lower: &[String]) -> Option<Vec<usize>> {
    if upper.len() >= lower.len() {
        return None;
    }
    let whole = groups(lower, NOWHERE);
    if whole.len() == upper.len() {
        return Some(whole);
    }
    // Wide cells side by side: their columns begin with the same title again (项目 预算数 项目 预算数), or those of the
    // second with a sum (科目编码 科目名称 合计 人员经费).
    let cuts: [Cut; 2] = [RETURNING, |text, _| is_total(text)];
    let mut found =
        cuts.into_iter().map(|cut| groups(lower, cut)).filter(|groups| groups.len() == upper.len());
    let titled = upper.iter().all(|text| is_title(text));
    found.next().or_else(|| likeliest(upper, lower, &whole)).filter(|_| titled)
}

/// The most cells of a wide title that may lie apart from its neighbours only by what the titles say.
const MAX_APART: usize = 12;

/// Cuts groups further where one title more lies above them, as their words say: 增减额 and 增减% lie under
/// `比上年增减`, not under the year before it. `None` unless one way is better than all others.
fn likeliest(upper: &[String], lower: &[String], whole: &[usize]) -> Option<Vec<usize>> {
    if upper.len() != whole.len() + 1 || lower.len() > MAX_WIDTH {
        return None;
    }
    let mut ways: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, size) in whole.iter().enumerate().filter(|(_, size)| **size <= MAX_APART) {
        for first in 1..*size {
            let mut groups = whole.to_vec();
            groups.splice(at..=at, [first, size - first]);
            ways.push((kinship(upper, lower, &groups), groups));
        }
    }
    ways.sort_by_key(|(kinship, _)| std::cmp::Reverse(*kinship));
    match &ways[..] {
        [(best, groups), rest @ ..] if *best > 0 && rest.first().is_none_or(|(next, _)| next < best) => {
            Some(groups.clone())
        }
        _ => None,
    }
}

/// The widest row that is looked at so closely.
const MAX_WIDTH: usize = 40;
/// Characters that titles share without belonging together.
const COMMON: &str = "预算数年度支出收入金额的合计（）()“”0123456789";

/// Characters of titles below one that compares two years.
const CHANGE: &str = "增减差幅率%";

/// How well the titles below go with those above them: those that share a character with their own title and with no
/// other one, less those that stand beside such titles and don't.
fn kinship(upper: &[String], lower: &[String], groups: &[usize]) -> usize {
    let mut rest = lower;
    let mut kinship = 0;
    for (title, size) in upper.iter().zip(groups) {
        let own = title
            .chars()
            .filter(|c| !COMMON.contains(*c) && upper.iter().filter(|other| other.contains(*c)).count() == 1);
        let mut own: Vec<char> = own.collect();
        if title.contains(['比', '较', '增']) {
            own.extend(CHANGE.chars());
        }
        let (below, behind) = rest.split_at(*size);
        let akin = below.iter().filter(|text| text.chars().any(|c| own.contains(&c))).count();
        kinship += akin.saturating_sub(if akin > 0 { size - akin } else { 0 });
        rest = behind;
    }
    kinship
}

/// Whether a group of cells ends before this one, given also the group's first cell.
type Cut = fn(&str, &str) -> bool;
const NOWHERE: Cut = |_, _| false;
const RETURNING: Cut = |text, first| text == first;

/// Cuts a row into its blanks, one by one, and the groups of cells between them.
fn groups(row: &[String], cut: Cut) -> Vec<usize> {
    let mut groups: Vec<usize> = Vec::new();
    let mut first: Option<&String> = None;
    for text in row {
        let goes_on = !text.is_empty() && first.is_some_and(|first| !cut(text, first));
        if let Some(group) = groups.last_mut().filter(|_| goes_on) {
            *group += 1;
        } else {
            groups.push(1);
            first = (!text.is_empty()).then_some(text);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[&str]) -> Vec<Vec<String>> {
        texts.iter().map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
    }

    /// Spans as `rows×columns`.
    fn printed(texts: &[&str], width: usize) -> Vec<String> {
        let print = |span: &Span| format!("{}×{}", span.rows, span.columns);
        spans(&rows(texts), width)
            .iter()
            .map(|row| row.iter().map(print).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn blanks_continue_and_groups_lie_under_wide_cells() {
        let found = printed(&["来源|物品|金额", "项目|资金||合计|拨款|其他", "a|1|b|2|3|4"], 6);
        assert_eq!(found, ["1×2 2×1 1×3", "1×1 1×1 0×1 1×1 1×1 1×1"]);
    }

    #[test]
    fn headers_of_three_rows_fit_from_below() {
        let upper = "预算数|决算数";
        let middle = "合计|出国费|公车费|接待费|合计|出国费|公车费|接待费";
        let lower = "||小计|购置|运行|||| 小计|购置|运行|";
        let found = printed(&[upper, middle, &lower.replace("|||| ", "||||")], 12);
        assert_eq!(found[0], "1×6 1×6");
        assert_eq!(found[1], "2×1 2×1 1×3 2×1 2×1 2×1 1×3 2×1");
    }

    #[test]
    fn wide_cells_side_by_side_are_told_apart_by_returning_titles() {
        let found = printed(&["收入|支出", "项目|预算数|项目|合计|一般|基金"], 6);
        assert_eq!(found[0], "1×2 1×4");
    }

    #[test]
    fn a_sum_begins_the_columns_of_a_wide_cell() {
        let found = printed(&["经济分类|基本支出", "编码|名称|合计|人员经费|公用经费"], 5);
        assert_eq!(found[0], "1×2 1×3");
    }

    #[test]
    fn words_tell_which_title_a_column_lies_under() {
        let upper = "功能分类科目|2019年执行数|2020年预算数|2020年预算数比2019年执行数";
        let found = printed(&[upper, "科目编码|科目名称||小计|基本支出|项目支出|增减额|增减%"], 8);
        assert_eq!(found[0], "1×2 2×1 1×3 1×2");
        // Nothing says where the second title ends.
        assert!(printed(&["甲类|乙类|丙类|丁类", "子|丑||寅|卯|辰"], 6).is_empty());
    }

    #[test]
    fn rows_that_do_not_fit_stay_as_they_are() {
        assert!(printed(&["805某局|单位：万元", "项目|资金|物品", "a|1|b"], 3).is_empty());
        assert!(printed(&["绩效目标|保障运转", "产出指标||≥5个", "||3"], 3).is_empty());
        let found = printed(&["805某局|单位：万元", "来源|物品", "项目|资金|"], 3);
        assert_eq!(found, ["1×1 1×1", "1×2 2×1", "1×1 1×1 0×1"]);
    }
}
