//! What a document is: title, kind, year, region, department.

use crate::code::codes;
use serde::{Deserialize, Serialize};

/// The kinds of disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Kind {
    /// 部门预算
    DepartmentBudget,
    /// 部门决算
    DepartmentFinalAccount,
    /// 单位预算, one level below a department
    UnitBudget,
    /// 单位决算
    UnitFinalAccount,
    /// 政府预算
    GovernmentBudget,
    /// 政府决算
    GovernmentFinalAccount,
    /// 项目绩效目标 or 自评 alone
    ProjectPerformance,
    /// None of these.
    #[default]
    Other,
}

codes!(Kind {
    DepartmentBudget => "department_budget",
    DepartmentFinalAccount => "department_final_account",
    UnitBudget => "unit_budget",
    UnitFinalAccount => "unit_final_account",
    GovernmentBudget => "government_budget",
    GovernmentFinalAccount => "government_final_account",
    ProjectPerformance => "project_performance",
    Other => "other",
});

/// The facts a document states about itself, or that its file's name states where the text is silent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// The document's title.
    pub title: String,
    /// What kind of disclosure it is.
    pub kind: Kind,
    /// The fiscal year it speaks of.
    pub fiscal_year: Option<i32>,
    /// GB/T 2260 code, six digits.
    pub region_code: String,
    /// Full name of the county, city or province.
    pub region_name: String,
    /// Name of the region's province.
    pub province_name: String,
    /// Name of the region's prefecture-level city; empty for provinces and districts of municipalities.
    pub city_name: String,
    /// The department's code as disclosed.
    pub department_code: String,
    /// The department's name as disclosed.
    pub department_name: String,
}
