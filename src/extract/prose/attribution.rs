//! Which label, year and change a figure gets from the words around it.

use super::change::Base;
use super::figure::Figure;
use super::respectively::Distribution;
use super::statement::Reading;
use super::subject::{self, Subject};
use super::{change, label, year};
use crate::flag::Flag;
use crate::quantity::Comparator;
use crate::record::{Amount, Change, Source};
use std::sync::Arc;

/// The longest sentence that is kept whole as a context, in characters.
const MAX_CONTEXT: usize = 500;
/// What follows a figure that stands inside a comparison: 与2019年8531.54万元相比.
const AFTER_A_BASE: &[&str] = &[
    "相比",
    "比较",
    "比",
    "对比",
    "相较",
    "增",
    "减",
    "下降",
    "上升",
    "提高",
    "降低",
    "压减",
    "多",
    "少",
    "净",
    "，增",
    "，减",
    "，下降",
];

impl Reading<'_> {
    /// Reads figure number `index` with the words since the last mark.
    pub(super) fn figure(&mut self, index: usize) {
        let figure = &self.figures[index];
        let mut clause = self.take_clause();
        if let Some(share) = ["人均", "户均"].iter().find(|share| figure.lead.starts_with(**share)) {
            clause.push_str(share);
        }
        if clause.is_empty() && self.outer_compares() {
            // 与年初预算数（480万元）相比: the bracket holds the base.
            clause = self.outer_words();
        }
        self.note_openings(&clause);
        if self.repeats_in_words(&clause, figure) {
            return;
        }
        // 比年初预算超出20万元: the comparator of the figure is the verb of the change.
        let led = format!("{clause}{}", figure.lead);
        let beside_a_comparison =
            !figure.lead.is_empty() && change::comparison(&clause, self.current_year()).is_some();
        let goes_on = self.rise.filter(|_| self.joined_to_the_last(index));
        self.rise = None;
        let listed = self.distribution.as_mut().and_then(|list| list.next(index, &clause));
        if let Some((label, named, change)) = listed {
            let year = named.or(self.current_year());
            let base = change.and(self.base);
            self.push(figure, label, change, year, base, false);
        } else if let Some(stated) = change::stated(&clause, self.current_year()) {
            self.change_figure(index, &clause, &stated, figure.comparator);
        } else if let Some(stated) = change::stated(&led, self.current_year()).filter(|_| beside_a_comparison)
        {
            self.change_figure(index, &clause, &stated, Some(Comparator::Eq));
        } else if let Some(change) = goes_on {
            self.rise = goes_on;
            let label = self.change_label(&clause);
            self.push(figure, label, Some(change), self.current_year(), self.base, false);
        } else if self.is_base(&clause, figure) {
            self.base_figure(figure, &clause);
        } else {
            self.level_figure(index, &clause);
        }
        let scope = self.scope();
        scope.figures += 1;
        scope.behind_figure = true;
        (scope.before, scope.heading) = (String::new(), String::new());
    }

    /// `12万元（大写：壹拾贰万元）`: the same sum once more.
    fn repeats_in_words(&mut self, clause: &str, figure: &Figure) -> bool {
        let in_words = clause.ends_with("大写") || self.scope().heading.ends_with("大写");
        in_words && self.amounts.last().is_some_and(|last| last.value_yuan == figure.yuan)
    }

    /// Whether only a list mark parts the figure's clause from the figure before.
    fn joined_to_the_last(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.figures.get(before));
        let next = before.and_then(|before| self.text.get(before.end));
        next.is_some_and(|c| matches!(c, '、' | '和' | '及' | '与'))
    }

    /// Whether the figure is what a change is measured against: 与2019年8531.54万元相比.
    fn is_base(&self, clause: &str, figure: &Figure) -> bool {
        let Some(comparison) = change::comparison(clause, self.current_year()) else { return false };
        let rest = &self.text[figure.end.min(self.text.len())..];
        let rest = rest.strip_prefix(&['）']).or(rest.strip_prefix(&[')'])).unwrap_or(rest);
        comparison.after.is_empty() && subject::starts_with_any(rest, AFTER_A_BASE)
    }

    fn base_figure(&mut self, figure: &Figure, clause: &str) {
        let Some(comparison) = change::comparison(clause, self.current_year()) else { return };
        let (base, noun) = (comparison.base, label::noun_phrase(comparison.noun, self.setting.department));
        self.base = Some(base);
        let before = label::noun_phrase(comparison.before, self.setting.department);
        if !before.is_empty() {
            let named = self.scope().spoken.complete(before);
            self.scope().spoken = Subject::of(&named);
        }
        let spoken = &self.scope().spoken;
        let reading = label::noun_phrase(comparison.words, "");
        // 预算数100万元，与2021年执行数90万元相比: the reading is that of the base.
        let other_reading = spoken.has_a_reading() || base.year.is_none();
        let label = if !noun.is_empty() {
            noun
        } else if other_reading && label::is_measure(&reading) {
            spoken.complete(reading)
        } else {
            spoken.label.clone()
        };
        let year = base.year.or(self.current_year());
        self.push(figure, label, None, year, None, false);
    }

    fn change_figure(
        &mut self,
        index: usize,
        clause: &str,
        stated: &change::Stated<'_>,
        comparator: Option<Comparator>,
    ) {
        let figure = &Figure { comparator, ..self.figures[index].clone() };
        if !self.reason {
            let topic = year::last_named(stated.subject);
            self.year = topic.map(|named| named.year).or(self.year);
        }
        if stated.base.is_some() {
            self.base = stated.base;
        }
        self.rise = stated.change.filter(|_| stated.verb_first);
        if clause.contains("分别") {
            self.distribution = Distribution::new(
                stated.subject,
                stated.change,
                self.text,
                &self.figures[index..],
                index,
                self.setting,
            );
        }
        let first = self.distribution.as_mut().and_then(|list| list.next(index, ""));
        let label = match first {
            Some((label, _, _)) => label,
            None => self.change_label(stated.subject),
        };
        let year = self.current_year();
        self.push(figure, label, stated.change, year, self.base, stated.change.is_none());
    }

    /// The label of a change: its own subject, else the words before the bracket, else what is spoken of.
    fn change_label(&mut self, subject: &str) -> String {
        let noun = label::noun_phrase(subject, self.setting.department);
        let (outer, reason) = (self.outer_clause(), self.reason);
        let scope = self.scope();
        let named = if noun.is_empty() { outer } else { scope.complete(noun) };
        if named.is_empty() {
            if let Some(whole) = scope.whole.clone().filter(|_| scope.closes_a_list && !reason) {
                scope.spoken = whole;
            }
            return scope.spoken.label.clone();
        }
        if !reason {
            scope.spoken = Subject::of(&named);
        }
        named
    }

    fn level_figure(&mut self, index: usize, clause: &str) {
        let figure = &self.figures[index];
        let named = year::last_named(clause).map(|named| named.year);
        let start_of_a_rise = clause.contains('由') || clause.contains('从');
        if named.is_some() && !self.reason && !start_of_a_rise {
            self.year = named;
        }
        let before = year::year_before(clause, self.current_year()).map(|named| named.year);
        let year = named.or(before).or(self.current_year());
        if let Some((list, _)) = clause.split_once("分别") {
            self.distribution =
                Distribution::new(list, None, self.text, &self.figures[index..], index, self.setting);
            if let Some((label, listed, _)) = self.distribution.as_mut().and_then(|list| list.next(index, ""))
            {
                self.scope().spoken = Subject::of(&label);
                self.note_thing(&label);
                return self.push(figure, label, None, listed.or(year), None, false);
            }
        }
        let label = self.level_label(figure, clause);
        let in_a_list = self.joined_to_the_last(index);
        self.scope().closes_a_list = in_a_list;
        self.note_thing(&label);
        self.push(&self.with_the_rate_before(figure, clause), label, None, year, None, false);
    }

    /// `由每人每年580元提高到610元`: the second figure is per the same as the first.
    fn with_the_rate_before(&self, figure: &Figure, clause: &str) -> Figure {
        let mut figure = figure.clone();
        let raised =
            ["提高到", "提高至", "增加到", "增加至", "调整为", "调整到", "上调至", "提升至", "提升到"];
        let follows = raised.iter().any(|verb| clause.ends_with(verb));
        let before = self.amounts.last().filter(|before| follows && !before.per.is_empty());
        if let Some(before) = before.filter(|_| figure.per.is_empty()) {
            figure.per.clone_from(&before.per);
            figure.yuan = None;
        }
        figure
    }

    /// The label of a figure that is no change: its own words, else what follows, else what was named before.
    fn level_label(&mut self, figure: &Figure, clause: &str) -> String {
        let department = self.setting.department;
        let same = clause.contains("一致") || clause.contains("持平");
        let noun = if same { String::new() } else { label::noun_phrase(clause, department) };
        let rest = &self.text[figure.end.min(self.text.len())..];
        let following = if figure.per.is_empty() { subject::purpose_after(rest) } else { String::new() };
        let first = self.amounts.is_empty();
        let outer = self.outer_clause();
        let nested = self.scopes.len() > 1;
        let scope = self.scope();
        if !following.is_empty() && subject::is_payer(&noun) {
            scope.spoken.level(&following);
            return following;
        }
        if !noun.is_empty() {
            // 占年初预算10065万元的43.2%: said aside, the subject stays.
            let aside = label::is_measure(&noun)
                && ["占", "为", "完成", "达"].iter().any(|word| clause.starts_with(word));
            let label = scope.complete(noun);
            if !aside {
                scope.spoken.level(&label);
            }
            return label;
        }
        let heading = label::noun_phrase(&scope.heading, department);
        let before = subject::noun_of_clause(&scope.before, department);
        scope.named_by_outer = nested && scope.figures == 0 && !outer.is_empty();
        let named = [outer, heading, following, before].into_iter().find(|text| !text.is_empty());
        match named {
            Some(label) => {
                let label = scope.complete(label);
                scope.spoken.level(&label);
                label
            }
            // What the line before spoke of names a change, but no new sum.
            None if first && scope.spoken.carried => String::new(),
            // 收入预算为20.5亿元，实际完成21.08亿元: what was done is no longer the budget.
            None if ["完成", "实际", "执行"].iter().any(|word| clause.contains(word)) => {
                scope.spoken.done()
            }
            None => scope.spoken.label.clone(),
        }
    }

    /// The noun in front of the bracket that has just opened: 会议费（5万元）.
    fn outer_clause(&self) -> String {
        label::noun_phrase(&self.outer_words(), self.setting.department)
    }

    fn outer_compares(&self) -> bool {
        change::comparison(&self.outer_words(), self.current_year()).is_some()
    }

    /// The words in front of the bracket, for the first figure in it.
    fn outer_words(&self) -> String {
        match &self.scopes[..] {
            [.., outer, inner] if inner.figures == 0 => outer.clause.clone(),
            _ => String::new(),
        }
    }

    /// The sentence of a figure; of an endless one the stretch around the figure.
    fn context(&self, figure: &Figure) -> String {
        let (mut from, mut to) = (self.sentence.start, self.sentence.end);
        if to.saturating_sub(from) > MAX_CONTEXT {
            from = from.max(figure.start.saturating_sub(MAX_CONTEXT / 2));
            to = to.min(figure.end + MAX_CONTEXT / 2);
        }
        self.text.get(from..to).unwrap_or_default().iter().collect()
    }

    fn push(
        &mut self,
        figure: &Figure,
        label: String,
        change: Option<Change>,
        year: Option<i32>,
        base: Option<Base>,
        open: bool,
    ) {
        let mut flags = figure.flags;
        if open || label.is_empty() {
            flags.insert(Flag::LowConfidence);
        }
        self.amounts.push(Amount {
            source: Source::Text,
            section: self.setting.section.into(),
            table_kind: None,
            table_title: Arc::default(),
            label: label.into(),
            label_code: String::new(),
            column_label: Arc::default(),
            change,
            year,
            base_year: base.and_then(|base| base.year),
            comparator: figure.comparator,
            value_raw: figure.raw.clone(),
            value: figure.value,
            unit: figure.unit.clone().into(),
            value_yuan: figure.yuan,
            per: figure.per.clone(),
            context: self.context(figure).into(),
            provenance: self.setting.provenance,
            flags,
        });
    }
}
