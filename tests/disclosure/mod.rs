//! Sound disclosures made from a seed, drawn as sketches: the standard tables of a department, in which every identity
//! holds. The same seed draws the same document.

use std::fmt::Write as _;

/// Numbers from a seed (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or(0)
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn amount(&mut self, most: usize) -> i64 {
        i64::try_from(self.below(most) + 100).unwrap_or(100)
    }
}

/// Classes, sections and items of spending that a document may have.
const FUNCTIONS: &[(&str, &str)] = &[
    ("205", "教育支出"),
    ("20502", "普通教育"),
    ("2050202", "小学教育"),
    ("2050203", "初中教育"),
    ("20508", "进修及培训"),
    ("2050803", "培训支出"),
    ("208", "社会保障和就业支出"),
    ("20802", "民政管理事务"),
    ("2080201", "行政运行"),
    ("2080299", "其他民政管理事务支出"),
    ("20805", "行政事业单位养老支出"),
    ("2080505", "机关事业单位基本养老保险缴费支出"),
    ("210", "卫生健康支出"),
    ("21011", "行政事业单位医疗"),
    ("2101101", "行政单位医疗"),
    ("2101103", "公务员医疗补助"),
    ("221", "住房保障支出"),
    ("22102", "住房改革支出"),
    ("2210201", "住房公积金"),
    ("2210203", "购房补贴"),
];

const ECONOMIC: &[(&str, &str)] = &[
    ("301", "工资福利支出"),
    ("30101", "基本工资"),
    ("30102", "津贴补贴"),
    ("30113", "住房公积金"),
    ("302", "商品和服务支出"),
    ("30201", "办公费"),
    ("30211", "差旅费"),
    ("30217", "公务接待费"),
    ("303", "对个人和家庭的补助"),
    ("30302", "退休费"),
];

