//! Figures of one sentence against each other: parts of a whole, changes, shares and rates stated beside them.

use super::Rule;
use super::evidence::{Evidence, Figure, Noun, as_printed, compare, slack};
use super::prose::sentences;
use crate::quantity::{self, Kind};
use crate::record::{Amount, Change, Check, Provenance, Verdict};
use crate::wording::fold;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

const CHANGE: Rule = Rule {
    code: "prose_change",
    chinese: "本年数－上年数＝所述增减额",
    english: "This year − last year = the stated change",
    source: "算术",
};
const SHARE: Rule = Rule {
    code: "prose_share",
    chinese: "部分÷总数＝所述占比",
    english: "Part ÷ whole = the stated share",
    source: "算术",
};
const COMPLETION: Rule = Rule {
    code: "prose_completion",
    chinese: "决算数÷预算数＝所述完成率",
    english: "Result ÷ budget = the stated completion",
    source: "算术",
};

const GROWTH: Rule = Rule {
    code: "prose_growth",
    chinese: "所述增减额÷上年数＝所述增减%",
    english: "Stated change ÷ last year = the stated change in %",
    source: "算术",
};

/// A whole that a sentence breaks down into parts which are complete by their names.
struct Breakdown {
    rule: Rule,
    /// Endings of the whole's label.
    whole: &'static [&'static str],
    /// Endings of the labels of the parts; each must be there once.
    parts: &'static [&'static [&'static str]],
}

const BREAKDOWNS: &[Breakdown] = &[
    Breakdown {
        rule: Rule {
            code: "prose_expenditure_parts",
            chinese: "文字中的支出总额＝基本支出＋项目支出",
            english: "Expenditure in the text = basic + project",
            source: "算术",
        },
        whole: &["支出预算", "预算支出", "支出合计", "总支出", "支出总计", "支出决算"],
        parts: &[&["基本支出"], &["项目支出"]],
    },
    Breakdown {
        rule: Rule {
            code: "prose_basic_parts",
            chinese: "文字中的基本支出＝人员经费＋公用经费",
            english: "Basic expenditure in the text = personnel + public use",
            source: "算术",
        },
        whole: &["基本支出"],
        parts: &[&["人员经费"], &["公用经费"]],
    },
    Breakdown {
        rule: Rule {
            code: "prose_three_public_parts",
            chinese: "文字中的“三公”经费＝因公出国（境）费＋公务用车购置及运行费＋公务接待费",
            english: "Three public expenses in the text = overseas + vehicles + reception",
            source: "算术",
        },
        whole: &["三公\"经费", "三公\"经费预算", "三公\"经费支出", "三公\"经费支出决算", "三公经费"],
        parts: &[
            &["因公出国(境)费", "因公出国(境)费用", "因公出国(境)费支出决算"],
            &[
                "公务用车购置及运行维护费",
                "公务用车购置及运行费",
                "公务用车购置及运行维护费支出决算",
                "公务用车购置及运行费支出决算",
            ],
            &["公务接待费", "公务接待费支出决算"],
        ],
    },
    Breakdown {
        rule: Rule {
            code: "prose_vehicle_parts",
            chinese: "文字中的公务用车购置及运行费＝购置费＋运行费",
            english: "Vehicles in the text = purchase + operation",
            source: "算术",
        },
        whole: &["公务用车购置及运行维护费", "公务用车购置及运行费"],
        parts: &[&["公务用车购置费"], &["公务用车运行维护费", "公务用车运行费"]],
    },
];

pub(super) fn rules() -> Vec<Rule> {
    BREAKDOWNS.iter().map(|breakdown| breakdown.rule).chain([CHANGE, GROWTH, SHARE, COMPLETION]).collect()
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let mut told: BTreeMap<&str, Vec<&Amount>> = BTreeMap::new();
    for amount in sentences(evidence) {
        told.entry(&*amount.context).or_default().push(amount);
    }
    changes(evidence, checks);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for amount in sentences(evidence).filter(|amount| seen.insert(&*amount.context)) {
        for breakdown in BREAKDOWNS {
            checks.extend(parts(breakdown, &told[&*amount.context]));
        }
        ratios(amount, checks);
    }
}

