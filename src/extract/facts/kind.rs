//! Tells budgets from final accounts, and departments from units, governments and mere performance tables.

use super::evidence::Evidence;
use super::organisation::{is_region, subject};
use crate::record::DocumentKind;
use crate::reference::region_names;

/// How bodies end that are units of a department rather than departments.
const UNIT_ENDINGS: &[&str] = &[
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "医院",
    "卫生院",
    "学院",
    "大学",
    "中心",
    "站",
    "所",
    "馆",
    "队",
    "园",
    "一中",
    "二中",
    "剧团",
    "场",
];

/// The two halves of the year's cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Account {
    Budget,
    Final,
}

/// Whose money it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Department,
    Unit,
    Government,
}

/// The kind, by the title first and by the body's wording where the title leaves it open.
#[must_use]
pub fn read(title: &str, evidence: &Evidence<'_>) -> DocumentKind {
    let wording = if has_account(title) || is_performance(title) { title } else { &evidence.file_name };
    if wording.contains("审计工作报告") || wording.contains("审计结果") {
        return DocumentKind::Other;
    }
    if !has_account(wording) && is_performance(wording) {
        return DocumentKind::ProjectPerformance;
    }
    if !has_account(wording) && is_performance_form(evidence.text()) {
        return DocumentKind::ProjectPerformance;
    }
    let Some(account) = account(wording).or_else(|| account_of_text(evidence.text())) else {
        return if is_performance(evidence.text()) {
            DocumentKind::ProjectPerformance
        } else {
            DocumentKind::Other
        };
    };
    if wording.contains("绩效") && is_performance(wording) && !whole_disclosure(wording) {
        return DocumentKind::ProjectPerformance;
    }
    match (owner(wording, evidence), account) {
        (Owner::Department, Account::Budget) => DocumentKind::DepartmentBudget,
        (Owner::Department, Account::Final) => DocumentKind::DepartmentFinalAccount,
        (Owner::Unit, Account::Budget) => DocumentKind::UnitBudget,
        (Owner::Unit, Account::Final) => DocumentKind::UnitFinalAccount,
        (Owner::Government, Account::Budget) => DocumentKind::GovernmentBudget,
        (Owner::Government, Account::Final) => DocumentKind::GovernmentFinalAccount,
    }
}

fn has_account(text: &str) -> bool {
    text.contains("预算") || text.contains("决算")
}

