//! A project with performance targets.

use super::Provenance;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One project with performance targets (项目绩效目标).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Project {
    /// Its number as printed; empty where there is none.
    pub number: String,
    /// Its name, without the number and 绩效目标表.
    pub name: String,
    /// Listed under 上年结转.
    pub carried_over: bool,
    /// The 绩效目标 text.
    pub goal: String,
    /// Its budget in yuan, where the table states one.
    pub amount_yuan: Option<Decimal>,
    /// Where it stands.
    pub provenance: Provenance,
}
