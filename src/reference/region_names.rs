//! Finds regions by the names people print: full names, shortened names of autonomous regions, and bare stems.

use super::region::{self, Level, Lists, Region};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How a name is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// In full or shortened with its class word: 紫云苗族布依族自治县, 紫云县, 恩施州.
    Full,
    /// A province without its class word: 河北, 内蒙古.
    Province,
    /// A city or county without its class word: 霸州.
    Stem,
}

/// One place in a text where a region is named.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Byte offset of the first character.
    pub start: usize,
    /// Byte offset behind the last character.
    pub end: usize,
    /// How it is printed.
    pub form: Form,
    /// The regions that bear the name.
    pub regions: &'static [&'static Region],
}

/// The peoples named in the titles of autonomous regions. Source: the list of 2023.
const PEOPLES: &[&str] = &[
    "柯尔克孜",
    "哈萨克族",
    "达斡尔族",
    "塔吉克",
    "哈萨克",
    "维吾尔",
    "鄂温克族",
    "布依族",
    "布朗族",
    "毛南族",
    "仫佬族",
    "仡佬族",
    "傈僳族",
    "哈尼族",
    "拉祜族",
    "纳西族",
    "景颇族",
    "普米族",
    "独龙族",
    "裕固族",
    "撒拉族",
    "保安族",
    "东乡族",
    "朝鲜族",
    "蒙古族",
    "土家族",
    "蒙古",
    "锡伯",
    "各族",
    "壮族",
    "回族",
    "满族",
    "苗族",
    "藏族",
    "彝族",
    "侗族",
    "瑶族",
    "白族",
    "黎族",
    "傣族",
    "畲族",
    "佤族",
    "水族",
    "羌族",
    "土族",
    "怒族",
];

/// Short names in use that no rule yields, by full name. Source: the regions' own government sites.
const USUAL: &[(&str, &str)] = &[
    ("前郭县", "前郭尔罗斯蒙古族自治县"),
    ("杜蒙县", "杜尔伯特蒙古族自治县"),
    ("喀左县", "喀喇沁左翼蒙古族自治县"),
    ("阜蒙县", "阜新蒙古族自治县"),
    ("达茂旗", "达尔罕茂明安联合旗"),
    ("莫旗", "莫力达瓦达斡尔族自治旗"),
    ("鄂温克旗", "鄂温克族自治旗"),
    ("科左中旗", "科尔沁左翼中旗"),
    ("科左后旗", "科尔沁左翼后旗"),
    ("科右前旗", "科尔沁右翼前旗"),
    ("科右中旗", "科尔沁右翼中旗"),
    ("察右前旗", "察哈尔右翼前旗"),
    ("察右中旗", "察哈尔右翼中旗"),
    ("察右后旗", "察哈尔右翼后旗"),
    ("土左旗", "土默特左旗"),
    ("土右旗", "土默特右旗"),
    ("东乌旗", "东乌珠穆沁旗"),
    ("西乌旗", "西乌珠穆沁旗"),
    ("阿旗", "阿鲁科尔沁旗"),
    ("锡盟", "锡林郭勒盟"),
    ("克州", "克孜勒苏柯尔克孜自治州"),
    ("博州", "博尔塔拉蒙古自治州"),
    ("巴州", "巴音郭楞蒙古自治州"),
    ("塔县", "塔什库尔干塔吉克自治县"),
    ("和布克赛尔县", "和布克赛尔蒙古自治县"),
    ("两江新区", "重庆市"),
    ("天府新区", "成都市"),
    ("西海岸新区", "黄岛区"),
    ("西咸新区", "西安市"),
    ("雄安新区", "河北省"),
    ("横琴新区", "珠海市"),
];

/// The class words at the end of names, longest first.
const CLASSES: &[&str] = &[
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "联合旗",
    "地区",
    "林区",
    "特区",
    "新区",
    "省",
    "市",
    "县",
    "区",
    "旗",
    "盟",
    "州",
];

static NAMES: LazyLock<Trie> = LazyLock::new(|| Trie::new(&names()));
static STEMS: LazyLock<Trie> = LazyLock::new(|| Trie::new(&stems()));