fn is_performance(text: &str) -> bool {
    ["绩效目标表", "绩效目标", "绩效自评", "自评报告", "自评表", "绩效评价", "绩效报告"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether a text without a telling title is made of performance forms and hardly speaks of the accounts themselves.
fn is_performance_form(text: &str) -> bool {
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let forms = count(&["三级指标", "绩效目标表", "绩效自评表", "自评得分"]);
    let accounts = count(&[
        "部门预算",
        "单位预算",
        "部门决算",
        "单位决算",
        "收支预算",
        "收支决算",
        "收入总计",
        "收入合计",
        "财政预算",
        "三公",
    ]);
    forms > 0 && accounts <= forms / 4
}

/// Whether the title names the whole disclosure besides its performance part: 部门预算及绩效目标公开.
fn whole_disclosure(title: &str) -> bool {
    [
        "预算公开",
        "预算信息公开",
        "决算公开",
        "预算及",
        "预算和",
        "预算、",
        "决算及",
        "决算和",
        "预算情况",
        "决算情况",
        "预算说明",
    ]
    .iter()
    .any(|word| title.contains(word))
}

/// Budget or final account, by a title. A plan for the year to come makes a budget of a report that also looks back.
fn account(title: &str) -> Option<Account> {
    let plain = title
        .replace("预决算", "预算决算")
        .replace("一般公共预算", "")
        .replace("性基金预算", "")
        .replace("经营预算", "");
    match (plain.contains("预算"), plain.contains("决算")) {
        (true, false) => Some(Account::Budget),
        (false, true) => Some(Account::Final),
        (true, true) => {
            let planned = plain.contains("预算草案") || plain.contains("预算的报告");
            let looks_back = plain.contains("预算执行");
            if planned && !looks_back || plain.contains("年预算草案") {
                Some(Account::Budget)
            } else if looks_back {
                Some(Account::Final)
            } else {
                None
            }
        }
        (false, false) if title.contains("预算") => Some(Account::Budget),
        (false, false) => None,
    }
}

/// Budget or final account, by how often the text names each; 预算 is also half the name of every fund.
fn account_of_text(text: &str) -> Option<Account> {
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let budget = count(&[
        "部门预算",
        "单位预算",
        "收支预算",
        "预算数",
        "预算草案",
        "年预算",
        "年度预算",
        "收入预算",
        "支出预算",
    ]);
    let last = count(&["决算"]);
    match (budget, last) {
        (0, 0) => None,
        (budget, last) if last >= budget => Some(Account::Final),
        _ => Some(Account::Budget),
    }
}

fn owner(title: &str, evidence: &Evidence<'_>) -> Owner {
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let both = says(&["部门（单位）", "部门(单位)", "部门单位", "部门、单位", "部门和单位", "部门及单位"]);
    if !both && says(&["（单位）", "(单位)"]) {
        return Owner::Unit;
    }
    if both || says(&["部门预", "部门决", "部门收支", "部门20"]) {
        return Owner::Department;
    }
    if says(&["单位预", "单位决", "单位收支", "单位整体", "单位20", "年度单位", "年单位"])
    {
        return Owner::Unit;
    }
    let body = subject(title);
    if is_government(title, body.as_deref()) {
        Owner::Government
    } else {
        owner_by_text(body.as_deref(), evidence.text())
    }
}

/// What the text calls its owner, where the title only says 预算 or 决算.
fn owner_by_text(body: Option<&str>, text: &str) -> Owner {
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let units = count(&["单位预算", "单位决算", "本单位"]);
    let departments = count(&["部门预算", "部门决算", "本部门", "我部门"]);
    let reports = count(&["全市", "全县", "全区", "全省", "全旗"]) > 2
        || count(&["各位代表", "财政预算草案", "财政决算草案"]) > 0;
    if body.is_none() && units + departments == 0 && reports {
        return Owner::Government;
    }
    let unit_name = body.is_some_and(|body| UNIT_ENDINGS.iter().any(|ending| body.ends_with(ending)));
    if units > 2 * departments || (unit_name && units >= departments) {
        Owner::Unit
    } else {
        Owner::Department
    }
}

/// A government's own budget: its report to the people's congress, or a title that names a region and no department.
fn is_government(title: &str, body: Option<&str>) -> bool {
    let words = [
        "财政预算",
        "财政决算",
        "政府预算",
        "政府决算",
        "总预算",
        "总决算",
        "财政收支",
        "预算草案",
        "决算草案",
        "决算报告",
        "财政总",
        "本级预算",
        "本级决算",
        "级预算",
        "级决算",
        "预算执行",
        "决算情况的报告",
        "全市",
        "全县",
        "全区",
        "全省",
        "政府债务",
        "地方财政",
    ];
    let reported = words.iter().any(|word| title.contains(word));
    let own = [
        "财政预算",
        "财政决算",
        "政府预算",
        "政府决算",
        "财政收支",
        "草案的报告",
        "财政总",
        "总预算",
        "总决算",
    ];
    let own = own.iter().any(|word| title.contains(word));
    match body {
        None => reported || !region_names::mentions(title).is_empty(),
        Some(body) if body.ends_with("政府") || body.ends_with("公署") => {
            own || reported && !is_township(body)
                || is_region(body.trim_end_matches("人民政府").trim_end_matches("政府"))
        }
        Some(body) if is_township(body) => own,
        Some(body) => {
            body.ends_with("财政局")
                && ["草案的报告", "财政决算", "财政预算", "政府决算", "政府预算"]
                    .iter()
                    .any(|word| title.contains(word))
        }
    }
}

/// A town or township, which budgets both as a department of its county and as a government of its own.
fn is_township(body: &str) -> bool {
    let body = body.trim_end_matches("人民政府").trim_end_matches("政府");
    body.ends_with(['镇', '乡']) || body.ends_with("街道") || body.ends_with("苏木")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Blocks, Properties};

    fn kind(title: &str) -> &'static str {
        let blocks = Blocks {
            blocks: Vec::new(),
            furniture: Vec::new(),
            properties: Properties::default(),
            warnings: Vec::new(),
        };
        read(title, &Evidence::new(&blocks, "")).code()
    }

    #[test]
    fn titles_tell_the_kind() {
        let cases = [
            ("霸州市人力资源和社会保障局2021年部门预算信息公开", "department_budget"),
            ("上海市普陀区2025年区级单位预算", "unit_budget"),
            ("2020年义乌市交通运输局项目支出绩效目标表", "project_performance"),
            ("瑞金市教育局2020年度部门决算", "department_final_account"),
            ("关于宁乡市2020年财政预算执行情况和2021年财政预算草案的报告", "government_budget"),
            ("霸州市2020年财政决算和2021年上半年预算执行情况的报告", "government_final_account"),
            ("2021年华容县政府决算公开", "government_final_account"),
            ("丰都县人民政府关于2021年决算情况的报告", "government_final_account"),
            ("2021年霸州市一般公共预算收支预算表", "government_budget"),
            ("2021年霸州市一般公共预算收入决算表", "government_final_account"),
            ("霸州市第一中学2022年单位预算", "unit_budget"),
            ("霸州市煎茶铺镇人民政府2021年部门预算", "department_budget"),
            ("霸州市煎茶铺镇2021年财政预算", "government_budget"),
            ("霸州市人民政府办公室2021年预算公开", "department_budget"),
            ("2021年度某项目绩效自评报告", "project_performance"),
            ("霸州市教育局2021年度部门决算公开（含绩效自评）", "department_final_account"),
            ("霸州市妇幼保健院2021年度单位决算", "unit_final_account"),
            ("2023年部门（单位）预算公开", "department_budget"),
            ("霸州市2022年政府预算公开", "government_budget"),
            ("廊坊市2021年预算执行情况和2022年预算草案的报告", "government_budget"),
            ("关于霸州市2021年财政决算的报告", "government_final_account"),
            ("霸州市水利局2024年部门预算项目绩效目标", "project_performance"),
            ("关于普陀区某项目的通知", "other"),
        ];
        for (title, expected) in cases {
            assert_eq!(kind(title), expected, "{title}");
        }
    }
}