/// The whole and its parts, where the sentence states each once.
fn parts(breakdown: &Breakdown, sentence: &[&Amount]) -> Option<Check> {
    let plain = || sentence.iter().enumerate().filter(|(_, amount)| amount.change.is_none());
    let named = |endings: &[&str]| {
        let mut found = plain().filter(|(_, amount)| {
            let label = fold(&amount.label);
            endings.iter().any(|ending| label.ends_with(ending))
        });
        let one = found.next()?;
        found.next().is_none().then_some(one)
    };
    let (at, whole) = named(breakdown.whole)?;
    let found: Option<Vec<(usize, &&Amount)>> = breakdown.parts.iter().map(|part| named(part)).collect();
    let found = found?;
    // Parts follow their whole and speak of the same year.
    if found.iter().any(|(part, amount)| *part <= at || amount.year != whole.year) {
        return None;
    }
    let figures: Option<Vec<Figure>> = found.iter().map(|(_, amount)| Figure::told(amount)).collect();
    let sum = Figure::sum("各项之和", &figures?);
    let check = compare(&breakdown.rule, &Figure::told(whole)?, &sum);
    // Other parts named beside these (经营支出, 上缴上级支出) may make up what is left.
    let more = plain().any(|(other, _)| other > at && !found.iter().any(|(part, _)| *part == other));
    (!more || check.verdict == Verdict::Pass).then_some(check)
}

/// `…34万元，与2019年30万元相比增加4万元`: three figures of one label in a row.
fn changes(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let told: Vec<&Amount> = sentences(evidence).collect();
    for window in told.windows(3) {
        let [now, before, change] = window else { continue };
        let together = now.context == change.context && before.context == now.context;
        let years = before.change.is_none()
            && now.change.is_none()
            && change.base_year.is_some()
            && before.year == change.base_year
            && now.year != before.year;
        let (true, true, Some(direction)) = (together, years, change.change) else { continue };
        let (Some(now), Some(before), Some(stated)) =
            (Figure::told(now), Figure::told(before), Figure::told(change))
        else {
            continue;
        };
        let signed = if direction == Change::Decrease { -stated.yuan } else { stated.yuan };
        let difference = Figure {
            label: format!("{}与上年之差", now.label),
            yuan: now.yuan - before.yuan,
            slack: now.slack + before.slack,
            terms: 2,
            ..now
        };
        let stated = Figure { yuan: signed, label: "所述增减额".to_owned(), ..stated };
        checks.push(compare(&CHANGE, &difference, &stated));
    }
}

/// A figure or percentage of one sentence, in the order in which they stand.
struct Printed {
    value: Decimal,
    slack: Decimal,
    start: usize,
    percent: bool,
}

/// Shares (占 …%) and completions (完成 … 的 …%) recomputed from the figures of their sentence.
fn ratios(amount: &Amount, checks: &mut Vec<Check>) {
    // Most sentences state no percentage, and the look for quantities is long.
    if !amount.context.contains(['%', '％', '﹪', '٪']) && !amount.context.contains("百分之") {
        return;
    }
    let text: Vec<char> = amount.context.chars().collect();
    let told: Vec<Printed> = quantity::find(&amount.context)
        .iter()
        .filter_map(|found| {
            let value = found.quantity.value?;
            let unit = found.quantity.unit.as_deref().unwrap_or("");
            let percent = found.quantity.kind == Kind::Percent && unit == "%";
            let base = found.quantity.value_base?;
            let printed: String = text.get(found.start..found.end)?.iter().collect();
            let value = as_printed(value, &printed);
            (percent || found.quantity.kind == Kind::Money).then(|| Printed {
                value: if percent { value } else { base },
                slack: if percent { half_digit(value) } else { slack(value, unit) },
                start: found.start,
                percent,
            })
        })
        .collect();
    for (at, share) in told.iter().enumerate().filter(|(_, told)| told.percent) {
        let lead: String = text[share.start.saturating_sub(12)..share.start].iter().collect();
        let money: Vec<&Printed> = told[..at].iter().filter(|told| !told.percent).collect();
        if lead.ends_with('占')
            || lead.ends_with("占比")
            || lead.ends_with("占比为")
            || lead.ends_with("占总支出")
            || lead.ends_with("占总收入")
        {
            if let (Some(whole), Some(part)) = (money.first(), money.last())
                && money.len() > 1
                && is_breakdown(&text, whole.start, part.start)
            {
                checks.extend(ratio(SHARE, part, whole, share, amount.provenance));
            }
        } else if is_growth(&lead) {
            checks.extend(growth(&text, &told[..at], share, amount.provenance));
        } else if lead.contains("完成") && lead.ends_with('的') && money.len() >= 2 {
            let (budget, result) = (money[money.len() - 2], money[money.len() - 1]);
            let between = text[budget.start..result.start].iter();
            let apart = told[..at].iter().any(|other| other.percent && other.start > budget.start);
            // Beyond a semicolon, or another percentage, stands the figure of another matter.
            if !apart && !between.clone().any(|c| matches!(c, '；' | ';' | '。')) {
                checks.extend(ratio(COMPLETION, result, budget, share, amount.provenance));
            }
        }
    }
}

