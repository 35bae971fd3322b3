//! How messages write bytes that lines of ASCII can't hold. Source: RFC 2045, 6.7 and 6.8.

/// Decodes `=E4=B8=AD` and joins lines that end in `=`. What is no code stays as it is.
pub(super) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            plain.push(byte);
            continue;
        }
        let blank = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        let code = after.first_chunk::<2>().and_then(|digits| hexadecimal(*digits));
        if let Some(code) = code {
            plain.push(code);
            rest = &after[2..];
        } else if after.get(blank) == Some(&b'\n') {
            rest = &after[blank + 1..];
        } else {
            plain.push(byte);
        }
    }
    plain
}

fn hexadecimal(digits: [u8; 2]) -> Option<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(digits[0])? << 4 | digit(digits[1])?)
}

/// Decodes base64, and leaves out what does not belong to it.
pub(super) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        held = (held << 6 | u32::from(value)) & 0x3fff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            plain.push((held >> bits & 0xff) as u8);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_gives_back_its_bytes() {
        let coded = b"a=3D1 =E4=B8=AD=\r\n=e5=9b=bd= \n!=\nend =zz =";
        assert_eq!(String::from_utf8(quoted_printable(coded)).unwrap(), "a=1 中国!end =zz =");
    }

    #[test]
    fn base64_gives_back_its_bytes() {
        assert_eq!(String::from_utf8(base64("6aKE\r\n566X5YWs5byA".as_bytes())).unwrap(), "预算公开");
        assert_eq!(base64(b"YQ=="), b"a");
        assert_eq!(base64(b"=!"), b"");
    }
}
