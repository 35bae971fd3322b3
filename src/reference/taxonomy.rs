//! The frames of performance indicators and the wordings in which counties print them.
//!
//! Sources: 财预〔2015〕88号 (产出, 效益, 满意度), 财预〔2021〕101号 (成本 becomes a first level), 财预〔2013〕53号
//! (效果, 投入, 过程), and the variants collected from published budgets.

use crate::record::{Level1, Level2};

/// First-level wordings, tried in this order: the first whose word occurs decides.
const LEVEL1: &[(&str, Level1)] = &[
    ("满意", Level1::Satisfaction),
    ("产出", Level1::Output),
    ("项目完成", Level1::Output),
    ("履职效能", Level1::Output),
    ("效益", Level1::Benefit),
    ("效果", Level1::Benefit),
    ("效应", Level1::Benefit),
    ("可持续", Level1::Benefit),
    ("成本", Level1::Cost),
    ("投入", Level1::Input),
    ("过程", Level1::Process),
    ("管理", Level1::Process),
    ("决策", Level1::Decision),
];

/// Second-level wordings, tried in this order.
const LEVEL2: &[(&str, Level2)] = &[
    ("满意", Level2::Satisfaction),
    ("社会成本", Level2::SocialCost),
    ("生态环境成本", Level2::EnvironmentalCost),
    ("生态成本", Level2::EnvironmentalCost),
    ("环境成本", Level2::EnvironmentalCost),
    ("成本", Level2::Cost),
    ("数量", Level2::Quantity),
    ("质量", Level2::Quality),
    ("时效", Level2::Timeliness),
    ("进度", Level2::Timeliness),
    ("可持续", Level2::Sustainability),
    ("经济", Level2::Economic),
    ("社会", Level2::Social),
    ("生态", Level2::Ecological),
    ("环境", Level2::Ecological),
];

/// What a first-level name stands for.
#[must_use]
pub fn level1(folded: &str) -> Option<Level1> {
    LEVEL1.iter().find(|(word, _)| folded.contains(word)).map(|(_, code)| *code)
}

/// What a second-level name stands for.
#[must_use]
pub fn level2(folded: &str) -> Option<Level2> {
    LEVEL2.iter().find(|(word, _)| folded.contains(word)).map(|(_, code)| *code)
}

/// Whether the text names the row that sums up the points of an indicator table.
#[must_use]
pub fn is_total_name(folded: &str) -> bool {
    const NAMES: &[&str] =
        &["总分", "合计", "总计", "小计", "总得分", "总分值", "自评总分", "合计得分", "得分合计"];
    NAMES.contains(&folded)
}

/// Whether the text is the name of a first-level kind and nothing more (`产出指标`, `部门效果`, `满意度`).
#[must_use]
pub fn is_level1_name(folded: &str) -> bool {
    folded.chars().count() <= 10 && level1(folded).is_some() && is_frame_name(folded)
}

/// Whether the text is the name of a second-level kind and nothing more (`数量指标`, `社会效益`).
#[must_use]
pub fn is_level2_name(folded: &str) -> bool {
    folded.chars().count() <= 13 && level2(folded).is_some() && is_frame_name(folded)
}

/// Words of which the names in the frames are put together.
const FRAME_WORDS: &[&str] = &[
    "服务对象",
    "社会公众",
    "生态环境",
    "生态",
    "环境",
    "满意度",
    "满意",
    "项目",
    "部门",
    "单位",
    "完成",
    "产出",
    "效益",
    "效果",
    "影响",
    "可持续",
    "发展能力",
    "履职",
    "效能",
    "成本",
    "投入",
    "过程",
    "管理",
    "决策",
    "数量",
    "质量",
    "时效",
    "进度",
    "经济",
    "社会",
    "受益",
    "群众",
    "公众",
    "绩效",
    "指标",
    "目标",
    "期限",
    "支出",
    "运行",
    "效率",
    "效应",
    "对象",
    "性",
    "及",
    "或",
    "和",
    "与",
    "、",
    "/",
    "(",
    ")",
    "度",
    "预算",
    "执行",
];

fn is_frame_name(folded: &str) -> bool {
    let mut rest = folded;
    'words: while !rest.is_empty() {
        for word in FRAME_WORDS {
            if let Some(tail) = rest.strip_prefix(word) {
                rest = tail;
                continue 'words;
            }
        }
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_frames_are_known() {
        for (name, code) in [
            ("部门产出", Level1::Output),
            ("效果指标", Level1::Benefit),
            ("满意度指标", Level1::Satisfaction),
            ("成本指标", Level1::Cost),
        ] {
            assert_eq!(level1(name), Some(code), "{name}");
            assert!(is_level1_name(name), "{name}");
        }
        assert_eq!(level2("生态环境成本指标"), Some(Level2::EnvironmentalCost));
        assert_eq!(level2("服务对象满意度指标"), Some(Level2::Satisfaction));
        assert_eq!(level2("可持续影响指标期限"), Some(Level2::Sustainability));
    }

    #[test]
    fn an_indicator_that_mentions_a_kind_is_no_kind() {
        assert!(!is_level2_name("检测货车数量"));
        assert!(!is_level1_name("家长满意度"));
        assert!(is_level2_name("社会公众满意度"));
    }
}
