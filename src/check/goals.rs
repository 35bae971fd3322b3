//! Goals under another project's name: copied word for word, or about another project of the document.

use super::Rule;
use super::evidence::{Evidence, passed, skipped};
use crate::record::{Check, Project, Verdict};
use crate::wording::fold;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

const DUPLICATES: Rule = Rule {
    code: "duplicate_goal",
    chinese: "绩效目标写的是本项目，不是文中另一个项目",
    english: "A goal is that of its own project and not of another",
    source: "财预〔2015〕88号",
};

/// Shorter goals say too little to be copies.
const LONG_GOAL: usize = 12;
/// A name of fewer telling pairs of characters says too little to miss it in a goal.
const TELLING: usize = 4;
/// The fewest characters of another project's name that a goal can only have from there.
const LONG_NAME: usize = 6;

/// Words in names that tell no project from another.
const STOCK: &[&str] = &[
    "专项", "资金", "经费", "补助", "补贴", "项目", "工作", "工程", "建设", "服务", "费用", "支出", "运行",
    "维护", "管理", "保障", "预算", "指标", "业务", "人员", "购置", "改造", "提升",
];
/// Words in names of projects that carry others: their goals speak of what they are for.
const SUPPORT: &[&str] = &[
    "办公", "物业", "聘", "设备", "信息", "系统", "培训", "宣传", "会议", "人员", "公用", "运转", "业务",
    "劳务", "租赁", "维修", "车辆", "工作", "经费", "平台",
];

pub(super) fn rules() -> Vec<Rule> {
    vec![DUPLICATES]
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let projects: Vec<Named<'_>> = evidence.records.projects.iter().filter_map(Named::new).collect();
    let names: BTreeSet<&str> = projects.iter().map(|named| named.core.as_str()).collect();
    if names.len() < 2 {
        return;
    }
    let mut by_goal: BTreeMap<&str, Vec<&Named<'_>>> = BTreeMap::new();
    for named in &projects {
        by_goal.entry(&named.goal).or_default().push(named);
    }
    for named in &projects {
        let same = by_goal.get(named.goal.as_str()).map_or(&[][..], Vec::as_slice);
        checks.push(judge(named, same, &projects));
    }
}

/// A project with a goal that says something.
struct Named<'a> {
    project: &'a Project,
    goal: String,
    /// The name without brackets, numbers and years.
    core: String,
    /// Pairs of neighbouring characters in what is left of the name without stock words.
    pairs: BTreeSet<[char; 2]>,
    /// Those that are in the goal.
    hits: usize,
}

impl<'a> Named<'a> {
    fn new(project: &'a Project) -> Option<Self> {
        let goal = fold(&project.goal).into_owned();
        if goal.chars().count() < LONG_GOAL || project.name.is_empty() {
            return None;
        }
        let core = core(&project.name);
        let pairs = pairs(&core);
        let hits = hits(&pairs, &goal);
        Some(Self { project, goal, core, pairs, hits })
    }

    /// Whether both names may be of one project: they differ in a year, a number or a bracket, one is a part of the
    /// other, or one is the notice by which its money came.
    fn is_part_of(&self, other: &Self) -> bool {
        let notice = |core: &str| core.contains("下达") || core.ends_with("通知");
        self.core.contains(&other.core)
            || other.core.contains(&self.core)
            || notice(&self.core)
            || notice(&other.core)
    }

    /// Whether the goal speaks of what the other's name alone says.
    fn speaks_of(&self, other: &Self) -> bool {
        let own: BTreeSet<[char; 2]> = other.pairs.difference(&self.pairs).copied().collect();
        hits(&own, &self.goal) > 0
    }
}

/// The project's goal beside those that read the same.
fn judge(named: &Named<'_>, same: &[&Named<'_>], all: &[Named<'_>]) -> Check {
    let owner = same.iter().enumerate().max_by_key(|(at, other)| (other.hits, Reverse(*at)));
    if let Some((_, owner)) = owner.filter(|(_, owner)| !owner.is_part_of(named)) {
        // A project that has a goal of its own elsewhere in the document: which name is meant is a question.
        let elsewhere = |other: &&Named<'_>| other.core == named.core && other.goal != named.goal;
        let question = named.hits > 0 || !named.speaks_of(owner) || all.iter().any(|o| elsewhere(&o));
        return report(named, owner, "文字相同 (word for word the same)", question);
    }
    if let Some(other) = all.iter().find(|other| is_about(named, other)) {
        return report(named, other, "写到该项目的名称 (which it names)", false);
    }
    let own = skipped(&DUPLICATES, "", named.project.provenance);
    passed(&DUPLICATES, Check { left_label: named.project.name.clone(), ..own })
}

/// Whether a goal names another project in full and has nothing of its own name.
fn is_about(named: &Named<'_>, other: &Named<'_>) -> bool {
    let telling = named.pairs.len() >= TELLING && named.hits == 0;
    let support = || SUPPORT.iter().any(|word| named.core.contains(word));
    let full = || STOCK.iter().fold(other.core.as_str(), |name, word| name.trim_end_matches(word));
    telling
        && !named.is_part_of(other)
        && !support()
        && full().chars().count() >= LONG_NAME
        && named.goal.contains(full())
}

fn report(named: &Named<'_>, other: &Named<'_>, how: &str, question: bool) -> Check {
    let place = |named: &Named<'_>| match (named.project.provenance.table, named.project.provenance.row) {
        (Some(table), Some(row)) => format!("“{}”（表{table}第{row}行）", named.project.name),
        _ => format!("“{}”", named.project.name),
    };
    let ask = if question { "，请核对" } else { "" };
    let reason = format!("{}的目标与{}的目标{how}{ask}。{}.", place(named), place(other), DUPLICATES.english);
    let verdict = if question { Verdict::Skipped } else { Verdict::Fail };
    let provenance = named.project.provenance;
    Check {
        verdict,
        left_label: named.project.name.clone(),
        right_label: other.project.name.clone(),
        places: vec![provenance, other.project.provenance],
        ..skipped(&DUPLICATES, &reason, provenance)
    }
}

/// A name without what stands in brackets, numbers, years and marks.
fn core(name: &str) -> String {
    let mut depth = 0_usize;
    let outside = |c: &char| {
        depth += usize::from("([〔【".contains(*c));
        let plain = depth == 0;
        depth -= usize::from(depth > 0 && ")]〕】".contains(*c));
        plain
    };
    let folded = fold(name);
    let telling = |c: &char| c.is_alphabetic() && !crate::wording::is_chinese_digit(*c);
    let kept: String = folded.chars().filter(outside).filter(telling).collect();
    ["年度", "年", "上年结转", "结转"].iter().fold(kept, |name, word| name.replace(word, ""))
}

fn pairs(core: &str) -> BTreeSet<[char; 2]> {
    let plain = STOCK.iter().fold(core.to_owned(), |name, word| name.replace(word, " "));
    let words = plain.split(' ').map(|word| word.chars().collect::<Vec<char>>());
    words.flat_map(|word| word.windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>()).collect()
}

fn hits(pairs: &BTreeSet<[char; 2]>, goal: &str) -> usize {
    pairs.iter().filter(|pair| goal.contains(&String::from_iter(*pair))).count()
}
