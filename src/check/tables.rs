//! The same figure in different tables.

use super::Rule;
use super::evidence::{Evidence, Figure, StandardTable, compare, skipped};
use crate::record::{Check, LineItem, Measure, Provenance, TableKind, Verdict};
use crate::reference::measure;
use crate::wording::fold;

/// Where a figure stands: a table's kind, and how to find the figure in it.
#[derive(Clone, Copy)]
enum Place {
    /// The total row, in the column of the measure.
    Total(TableKind, Measure),
    /// A row with one of these names, on a side (`""` for either), in the column of one of the measures.
    Named(TableKind, &'static [&'static str], &'static str, &'static [Measure]),
    /// A row with this code, in its first column of money.
    Code(TableKind, &'static str),
    /// A part of 三公 in the document's own year.
    ThreePublic(Measure),
}

struct Same {
    rule: Rule,
    left: Place,
    right: Place,
}

/// Rules whose left side may hold more: 三公 is paid from projects too, basic expenditure is only a part of it.
const AT_LEAST: &[&str] = &["reception_basic_table", "vehicle_operation_basic_table", "overseas_basic_table"];

const SOURCE: &str = "财预〔2016〕143号 表间关系";
const INCOME_TOTAL: &[&str] = &["收入总计", "总计"];
const SPENDING_TOTAL: &[&str] = &["支出总计", "总计"];

const RULES: &[Same] = &[
    Same {
        rule: Rule {
            code: "summary_income_table",
            chinese: "收支总表的收入总计＝收入表的合计",
            english: "Summary: total income = total of the income table",
            source: SOURCE,
        },
        left: Place::Named(TableKind::BudgetSummary, INCOME_TOTAL, "收入", &[]),
        right: Place::Total(TableKind::Income, Measure::Total),
    },
    Same {
        rule: Rule {
            code: "summary_current_income_table",
            chinese: "收支总表的本年收入合计＝收入决算表的本年收入合计",
            english: "Summary: income of the year = that of the income table",
            source: SOURCE,
        },
        left: Place::Named(
            TableKind::BudgetSummary,
            &["本年收入合计", "当年收入合计", "当年收入小计"],
            "收入",
            &[],
        ),
        right: Place::Total(TableKind::Income, Measure::CurrentYear),
    },
    Same {
        rule: Rule {
            code: "summary_expenditure_table",
            chinese: "收支总表的本年支出合计＝支出表的合计",
            english: "Summary: expenditure of the year = total of the expenditure table",
            source: SOURCE,
        },
        left: Place::Named(
            TableKind::BudgetSummary,
            &["本年支出合计", "当年支出合计", "当年支出小计"],
            "支出",
            &[],
        ),
        right: Place::Total(TableKind::Expenditure, Measure::Total),
    },
    Same {
        rule: Rule {
            code: "summary_general_income",
            chinese: "收支总表的一般公共预算拨款收入＝收入表的一般公共预算",
            english: "Summary: general public budget income = that of the income table",
            source: SOURCE,
        },
        left: Place::Named(
            TableKind::BudgetSummary,
            &["一般公共预算拨款收入", "一般公共预算财政拨款收入", "一般公共预算收入"],
            "收入",
            &[],
        ),
        right: Place::Total(TableKind::Income, Measure::GeneralPublicBudget),
    },
    Same {
        rule: Rule {
            code: "summary_fund_income",
            chinese: "收支总表的政府性基金收入＝收入表的政府性基金",
            english: "Summary: fund income = that of the income table",
            source: SOURCE,
        },
        left: Place::Named(
            TableKind::BudgetSummary,
            &["政府性基金预算拨款收入", "政府性基金预算财政拨款收入", "政府性基金预算收入"],
            "收入",
            &[],
        ),
        right: Place::Total(TableKind::Income, Measure::GovernmentFund),
    },
    Same {
        rule: Rule {
            code: "appropriation_general_table",
            chinese: "财政拨款总表的一般公共预算支出＝一般公共预算支出表的合计",
            english: "Appropriations: general public budget = total of its table",
            source: SOURCE,
        },
        left: Place::Named(
            TableKind::FiscalAppropriation,
            &["本年支出", "本年支出合计"],
            "支出",
            &[Measure::GeneralPublicBudget],
        ),
        right: Place::Total(TableKind::GeneralPublicBudget, Measure::Total),
    },
    Same {
        rule: Rule {
            code: "appropriation_fund_table",
            chinese: "财政拨款总表的政府性基金支出＝政府性基金支出表的合计",
            english: "Appropriations: government funds = total of their table",
            source: SOURCE,
        },
        left: Place::Named(
            TableKind::FiscalAppropriation,
            &["本年支出", "本年支出合计"],
            "支出",
            &[Measure::GovernmentFund],
        ),
        right: Place::Total(TableKind::GovernmentFund, Measure::Total),
    },
    Same {
        rule: Rule {
            code: "appropriation_state_capital_table",
            chinese: "财政拨款总表的国有资本经营支出＝国有资本经营支出表的合计",
            english: "Appropriations: state capital = total of its table",
            source: SOURCE,
        },
        left: Place::Named(
            TableKind::FiscalAppropriation,
            &["本年支出", "本年支出合计"],
            "支出",
            &[Measure::StateCapital],
        ),
        right: Place::Total(TableKind::StateCapital, Measure::Total),
    },
    Same {
        rule: Rule {
            code: "appropriation_income_expenditure",
            chinese: "财政拨款总表的收入总计＝支出总计",
            english: "Appropriations: total income = total expenditure",
            source: SOURCE,
        },
        left: Place::Named(TableKind::FiscalAppropriation, INCOME_TOTAL, "收入", &[]),
        right: Place::Named(TableKind::FiscalAppropriation, SPENDING_TOTAL, "支出", &[Measure::Total]),
    },
    Same {
        rule: Rule {
            code: "general_basic_table",
            chinese: "一般公共预算支出表的基本支出＝基本支出表的合计",
            english: "General public budget: basic = total of the basic expenditure table",
            source: SOURCE,
        },
        left: Place::Total(TableKind::GeneralPublicBudget, Measure::Basic),
        right: Place::Total(TableKind::BasicExpenditure, Measure::Total),
    },
    Same {
        rule: Rule {
            code: "expenditure_project_table",
            chinese: "支出表的项目支出＝项目支出表的合计",
            english: "Expenditure: projects = total of the project table",
            source: SOURCE,
        },
        left: Place::Total(TableKind::Expenditure, Measure::Project),
        right: Place::Total(TableKind::ProjectExpenditure, Measure::Total),
    },
    Same {
        rule: Rule {
            code: "reception_basic_table",
            chinese: "“三公”表的公务接待费≥基本支出表的公务接待费（30217）",
            english: "Reception is at least code 30217 of the basic expenditure table",
            source: SOURCE,
        },
        left: Place::ThreePublic(Measure::Reception),
        right: Place::Code(TableKind::BasicExpenditure, "30217"),
    },
    Same {
        rule: Rule {
            code: "vehicle_operation_basic_table",
            chinese: "“三公”表的公务用车运行费≥基本支出表的公务用车运行维护费（30231）",
            english: "Vehicle operation is at least code 30231 of the basic expenditure table",
            source: SOURCE,
        },
        left: Place::ThreePublic(Measure::VehicleOperation),
        right: Place::Code(TableKind::BasicExpenditure, "30231"),
    },
    Same {
        rule: Rule {
            code: "overseas_basic_table",
            chinese: "“三公”表的因公出国（境）费≥基本支出表的因公出国（境）费用（30212）",
            english: "Overseas is at least code 30212 of the basic expenditure table",
            source: SOURCE,
        },
        left: Place::ThreePublic(Measure::Overseas),
        right: Place::Code(TableKind::BasicExpenditure, "30212"),
    },
];

