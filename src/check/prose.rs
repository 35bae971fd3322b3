//! Figures in sentences: against the tables, against each other, and the shares and changes stated beside them.

use super::Rule;
use super::evidence::{Evidence, Figure, compare, slack};
use super::tables;
use crate::quantity::{self, Kind};
use crate::record::{Amount, Change, Check, Measure, Provenance, Source, TableKind, Verdict};
use crate::wording::fold;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// A sentence's figure stands in a table too.
struct Told {
    rule: Rule,
    /// Labels that mean this figure and no other.
    labels: &'static [&'static str],
    tables: Tables,
}

enum Tables {
    /// Any total in tables of these kinds.
    Totals(&'static [TableKind]),
    /// Totals of a measure in tables of these kinds.
    Measure(&'static [TableKind], Measure),
    /// A part of 三公.
    ThreePublic(Measure),
}

const SOURCE: &str = "财预〔2016〕143号：文字说明与公开表格一致";
const SPENDING: &[TableKind] = &[TableKind::Expenditure, TableKind::GeneralPublicBudget];
const SUMMARY: &[TableKind] = &[TableKind::BudgetSummary, TableKind::Income, TableKind::Expenditure];

const TOLD: &[Told] = &[
    Told {
        rule: Rule {
            code: "prose_income",
            chinese: "文字中的收入总额＝表中的收入总额",
            english: "Income in the text = in the tables",
            source: SOURCE,
        },
        labels: &[
            "收入预算",
            "预算收入",
            "收入总计",
            "收入合计",
            "本年收入合计",
            "总收入",
            "预算总收入",
            "部门预算总收入",
            "收入总预算",
            "收入、支出总计",
            "收入、支出总计(含结转和结余)",
        ],
        tables: Tables::Totals(SUMMARY),
    },
    Told {
        rule: Rule {
            code: "prose_expenditure",
            chinese: "文字中的支出总额＝表中的支出总额",
            english: "Expenditure in the text = in the tables",
            source: SOURCE,
        },
        labels: &[
            "支出预算",
            "预算支出",
            "支出总计",
            "支出合计",
            "本年支出合计",
            "总支出",
            "预算总支出",
            "支出总预算",
        ],
        tables: Tables::Totals(SUMMARY),
    },
    Told {
        rule: Rule {
            code: "prose_basic",
            chinese: "文字中的基本支出＝表中的基本支出",
            english: "Basic expenditure in the text = in the tables",
            source: SOURCE,
        },
        labels: &["基本支出"],
        tables: Tables::Measure(SPENDING, Measure::Basic),
    },
    Told {
        rule: Rule {
            code: "prose_project",
            chinese: "文字中的项目支出＝表中的项目支出",
            english: "Project expenditure in the text = in the tables",
            source: SOURCE,
        },
        labels: &["项目支出"],
        tables: Tables::Measure(SPENDING, Measure::Project),
    },
    Told {
        rule: Rule {
            code: "prose_general_budget",
            chinese: "文字中的一般公共预算当年拨款支出＝表中的合计",
            english: "General public budget in the text = in the tables",
            source: SOURCE,
        },
        labels: &[
            "一般公共预算当年拨款支出",
            "一般公共预算支出",
            "一般公共预算财政拨款支出",
            "一般公共预算财政拨款支出决算",
        ],
        tables: Tables::Totals(&[TableKind::GeneralPublicBudget]),
    },
    Told {
        rule: Rule {
            code: "prose_three_public",
            chinese: "文字中的“三公”经费＝表中的“三公”经费",
            english: "Three public expenses in the text = in the tables",
            source: SOURCE,
        },
        labels: &["\"三公\"经费", "三公经费", "\"三公\"经费预算", "\"三公\"经费支出", "\"三公\"经费支出决算"],
        tables: Tables::ThreePublic(Measure::Total),
    },
    Told {
        rule: Rule {
            code: "prose_overseas",
            chinese: "文字中的因公出国（境）费＝表中的因公出国（境）费",
            english: "Overseas in the text = in the tables",
            source: SOURCE,
        },
        labels: &["因公出国(境)费", "因公出国(境)费用", "因公出国(境)费支出决算"],
        tables: Tables::ThreePublic(Measure::Overseas),
    },
    Told {
        rule: Rule {
            code: "prose_vehicles",
            chinese: "文字中的公务用车购置及运行维护费＝表中的数",
            english: "Vehicles in the text = in the tables",
            source: SOURCE,
        },
        labels: &[
            "公务用车购置及运行维护费",
            "公务用车购置及运行费",
            "公务用车购置及运维费",
            "公务用车购置及运行维护费支出决算",
        ],
        tables: Tables::ThreePublic(Measure::Vehicle),
    },
    Told {
        rule: Rule {
            code: "prose_reception",
            chinese: "文字中的公务接待费＝表中的公务接待费",
            english: "Reception in the text = in the tables",
            source: SOURCE,
        },
        labels: &["公务接待费", "公务接待费支出决算"],
        tables: Tables::ThreePublic(Measure::Reception),
    },
    Told {
        rule: Rule {
            code: "prose_procurement",
            chinese: "文字中的政府采购预算＝政府采购表的合计",
            english: "Procurement in the text = total of its table",
            source: SOURCE,
        },
        labels: &["政府采购预算", "政府采购预算总额", "政府采购支出总额", "政府采购总额"],
        tables: Tables::Totals(&[TableKind::Procurement]),
    },
    Told {
        rule: Rule {
            code: "prose_assets",
            chinese: "文字中的固定资产＝固定资产表的资产总额",
            english: "Fixed assets in the text = in the table",
            source: SOURCE,
        },
        labels: &["固定资产金额", "固定资产价值", "固定资产总额", "上年末固定资产金额"],
        tables: Tables::Totals(&[TableKind::Assets]),
    },
];

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

pub(super) fn rules() -> Vec<Rule> {
    TOLD.iter().map(|told| told.rule).chain([CHANGE, SHARE, COMPLETION]).collect()
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for told in TOLD {
        against_tables(told, evidence, checks);
    }
    changes(evidence, checks);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for amount in sentences(evidence) {
        if seen.insert(&amount.context) {
            ratios(amount, checks);
        }
    }
}

fn sentences<'a>(evidence: &'a Evidence<'_>) -> impl Iterator<Item = &'a Amount> {
    evidence.records.amounts.iter().filter(|amount| amount.source == Source::Text)
}

/// The first sentence that states the figure of the document's year, against every table figure that it may mean: it
/// passes if one of them is the same.
fn against_tables(told: &Told, evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let own_year = evidence.records.document.fiscal_year;
    let stated = sentences(evidence).find(|amount| {
        amount.change.is_none()
            && told.labels.contains(&fold(&amount.label).as_str())
            && (amount.year.is_none()
                || amount.year == own_year
                || matches!(told.tables, Tables::Totals([TableKind::Assets])))
    });
    let Some(left) = stated.and_then(Figure::told) else { return };
    let rights = candidates(&told.tables, evidence);
    let tried = rights.iter().map(|right| compare(told.rule.code, told.rule.chinese, &left, right));
    let tried: Vec<Check> = tried.collect();
    let best = tried
        .iter()
        .find(|check| check.verdict == Verdict::Pass)
        .or_else(|| tried.iter().min_by_key(|check| check.difference.map(|difference| difference.abs())));
    checks.extend(best.cloned());
}

fn candidates(tables: &Tables, evidence: &Evidence<'_>) -> Vec<Figure> {
    let of_kinds = |kinds: &[TableKind]| {
        evidence.tables.iter().filter(|table| kinds.contains(&table.kind)).collect::<Vec<_>>()
    };
    match tables {
        Tables::Totals(kinds @ [TableKind::Assets]) => {
            let all = of_kinds(kinds).into_iter().flat_map(|table| {
                table.items().filter(|item| fold(&item.name).starts_with("资产总额")).collect::<Vec<_>>()
            });
            all.filter_map(Figure::of).collect()
        }
        Tables::Totals(kinds) => {
            of_kinds(kinds).into_iter().flat_map(|table| tables::totals(table).collect::<Vec<_>>()).collect()
        }
        Tables::Measure(kinds, measure) => {
            of_kinds(kinds).into_iter().filter_map(|table| table.total(*measure)).collect()
        }
        Tables::ThreePublic(part) => {
            let items = of_kinds(&[TableKind::ThreePublic])
                .into_iter()
                .flat_map(|table| table.items().collect::<Vec<_>>());
            items.filter(|item| tables::part_of(item) == Some(*part)).filter_map(Figure::of).collect()
        }
    }
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
            provenance: now.provenance,
        };
        let stated = Figure { yuan: signed, label: "所述增减额".to_owned(), ..stated };
        checks.push(compare(CHANGE.code, CHANGE.chinese, &difference, &stated));
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
    let text: Vec<char> = amount.context.chars().collect();
    let told: Vec<Printed> = quantity::find(&amount.context)
        .iter()
        .filter_map(|found| {
            let value = found.quantity.value?;
            let unit = found.quantity.unit.as_deref().unwrap_or("");
            let percent = found.quantity.kind == Kind::Percent && unit == "%";
            let base = found.quantity.value_base?;
            (percent || found.quantity.kind == Kind::Money).then(|| Printed {
                value: if percent { value } else { base },
                slack: slack(value, if percent { "" } else { unit }),
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
        } else if lead.contains("完成") && lead.ends_with('的') && money.len() >= 2 {
            let (budget, result) = (money[money.len() - 2], money[money.len() - 1]);
            checks.extend(ratio(COMPLETION, result, budget, share, amount.provenance));
        }
    }
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
    let computed =
        Figure {
            label: "重新计算的百分比".to_owned(), yuan: computed.round_dp(4), slack, provenance
        };
    let stated =
        Figure { label: "所述百分比".to_owned(), yuan: share.value, slack: Decimal::ZERO, provenance };
    Some(compare(rule.code, rule.chinese, &computed, &stated))
}
