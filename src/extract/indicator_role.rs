//! The parts that columns play in an indicator table, and the header wordings that announce them.

use crate::wording::fold;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The part a column plays in an indicator table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Level1,
    Level2,
    Level3,
    Description,
    /// The target; the number alone where symbol or unit have columns of their own.
    Value,
    /// The target over the whole term, where the form states one beside that of the year.
    TermValue,
    Symbol,
    Unit,
    Weight,
    Basis,
    Actual,
    Score,
    Note,
    ProjectName,
    Goal,
    Budget,
}

/// Header wordings, folded, without brackets and what they hold. Exact matches only; first hit wins.
/// Source: domain notes 2.4 and forms of central and provincial notices.
const WORDINGS: &[(Role, &[&str])] = &[
    (Role::Level1, &["一级指标", "一级目标", "一级", "一级指标名称"]),
    (Role::Level2, &["二级指标", "二级目标", "二级", "二级指标名称", "指标类别", "指标类型"]),
    (
        Role::Level3,
        &[
            "三级指标",
            "三级目标",
            "三级",
            "三级指标名称",
            "指标名称",
            "绩效指标名称",
            "具体指标",
            "指标",
            "绩效指标",
            "指标内容",
        ],
    ),
    (
        Role::Description,
        &[
            "绩效指标描述",
            "指标描述",
            "指标解释",
            "指标说明",
            "描述",
            "绩效指标说明",
            "指标含义",
            "指标解释说明",
            "指标内涵",
            "评价内容",
        ],
    ),
    (
        Role::TermValue,
        &[
            "实施期指标值",
            "中期指标值",
            "实施期目标值",
            "中期目标值",
            "项目期指标值",
            "总体指标值",
            "总体目标值",
            "三年指标值",
            "项目实施期指标值",
            "中长期指标值",
            "实施期绩效指标值",
            "中期绩效指标值",
            "周期指标值",
            "长期指标值",
        ],
    ),
    (
        Role::Value,
        &[
            "指标值",
            "年度指标值",
            "绩效目标值",
            "目标值",
            "全年指标值",
            "年初目标值",
            "预期指标值",
            "年度目标值",
            "预期值",
            "本年指标值",
            "计划指标值",
            "计划完成值",
            "年初指标值",
            "绩效指标值",
            "年度绩效指标值",
            "预期目标值",
            "全年目标值",
            "值",
            "数值",
            "指标目标值",
            "预期目标",
            "计划值",
            "本年目标值",
            "当年指标值",
            "本年度指标值",
            "预期当年实现值",
            "目标值及单位",
            "年初设定目标值",
            "年度预期指标值",
            "年度预期值",
            "年初预期值",
            "年度计划值",
            "预算指标值",
            "设定目标值",
            "本年绩效指标值",
            "年初绩效指标值",
            "绩效指标目标值",
        ],
    ),
    (
        Role::Symbol,
        &[
            "符号",
            "指标性质",
            "运算符号",
            "比较符",
            "比较符号",
            "指标符号",
            "计算符号",
            "计算符",
            "性质",
            "指标值符号",
            "逻辑符号",
            "运算符",
        ],
    ),
    (
        Role::Unit,
        &[
            "单位",
            "计量单位",
            "度量单位",
            "指标值单位",
            "指标单位",
            "计量单位名称",
            "指标计量单位",
            "指标度量单位",
        ],
    ),
    (
        Role::Weight,
        &[
            "分值",
            "权重",
            "分值权重",
            "分值/权重",
            "权重/分值",
            "标准分",
            "评扣分标准",
            "指标权重",
            "指标分值",
            "评分标准",
            "标准分值",
            "权重值",
            "分数",
            "权重分",
            "设定分值",
            "参考分值",
        ],
    ),
    (
        Role::Basis,
        &[
            "指标值确定依据",
            "指标值设定依据",
            "指标确定依据",
            "确定依据",
            "依据",
            "指标值来源",
            "设定依据",
            "指标来源",
            "指标值依据",
            "绩效指标确定依据",
            "绩效指标设定依据",
            "指标设定依据",
            "数据来源",
            "指标值确定的依据",
            "指标依据",
            "取值依据",
            "绩效指标值设定依据",
            "绩效指标值确定依据",
            "指标值设定的依据",
        ],
    ),
    (
        Role::Actual,
        &[
            "实际完成值",
            "全年完成值",
            "完成值",
            "实际值",
            "全年实际完成值",
            "实际完成情况",
            "年度完成值",
            "完成情况",
            "自评完成值",
            "年度实际完成值",
            "实际完成指标值",
            "全年实际值",
            "实际完成",
            "指标完成情况",
            "实际完成值情况",
            "本年完成值",
            "年度完成情况",
            "实现值",
            "全年实际完成情况",
            "完成指标值",
        ],
    ),
    (
        Role::Score,
        &["得分", "自评得分", "实得分", "评分", "自评分", "实际得分", "评价得分", "自评分值", "指标得分"],
    ),
    (
        Role::Note,
        &[
            "偏差原因分析及改进措施",
            "未完成原因分析",
            "偏差原因分析",
            "未完成原因及改进措施",
            "偏差原因",
            "备注",
            "未完成原因",
            "未完成原因分析及改进措施",
            "偏差原因及改进措施",
            "原因分析",
            "说明",
            "未完成原因和改进措施",
            "偏差原因分析与改进措施",
            "原因分析及改进措施",
            "未完成原因分析及拟采取的改进措施",
            "偏离原因分析及改进措施",
            "未完成或偏离绩效目标的原因及下一步改进措施",
        ],
    ),
    (Role::ProjectName, &["项目名称", "项目", "预算项目名称", "二级项目名称", "政策名称", "项目名"]),
    (
        Role::Goal,
        &[
            "年度绩效目标",
            "绩效目标",
            "年度目标",
            "总体目标",
            "项目绩效目标",
            "年度总体目标",
            "绩效总体目标",
            "项目年度绩效目标",
            "项目总体目标",
            "总体绩效目标",
        ],
    ),
    (
        Role::Budget,
        &[
            "预算金额",
            "项目金额",
            "预算数",
            "预算资金",
            "金额",
            "资金总额",
            "项目资金",
            "年度预算",
            "资金额度",
            "项目预算",
            "预算额",
            "预算安排",
            "年度预算金额",
            "项目预算金额",
            "年度资金总额",
            "预算总额",
            "本年预算",
            "项目资金总额",
        ],
    ),
];