fn half_digit(value: Decimal) -> Decimal {
    Decimal::new(1, value.scale().min(10)) / Decimal::TWO
}

/// `增加97.11万元，增长` in front of a percentage.
fn is_growth(lead: &str) -> bool {
    const WORDS: &[&str] = &[
        "增长",
        "下降",
        "减少",
        "降低",
        "增幅",
        "降幅",
        "上升",
        "增加",
        "增幅为",
        "降幅为",
        "增长了",
        "下降了",
    ];
    WORDS.iter().any(|word| lead.ends_with(word)) && lead.contains("元")
}

/// `…比上年增加97.11万元，增长0.58%`: the change in the year's figure, against that of the year before. Where the
/// sentence names more figures any of them may be meant, and only one that agrees says something.
fn growth(text: &[char], before: &[Printed], share: &Printed, provenance: Provenance) -> Option<Check> {
    let (change, rest) = before.split_last().filter(|(change, _)| !change.percent)?;
    let between: String = text[change.start..share.start].iter().collect();
    let up: String = text[change.start.saturating_sub(8)..change.start].iter().collect();
    let sign = if up.contains("增") {
        Decimal::ONE
    } else if up.contains("减") || up.contains("下降") || up.contains("降低") {
        Decimal::NEGATIVE_ONE
    } else {
        return None;
    };
    if between.chars().count() > 30 {
        return None;
    }
    let money: Vec<&Printed> = rest.iter().filter(|printed| !printed.percent).collect();
    let now = money.last()?;
    let tried = money.iter().flat_map(|one| {
        let earlier = one.value.checked_sub(sign * change.value);
        [earlier, (money.len() > 1).then_some(one.value)]
    });
    let checks = tried.flatten().filter_map(|whole| {
        let whole =
            Printed { value: whole, slack: now.slack + change.slack, start: now.start, percent: false };
        ratio(GROWTH, change, &whole, share, provenance)
    });
    let checks: Vec<Check> = checks.collect();
    let passed = checks.iter().find(|check| check.verdict == Verdict::Pass);
    passed.or_else(|| checks.first().filter(|_| checks.len() == 1)).cloned()
}

/// Whether the part stands below 其中 or a colon after the whole, so that the first figure is its whole.
fn is_breakdown(text: &[char], whole: usize, part: usize) -> bool {
    let between: String = text[whole..part].iter().collect();
    ["其中", "包括", "：", ":"].iter().any(|word| between.contains(word))
        && between.matches("其中").count() <= 1
}

fn ratio(
    rule: Rule,
    part: &Printed,
    whole: &Printed,
    share: &Printed,
    provenance: Provenance,
) -> Option<Check> {
    if whole.value.is_zero() {
        return None;
    }
    let computed = part.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)?;
    // Both figures are rounded, and so is the printed share; its last digit is often cut instead of rounded.
    let relative = part.slack.checked_div(part.value.abs().max(Decimal::ONE))?
        + whole.slack.checked_div(whole.value.abs())?;
    let slack = share.slack * Decimal::TWO + computed.abs() * relative;
    let label = "重新计算的百分比";
    let computed =
        Figure { slack, terms: 2, ..Figure::exact(label, computed.round_dp(4), Noun::Percent, provenance) };
    let stated = Figure::exact("所述百分比", share.value, Noun::Percent, provenance);
    Some(compare(&rule, &computed, &stated))
}
