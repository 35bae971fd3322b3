//! Words found by their first letter: which of a list stands at a place, the longest first.

use super::glyph::after;

/// A list of words, each with what it means.
pub(super) struct Lexicon<T: 'static> {
    /// First letter, word and meaning, sorted by first letter and then longest first.
    entries: Vec<(char, &'static str, T)>,
}

impl<T: Copy> Lexicon<T> {
    /// Orders the words; of one that is given twice, the first meaning counts.
    pub(super) fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let first =
            |(word, meaning): (&'static str, T)| word.chars().next().map(|first| (first, word, meaning));
        let mut entries: Vec<_> = words.into_iter().filter_map(first).collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.len().cmp(&a.1.len())));
        Self { entries }
    }

    /// The meaning of the longest word that stands at this place, with the place after it.
    pub(super) fn longest(&self, chars: &[char], at: usize) -> Option<(T, usize)> {
        let first = *chars.get(at)?;
        let from = self.entries.partition_point(|entry| entry.0 < first);
        let mut words = self.entries.get(from..)?.iter().take_while(|entry| entry.0 == first);
        words.find_map(|(_, word, meaning)| after(chars, at, word).map(|end| (*meaning, end)))
    }
}
