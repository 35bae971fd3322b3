//! Numbers of headings and items: whether a line begins with one, and whether it is the one after another.

use regex::Regex;
use std::sync::LazyLock;

/// The start of a numbered heading or item: `一、`, `（一）`, `1.`, `（1）`, `第一部分`, `①`, `附表：`, `注：`.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(第[一二三四五六七八九十百]+[部章节条篇]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．]\D|\d{1,2}\.\d{1,2}[^\d%％‰万亿元]|[①-⑳]|附[表件录]\s*[\d一二三四五六七八九十]*\s*[:：]|备?注\s*\d*\s*[:：])").ok()
});

/// The numbers that tell an order, from the highest rank down.
static RANKS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"^\s*第([一二三四五六七八九十]+)[部章篇]",
        r"^\s*([一二三四五六七八九十]+)[、.．]",
        r"^\s*[（(]([一二三四五六七八九十]+)[)）]",
        r"^\s*(\d{1,2})[、.．]\D",
        r"^\s*[（(](\d{1,2})[)）]",
    ];
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// Whether a text begins with the number of a heading or item.
pub(super) fn is_numbered(text: &str) -> bool {
    NUMBERED.as_ref().is_some_and(|numbered| numbered.is_match(text))
}

/// Whether a text names a part of the document and says which: `第二部分  部门预算表`.
pub(super) fn is_part(text: &str) -> bool {
    const BARE: usize = 5;
    RANKS.first().is_some_and(|part| part.is_match(text))
        && text.chars().filter(|c| !c.is_whitespace()).count() > BARE
}

/// Whether a text is the heading or item after another: `七、` after `六、`, `一、` below `第二部分`.
pub(super) fn opens_next(before: &str, text: &str) -> bool {
    let (Some((rank, number)), Some((next_rank, next))) = (number(before), number(text)) else {
        return false;
    };
    let heading = !before.contains(['，', '。', '；', '：', ':']);
    match next_rank.cmp(&rank) {
        std::cmp::Ordering::Equal => next == number + 1,
        std::cmp::Ordering::Less => heading,
        std::cmp::Ordering::Greater => heading && next == 1,
    }
}

/// The rank of a number and the number.
fn number(text: &str) -> Option<(usize, u32)> {
    RANKS.iter().enumerate().find_map(|(rank, pattern)| {
        let printed = pattern.captures(text)?.get(1)?.as_str();
        Some((rank, printed.parse().ok().or_else(|| below_hundred(printed))?))
    })
}

/// `七`, `十一`, `二十三`.
fn below_hundred(printed: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().zip(1..).find(|(sign, _)| *sign == c);
    let units = |text: &str| match text.chars().next() {
        None => Some(0),
        Some(c) => digit(c).map(|(_, value)| value),
    };
    match printed.split_once('十') {
        Some(("", rest)) => Some(10 + units(rest)?),
        Some((tens, rest)) => Some(10 * units(tens)? + units(rest)?),
        None => units(printed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_with_its_unit_is_no_number_of_a_heading() {
        for (text, numbered) in
            [("1.2 预算收入", true), ("28.34%。主要用于", false), ("1.5万元", false), ("3.支出", true)]
        {
            assert_eq!(is_numbered(text), numbered, "{text}");
        }
    }

    #[test]
    fn the_next_number_opens_a_new_heading() {
        for (before, text, opens) in [
            ("六、一般公共预算支出决算情况说明", "七、“三公”经费支出决算情况说明", true),
            ("十、预算绩效管理情况", "十一、其他重要事项说明", true),
            ("第二部分  2024年度部门决算表", "一、收入支出决算总表", true),
            ("（三）派出机构", "四、部门预算", true),
            ("1.办公费，比上年增加", "2.差旅费", true),
            ("一、收入包括财政拨款，", "（一）一般公共预算", false),
            ("三、收入增加", "1.5万元", false),
            ("六、支出情况", "九、其他", false),
        ] {
            assert_eq!(opens_next(before, text), opens, "{before} {text}");
        }
    }
}
