//! China's regions with their GB/T 2260 codes: provinces, cities and counties of the lists of 2016 and 2023.
//!
//! `regions.csv` holds the data; `build_regions.py` beside it tells where they come from and what is left out.

use std::sync::LazyLock;

/// The list, built by `build_regions.py`: `code,name,lists`, ordered by code.
const CSV: &str = include_str!("regions.csv");

/// Regions that kept their name under a new code, with the first fiscal year that the new code holds for.
/// Source: the notices of the Ministry of Civil Affairs on changes above county level, 2017–2021.
const RECODED: &[(&str, i32)] = &[
    ("220184", 2020), // 公主岭市 from 四平市 to 长春市
    ("230719", 2019), // 友好区, 伊春市 redrawn
    ("320613", 2020), // 崇川区 joined with 港闸区
    ("340209", 2020), // 弋江区 joined with 三山区
    ("350404", 2021), // 三元区 joined with 梅列区
    ("370117", 2019), // 钢城区 from 莱芜市 to 济南市
];
/// The last year of the older list.
const OLD_LIST: i32 = 2016;

/// In which published lists a pair of code and name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// Only in the list of July 2016: renamed, upgraded or dissolved since.
    Until2016,
    /// Only in the list of 2023.
    Since2016,
    /// In both.
    Both,
    /// A development zone of the statistics bureau, no region of the standard.
    Zone,
}

/// How high a region stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 省, 自治区, 直辖市
    Province,
    /// 地级市, 地区, 盟, 自治州
    City,
    /// 县, 县级市, 市辖区, 旗
    County,
}

/// One region, or one development zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Six digits.
    pub code: &'static str,
    /// The full name.
    pub name: &'static str,
    /// Where the pair of code and name stands.
    pub lists: Lists,
}

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| CSV.lines().skip(1).filter_map(parse).collect());

/// All regions and zones, ordered by code.
#[must_use]
pub fn all() -> &'static [Region] {
    &REGIONS
}

/// The region with this code; the newer name where both lists have one.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Region> {
    let regions = all();
    let start = regions.partition_point(|region| region.code < code);
    let same = regions[start..].iter().take_while(|region| region.code == code);
    same.max_by_key(|region| region.lists != Lists::Until2016)
}

impl Region {
    /// How high it stands.
    #[must_use]
    pub fn level(&self) -> Level {
        match (&self.code[2..4], &self.code[4..]) {
            ("00", _) => Level::Province,
            (_, "00") => Level::City,
            _ => Level::County,
        }
    }

    /// The region of the standard: itself, or the city around a zone.
    #[must_use]
    pub fn standard(&'static self) -> &'static Region {
        if self.lists != Lists::Zone {
            return self;
        }
        self.city().or_else(|| self.province()).unwrap_or(self)
    }

    /// The province it lies in; itself for a province.
    #[must_use]
    pub fn province(&self) -> Option<&'static Region> {
        by_code(&format!("{}0000", &self.code[..2]))
    }

    /// The prefecture-level city it lies in, itself for such a city; none for provinces, for what a province governs
    /// directly, and inside the four municipalities.
    #[must_use]
    pub fn city(&self) -> Option<&'static Region> {
        if self.level() == Level::Province {
            return None;
        }
        by_code(&format!("{}00", &self.code[..4]))
    }

    /// Whether the other region lies inside this one (or is this one).
    #[must_use]
    pub fn contains(&self, other: &Region) -> bool {
        match self.level() {
            Level::Province => self.code[..2] == other.code[..2],
            Level::City => self.code[..4] == other.code[..4],
            Level::County => self.code == other.code,
        }
    }

    /// Whether this entry gives way to the other in a fiscal year: both are one region under two codes.
    #[must_use]
    pub fn replaced_by(&self, other: &Region, year: Option<i32>) -> bool {
        if self.name != other.name || self.code[..2] != other.code[..2] {
            return false;
        }
        let recoded =
            |new: &Region| RECODED.iter().find(|(code, _)| *code == new.code).map(|(_, since)| *since);
        match (self.lists, other.lists) {
            (Lists::Until2016, Lists::Since2016) => {
                year.is_none_or(|year| year >= recoded(other).unwrap_or(OLD_LIST + 1))
            }
            (Lists::Since2016, Lists::Until2016) => {
                year.is_some_and(|year| year < recoded(self).unwrap_or(OLD_LIST + 1))
            }
            _ => false,
        }
    }
}

fn parse(line: &'static str) -> Option<Region> {
    let mut fields = line.split(',');
    let (code, name, lists) = (fields.next()?, fields.next()?, fields.next()?);
    let lists = match lists {
        "2016" => Lists::Until2016,
        "2023" => Lists::Since2016,
        "both" => Lists::Both,
        "zone" => Lists::Zone,
        _ => return None,
    };
    (code.len() == 6).then_some(Region { code, name, lists })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_list_is_read_in_order() {
        assert_eq!(all().len(), CSV.lines().count() - 1);
        assert!(all().is_sorted_by_key(|region| region.code));
        assert!(all().iter().all(|region| region.province().is_some()));
    }

    #[test]
    fn a_county_knows_its_city_and_province() {
        let region = by_code("131081").unwrap();
        assert_eq!((region.name, region.level()), ("霸州市", Level::County));
        assert_eq!(region.city().unwrap().name, "廊坊市");
        assert_eq!(region.province().unwrap().name, "河北省");
    }

    #[test]
    fn districts_of_municipalities_and_counties_governed_by_provinces_have_no_city() {
        for code in ["310107", "500101", "500229", "419001", "429021", "469021", "659001"] {
            assert_eq!(by_code(code).unwrap().city(), None, "{code}");
        }
    }

    #[test]
    fn a_development_zone_stands_for_the_city_around_it() {
        assert_eq!(by_code("131071").unwrap().standard().name, "廊坊市");
    }

    #[test]
    fn a_recoded_region_has_the_code_of_its_year() {
        let (old, new) = (by_code("320602").unwrap(), by_code("320613").unwrap());
        assert_eq!((old.name, new.name), ("崇川区", "崇川区"));
        assert!(old.replaced_by(new, Some(2021)) && !new.replaced_by(old, Some(2021)));
        assert!(new.replaced_by(old, Some(2018)) && !old.replaced_by(new, Some(2018)));
        assert!(old.replaced_by(new, None));
    }
}
