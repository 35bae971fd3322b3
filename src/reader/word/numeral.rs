//! Numbers as Word's automatic numbering prints them.

/// How a list level prints its number. Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::reader) enum NumberFormat {
    /// 1, 2, 3; also every format not listed here.
    #[default]
    Decimal,
    /// 01, 02 … 10: at least this many digits.
    Padded(usize),
    /// １, ２, ３.
    FullWidth,
    /// 一 … 十, 十一 … 九十九; from 100 digit by digit.
    ChineseCounting,
    /// 一 … 十, 十一, 一百零一, 一千.
    ChineseThousand,
    /// 一, 二 … 一〇, 一一: digit by digit.
    IdeographDigital,
    /// 一, 十, 百, 百一, without 零.
    JapaneseCounting,
    /// 壹, 贰 … 壹拾.
    ChineseLegal,
    /// 壹, 貳 … 壹拾, in traditional characters.
    TraditionalLegal,
    /// a … z, aa, bb.
    LowerLetter,
    /// A … Z, AA, BB.
    UpperLetter,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// ① … ⑳.
    Circled,
    /// ⒈ … ⒛.
    WithStop,
    /// ⑴ … ⒇.
    InParentheses,
    /// ㊀ … ㊉.
    IdeographCircled,
    /// 甲, 乙, 丙.
    Stems,
    /// 子, 丑, 寅.
    Branches,
    /// 甲子, 乙丑.
    StemBranch,
    /// 1st, 2nd.
    Ordinal,
    /// No number; the text of the level is printed as it stands.
    Bullet,
    /// No number.
    None,
}

/// Simplified digits and places.
const COUNTING: Characters =
    Characters { digits: "零一二三四五六七八九", places: ["", "十", "百", "千"] };
const LEGAL: Characters =
    Characters { digits: "零壹贰叁肆伍陆柒捌玖", places: ["", "拾", "佰", "仟"] };
const LEGAL_TRADITIONAL: Characters =
    Characters { digits: "零壹貳參肆伍陸柒捌玖", places: ["", "拾", "佰", "仟"] };
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

impl NumberFormat {
    /// The format that `w:numFmt` names. A custom format states its first numbers in `w:format` (`001, 002, …`).
    pub(in crate::reader) fn from_name(name: &str, custom: Option<&str>) -> Self {
        match name {
            "decimalZero" => Self::Padded(2),
            "decimalFullWidth" | "decimalFullWidth2" => Self::FullWidth,
            "chineseCounting" | "taiwaneseCounting" => Self::ChineseCounting,
            "chineseCountingThousand" | "taiwaneseCountingThousand" => Self::ChineseThousand,
            "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" | "koreanDigital2" => {
                Self::IdeographDigital
            }
            "japaneseCounting" => Self::JapaneseCounting,
            "chineseLegalSimplified" => Self::ChineseLegal,
            "ideographLegalTraditional" => Self::TraditionalLegal,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "decimalEnclosedFullstop" => Self::WithStop,
            "decimalEnclosedParen" => Self::InParentheses,
            "ideographEnclosedCircle" => Self::IdeographCircled,
            "ideographTraditional" => Self::Stems,
            "ideographZodiac" => Self::Branches,
            "ideographZodiacTraditional" => Self::StemBranch,
            "ordinal" => Self::Ordinal,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "custom" => Self::from_sample(custom.unwrap_or_default()),
            _ => Self::Decimal,
        }
    }

