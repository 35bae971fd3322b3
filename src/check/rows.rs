//! Within one row: a total column and the columns it is made of.

use super::Rule;
use super::evidence::{Evidence, Figure, compare};
use crate::record::{Check, LineItem, Measure, TableKind};

/// A row's total is the sum of its parts.
struct RowSum {
    rule: Rule,
    kinds: &'static [TableKind],
    total: Measure,
    parts: &'static [Measure],
}

const EXPENDITURE_PARTS: &[Measure] = &[
    Measure::Basic,
    Measure::Project,
    Measure::Operating,
    Measure::RemittanceToSuperior,
    Measure::SubsidyToSubordinate,
];
const FUND_PARTS: &[Measure] =
    &[Measure::GeneralPublicBudget, Measure::GovernmentFund, Measure::StateCapital];
const SOURCE_PARTS: &[Measure] = &[
    Measure::GeneralPublicBudget,
    Measure::GovernmentFund,
    Measure::StateCapital,
    Measure::FiscalSpecialAccount,
    Measure::UnitFunds,
    Measure::BusinessIncome,
    Measure::Operating,
    Measure::SuperiorSubsidy,
    Measure::SubordinateRemittance,
    Measure::OtherIncome,
    Measure::FiscalAppropriation,
];
const SOURCE: &str = "财预〔2016〕143号 表式";

const RULES: &[RowSum] = &[
    RowSum {
        rule: Rule {
            code: "expenditure_row",
            chinese: "支出表：合计＝基本支出＋项目支出＋经营支出＋上缴上级＋对附属单位补助",
            english: "Expenditure: total = basic + project + operating + remitted + subsidies",
            source: SOURCE,
        },
        kinds: &[TableKind::Expenditure],
        total: Measure::Total,
        parts: EXPENDITURE_PARTS,
    },
    RowSum {
        rule: Rule {
            code: "general_budget_row",
            chinese: "一般公共预算支出表：合计＝基本支出＋项目支出",
            english: "General public budget: total = basic + project",
            source: SOURCE,
        },
        kinds: &[TableKind::GeneralPublicBudget],
        total: Measure::Total,
        parts: EXPENDITURE_PARTS,
    },
    RowSum {
        rule: Rule {
            code: "government_fund_row",
            chinese: "政府性基金预算支出表：合计＝基本支出＋项目支出",
            english: "Government funds: total = basic + project",
            source: SOURCE,
        },
        kinds: &[TableKind::GovernmentFund],
        total: Measure::Total,
        parts: &[Measure::Basic, Measure::Project],
    },
    RowSum {
        rule: Rule {
            code: "state_capital_row",
            chinese: "国有资本经营预算支出表：合计＝基本支出＋项目支出",
            english: "State capital: total = basic + project",
            source: SOURCE,
        },
        kinds: &[TableKind::StateCapital],
        total: Measure::Total,
        parts: &[Measure::Basic, Measure::Project],
    },
    RowSum {
        rule: Rule {
            code: "basic_row",
            chinese: "基本支出表：合计＝人员经费＋公用经费",
            english: "Basic expenditure: total = personnel + public use",
            source: SOURCE,
        },
        kinds: &[TableKind::BasicExpenditure],
        total: Measure::Total,
        parts: &[Measure::Personnel, Measure::PublicUse],
    },
    RowSum {
        rule: Rule {
            code: "basic_parts_row",
            chinese: "基本支出＝人员经费＋公用经费",
            english: "Basic = personnel + public use",
            source: SOURCE,
        },
        kinds: &[TableKind::Expenditure, TableKind::GeneralPublicBudget],
        total: Measure::Basic,
        parts: &[Measure::Personnel, Measure::PublicUse],
    },
    RowSum {
        rule: Rule {
            code: "income_current_row",
            chinese: "收入表：本年收入＝各项收入之和",
            english: "Income: current year = sum of sources",
            source: SOURCE,
        },
        kinds: &[TableKind::Income],
        total: Measure::CurrentYear,
        parts: SOURCE_PARTS,
    },
    RowSum {
        rule: Rule {
            code: "income_total_row",
            chinese: "收入表：合计＝本年收入＋上年结转",
            english: "Income: total = current year + carried over",
            source: SOURCE,
        },
        kinds: &[TableKind::Income],
        total: Measure::Total,
        parts: &[Measure::CurrentYear, Measure::CarryOver, Measure::ReserveUse],
    },
    RowSum {
        rule: Rule {
            code: "appropriation_row",
            chinese: "财政拨款收支总表：支出合计＝一般公共预算＋政府性基金＋国有资本经营",
            english: "Appropriations: total = general + funds + state capital",
            source: SOURCE,
        },
        kinds: &[TableKind::FiscalAppropriation],
        total: Measure::Total,
        parts: FUND_PARTS,
    },
];

pub(super) fn rules() -> Vec<Rule> {
    let price = [PRICE];
    RULES.iter().map(|rule| rule.rule).chain(price).collect()
}

const PRICE: Rule = Rule {
    code: "procurement_price",
    chinese: "政府采购：数量×单价＝金额",
    english: "Procurement: quantity × unit price = amount",
    source: "政府采购预算表表式",
};

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for table in &evidence.tables {
        for rule in RULES.iter().filter(|rule| rule.kinds.contains(&table.kind)) {
            for row in &table.rows {
                checks.extend(row_sum(rule, row));
            }
        }
        if table.kind == TableKind::Procurement {
            checks.extend(table.rows.iter().filter_map(|row| price(row)));
        }
    }
}

/// A row is tried when it prints the total and at least two of the parts' columns stand in it once each.
fn row_sum(rule: &RowSum, row: &[&LineItem]) -> Option<Check> {
    let total = once(row, rule.total)?;
    let mut parts = Vec::new();
    for part in rule.parts {
        match row.iter().filter(|item| item.measure == *part).count() {
            0 => {}
            1 => parts.push(once(row, *part)?),
            _ => return None,
        }
    }
    if parts.len() < 2 || nested(row, rule) {
        return None;
    }
    let sum = Figure::sum("各项之和", &parts);
    Some(compare(rule.rule.code, rule.rule.chinese, &total, &sum))
}

/// Columns of parts that lie under different headings belong to different sums.
fn nested(row: &[&LineItem], rule: &RowSum) -> bool {
    let mut tops = row.iter().filter(|item| rule.parts.contains(&item.measure)).map(|item| {
        let mut levels: Vec<&str> = item.measure_label.split('/').collect();
        levels.pop();
        levels.join("/")
    });
    let first = tops.next();
    rule.kinds == [TableKind::Income]
        && rule.total == Measure::CurrentYear
        && tops.any(|top| Some(&top) != first.as_ref())
}

fn once(row: &[&LineItem], measure: Measure) -> Option<Figure> {
    let mut found = row.iter().filter(|item| item.measure == measure);
    let item = found.next()?;
    if found.next().is_some() { None } else { Figure::of(item) }
}

fn price(row: &[&LineItem]) -> Option<Check> {
    let quantity = row.iter().find(|item| item.measure == Measure::Quantity)?.value?;
    let unit = once(row, Measure::UnitPrice)?;
    let total = once(row, Measure::Total).or_else(|| once(row, Measure::Amount))?;
    let product = Figure {
        label: format!("数量×单价（{}×{}元）", quantity.normalize(), unit.yuan.normalize()),
        yuan: quantity.checked_mul(unit.yuan)?,
        slack: quantity.checked_mul(unit.slack)?,
        provenance: unit.provenance,
    };
    Some(compare(PRICE.code, PRICE.chinese, &total, &product))
}
