//! A performance indicator (绩效指标).

use super::{Provenance, Source};
use crate::code::codes;
use crate::flag::Flags;
use crate::quantity::Quantity;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Whose performance it measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// 部门整体
    Department,
    /// 项目
    Project,
}

codes!(Scope {
    Department => "department",
    Project => "project",
});

/// The first level of the indicator frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Level1 {
    /// 产出
    Output,
    /// 效益, 效果
    Benefit,
    /// 满意度
    Satisfaction,
    /// 成本 as a first level
    Cost,
    /// 投入 of the older frames
    Input,
    /// 过程, 管理 of the older frames
    Process,
    /// 决策
    Decision,
}

codes!(Level1 {
    Output => "output",
    Benefit => "benefit",
    Satisfaction => "satisfaction",
    Cost => "cost",
    Input => "input",
    Process => "process",
    Decision => "decision",
});

/// The second level of the indicator frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Level2 {
    /// 数量
    Quantity,
    /// 质量
    Quality,
    /// 时效
    Timeliness,
    /// 成本 as a second level, or 经济成本 of the new frame
    Cost,
    /// 社会成本
    SocialCost,
    /// 生态环境成本
    EnvironmentalCost,
    /// 经济效益
    Economic,
    /// 社会效益
    Social,
    /// 生态效益
    Ecological,
    /// 可持续影响
    Sustainability,
    /// 服务对象满意度
    Satisfaction,
}

codes!(Level2 {
    Quantity => "quantity",
    Quality => "quality",
    Timeliness => "timeliness",
    Cost => "cost",
    SocialCost => "social_cost",
    EnvironmentalCost => "environmental_cost",
    Economic => "economic",
    Social => "social",
    Ecological => "ecological",
    Sustainability => "sustainability",
    Satisfaction => "satisfaction",
});

/// The time a target speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum TargetPeriod {
    /// The fiscal year.
    #[default]
    Year,
    /// The whole project (实施期, 中期).
    Term,
}

codes!(TargetPeriod {
    Year => "year",
    Term => "term",
});

/// One row of an indicator table, or one indicator stated in a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Table or sentence.
    pub source: Source,
    /// Department or project.
    pub scope: Scope,
    /// Index of the project in [`Records::projects`](super::Records::projects).
    pub project: Option<usize>,
    /// First-level name as printed.
    pub level1: String,
    /// Second-level name as printed.
    pub level2: String,
    /// Third-level name as printed.
    pub level3: String,
    /// What the first-level name stands for.
    pub level1_code: Option<Level1>,
    /// What the second-level name stands for.
    pub level2_code: Option<Level2>,
    /// 指标描述
    pub description: String,
    /// 分值, 权重
    pub weight: Option<Decimal>,
    /// The target as printed; symbol, number and unit cells joined in that order.
    pub value_raw: String,
    /// The reading of `value_raw`; `None` until normalised.
    pub target: Option<Quantity>,
    /// 指标值确定依据
    pub basis: String,
    /// Year or whole term.
    pub target_period: TargetPeriod,
    /// What was reached, as printed, in a self-evaluation.
    pub actual_raw: String,
    /// The reading of `actual_raw`; `None` until normalised or where nothing is printed.
    pub actual: Option<Quantity>,
    /// 得分
    pub score: Option<Decimal>,
    /// 偏差原因分析及改进措施
    pub note: String,
    /// Where it stands.
    pub provenance: Provenance,
    /// What a careful reader would want to know, that of `target` included after normalising.
    pub flags: Flags,
}