/// Rules on classes of spending: each row of the first table that has the name of a class in the second one.
struct SameClass {
    rule: Rule,
    left: TableKind,
    left_measure: Option<Measure>,
    right: TableKind,
}

const CLASSES: &[SameClass] = &[
    SameClass {
        rule: Rule {
            code: "summary_class_table",
            chinese: "收支总表的各类支出＝支出表中该类的合计",
            english: "Summary: a class of spending = that class in the expenditure table",
            source: SOURCE,
        },
        left: TableKind::BudgetSummary,
        left_measure: None,
        right: TableKind::Expenditure,
    },
    SameClass {
        rule: Rule {
            code: "appropriation_class_table",
            chinese: "财政拨款总表的各类一般公共预算支出＝一般公共预算支出表中该类的合计",
            english: "Appropriations: a class of general spending = that class in the general public budget",
            source: SOURCE,
        },
        left: TableKind::FiscalAppropriation,
        left_measure: Some(Measure::GeneralPublicBudget),
        right: TableKind::GeneralPublicBudget,
    },
];

pub(super) fn rules() -> Vec<Rule> {
    RULES.iter().map(|same| same.rule).chain(CLASSES.iter().map(|same| same.rule)).collect()
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    if evidence.tables.is_empty() {
        return;
    }
    for same in RULES {
        let (left, right) = (find(evidence, same.left), find(evidence, same.right));
        checks.push(match (left, right) {
            (Some(left), Some(right))
                if AT_LEAST.contains(&same.rule.code) && left.yuan > right.yuan + right.slack =>
            {
                skipped(
                    &same.rule,
                    "基本支出以外另有安排。More is spent than the basic part",
                    left.provenance,
                )
            }
            (Some(left), Some(right)) => compare(&same.rule, &left, &right),
            (None, Some(right)) => skipped(&same.rule, MISSING_LEFT, right.provenance),
            (left, _) => {
                let provenance = left.map_or_else(Provenance::default, |left| left.provenance);
                skipped(&same.rule, MISSING_RIGHT, provenance)
            }
        });
    }
    for same in CLASSES {
        checks.extend(classes(same, evidence));
    }
}