/// The wordings by their text.
static ROLES: LazyLock<HashMap<&str, Role>> = LazyLock::new(|| {
    let mut roles = HashMap::new();
    for (role, names) in WORDINGS {
        for name in *names {
            roles.entry(*name).or_insert(*role);
        }
    }
    roles
});

/// The part that a header text announces.
pub(super) fn role(header: &str) -> Option<Role> {
    let folded = fold(header);
    let by = |text: &str| ROLES.get(text).copied();
    let plain = without_brackets(&folded);
    by(&plain).or_else(|| if brackets(&folded) { by(&folded.replace(['(', ')'], "")) } else { None })
}

/// `分值（10分）` → `分值`; a year in front (`2021年指标值`) is dropped too.
fn without_brackets(folded: &str) -> Cow<'_, str> {
    let plain: Cow<'_, str> =
        if brackets(folded) { Cow::Owned(outside(folded)) } else { Cow::Borrowed(folded) };
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4
        && let Some(rest) = plain[4..].strip_prefix("年度").or_else(|| plain[4..].strip_prefix('年'))
    {
        return rest.to_owned().into();
    }
    plain
}

fn brackets(folded: &str) -> bool {
    folded.bytes().any(|byte| matches!(byte, b'(' | b')' | b'[' | b']'))
}

/// What stands outside of all brackets.
fn outside(folded: &str) -> String {
    let mut plain = String::with_capacity(folded.len());
    let mut depth = 0_usize;
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}
