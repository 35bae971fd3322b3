//! Outlines in OFD's short form: letters for the drawing steps, numbers for their points.

use super::geometry::{Matrix, number, single};

/// The straight pieces of an outline on the page; one with a curve is left out.
///
/// `S` and `M` begin a piece, `L` draws a line, `Q`, `B` and `A` a curve, `C` closes. What follows a broken step is not
/// drawn.
pub(super) fn outlines(text: &str, to_page: Matrix) -> Vec<Vec<(f32, f32)>> {
    let mut pen = Pen::default();
    let mut tokens = text.split(|c: char| c.is_whitespace() || c == ',').filter(|token| !token.is_empty());
    while let Some(letter) = tokens.next() {
        let mut point = || {
            let (x, y) = (number(tokens.next()?)?, number(tokens.next()?)?);
            Some(single(to_page.point((x, y))))
        };
        match letter {
            "C" => pen.close(),
            // Characters drawn as outlines are long and full of curves; nothing of such a piece is needed.
            "L" if pen.curved => pass(&mut tokens, 2),
            "L" => match point() {
                Some(point) => pen.points.push(point),
                None => break,
            },
            "S" | "M" => match point() {
                Some(point) => pen.begin(point),
                None => break,
            },
            "Q" | "B" | "A" => {
                pen.curved = true;
                pass(
                    &mut tokens,
                    if letter == "Q" {
                        4
                    } else if letter == "B" {
                        6
                    } else {
                        7
                    },
                );
            }
            _ => break,
        }
    }
    pen.flush();
    pen.pieces
}

fn pass<'a>(tokens: &mut impl Iterator<Item = &'a str>, count: usize) {
    for _ in 0..count {
        tokens.next();
    }
}

#[derive(Default)]
struct Pen {
    pieces: Vec<Vec<(f32, f32)>>,
    points: Vec<(f32, f32)>,
    curved: bool,
}

impl Pen {
    fn begin(&mut self, point: (f32, f32)) {
        self.flush();
        self.points.push(point);
    }

    fn close(&mut self) {
        if let Some(first) = self.points.first().copied() {
            self.points.push(first);
            self.flush();
            self.points.push(first);
        }
    }

    fn flush(&mut self) {
        let points = std::mem::take(&mut self.points);
        if points.len() > 1 && !self.curved {
            self.pieces.push(points);
        }
        self.curved = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Vec<Vec<(f32, f32)>> {
        outlines(text, Matrix::IDENTITY)
    }

    #[test]
    fn lines_are_drawn_and_closed() {
        assert_eq!(drawn("M 0 0 L 5 0 L 5 2 C"), [vec![(0.0, 0.0), (5.0, 0.0), (5.0, 2.0), (0.0, 0.0)]]);
        assert_eq!(drawn("S 1 1 L 2 1 M 3 3 L 4 3"), [[(1.0, 1.0), (2.0, 1.0)], [(3.0, 3.0), (4.0, 3.0)]]);
    }

    #[test]
    fn pieces_with_curves_are_no_lines() {
        assert_eq!(drawn("M 0 0 B 1 1 2 2 3 3 L 9 9 M 0 0 L 1 0"), [[(0.0, 0.0), (1.0, 0.0)]]);
        assert_eq!(drawn("M 0 0 A 1 1 0 0 1 3 3"), [[(0.0, 0.0); 2]; 0]);
    }

    #[test]
    fn a_broken_step_ends_the_outline() {
        assert_eq!(drawn("M 0 0 L 1 0 L x 2 L 3 3"), [[(0.0, 0.0), (1.0, 0.0)]]);
        assert_eq!(drawn("M 0 0 L 1"), [[(0.0, 0.0); 2]; 0]);
    }
}