const MISSING_LEFT: &str = "左边的数未列出或不唯一。The left figure is not printed, or not once";
const MISSING_RIGHT: &str = "右边的数未列出或不唯一。The right figure is not printed, or not once";

/// The classes that both tables print. They are compared where most agree: a table may tell a part of the spending.
fn classes(same: &SameClass, evidence: &Evidence<'_>) -> Vec<Check> {
    let (Some(left), Some(right)) = (evidence.only(same.left), evidence.only(same.right)) else {
        return Vec::new();
    };
    let of_class = |item: &&LineItem| {
        item.code.len() == 3
            && matches!(item.measure, Measure::Total | Measure::CurrentYear | Measure::Amount)
    };
    let mut checks = Vec::new();
    for class in right.items().filter(of_class) {
        let named = |item: &&LineItem| {
            item.code.is_empty()
                && fold(&item.name) == fold(&class.name)
                && item.year == class.year
                && same.left_measure.is_none_or(|measure| item.measure == measure)
                && !matches!(item.measure, Measure::PriorYear | Measure::Change)
        };
        let mut found = left.items().filter(named);
        let (Some(row), None) = (found.next(), found.next()) else { continue };
        if let (Some(own), Some(other)) = (Figure::of(row), Figure::of(class)) {
            checks.push(compare(&same.rule, &own, &other));
        }
    }
    let passed = checks.iter().filter(|check| check.verdict == Verdict::Pass).count();
    if passed * 2 > checks.len() { checks } else { Vec::new() }
}

fn find(evidence: &Evidence<'_>, place: Place) -> Option<Figure> {
    match place {
        Place::Total(kind, measure) => evidence.only(kind)?.total(measure),
        Place::Named(kind, names, side, measures) => {
            let table = evidence.only(kind)?;
            let item = table
                .named(names, side, measures)
                .or_else(|| table.named(&with_side(names, side), "", measures))?;
            Figure::of(item)
        }
        Place::Code(kind, code) => {
            let table = evidence.only(kind)?;
            let mut found = table.items().filter(|item| item.code == code);
            Figure::of(found.next()?)
        }
        Place::ThreePublic(part) => three_public(evidence, part),
    }
}

/// The names that tell their side themselves, for tables whose headings don't.
fn with_side<'a>(names: &[&'a str], side: &str) -> Vec<&'a str> {
    names.iter().copied().filter(|name| name.contains(side)).collect()
}

/// A part of 三公; in a table of two columns of years or of budget and result, the last column speaks of the result.
pub(super) fn three_public(evidence: &Evidence<'_>, part: Measure) -> Option<Figure> {
    let table = evidence.only(TableKind::ThreePublic)?;
    let is_part = |item: &&LineItem| part_of(item) == Some(part) && !is_comparison(item);
    let found: Vec<&LineItem> = table.items().filter(is_part).collect();
    let wanted = evidence.records.document.fiscal_year;
    let own: Vec<&LineItem> = found.iter().copied().filter(|item| item.year == wanted).collect();
    let last = own.last().or(found.last())?;
    Figure::of(last)
}

/// Whether the column compares years instead of stating an amount.
fn is_comparison(item: &LineItem) -> bool {
    let path: Vec<String> = item.measure_label.split('/').map(str::to_owned).collect();
    matches!(
        measure::of_path(&path),
        Measure::Change | Measure::ChangeRate | Measure::Completion | Measure::Share | Measure::PriorYear
    )
}

/// Which part of 三公 an item is, by its column or by its row.
pub(super) fn part_of(item: &LineItem) -> Option<Measure> {
    let path: Vec<String> = item.measure_label.split('/').map(str::to_owned).collect();
    if path.last() == Some(&item.name) {
        Some(measure::of_path(&path))
    } else {
        measure::of_name(&fold(&item.name))
    }
}

/// The total of a table of a kind, in any of its measures; used where prose names the kind.
pub(super) fn totals<'a>(table: &'a StandardTable<'a>) -> impl Iterator<Item = Figure> + 'a {
    table.items().filter(|item| item.level.is_none()).filter_map(Figure::of)
}
