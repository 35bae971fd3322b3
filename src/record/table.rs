//! What a table is: kind, title, unit, place.

use crate::code::codes;
use serde::{Deserialize, Serialize};

/// The kinds of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum TableKind {
    /// 绩效指标
    Indicators,
    /// 绩效目标 of a project
    ProjectGoal,
    /// 机构设置
    Organisation,
    /// 收支总表
    BudgetSummary,
    /// 收入表
    Income,
    /// 支出表
    Expenditure,
    /// 财政拨款收支总表
    FiscalAppropriation,
    /// 一般公共预算支出表
    GeneralPublicBudget,
    /// 基本支出表
    BasicExpenditure,
    /// 政府性基金
    GovernmentFund,
    /// 国有资本经营
    StateCapital,
    /// “三公”经费
    ThreePublic,
    /// 政府采购
    Procurement,
    /// 国有资产
    Assets,
    /// 项目支出表
    ProjectExpenditure,
    /// None of these.
    #[default]
    Other,
}

codes!(TableKind {
    Indicators => "indicators",
    ProjectGoal => "project_goal",
    Organisation => "organisation",
    BudgetSummary => "budget_summary",
    Income => "income",
    Expenditure => "expenditure",
    FiscalAppropriation => "fiscal_appropriation",
    GeneralPublicBudget => "general_public_budget",
    BasicExpenditure => "basic_expenditure",
    GovernmentFund => "government_fund",
    StateCapital => "state_capital",
    ThreePublic => "three_public",
    Procurement => "procurement",
    Assets => "assets",
    ProjectExpenditure => "project_expenditure",
    Other => "other",
});

/// The facts of one table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableFacts {
    /// Number from 1 within the document.
    pub number: usize,
    /// What kind it is.
    pub kind: TableKind,
    /// The printed title.
    pub title: String,
    /// The unit its bare figures are in (`万元`); empty where none is stated.
    pub unit: String,
    /// Who drew it up (编制单位：…), as its caption says; empty where it doesn't.
    pub compiled_by: String,
}
