//! Numbers, boxes and matrices as OFD writes them: millimetres from the top left, y downwards.

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// A box: `x y width height`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Frame {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Frame {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut numbers = numbers(text);
        let (x, y) = (numbers.next()?, numbers.next()?);
        Some(Self { x, y, width: numbers.next()?, height: numbers.next()? })
    }

    /// The frame of a page: one that could be printed.
    pub(super) fn is_page(&self) -> bool {
        let sound = |length: f64| (1.0..=20_000.0).contains(&length);
        sound(self.width) && sound(self.height)
    }
}

/// `a b c d e f`: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut numbers = numbers(text);
        let mut values = [0.0; 6];
        for value in &mut values {
            *value = numbers.next()?;
        }
        Some(Self(values))
    }

    pub(super) fn moved_to(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub(super) fn scaled(by: f64) -> Self {
        Self([by, 0.0, 0.0, by, 0.0, 0.0])
    }

    /// First `inner`, then this one.
    pub(super) fn of(self, inner: Self) -> Self {
        let (x, y) = (self.vector((inner.0[0], inner.0[1])), self.vector((inner.0[2], inner.0[3])));
        let origin = self.point((inner.0[4], inner.0[5]));
        Self([x.0, x.1, y.0, y.1, origin.0, origin.1])
    }

    pub(super) fn point(self, point: (f64, f64)) -> (f64, f64) {
        let (x, y) = self.vector(point);
        (x + self.0[4], y + self.0[5])
    }

    /// A step, which no translation moves.
    pub(super) fn vector(self, (x, y): (f64, f64)) -> (f64, f64) {
        let matrix = self.0;
        (matrix[0] * x + matrix[2] * y, matrix[1] * x + matrix[3] * y)
    }

    /// How much longer a line of no particular direction becomes.
    pub(super) fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}

/// The numbers of a list, as far as it holds numbers.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = f64> + '_ {
    let tokens = text.split(|c: char| c.is_whitespace() || c == ',').filter(|token| !token.is_empty());
    tokens.map_while(number)
}

/// One finite number.
pub(super) fn number(token: &str) -> Option<f64> {
    token.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

#[expect(clippy::cast_possible_truncation, reason = "positions on a page need no double precision")]
pub(super) fn single((x, y): (f64, f64)) -> (f32, f32) {
    (x as f32, y as f32)
}

/// The steps between characters: numbers, and `g n v` for n times v. Gives at most `most` of them; a list that is
/// too short goes on with its last step.
pub(super) fn steps(text: &str, most: usize) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut tokens = text.split(|c: char| c.is_whitespace() || c == ',').filter(|token| !token.is_empty());
    while let Some(token) = tokens.next() {
        let (count, step) = if token.eq_ignore_ascii_case("g") {
            let count = tokens.next().and_then(number).unwrap_or(0.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
            (count as usize, tokens.next().and_then(number))
        } else {
            (1, number(token))
        };
        let Some(step) = step else { break };
        let room = most.saturating_sub(steps.len());
        steps.extend(std::iter::repeat_n(step, count.min(room)));
        if steps.len() >= most {
            break;
        }
    }
    if let Some(last) = steps.last().copied() {
        steps.resize(most, last);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_repeated_as_stated_and_never_more_than_asked_for() {
        assert_eq!(steps("g 3 2.5 1", 9), [2.5, 2.5, 2.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(steps("1 g 999999999999 2", 4), [1.0, 2.0, 2.0, 2.0]);
        assert_eq!(steps("1 x 2", 2), [1.0, 1.0]);
        assert_eq!(steps("", 3), [0.0; 0]);
        assert_eq!(steps("g", 3), [0.0; 0]);
    }

    #[test]
    fn matrices_are_applied_from_the_inside_out() {
        let turn = Matrix::parse("0 1 -1 0 10 20").unwrap();
        assert_eq!(turn.point((1.0, 2.0)), (8.0, 21.0));
        assert_eq!(Matrix::moved_to(5.0, 5.0).of(turn).point((1.0, 2.0)), (13.0, 26.0));
        assert_eq!(turn.of(Matrix::moved_to(1.0, 0.0)).point((0.0, 2.0)), (8.0, 21.0));
        assert_eq!(Matrix::parse("1 0 0 1 0"), None);
    }
}