    /// The format of a number code, as the binary format and RTF write it. Source: [MS-OSHARED] 2.2.1.3.
    pub(in crate::reader) fn from_code(code: u8) -> Self {
        match code {
            1 => Self::UpperRoman,
            2 => Self::LowerRoman,
            3 => Self::UpperLetter,
            4 => Self::LowerLetter,
            5 => Self::Ordinal,
            10 | 17 | 36 | 44 => Self::IdeographDigital,
            11 => Self::JapaneseCounting,
            14 | 19 => Self::FullWidth,
            18 | 28 => Self::Circled,
            22 => Self::Padded(2),
            23 => Self::Bullet,
            26 => Self::WithStop,
            27 => Self::InParentheses,
            29 => Self::IdeographCircled,
            30 => Self::Stems,
            31 => Self::Branches,
            32 => Self::StemBranch,
            33 | 37 => Self::ChineseCounting,
            34 => Self::TraditionalLegal,
            35 | 39 => Self::ChineseThousand,
            38 => Self::ChineseLegal,
            255 => Self::None,
            _ => Self::Decimal,
        }
    }

    fn from_sample(sample: &str) -> Self {
        match sample.split(',').next().map_or(0, |first| first.trim().len()) {
            digits @ 2..=9 => Self::Padded(digits),
            _ => Self::Decimal,
        }
    }

