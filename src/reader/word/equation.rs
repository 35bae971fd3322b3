//! Equation fields (`EQ`), the only fields that show something without a result: enclosed characters and fractions.

/// Whether a field code is that of an equation.
pub(in crate::reader) fn is_equation(code: &str) -> bool {
    let name = code.trim_start().split([' ', '\\']).next().unwrap_or_default();
    name.eq_ignore_ascii_case("eq")
}

/// What the equation prints, for the switches that budget documents use: `\\f(a,b)` a fraction, `\\o(○,1)`
/// characters printed over each other. `None` for anything else. Source: ECMA-376 part 1, 17.16.5.16 does not
/// describe EQ; Microsoft's field reference does.
pub(in crate::reader) fn print(code: &str) -> Option<String> {
    let body = code.trim().get(2..)?.trim();
    if let Some(base) = ruby(body) {
        return Some(base);
    }
    let (head, arguments) = body.split_once('(')?;
    let arguments = arguments.strip_suffix(')')?;
    if arguments.contains(['(', ')', '\\']) {
        return None;
    }
    let (first, second) = arguments.split_once([',', ';', '，'])?;
    let (first, second) = (first.trim(), second.trim());
    let switch = head.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    match switch.get(..2)? {
        "\\f" => Some(format!("{first}/{second}")),
        "\\o" => overstrike(first, second),
        _ => None,
    }
}

/// The text under a reading: `\\o\\ad(\\s\\up 9(reading),text)`.
fn ruby(body: &str) -> Option<String> {
    let (_, raised) = body.split_once("\\s\\up")?;
    let (_, base) = raised.split_once(')')?;
    let base = base.strip_prefix([',', ';'])?.strip_suffix(')')?;
    (!base.contains(['(', ')', '\\'])).then(|| base.to_owned())
}

fn overstrike(frame: &str, content: &str) -> Option<String> {
    let circle = matches!(frame, "○" | "〇" | "◯");
    match content.parse::<u32>() {
        Ok(n @ 1..=20) if circle => char::from_u32('①' as u32 + n - 1).map(String::from),
        _ if matches!(frame, "○" | "〇" | "◯" | "□" | "△" | "◇") => Some(content.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_equation, print};

    #[test]
    fn equation_fields_print_fractions_and_enclosed_numbers() {
        assert!(is_equation(" eq \\o\\ac(○,3)") && !is_equation(" PAGE ") && !is_equation("EQUAL x"));
        assert_eq!(print(" EQ \\o\\ac(○,3) ").as_deref(), Some("③"));
        assert_eq!(print("EQ \\f(2,3)").as_deref(), Some("2/3"));
        assert_eq!(print("EQ \\* jc0 \\* hps10 \\o\\ad(\\s\\up 9(bà),霸)").as_deref(), Some("霸"));
        assert_eq!(print("EQ \\r(3,x)"), None);
        assert_eq!(print("EQ \\f(1,\\f(2,3))"), None);
    }
}