/// Every full or shortened name in the text, leftmost first, the longest at each place; none overlap.
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut rest = 0;
    let names = &*NAMES;
    for (start, c) in text.char_indices() {
        if start < rest || !names.begins(c) {
            continue;
        }
        if let Some(mention) = names.longest(text, start) {
            rest = mention.end;
            found.push(mention);
        }
    }
    found
}

/// The city or county whose stem stands at this byte offset: the longest one.
#[must_use]
pub fn stem_at(text: &str, start: usize) -> Option<Mention> {
    STEMS.longest(text, start)
}

/// The regions whose full name, short name or stem is exactly this text.
#[must_use]
pub fn named(text: &str) -> Option<Mention> {
    let whole = |trie: &'static Trie| trie.longest(text, 0).filter(|mention| mention.end == text.len());
    whole(&NAMES).or_else(|| whole(&STEMS))
}

/// The name without its class word and peoples: 霸州市 → 霸州, 紫云苗族布依族自治县 → 紫云, 赵县 → 赵.
#[must_use]
pub fn stem(name: &str) -> &str {
    let class = CLASSES.iter().find(|class| name.len() > class.len() && name.ends_with(**class));
    let base = class.map_or(name, |class| &name[..name.len() - class.len()]);
    if class.is_some_and(|class| class.starts_with("自治")) { without_peoples(base) } else { base }
}

/// The region's name shortened but for its class word: 紫云县, 恩施州; none where nothing is shortened.
fn shortened(region: &Region) -> Option<String> {
    let class = CLASSES.iter().find(|class| class.starts_with("自治") && region.name.ends_with(**class))?;
    (region.level() != Level::Province).then(|| format!("{}{}", stem(region.name), &class["自治".len()..]))
}

/// Takes the names of peoples off the end as long as two characters remain: 内蒙古 stays whole.
fn without_peoples(mut base: &str) -> &str {
    let shorter =
        |base: &'_ str, people: &str| base.strip_suffix(people).is_some_and(|rest| rest.chars().count() > 1);
    while let Some(people) = PEOPLES.iter().find(|people| shorter(base, people)) {
        base = &base[..base.len() - people.len()];
    }
    base.strip_suffix('族').filter(|stem| stem.chars().count() > 1).unwrap_or(base)
}

type Names = BTreeMap<String, (Form, Vec<&'static Region>)>;

fn names() -> Names {
    let mut names = Names::new();
    let mut add = |name: String, form: Form, region: &'static Region| {
        let entry = names.entry(name).or_insert((form, Vec::new()));
        if !entry.1.contains(&region) {
            entry.1.push(region);
        }
    };
    for region in region::all().iter().filter(|region| region.code != "620201") {
        add(region.name.to_owned(), Form::Full, region);
        if let Some(short) = shortened(region) {
            add(short, Form::Full, region);
        }
        if region.level() == Level::Province {
            add(stem(region.name).to_owned(), Form::Province, region);
        }
    }
    for (short, full) in USUAL {
        for region in region::all().iter().filter(|region| region.name == *full) {
            add((*short).to_owned(), Form::Full, region);
        }
    }
    names
}

fn stems() -> Names {
    let mut stems = Names::new();
    let plain = |region: &&'static Region| region.level() != Level::Province && region.lists != Lists::Zone;
    for region in region::all().iter().filter(plain) {
        let stem = stem(region.name);
        if stem.chars().count() > 1 {
            stems.entry(stem.to_owned()).or_insert((Form::Stem, Vec::new())).1.push(region);
        }
    }
    stems
}

/// Names by their characters; child nodes are sorted, so that a step is one binary search.
#[derive(Debug)]
struct Trie {
    nodes: Vec<Node>,
    /// A bit for each [`slot`] of a first character: most characters of a text begin no name.
    firsts: [u64; FIRSTS / 64],
}

/// First characters told apart by [`Trie::firsts`]: all common ideographs, each by its own bit.
const FIRSTS: usize = 1 << 15;

fn slot(c: char) -> (usize, u64) {
    let slot = c as usize % FIRSTS;
    (slot / 64, 1 << (slot % 64))
}

