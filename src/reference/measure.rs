//! What a column of a standard table measures, by its printed path.

use crate::record::Measure;
use crate::wording::fold;

/// Words that occur together in the names of columns of shares and rates, tried before the single words.
/// Source: government budgets and accounts of counties.
const RATES: &[(&[&str], Measure)] = &[
    (&["完成", "%"], Measure::Completion),
    (&["完成", "率"], Measure::Completion),
    (&["完成", "比例"], Measure::Completion),
    (&["为", "预算", "%"], Measure::Completion),
    (&["占", "预算", "%"], Measure::Completion),
    (&["执行", "率"], Measure::Completion),
    (&["为", "执行", "%"], Measure::Completion),
    (&["为", "上年", "%"], Measure::Completion),
    (&["为", "决算", "%"], Measure::Completion),
    (&["增", "%"], Measure::ChangeRate),
    (&["增", "率"], Measure::ChangeRate),
    (&["增", "幅"], Measure::ChangeRate),
    (&["比例", "增"], Measure::ChangeRate),
    (&["增", "‰"], Measure::ChangeRate),
    (&["比", "上年", "%"], Measure::ChangeRate),
    (&["比", "上年", "幅"], Measure::ChangeRate),
    (&["占比"], Measure::Share),
    (&["比重"], Measure::Share),
    (&["占", "%"], Measure::Share),
    (&["上年", "结转"], Measure::CarryOver),
    (&["上年", "结余"], Measure::CarryOver),
    (&["年初", "结转"], Measure::CarryOver),
    (&["年初", "结余"], Measure::CarryOver),
    (&["结转", "下年"], Measure::CarryOver),
];

/// Words in column names, tried in this order: the special before the general words they contain.
/// Source: the forms of 财预〔2016〕143号 and of the yearly departmental accounts.
const WORDS: &[(&str, Measure)] = &[
    ("单价", Measure::UnitPrice),
    ("数量", Measure::Quantity),
    ("公务用车购置及运", Measure::Vehicle),
    ("公务用车购置和运", Measure::Vehicle),
    ("公务用车运行", Measure::VehicleOperation),
    ("运行维护费", Measure::VehicleOperation),
    ("公务用车购置", Measure::VehiclePurchase),
    ("购置费", Measure::VehiclePurchase),
    ("因公出国", Measure::Overseas),
    ("公务接待", Measure::Reception),
    ("机关运行经费", Measure::AgencyOperation),
    ("会议费", Measure::Meeting),
    ("培训费", Measure::Training),
    ("增减", Measure::Change),
    ("比上年", Measure::Change),
    ("较上年", Measure::Change),
    ("差额", Measure::Change),
    ("上年结转", Measure::CarryOver),
    ("年初结转", Measure::CarryOver),
    ("结转结余", Measure::CarryOver),
    ("结转和结余", Measure::CarryOver),
    ("上年", Measure::PriorYear),
    ("去年", Measure::PriorYear),
    ("一般公共预算", Measure::GeneralPublicBudget),
    ("公共财政预算", Measure::GeneralPublicBudget),
    ("政府性基金", Measure::GovernmentFund),
    ("基金预算", Measure::GovernmentFund),
    ("国有资本", Measure::StateCapital),
    ("专户", Measure::FiscalSpecialAccount),
    ("非同级财政", Measure::OtherIncome),
    ("财政拨款", Measure::FiscalAppropriation),
    ("单位资金", Measure::UnitFunds),
    ("自有资金", Measure::UnitFunds),
    ("其他资金", Measure::OtherIncome),
    ("上级补助", Measure::SuperiorSubsidy),
    ("附属单位上缴", Measure::SubordinateRemittance),
    ("上缴上级", Measure::RemittanceToSuperior),
    ("附属单位补助", Measure::SubsidyToSubordinate),
    ("弥补", Measure::ReserveUse),
    ("非财政拨款结余", Measure::ReserveUse),
    ("事业单位经营", Measure::Operating),
    ("经营收入", Measure::Operating),
    ("经营支出", Measure::Operating),
    ("经营预算收入", Measure::Operating),
    ("事业收入", Measure::BusinessIncome),
    ("事业预算收入", Measure::BusinessIncome),
    ("其他收入", Measure::OtherIncome),
    ("人员", Measure::Personnel),
    ("公用", Measure::PublicUse),
    ("基本支出", Measure::Basic),
    ("项目支出", Measure::Project),
    ("特定目标类", Measure::Project),
    ("本年收入", Measure::CurrentYear),
    ("本年支出合计", Measure::Total),
    ("决算", Measure::Final),
    ("执行数", Measure::Final),
    ("完成数", Measure::Final),
    ("实际数", Measure::Final),
    ("合计", Measure::Total),
    ("总计", Measure::Total),
    ("采购总额", Measure::Total),
    ("预算", Measure::Budget),
];

/// What the column measures: the lowest name that is known decides; 小计 takes the name above it.
#[must_use]
pub fn of_path(path: &[String]) -> Measure {
    if let Some(rate) = of_rate(path) {
        return rate;
    }
    let names = path.iter().rev().map(|text| fold(text));
    names.filter(|name| name != "小计").find_map(|name| of_name(&name)).unwrap_or_else(|| {
        let subtotal = path.last().is_some_and(|leaf| fold(leaf) == "小计");
        if subtotal { Measure::Total } else { Measure::Amount }
    })
}

/// A lowest name that is only a sign of shares (`%`) takes its meaning from all names above it.
fn of_rate(path: &[String]) -> Option<Measure> {
    let leaf = fold(path.last()?);
    if path.len() < 2 || !["%", "比例", "幅度", "百分比"].iter().any(|sign| leaf.contains(sign)) {
        return None;
    }
    let all: String = path.iter().map(|text| fold(text)).collect();
    let rate = RATES.iter().find(|(words, _)| words.iter().all(|word| all.contains(word)));
    rate.map(|(_, measure)| *measure)
}

/// What a folded name measures, of a column or of a row that stands for one (公务接待费).
#[must_use]
pub fn of_name(folded: &str) -> Option<Measure> {
    let rate = RATES.iter().find(|(words, _)| words.iter().all(|word| folded.contains(word)));
    let word = || WORDS.iter().find(|(word, _)| folded.contains(word)).map(|(_, measure)| *measure);
    rate.map(|(_, measure)| *measure).or_else(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_known_name_decides() {
        for (path, measure) in [
            (&["收入", "2023年预算数"][..], Measure::Budget),
            (&["收入", "决算数"][..], Measure::Final),
            (&["本年收入", "小计"][..], Measure::CurrentYear),
            (&["本年收入", "事业收入"][..], Measure::BusinessIncome),
            (&["支出", "一般公共预算财政拨款"][..], Measure::GeneralPublicBudget),
            (&["政府性基金预算支出", "基本支出"][..], Measure::Basic),
            (&["预算数", "公务用车购置及运行费", "小计"][..], Measure::Vehicle),
            (&["基本支出", "人员经费"][..], Measure::Personnel),
            (&["上年执行数"][..], Measure::PriorYear),
            (&["价值（金额单位：万元）"][..], Measure::Amount),
            (&["决算数为预算数的%"][..], Measure::Completion),
            (&["2023年预算数比2022年执行数", "增减%"][..], Measure::ChangeRate),
            (&["上年财政拨款结转"][..], Measure::CarryOver),
            (&["比上年增减", "%"][..], Measure::ChangeRate),
        ] {
            let path: Vec<String> = path.iter().map(ToString::to_string).collect();
            assert_eq!(of_path(&path), measure, "{path:?}");
        }
    }
}
