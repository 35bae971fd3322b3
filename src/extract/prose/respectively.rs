//! Lists whose figures come after all their names: 基本支出、项目支出分别为A万元、B万元.

use super::figure::Figure;
use super::statement::Setting;
use super::{label, year};
use crate::record::Change;

/// The names of a list, handed out figure by figure.
#[derive(Debug, Clone)]
pub struct Distribution {
    labels: Vec<(String, Option<i32>)>,
    change: Option<Change>,
    first: usize,
}

impl Distribution {
    /// The list named by `names`, whose first figure is `figures[0]` (number `first` of its line). `None` when less
    /// than two figures follow one another, or when their number is not that of the names: then one name serves all.
    pub fn new(
        names: &str,
        change: Option<Change>,
        text: &[char],
        figures: &[Figure],
        first: usize,
        setting: &Setting<'_>,
    ) -> Option<Self> {
        let length = run_length(text, figures);
        let parts = label::parts(names);
        if length < 2 || parts.len() != length {
            return None;
        }
        let labels = labels(&parts, setting);
        Some(Self { labels, change, first })
    }

    /// The label, year and change of figure number `index`, if the list still runs and no words stand before it.
    pub fn next(&mut self, index: usize, clause: &str) -> Option<(String, Option<i32>, Option<Change>)> {
        let bare = clause.trim_matches(['、', '，', '和', '及', '与', ' ', '以']);
        let (label, year) = self.labels.get(index.checked_sub(self.first)?)?;
        bare.is_empty().then(|| (label.clone(), *year, self.change))
    }
}

/// How many figures follow one another with nothing but list marks between them.
fn run_length(text: &[char], figures: &[Figure]) -> usize {
    let joined = |pair: &[Figure]| {
        let gap = text.get(pair[0].end..pair[1].start).unwrap_or_default();
        gap.len() <= 2 && gap.iter().all(|c| matches!(c, '、' | '，' | '和' | '及' | '与' | '以'))
    };
    1 + figures.windows(2).take_while(|pair| joined(pair)).count()
}

/// Names that are years (2019年、2020年收入) share what follows the last of them.
fn labels(parts: &[String], setting: &Setting<'_>) -> Vec<(String, Option<i32>)> {
    let years: Vec<Option<i32>> =
        parts.iter().map(|part| year::last_named(part).map(|named| named.year)).collect();
    let nouns: Vec<String> = parts.iter().map(|part| label::noun_phrase(part, setting.department)).collect();
    let last = nouns.last().cloned().unwrap_or_default();
    let shared = years.iter().all(Option::is_some) && nouns.iter().rev().skip(1).all(String::is_empty);
    nouns
        .into_iter()
        .zip(years)
        .map(|(noun, year)| if shared { (last.clone(), year) } else { (noun, year) })
        .collect()
}