    /// The number as printed.
    pub(in crate::reader) fn print(self, n: u32) -> String {
        match self {
            Self::Decimal => n.to_string(),
            Self::Padded(width) => format!("{n:0width$}"),
            Self::FullWidth => map_digits(n, "０１２３４５６７８９"),
            Self::ChineseCounting if n >= 100 => map_digits(n, "○一二三四五六七八九"),
            Self::ChineseCounting | Self::ChineseThousand => COUNTING.print(n, Leading::Dropped),
            Self::IdeographDigital => map_digits(n, "〇一二三四五六七八九"),
            Self::JapaneseCounting => COUNTING.japanese(n),
            Self::ChineseLegal => LEGAL.print(n, Leading::Kept),
            Self::TraditionalLegal => LEGAL_TRADITIONAL.print(n, Leading::Kept),
            Self::LowerLetter => letters(n, b'a'),
            Self::UpperLetter => letters(n, b'A'),
            Self::LowerRoman => roman(n).to_lowercase(),
            Self::UpperRoman => roman(n),
            Self::Circled => enclosed(n, '①', 20),
            Self::WithStop => enclosed(n, '⒈', 20),
            Self::InParentheses => enclosed(n, '⑴', 20),
            Self::IdeographCircled => enclosed(n, '㊀', 10),
            Self::Stems => cycle(n, STEMS),
            Self::Branches => cycle(n, BRANCHES),
            Self::StemBranch => format!("{}{}", cycle(n, STEMS), cycle(n, BRANCHES)),
            Self::Ordinal => ordinal(n),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

/// Whether 一 stands before a leading 十.
#[derive(Clone, Copy, PartialEq)]
enum Leading {
    Kept,
    Dropped,
}

struct Characters {
    digits: &'static str,
    places: [&'static str; 4],
}

impl Characters {
    fn digit(&self, n: u32) -> char {
        self.digits.chars().nth(n as usize % 10).unwrap_or('零')
    }

    /// With places and 零 for gaps: 一百零一.
    fn print(&self, n: u32, leading: Leading) -> String {
        if n == 0 {
            return self.digit(0).to_string();
        }
        let mut out = String::new();
        for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
            let group = n / unit % 10_000;
            if group == 0 {
                continue;
            }
            if !out.is_empty() && group < 1_000 {
                out.push(self.digit(0));
            }
            self.group(&mut out, group);
            out.push_str(name);
        }
        let one_ten = format!("{}{}", self.digit(1), self.places[1]);
        match out.strip_prefix(&one_ten) {
            Some(rest) if leading == Leading::Dropped => format!("{}{rest}", self.places[1]),
            _ => out,
        }
    }

    fn group(&self, out: &mut String, group: u32) {
        let mut gap = false;
        let mut begun = false;
        for (power, place) in [(3, self.places[3]), (2, self.places[2]), (1, self.places[1]), (0, "")] {
            let digit = group / 10_u32.pow(power) % 10;
            if digit == 0 {
                gap = begun;
                continue;
            }
            if gap {
                out.push(self.digit(0));
                gap = false;
            }
            begun = true;
            out.push(self.digit(digit));
            out.push_str(place);
        }
    }

    /// Without 零, and without 一 before a place: 百一.
    fn japanese(&self, n: u32) -> String {
        if n == 0 || n > 9_999 {
            return map_digits(n, "〇一二三四五六七八九");
        }
        let mut out = String::new();
        for (power, place) in [(3, self.places[3]), (2, self.places[2]), (1, self.places[1]), (0, "")] {
            let digit = n / 10_u32.pow(power) % 10;
            if digit > 1 || (digit == 1 && power == 0) {
                out.push(self.digit(digit));
            }
            if digit > 0 {
                out.push_str(place);
            }
        }
        out
    }
}

fn map_digits(n: u32, digits: &str) -> String {
    let table: Vec<char> = digits.chars().collect();
    n.to_string().bytes().filter_map(|byte| table.get(usize::from(byte - b'0'))).collect()
}

/// Word repeats the letter: z is followed by aa, bb.
fn letters(n: u32, first: u8) -> String {
    let Some(index) = n.checked_sub(1) else { return String::new() };
    // A page of one letter is enough; the file chooses the number.
    let times = (index / 26 + 1).min(100) as usize;
    let offset = u8::try_from(index % 26).unwrap_or(0);
    char::from(first + offset).to_string().repeat(times)
}

fn roman(n: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 32_767 {
        return n.to_string();
    }
    let mut left = n;
    let mut out = String::new();
    for (value, letters) in STEPS {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

/// The n-th of a row of enclosed characters, plain digits beyond its end.
fn enclosed(n: u32, first: char, count: u32) -> String {
    match n {
        1.. if n <= count => char::from_u32(first as u32 + n - 1).map_or_else(String::new, String::from),
        _ => n.to_string(),
    }
}

fn cycle(n: u32, characters: &str) -> String {
    let count = characters.chars().count();
    let index = (n.max(1) - 1) as usize % count;
    characters.chars().nth(index).map_or_else(String::new, String::from)
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::NumberFormat;

    #[test]
    fn each_format_prints_as_word_does() {
        let cases: &[(&str, u32, &str)] = &[
            ("decimal", 12, "12"),
            ("decimalZero", 3, "03"),
            ("decimalZero", 12, "12"),
            ("decimalFullWidth", 12, "１２"),
            ("chineseCounting", 1, "一"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 11, "十一"),
            ("chineseCounting", 20, "二十"),
            ("chineseCounting", 99, "九十九"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 2010, "二千零一十"),
            ("chineseCountingThousand", 10_500, "一万零五百"),
            ("ideographDigital", 10, "一〇"),
            ("taiwaneseCounting", 12, "十二"),
            ("japaneseCounting", 101, "百一"),
            ("japaneseCounting", 21, "二十一"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("chineseLegalSimplified", 21, "贰拾壹"),
            ("upperLetter", 27, "AA"),
            ("lowerLetter", 28, "bb"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("decimalEnclosedCircleChinese", 3, "③"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("ideographTraditional", 2, "乙"),
            ("ideographZodiac", 12, "亥"),
            ("ideographZodiacTraditional", 1, "甲子"),
            ("ordinal", 12, "12th"),
            ("none", 5, ""),
            ("someFutureFormat", 7, "7"),
        ];
        for (name, n, printed) in cases {
            assert_eq!(NumberFormat::from_name(name, None).print(*n), *printed, "{name} {n}");
        }
    }

    #[test]
    fn a_custom_format_shows_its_width() {
        assert_eq!(NumberFormat::from_name("custom", Some("001, 002, 003, ...")).print(7), "007");
    }

    #[test]
    fn absurd_numbers_stay_short() {
        for name in ["upperRoman", "lowerLetter", "chineseCountingThousand", "ideographZodiac"] {
            assert!(NumberFormat::from_name(name, None).print(u32::MAX).chars().count() <= 100, "{name}");
        }
    }
}
