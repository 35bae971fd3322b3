//! Within one row: what a comparison of years, a rate or a balance states about the figures beside it.

use super::Rule;
use super::evidence::{Evidence, Figure, Noun, StandardTable, compare, mostly_hold};
use crate::record::{Check, LineItem, Measure, Provenance, TableKind, Verdict};
use crate::wording::fold;
use rust_decimal::Decimal;

const CHANGE: Rule = Rule {
    code: "change_row",
    chinese: "增减额＝本年数－上年数",
    english: "Change = this year − last year",
    source: "算术",
};
const CHANGE_RATE: Rule = Rule {
    code: "change_rate_row",
    chinese: "增减%＝（本年数－上年数）÷上年数",
    english: "Change in % = (this year − last year) ÷ last year",
    source: "算术",
};
const COMPLETION: Rule = Rule {
    code: "completion_row",
    chinese: "完成%＝决算数÷预算数",
    english: "Completion in % = result ÷ budget",
    source: "算术",
};
const BALANCE: Rule = Rule {
    code: "balance_row",
    chinese: "年末结转和结余＝年初结转和结余＋本年收入－本年支出",
    english: "Carried forward = brought forward + income − expenditure",
    source: "部门决算公开表式",
};

pub(super) fn rules() -> Vec<Rule> {
    vec![CHANGE, CHANGE_RATE, COMPLETION, BALANCE]
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for table in &evidence.tables {
        for try_row in [change, change_rate, completion] {
            checks.extend(believed(table, try_row));
        }
        if matches!(table.kind, TableKind::GovernmentFund | TableKind::StateCapital) {
            checks.extend(believed(table, balance));
        }
    }
}

/// Which two columns are compared follows from their names alone: it is believed where most rows agree.
fn believed(table: &StandardTable<'_>, try_row: fn(&[&LineItem]) -> Option<Check>) -> Vec<Check> {
    let checks: Vec<Check> = table.rows.iter().filter_map(|row| try_row(row)).collect();
    if mostly_hold(&checks) { checks } else { Vec::new() }
}

/// The figure of the year before and that of the year: 上年执行数 and 本年预算数, or budget and result of one year.
fn two_years<'a>(row: &[&'a LineItem]) -> Option<(&'a LineItem, &'a LineItem)> {
    let whole = |item: &&&LineItem| {
        matches!(
            item.measure,
            Measure::PriorYear | Measure::Budget | Measure::Final | Measure::Total | Measure::Amount
        )
    };
    let whole: Vec<&LineItem> = row.iter().filter(whole).copied().collect();
    match whole.as_slice() {
        [first, second] if second.measure == Measure::PriorYear => Some((second, first)),
        [first, second] => {
            let backwards = first.year.zip(second.year).is_some_and(|(first, second)| first > second);
            Some(if backwards { (second, first) } else { (first, second) })
        }
        _ => None,
    }
}

fn only<'a>(row: &[&'a LineItem], measure: Measure) -> Option<&'a LineItem> {
    let mut found = row.iter().filter(|item| item.measure == measure);
    let item = found.next()?;
    found.next().is_none().then_some(*item)
}

fn change(row: &[&LineItem]) -> Option<Check> {
    let stated = Figure::of(only(row, Measure::Change)?)?;
    let (before, now) = two_years(row)?;
    let (before, now) = (Figure::of(before)?, Figure::of(now)?);
    Some(compare(&CHANGE, &stated, &less("本年数－上年数", now, before)))
}

/// The first figure without the second.
fn less(label: &str, from: Figure, taken: Figure) -> Figure {
    let negative = Figure { yuan: -taken.yuan, ..taken };
    Figure::sum(label, &[from, negative])
}

fn change_rate(row: &[&LineItem]) -> Option<Check> {
    let stated = only(row, Measure::ChangeRate)?;
    let (before, now) = two_years(row)?;
    let (before, now) = (Figure::of(before)?, Figure::of(now)?);
    let computed = percent(now.yuan.checked_sub(before.yuan)?, before.yuan)?;
    let slack = relative(&now, &before)?;
    rate(&CHANGE_RATE, stated, computed, slack, &[now, before])
}

fn completion(row: &[&LineItem]) -> Option<Check> {
    let stated = only(row, Measure::Completion)?;
    let (budget, result) = two_years(row)?;
    let (budget, result) = (Figure::of(budget)?, Figure::of(result)?);
    let computed = percent(result.yuan, budget.yuan)?;
    let slack = relative(&result, &budget)?;
    rate(&COMPLETION, stated, computed, slack, &[result, budget])
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// What the rounding of two figures does to their quotient, in percent.
fn relative(part: &Figure, whole: &Figure) -> Option<Decimal> {
    let share = percent(part.slack.saturating_add(whole.slack), whole.yuan.abs())?;
    let quotient = part.yuan.checked_div(whole.yuan)?.abs().max(Decimal::ONE);
    share.checked_mul(quotient)
}

fn rate(rule: &Rule, stated: &LineItem, computed: Decimal, slack: Decimal, of: &[Figure]) -> Option<Check> {
    let value = stated.value?;
    let places: Vec<Provenance> = of.iter().flat_map(|figure| figure.places.clone()).collect();
    // A share that is cut off instead of rounded is one unit of its last digit away.
    let digit = Decimal::new(1, value.scale().min(10));
    let left = Figure {
        slack: digit,
        ..Figure::exact(
            &format!("{} {}", stated.name, stated.measure_label),
            value,
            Noun::Percent,
            stated.provenance,
        )
    };
    let right = Figure {
        slack,
        places,
        terms: 2,
        ..Figure::exact("重新计算的百分比", computed.round_dp(4), Noun::Percent, Provenance::default())
    };
    Some(compare(rule, &left, &right))
}

fn balance(row: &[&LineItem]) -> Option<Check> {
    let labelled = |words: &[&str], not: &[&str]| {
        let mut found = row.iter().filter(|item| {
            let label = fold(&item.measure_label);
            words.iter().all(|word| label.contains(word)) && !not.iter().any(|word| label.contains(word))
        });
        let item = found.next()?;
        found.next().is_none().then_some(*item)
    };
    let closing = labelled(&["年末结"], &[])?;
    let nothing = || Figure::sum("", &[]);
    let optional = |item: Option<&LineItem>| item.and_then(Figure::of).unwrap_or_else(nothing);
    let opening = optional(labelled(&["年初结"], &[]));
    let income = optional(labelled(&["本年收入"], &[]));
    let spending = optional(labelled(&["本年支出"], &["基本", "项目"]));
    let known = [&opening, &income, &spending].iter().filter(|figure| !figure.places.is_empty()).count();
    let sum = less("年初＋收入－支出", Figure::sum("", &[opening, income]), spending);
    let check = compare(&BALANCE, &Figure::of(closing)?, &sum);
    (known >= 2 || check.verdict == Verdict::Pass).then_some(check)
}
