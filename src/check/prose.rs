//! Figures in sentences against the tables.

use super::Rule;
use super::evidence::{Evidence, Figure, compare};
use super::tables;
use crate::record::{Amount, Check, Measure, Source, TableKind, Verdict};
use crate::wording::fold;

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
    /// A part of basic expenditure: the column of the measure, or a total row with this name.
    Basic(Measure, &'static str),
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
            "收、支总计",
            "收支总计",
            "收支总预算",
            "收入总额",
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
            code: "prose_basic_table",
            chinese: "文字中的一般公共预算基本支出＝基本支出表的合计",
            english: "General basic expenditure in the text = total of the basic expenditure table",
            source: SOURCE,
        },
        labels: &["一般公共预算基本支出", "一般公共预算财政拨款基本支出", "一般公共预算财政拨款基本支出决算"],
        tables: Tables::Totals(&[TableKind::BasicExpenditure]),
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
            code: "prose_vehicle_purchase",
            chinese: "文字中的公务用车购置费＝表中的公务用车购置费",
            english: "Vehicle purchase in the text = in the tables",
            source: SOURCE,
        },
        labels: &["公务用车购置费", "公务用车购置费支出决算"],
        tables: Tables::ThreePublic(Measure::VehiclePurchase),
    },
    Told {
        rule: Rule {
            code: "prose_vehicle_operation",
            chinese: "文字中的公务用车运行维护费＝表中的公务用车运行维护费",
            english: "Vehicle operation in the text = in the tables",
            source: SOURCE,
        },
        labels: &["公务用车运行维护费", "公务用车运行费", "公务用车运行维护费支出决算"],
        tables: Tables::ThreePublic(Measure::VehicleOperation),
    },
    Told {
        rule: Rule {
            code: "prose_personnel",
            chinese: "文字中的人员经费＝基本支出表中的人员经费",
            english: "Personnel in the text = in the basic expenditure table",
            source: SOURCE,
        },
        labels: &["人员经费"],
        tables: Tables::Basic(Measure::Personnel, "人员经费合计"),
    },
    Told {
        rule: Rule {
            code: "prose_public_use",
            chinese: "文字中的公用经费＝基本支出表中的公用经费",
            english: "Public use in the text = in the basic expenditure table",
            source: SOURCE,
        },
        labels: &["公用经费", "日常公用经费"],
        tables: Tables::Basic(Measure::PublicUse, "公用经费合计"),
    },
    Told {
        rule: Rule {
            code: "prose_government_fund",
            chinese: "文字中的政府性基金预算支出＝表中的合计",
            english: "Government funds in the text = in the table",
            source: SOURCE,
        },
        labels: &[
            "政府性基金预算支出",
            "政府性基金预算财政拨款支出",
            "政府性基金支出",
            "政府性基金预算拨款支出",
        ],
        tables: Tables::Totals(&[TableKind::GovernmentFund]),
    },
    Told {
        rule: Rule {
            code: "prose_state_capital",
            chinese: "文字中的国有资本经营预算支出＝表中的合计",
            english: "State capital in the text = in the table",
            source: SOURCE,
        },
        labels: &["国有资本经营预算支出", "国有资本经营预算财政拨款支出"],
        tables: Tables::Totals(&[TableKind::StateCapital]),
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

pub(super) fn rules() -> Vec<Rule> {
    TOLD.iter().map(|told| told.rule).collect()
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for told in TOLD {
        against_tables(told, evidence, checks);
    }
}

/// The money figures of sentences, in the order of the document.
pub(super) fn sentences<'a>(evidence: &'a Evidence<'_>) -> impl Iterator<Item = &'a Amount> {
    evidence.records.amounts.iter().filter(|amount| amount.source == Source::Text)
}

/// The first sentence that states the figure of the document's year, against every table figure that it may mean: it
/// passes if one of them is the same.
fn against_tables(told: &Told, evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let own_year = evidence.records.document.fiscal_year;
    let stated = sentences(evidence).find(|amount| {
        amount.change.is_none()
            && told.labels.contains(&&*fold(&amount.label))
            && (amount.year.is_none()
                || amount.year == own_year
                || matches!(told.tables, Tables::Totals([TableKind::Assets])))
    });
    let Some(left) = stated.and_then(Figure::told) else { return };
    let rights = candidates(&told.tables, evidence);
    let tried = rights.iter().map(|right| compare(&told.rule, &left, right));
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
        Tables::Basic(measure, name) => {
            let tables = of_kinds(&[TableKind::BasicExpenditure]);
            let totals = tables.iter().filter_map(|table| table.total(*measure));
            let named = tables
                .iter()
                .flat_map(|table| table.items().filter(|item| fold(&item.name) == *name))
                .filter_map(Figure::of);
            totals.chain(named).collect()
        }
        Tables::ThreePublic(part) => {
            let items = of_kinds(&[TableKind::ThreePublic])
                .into_iter()
                .flat_map(|table| table.items().collect::<Vec<_>>());
            items.filter(|item| tables::part_of(item) == Some(*part)).filter_map(Figure::of).collect()
        }
    }
}
