//! A figure of a standard table, tidy: one row per cell, with measure, classification and code.

use super::{Provenance, TableKind};
use crate::code::codes;
use crate::flag::Flags;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// What a column of a standard table measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// 合计
    Total,
    /// 本年收入, 本年支出
    CurrentYear,
    /// 基本支出
    Basic,
    /// 项目支出
    Project,
    /// 人员经费
    Personnel,
    /// 公用经费
    PublicUse,
    /// 一般公共预算
    GeneralPublicBudget,
    /// 政府性基金预算
    GovernmentFund,
    /// 国有资本经营预算
    StateCapital,
    /// 财政专户管理资金
    FiscalSpecialAccount,
    /// 财政拨款
    FiscalAppropriation,
    /// 单位资金
    UnitFunds,
    /// 事业收入
    BusinessIncome,
    /// 事业单位经营收入, 经营支出
    Operating,
    /// 上级补助收入
    SuperiorSubsidy,
    /// 附属单位上缴收入
    SubordinateRemittance,
    /// 其他收入
    OtherIncome,
    /// 上缴上级支出
    RemittanceToSuperior,
    /// 对附属单位补助支出
    SubsidyToSubordinate,
    /// 用事业基金弥补收支差额, 使用非财政拨款结余
    ReserveUse,
    /// 上年结转, 年初结转和结余; 结转下年, 年末结转和结余
    CarryOver,
    /// 上年预算数, 上年执行数
    PriorYear,
    /// 预算数
    Budget,
    /// 决算数, 执行数
    Final,
    /// 增减额
    Change,
    /// 增减%, 增长率
    ChangeRate,
    /// 完成预算%
    Completion,
    /// 占比
    Share,
    /// 会议费
    Meeting,
    /// 培训费
    Training,
    /// 机关运行经费
    AgencyOperation,
    /// 因公出国（境）费
    Overseas,
    /// 公务用车购置及运行维护费
    Vehicle,
    /// 公务用车购置费
    VehiclePurchase,
    /// 公务用车运行维护费
    VehicleOperation,
    /// 公务接待费
    Reception,
    /// 数量
    Quantity,
    /// 单价
    UnitPrice,
    /// 价值, 金额 and what has no code of its own.
    Amount,
}

codes!(Measure {
    Total => "total",
    CurrentYear => "current_year",
    Basic => "basic",
    Project => "project",
    Personnel => "personnel",
    PublicUse => "public_use",
    GeneralPublicBudget => "general_public_budget",
    GovernmentFund => "government_fund",
    StateCapital => "state_capital",
    FiscalSpecialAccount => "fiscal_special_account",
    FiscalAppropriation => "fiscal_appropriation",
    UnitFunds => "unit_funds",
    BusinessIncome => "business_income",
    Operating => "operating",
    SuperiorSubsidy => "superior_subsidy",
    SubordinateRemittance => "subordinate_remittance",
    OtherIncome => "other_income",
    RemittanceToSuperior => "remittance_to_superior",
    SubsidyToSubordinate => "subsidy_to_subordinate",
    ReserveUse => "reserve_use",
    CarryOver => "carry_over",
    PriorYear => "prior_year",
    Budget => "budget",
    Final => "final",
    Change => "change",
    ChangeRate => "change_rate",
    Completion => "completion",
    Share => "share",
    Meeting => "meeting",
    Training => "training",
    AgencyOperation => "agency_operation",
    Overseas => "overseas",
    Vehicle => "vehicle",
    VehiclePurchase => "vehicle_purchase",
    VehicleOperation => "vehicle_operation",
    Reception => "reception",
    Quantity => "quantity",
    UnitPrice => "unit_price",
    Amount => "amount",
});

/// Which list of names or codes a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Classification {
    /// 支出功能分类: 208, 20805, 2080505
    Function,
    /// 部门预算支出经济分类: 301, 30101
    DepartmentEconomic,
    /// 政府预算支出经济分类: 501, 50101
    GovernmentEconomic,
    /// 政府采购品目: A02010104
    Procurement,
    /// 部门和单位: 477, 477001
    Unit,
    /// 收入来源
    Source,
    /// None of these.
    None,
}

codes!(Classification {
    Function => "function",
    DepartmentEconomic => "department_economic",
    GovernmentEconomic => "government_economic",
    Procurement => "procurement",
    Unit => "unit",
    Source => "source",
    None => "none",
});

/// One figure of a standard table. What many figures of a table have in common is held once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineItem {
    /// Kind of the table.
    pub table_kind: TableKind,
    /// Its printed title.
    pub table_title: Arc<str>,
    /// What the column measures.
    pub measure: Measure,
    /// The printed column path, levels joined by `/`.
    pub measure_label: Arc<str>,
    /// Which list the row belongs to.
    pub classification: Classification,
    /// The code as printed, parts joined; empty where none is printed.
    pub code: String,
    /// The row's name, list numbering left out.
    pub name: String,
    /// Depth in the classification from 1; `None` for totals.
    pub level: Option<u32>,
    /// The code one level up; empty where there is none.
    pub parent_code: String,
    /// The year the figure speaks of.
    pub year: Option<i32>,
    /// The figure as printed.
    pub value_raw: String,
    /// The figure in `unit`.
    pub value: Option<Decimal>,
    /// Its unit.
    pub unit: Cow<'static, str>,
    /// Exact yuan; `None` for counts and where no unit is stated.
    pub value_yuan: Option<Decimal>,
    /// Where it stands.
    pub provenance: Provenance,
    /// What a careful reader would want to know.
    pub flags: Flags,
    /// What the marks on the page may also say; nearly always nothing.
    #[serde(skip)]
    pub readings: Vec<OtherReading>,
}

/// Another reading of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherReading {
    /// The figure as it would be printed; empty for none.
    pub value_raw: String,
    /// The figure in the unit of the first reading.
    pub value: Decimal,
    /// Exact yuan; `None` where the first reading has none.
    pub value_yuan: Option<Decimal>,
}