#[derive(Debug, Default)]
struct Node {
    children: Vec<(char, usize)>,
    end: Option<(Form, Vec<&'static Region>)>,
}

impl Trie {
    fn new(names: &Names) -> Self {
        let mut trie = Self { nodes: vec![Node::default()], firsts: [0; FIRSTS / 64] };
        for (name, end) in names {
            if let Some((word, bit)) = name.chars().next().map(slot) {
                trie.firsts[word] |= bit;
            }
            let mut at = 0;
            for c in name.chars() {
                at = trie.child_or_new(at, c);
            }
            trie.nodes[at].end = Some(end.clone());
        }
        trie
    }

    fn child_or_new(&mut self, at: usize, c: char) -> usize {
        match self.nodes[at].children.binary_search_by_key(&c, |child| child.0) {
            Ok(index) => self.nodes[at].children[index].1,
            Err(index) => {
                let new = self.nodes.len();
                self.nodes.push(Node::default());
                self.nodes[at].children.insert(index, (c, new));
                new
            }
        }
    }

    /// Whether some name may begin with this character.
    fn begins(&self, c: char) -> bool {
        let (word, bit) = slot(c);
        self.firsts[word] & bit != 0
    }

    fn longest(&'static self, text: &str, start: usize) -> Option<Mention> {
        let mut at = &self.nodes[0];
        let mut best = None;
        for (offset, c) in text.get(start..)?.char_indices() {
            let Ok(index) = at.children.binary_search_by_key(&c, |child| child.0) else { break };
            at = &self.nodes[at.children[index].1];
            if let Some((form, regions)) = &at.end {
                best = Some(Mention { start, end: start + offset + c.len_utf8(), form: *form, regions });
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<Vec<&'static str>> {
        mentions(text).iter().map(|m| m.regions.iter().map(|region| region.code).collect()).collect()
    }

    #[test]
    fn names_inside_department_names_are_found() {
        assert_eq!(codes("霸州市人力资源和社会保障局"), [["131081"]]);
        assert_eq!(codes("泉州市晋江市民政局"), [["350500"], ["350582"]]);
        assert_eq!(codes("中共上海市普陀区委社会工作部"), [vec!["310000"], vec!["310107", "330903"]]);
    }

    #[test]
    fn autonomous_regions_are_found_by_their_short_names() {
        let shorts = [
            ("紫云县", "520425"),
            ("恩施州", "422800"),
            ("延边州", "222400"),
            ("双江县", "530925"),
            ("积石山县", "622927"),
            ("龙胜县", "450328"),
            ("海南州", "632500"),
            ("克州", "653000"),
            ("阿克塞县", "620924"),
            ("鄂伦春旗", "150723"),
            ("前郭县", "220721"),
            ("达茂旗", "150223"),
        ];
        for (short, code) in shorts {
            assert_eq!(codes(short), [[code]], "{short}");
        }
        assert_eq!(codes("东乡县"), [["361029", "622926"]], "one of 江西 until 2017, one of 甘肃");
    }

    #[test]
    fn provinces_are_found_without_their_class_word() {
        for (short, code) in
            [("内蒙古", "150000"), ("新疆", "650000"), ("广西", "450000"), ("河北", "130000")]
        {
            assert_eq!(codes(short), [[code]], "{short}");
            assert_eq!(mentions(short)[0].end, short.len(), "{short}");
        }
    }

    #[test]
    fn no_name_is_a_single_character() {
        let single =
            |names: &Names| names.keys().filter(|name| name.chars().count() < 2).cloned().collect::<Vec<_>>();
        assert_eq!((single(&names()), single(&stems())), (Vec::new(), Vec::new()));
    }

    #[test]
    fn stems_drop_class_words_and_peoples() {
        let stems = [
            ("霸州市", "霸州"),
            ("紫云苗族布依族自治县", "紫云"),
            ("东乡族自治县", "东乡"),
            ("内蒙古自治区", "内蒙古"),
            ("浦东新区", "浦东"),
        ];
        for (name, expected) in stems {
            assert_eq!(stem(name), expected);
        }
        assert_eq!(named("霸州").unwrap().regions[0].code, "131081");
        assert!(named("霸州教育").is_none());
    }
}
