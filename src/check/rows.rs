//! Within one row: a total column and the columns it is made of.

use super::Rule;
use super::evidence::{Evidence, Figure, StandardTable, compare};
use super::layout::{Layout, Sum};
use crate::record::{Check, LineItem, Measure, Ordinal, TableKind};
use crate::wording::fold;

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
    RowSum {
        rule: Rule {
            code: "project_row",
            chinese: "项目支出表：合计＝各项资金来源之和",
            english: "Projects: total = sum of the sources of funds",
            source: SOURCE,
        },
        kinds: &[TableKind::ProjectExpenditure],
        total: Measure::Total,
        parts: SOURCE_PARTS,
    },
    RowSum {
        rule: Rule {
            code: "procurement_row",
            chinese: "政府采购表：合计＝各项资金来源之和",
            english: "Procurement: total = sum of the sources of funds",
            source: "政府采购预算表表式",
        },
        kinds: &[TableKind::Procurement],
        total: Measure::Total,
        parts: SOURCE_PARTS,
    },
];

/// A column named 小计 or 合计 and the columns beside it under the same heading.
const SUBTOTAL: Rule = Rule {
    code: "subtotal_row",
    chinese: "小计＝同组各列之和",
    english: "Subtotal = sum of the columns of its group",
    source: "算术",
};

const PRICE: Rule = Rule {
    code: "procurement_price",
    chinese: "政府采购：数量×单价＝金额",
    english: "Procurement: quantity × unit price = amount",
    source: "政府采购预算表表式",
};

pub(super) fn rules() -> Vec<Rule> {
    RULES.iter().map(|rule| rule.rule).chain([SUBTOTAL, PRICE]).collect()
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for table in &evidence.tables {
        let layout = Layout::of(table);
        let mut known: Vec<usize> = Vec::new();
        for rule in RULES.iter().filter(|rule| rule.kinds.contains(&table.kind)) {
            for sum in layout.sums(rule.total, rule.parts).iter().filter(|sum| !layout.is_open(sum)) {
                checks.extend(table.rows.iter().filter_map(|row| row_sum(&rule.rule, sum, row)));
                known.push(sum.total);
            }
        }
        for sum in layout.subtotals().iter().filter(|sum| !known.contains(&sum.total)) {
            checks.extend(believed(table, sum));
        }
        if table.kind == TableKind::Procurement {
            checks.extend(table.rows.iter().filter_map(|row| price(row)));
        }
    }
}

/// A row is tried when it prints the total and one of the parts; a part left blank is nothing.
fn row_sum(rule: &Rule, sum: &Sum, row: &[&LineItem]) -> Option<Check> {
    let at = |column: usize| row.iter().find(|item| item.provenance.column == Ordinal::new(column));
    let total = Figure::of(at(sum.total)?)?;
    let parts: Vec<&&LineItem> = sum.parts.iter().filter_map(|column| at(*column)).collect();
    let figures: Option<Vec<Figure>> = parts.iter().map(|item| Figure::of(item)).collect();
    let figures = figures.filter(|figures| !figures.is_empty())?;
    Some(compare(rule, &total, &Figure::sum("各项之和", &figures)))
}

/// The headings alone leave it open whether a group holds all parts of its subtotal: it is believed where most rows
/// add up, one of them from two parts or more.
fn believed(table: &StandardTable<'_>, sum: &Sum) -> Vec<Check> {
    let checks: Vec<Check> = table.rows.iter().filter_map(|row| row_sum(&SUBTOTAL, sum, row)).collect();
    if super::evidence::mostly_hold(&checks) { checks } else { Vec::new() }
}

fn once(row: &[&LineItem], measure: Measure) -> Option<Figure> {
    let mut found = row.iter().filter(|item| item.measure == measure);
    let item = found.next()?;
    if found.next().is_some() { None } else { Figure::of(item) }
}

fn price(row: &[&LineItem]) -> Option<Check> {
    let quantity = row.iter().find(|item| item.measure == Measure::Quantity)?.value?;
    let unit = once(row, Measure::UnitPrice)?;
    // The sources of the money stand beside it.
    let whole: Vec<&LineItem> =
        row.iter().copied().filter(|item| !fold(&item.measure_label).contains("来源")).collect();
    let measures = [Measure::Total, Measure::Amount, Measure::Budget];
    let total = measures.into_iter().find_map(|measure| once(&whole, measure))?;
    let product = Figure {
        label: format!("数量×单价（{}×{}元）", quantity.normalize(), unit.yuan.normalize()),
        yuan: quantity.checked_mul(unit.yuan)?,
        slack: quantity.checked_mul(unit.slack)?,
        // The price was rounded before it was multiplied.
        terms: 2,
        ..unit
    };
    Some(compare(&PRICE, &total, &product))
}
