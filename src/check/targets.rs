//! Budgets of projects against the indicators and forms that repeat them.

use super::Rule;
use super::evidence::{Evidence, Figure, Noun, compare, slack};
use crate::quantity::Kind;
use crate::record::{Amount, Check, Level2, Measure, Ordinal, Project, TableKind, Verdict};
use crate::wording::fold;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const PROJECT_COST: Rule = Rule {
    code: "project_cost",
    chinese: "成本指标中的项目总额＝项目预算",
    english: "A cost target for the whole project = its budget",
    source: "财预〔2021〕101号",
};
const PROJECT_LISTED: Rule = Rule {
    code: "project_listed",
    chinese: "绩效目标表的项目预算＝项目支出表的金额",
    english: "A project's budget = that in the project table",
    source: "财预〔2016〕143号 表间关系",
};
const FUNDS: Rule = Rule {
    code: "project_funds",
    chinese: "年度资金总额＝财政拨款＋其他资金",
    english: "A project's funds = appropriations + others",
    source: "项目支出绩效目标申报表表式",
};

pub(super) fn rules() -> Vec<Rule> {
    vec![PROJECT_COST, PROJECT_LISTED, FUNDS]
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    costs(evidence, checks);
    listed(evidence, checks);
    funds(evidence, checks);
}

/// Names of cost targets that speak of the whole project in the year.
const WHOLE_COST: &[&str] =
    &["项目总成本", "项目预算控制数", "项目总预算", "项目成本", "项目总额", "预算控制数", "项目支出总额"];

fn costs(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for indicator in &evidence.records.indicators {
        let Some(project) = indicator.project.and_then(|index| evidence.records.projects.get(index)) else {
            continue;
        };
        let whole =
            indicator.level2_code == Some(Level2::Cost) && WHOLE_COST.contains(&&*fold(&indicator.level3));
        let Some(target) = indicator.target.as_ref().filter(|target| whole && target.kind == Kind::Money)
        else {
            continue;
        };
        let (Some(value), Some(base), Some(budget)) = (target.value, target.value_base, project.amount_yuan)
        else {
            continue;
        };
        let unit = target.unit.as_deref().unwrap_or("");
        let label = format!("{} {}", project.name, indicator.level3);
        let left = Figure {
            slack: slack(value, unit),
            ..Figure::exact(&label, base, Noun::Yuan, indicator.provenance)
        };
        let right = Figure {
            slack: Decimal::from(50),
            ..Figure::exact("项目预算", budget, Noun::Yuan, project.provenance)
        };
        let check = compare(&PROJECT_COST, &left, &right);
        // The target may speak of a part of the project: a difference is a question, not a failure.
        let verdict = if check.verdict == Verdict::Pass { Verdict::Pass } else { Verdict::Skipped };
        checks.push(Check { verdict, ..check });
    }
}

fn listed(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let Some(table) = evidence.only(TableKind::ProjectExpenditure) else { return };
    for project in &evidence.records.projects {
        let Some(budget) = project.amount_yuan else { continue };
        let mut rows = table
            .items()
            .filter(|item| item.measure == Measure::Total && fold(&item.name) == fold(&project.name));
        let (Some(row), None) = (rows.next(), rows.next()) else { continue };
        let Some(right) = Figure::of(row) else { continue };
        let label = format!("{} 预算", project.name);
        let slack = printed_slack(evidence, project, budget).unwrap_or(right.slack);
        let left = Figure { slack, ..Figure::exact(&label, budget, Noun::Yuan, project.provenance) };
        checks.push(compare(&PROJECT_LISTED, &left, &right));
    }
}

/// What the rounding of a project's budget may hide where its form prints it.
fn printed_slack(evidence: &Evidence<'_>, project: &Project, budget: Decimal) -> Option<Decimal> {
    let amounts = evidence.records.amounts.iter();
    let own = |amount: &&Amount| {
        amount.provenance.table == project.provenance.table && amount.value_yuan == Some(budget)
    };
    amounts.filter(own).filter_map(Figure::told).map(|figure| figure.slack).min()
}

/// 年度资金总额 and the lines below it in one form and column.
fn funds(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let mut forms: BTreeMap<(Ordinal, Ordinal), Vec<&Amount>> = BTreeMap::new();
    for amount in &evidence.records.amounts {
        let form = matches!(amount.table_kind, Some(TableKind::Indicators | TableKind::ProjectGoal));
        if let (true, Some(table), Some(column)) = (form, amount.provenance.table, amount.provenance.column) {
            forms.entry((table, column)).or_default().push(amount);
        }
    }
    for lines in forms.values() {
        let figure = |amount: &&Amount| Figure::told(amount);
        let mut totals = lines.iter().filter(|line| fold(&line.label).contains("资金总额"));
        let (Some(total), None) = (totals.next().and_then(figure), totals.next()) else { continue };
        let parts: Option<Vec<Figure>> =
            lines.iter().filter(|line| !fold(&line.label).contains("资金总额")).map(figure).collect();
        let Some(parts) = parts.filter(|parts| parts.len() >= 2) else { continue };
        checks.push(compare(&FUNDS, &total, &Figure::sum("各项资金之和", &parts)));
    }
}
