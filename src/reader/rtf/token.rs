//! RTF as a row of tokens: groups, control words, characters. Source: Rich Text Format Specification 1.9.1.

/// The longest control word and the most digits of its number.
const MAX_WORD: usize = 32;
const MAX_DIGITS: usize = 10;

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// `\word` or `\word12`; a space behind it belongs to it.
    Word(&'a str, Option<i32>),
    /// A backslash and a character that is no letter.
    Symbol(u8),
    /// `\'b2`: one byte of text.
    Hex(u8),
    /// Bytes of text.
    Text(&'a [u8]),
}

/// The tokens of a file.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    /// How far they are read.
    pub(super) at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Leaves out bytes that are no tokens, as behind `\bin`.
    pub(super) fn leap(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.bytes.len());
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(if first == b'\'' { Token::Hex(self.hex()) } else { Token::Symbol(first) });
        }
        let start = self.at;
        while self.at - start < MAX_WORD && self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let number = self.number();
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        Some(Token::Word(word, number))
    }

    fn number(&mut self) -> Option<i32> {
        let start = self.at;
        let negative = self.peek() == Some(b'-');
        let digits = start + usize::from(negative);
        let digit = |at: usize| self.bytes.get(at).filter(|byte| byte.is_ascii_digit());
        let length = (0..MAX_DIGITS).take_while(|offset| digit(digits + offset).is_some()).count();
        if length == 0 {
            return None;
        }
        self.at = digits + length;
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        Some(text.parse().unwrap_or(if negative { i32::MIN } else { i32::MAX }))
    }

    /// The byte that two hexadecimal digits state; what is no digit is not taken.
    fn hex(&mut self) -> u8 {
        let mut value = 0;
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else { break };
            value = value << 4 | digit.to_le_bytes()[0];
            self.at += 1;
        }
        value
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            match byte {
                b'{' | b'}' => {
                    self.at += 1;
                    return Some(if byte == b'{' { Token::Open } else { Token::Close });
                }
                b'\\' => {
                    self.at += 1;
                    return self.control();
                }
                b'\r' | b'\n' | 0 => self.at += 1,
                _ => {
                    let rest = &self.bytes[self.at..];
                    let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = rest.iter().position(ends).unwrap_or(rest.len());
                    self.at += length;
                    return Some(Token::Text(&rest[..length]));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens};

    #[test]
    fn words_take_their_number_and_one_space() {
        let tokens: Vec<_> = Tokens::new(b"{\\b0  x\\u-10 ?\\'b2\\~\\x\r\ny}").collect();
        let wanted = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Text(b" x"),
            Token::Word("u", Some(-10)),
            Token::Text(b"?"),
            Token::Hex(0xb2),
            Token::Symbol(b'~'),
            Token::Word("x", None),
            Token::Text(b"y"),
            Token::Close,
        ];
        assert_eq!(tokens, wanted);
    }
}