/// One disclosure and how it prints its figures.
pub struct Disclosure {
    dice: Dice,
    lines: Vec<String>,
    unit: &'static str,
    zero: &'static str,
    split_codes: bool,
    /// Code of an item, basic and project spending.
    items: Vec<(&'static str, i64, i64)>,
    economic: Vec<(&'static str, i64)>,
    carried: i64,
}

impl Disclosure {
    /// Draws the document of a seed.
    pub fn sketch(seed: u64) -> String {
        let mut dice = Dice::new(seed);
        let unit = if dice.below(2) == 0 { "元" } else { "万元" };
        let zero = ["0.00", "", "—"][dice.below(3)];
        let split_codes = dice.below(3) == 0;
        let mut items: Vec<(&str, i64, i64)> = Vec::new();
        for (code, _) in FUNCTIONS.iter().filter(|(code, _)| code.len() == 7) {
            if dice.below(4) > 0 || items.is_empty() {
                let project = if dice.below(2) == 0 { dice.amount(9_000_000) } else { 0 };
                items.push((code, dice.amount(60_000_000), project));
            }
        }
        let basic: i64 = items.iter().map(|(_, basic, _)| basic).sum();
        let economic = split(basic, &mut dice);
        let carried = if dice.below(2) == 0 { dice.amount(90) } else { 0 };
        let mut drawn = Self { dice, lines: Vec::new(), unit, zero, split_codes, items, economic, carried };
        drawn.draw();
        drawn.lines.join("\n")
    }

    fn draw(&mut self) {
        self.lines.push("甲县民政局2023年部门预算公开".to_owned());
        self.summary();
        self.spending("部门支出总表", &["合计", "基本支出", "项目支出"]);
        self.appropriation();
        self.spending("一般公共预算支出表", &["合计", "基本支出", "项目支出"]);
        self.basic();
        self.three_public();
        self.procurement();
        self.assets();
        self.targets();
        self.evaluation();
        self.lines.push("本部门2023年没有使用政府性基金预算拨款安排的支出。".to_owned());
    }

    fn money(&self, hundredths: i64) -> String {
        if hundredths == 0 {
            return self.zero.to_owned();
        }
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        format!("{whole}.{rest:02}")
    }

    fn title(&mut self, title: &str) {
        self.lines.push(title.to_owned());
        self.lines.push(format!("单位：{}", self.unit));
    }

    fn row(&mut self, cells: &[String]) {
        let mut line = String::from("|");
        for cell in cells {
            let _ = write!(line, " {cell} |");
        }
        self.lines.push(line);
    }

    /// Basic and project spending below a code.
    fn below(&self, code: &str) -> (i64, i64) {
        let of = self.items.iter().filter(|(item, _, _)| item.starts_with(code));
        of.fold((0, 0), |(basic, project), item| (basic + item.1, project + item.2))
    }

    fn total(&self) -> i64 {
        let (basic, project) = self.below("");
        basic + project
    }

    fn classes(&self) -> Vec<(&'static str, i64)> {
        let classes = FUNCTIONS.iter().filter(|(code, _)| code.len() == 3);
        classes
            .map(|(code, name)| {
                let (basic, project) = self.below(code);
                (*name, basic + project)
            })
            .filter(|(_, amount)| *amount > 0)
            .collect()
    }

    fn summary(&mut self) {
        let title = self.dice.one_of(&["部门收支总表", "收支预算总表", "部门收支总体情况表"]);
        self.title(title);
        let year = self.dice.one_of(&["预算数", "2023年预算数"]);
        self.row(&["<2>收入".into(), "<2>支出".into()]);
        self.row(&["项目".into(), year.into(), "项目".into(), year.into()]);
        let total = self.total();
        let classes = self.classes();
        let income = [("一、一般公共预算拨款收入", total - self.carried), ("二、政府性基金预算拨款收入", 0)];
        for at in 0..classes.len().max(income.len()) {
            let left = income.get(at).map(|(name, amount)| ((*name).to_owned(), self.money(*amount)));
            let right = classes.get(at).map(|(name, amount)| {
                (format!("{}、{name}", ["一", "二", "三", "四"][at]), self.money(*amount))
            });
            let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
            self.row(&[left.0, left.1, right.0, right.1]);
        }
        let (year, all, carried) =
            (self.money(total - self.carried), self.money(total), self.money(self.carried));
        let nothing = self.money(0);
        self.row(&["本年收入合计".into(), year, "本年支出合计".into(), all.clone()]);
        self.row(&["上年结转".into(), carried, "结转下年".into(), nothing]);
        self.row(&["收入总计".into(), all.clone(), "支出总计".into(), all]);
    }

    fn spending(&mut self, title: &str, columns: &[&str]) {
        self.title(title);
        let split = self.split_codes;
        let lead: &[&str] =
            if split { &["类", "款", "项", "科目名称"] } else { &["科目编码", "科目名称"] };
        if split {
            let names = ["<3>科目编码", "v 科目名称"].into_iter().map(str::to_owned);
            self.row(&names.chain(columns.iter().map(|name| format!("v {name}"))).collect::<Vec<_>>());
            let names = ["类", "款", "项", "^"].into_iter().map(str::to_owned);
            self.row(&names.chain(columns.iter().map(|_| "^".to_owned())).collect::<Vec<_>>());
        } else {
            self.row(&lead.iter().chain(columns).map(ToString::to_string).collect::<Vec<_>>());
        }
        let mut rows: Vec<(Vec<String>, &str)> = vec![(vec![format!("<{}>合计", lead.len())], "")];
        for (code, name) in FUNCTIONS.iter().filter(|(code, _)| self.below(code) != (0, 0)) {
            let mut cells = if split {
                [0..3, 3..5, 5..7].map(|part| code.get(part).unwrap_or("").to_owned()).to_vec()
            } else {
                vec![(*code).to_owned()]
            };
            cells.push((*name).to_owned());
            rows.push((cells, code));
        }
        for (mut cells, code) in rows {
            let (basic, project) = self.below(code);
            cells.extend([basic + project, basic, project].map(|amount| self.money(amount)));
            self.row(&cells);
        }
    }

    fn appropriation(&mut self) {
        self.title("财政拨款收支总表");
        self.row(&["<2>收入".into(), "<4>支出".into()]);
        let names = ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算"];
        self.row(&names.map(str::to_owned));
        let total = self.total();
        let mut left = vec![
            ("一、本年收入".to_owned(), total - self.carried),
            ("（一）一般公共预算拨款".to_owned(), total - self.carried),
            ("（二）政府性基金预算拨款".to_owned(), 0),
            ("二、上年结转".to_owned(), self.carried),
        ];
        let mut right = vec![("一、本年支出".to_owned(), total)];
        for (at, (name, amount)) in self.classes().into_iter().enumerate() {
            right.push((format!("（{}）{name}", ["一", "二", "三", "四"][at]), amount));
        }
        let rows = left.len().max(right.len());
        left.resize(rows, (String::new(), -1));
        right.resize(rows, (String::new(), -1));
        left.push(("收入总计".to_owned(), total));
        right.push(("支出总计".to_owned(), total));
        for (left, right) in left.into_iter().zip(right) {
            let shown = |amount: i64| if amount < 0 { String::new() } else { self.money(amount) };
            let fund = if right.1 < 0 { String::new() } else { self.money(0) };
            let cells = [left.0, shown(left.1), right.0, shown(right.1), shown(right.1), fund];
            self.row(&cells);
        }
    }

    fn basic(&mut self) {
        self.title("一般公共预算基本支出表");
        self.row(&["科目编码", "科目名称", "合计", "人员经费", "公用经费"].map(str::to_owned));
        let sum = |prefix: &str, wanted: fn(&str) -> bool| -> i64 {
            let of = self.economic.iter().filter(|(code, _)| code.starts_with(prefix) && wanted(code));
            of.map(|(_, amount)| amount).sum()
        };
        let personnel = |code: &str| !code.starts_with("302");
        let public = |code: &str| code.starts_with("302");
        let mut rows = vec![("", "合计", sum("", personnel), sum("", public))];
        for (code, name) in ECONOMIC {
            rows.push((code, name, sum(code, personnel), sum(code, public)));
        }
        for (code, name, personnel, public) in rows {
            let figures = [personnel + public, personnel, public].map(|amount| self.money(amount));
            let [all, personnel, public] = figures;
            self.row(&[code.to_owned(), name.to_owned(), all, personnel, public]);
        }
    }

    fn three_public(&mut self) {
        self.title("一般公共预算“三公”经费支出表");
        let reception = self.economic.iter().find(|(code, _)| *code == "30217").map_or(0, |item| item.1);
        let (abroad, bought, run) = (0, self.dice.amount(900_000), self.dice.amount(90_000));
        let all = abroad + bought + run + reception;
        self.row(&["项目", "2023年预算数"].map(str::to_owned));
        for (name, amount) in [
            ("合计", all),
            ("一、因公出国（境）费", abroad),
            ("二、公务用车购置及运行维护费", bought + run),
            ("其中：公务用车购置费", bought),
            ("公务用车运行维护费", run),
            ("三、公务接待费", reception),
        ] {
            let amount = self.money(amount);
            self.row(&[name.to_owned(), amount]);
        }
    }

    fn procurement(&mut self) {
        self.title("政府采购预算表");
        self.row(&["采购物品名称", "数量", "单价", "金额"].map(str::to_owned));
        let mut lines = Vec::new();
        for name in ["台式计算机", "多功能一体机", "办公桌"] {
            let count = i64::try_from(self.dice.below(30) + 2).unwrap_or(2);
            lines.push((name, count, self.dice.amount(900_000)));
        }
        let all = lines.iter().map(|(_, count, price)| count * price).sum();
        let all = self.money(all);
        self.row(&["合计".into(), String::new(), String::new(), all]);
        for (name, count, price) in lines {
            let (price, product) = (self.money(price), self.money(count * price));
            self.row(&[name.to_owned(), count.to_string(), price, product]);
        }
    }
}

const PARTS: &[(&str, &str, &str)] = &[
    ("产出指标", "数量指标", "救助困难群众人数"),
    ("产出指标", "数量指标", "走访家庭户数"),
    ("产出指标", "质量指标", "救助金发放准确率"),
    ("产出指标", "时效指标", "救助金发放及时率"),
    ("产出指标", "成本指标", "预算控制率"),
    ("效益指标", "社会效益指标", "困难群众生活改善程度"),
    ("效益指标", "可持续影响指标", "救助机制健全程度"),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度"),
];

impl Disclosure {
    fn assets(&mut self) {
        self.title("部门固定资产占用情况表");
        self.row(&["项目", "数量", "价值"].map(str::to_owned));
        let kinds =
            ["1、房屋（平方米）", "2、车辆（台、辆）", "3、单价在20万元以上的设备", "4、其他固定资产"];
        let values: Vec<i64> = kinds.iter().map(|_| self.dice.amount(90_000_000)).collect();
        let all = self.money(values.iter().sum());
        self.row(&["资产总额".into(), "——".into(), all]);
        for (name, value) in kinds.iter().zip(values) {
            let value = self.money(value);
            self.row(&[(*name).to_owned(), "——".into(), value]);
        }
    }

    /// Weights that sum to a whole, each at least five.
    fn weights(&mut self, whole: usize) -> Vec<usize> {
        let mut weights = vec![5; PARTS.len()];
        for _ in 0..(whole / 5 - PARTS.len()) {
            let at = self.dice.below(PARTS.len());
            weights[at] += 5;
        }
        weights
    }

    fn targets(&mut self) {
        self.lines.push("困难群众救助项目绩效目标表".to_owned());
        self.row(&["一级指标", "二级指标", "三级指标", "指标值", "分值"].map(str::to_owned));
        for ((first, second, third), weight) in PARTS.iter().zip(self.weights(100)) {
            self.row(&[first, second, third, "≥95%", weight.to_string().as_str()].map(ToString::to_string));
        }
    }

    fn evaluation(&mut self) {
        self.lines.push("困难群众救助项目绩效自评表".to_owned());
        let apart = self.dice.below(2) == 0;
        if apart {
            self.row(
                &["<2>项目资金（万元）", "全年预算数", "全年执行数", "执行率", "分值", "得分"]
                    .map(str::to_owned),
            );
            self.row(&["<2>年度资金总额", "120.00", "114.00", "95%", "10", "9.5"].map(str::to_owned));
        }
        let names = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"];
        self.row(&names.map(str::to_owned));
        let mut score = if apart { 95 } else { 0 };
        let weights = self.weights(if apart { 90 } else { 100 });
        for ((first, second, third), weight) in PARTS.iter().zip(weights) {
            let own = weight * 10 - self.dice.below(4) * 5;
            score += own;
            let (weight, own) = (weight.to_string(), tenths(own));
            let cells = [*first, *second, *third, "≥95%", "96%", &weight, &own];
            self.row(&cells.map(str::to_owned));
        }
        let score = tenths(score);
        self.row(&["<5>总分", "100", &score].map(str::to_owned));
    }
}

fn tenths(number: usize) -> String {
    if number.is_multiple_of(10) {
        (number / 10).to_string()
    } else {
        format!("{}.{}", number / 10, number % 10)
    }
}

/// Splits a sum over the economic items, each with something.
fn split(sum: i64, dice: &mut Dice) -> Vec<(&'static str, i64)> {
    let codes: Vec<&str> = ECONOMIC.iter().map(|(code, _)| *code).filter(|code| code.len() == 5).collect();
    let mut left = sum;
    let mut parts = Vec::new();
    for code in &codes[1..] {
        let part = left / i64::try_from(dice.below(20) + 4).unwrap_or(4);
        left -= part;
        parts.push((*code, part));
    }
    parts.insert(0, (codes[0], left));
    parts
}
