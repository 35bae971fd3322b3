//! Titles as disclosures across the country print them, with the facts a reader takes from each.

use super::read;
use crate::document::{
    Block, Blocks, CellSpec, Furniture, FurnitureKind, Paragraph, Properties, TableBuilder, Warning,
};
use crate::record::DocumentFacts;
use crate::reference::region::{self, Lists};

/// `title | kind | year | region code | department`; bodies are made up in the style of each place.
const TITLES: &str = "
霸州市人力资源和社会保障局2021年部门预算信息公开|department_budget|2021|131081|霸州市人力资源和社会保障局
涿州市教育体育局关于2020年部门预算信息公开的说明|department_budget|2020|130681|涿州市教育体育局
2020年义乌市交通运输局项目支出绩效目标表|project_performance|2020|330782|义乌市交通运输局
泉州市晋江市民政局2023年度部门预算公开|department_budget|2023|350582|泉州市晋江市民政局
瑞金市教育局2020年度部门决算|department_final_account|2020|360781|瑞金市教育局
关于宁乡市2020年财政预算执行情况和2021年财政预算草案的报告|government_budget|2021|430182|
江苏省高级人民法院2019年度部门预算公开|department_budget|2019|320000|江苏省高级人民法院
上海市普陀区2025年区级单位预算|unit_budget|2025|310107|
江苏省2018年度省级部门预算公开报表|department_budget|2018|320000|
中共上海市普陀区委社会工作部2024年度部门决算|department_final_account|2024|310107|中共上海市普陀区委社会工作部
上海市普陀区人民政府万里街道办事处2024年部门预算|department_budget|2024|310107|上海市普陀区人民政府万里街道办事处
2017年度江苏省高级人民法院部门预算公开|department_budget|2017|320000|江苏省高级人民法院
江苏省人大常委会办公厅2017年度部门预算|department_budget|2017|320000|江苏省人大常委会办公厅
江苏省政协办公厅2017年度部门预算公开表|department_budget|2017|320000|江苏省政协办公厅
江苏省人民检察院2017年部门预算|department_budget|2017|320000|江苏省人民检察院
石家庄市财政局2022年部门预算公开|department_budget|2022|130100|石家庄市财政局
石家庄市桥西区人民法院2021年部门预算|department_budget|2021|130104|石家庄市桥西区人民法院
张家口市桥西区教育局2021年部门决算|department_final_account|2021|130703|张家口市桥西区教育局
邢台市信都区水务局2022年度部门预算|department_budget|2022|130503|邢台市信都区水务局
邢台市桥西区水务局2018年度部门预算|department_budget|2018|130503|邢台市桥西区水务局
河北省廊坊市大厂回族自治县统计局2023年部门预算|department_budget|2023|131028|河北省廊坊市大厂回族自治县统计局
大厂县司法局2022年部门预算信息公开|department_budget|2022|131028|大厂县司法局
三河市人民检察院2021年度部门决算公开|department_final_account|2021|131082|三河市人民检察院
定州市民政局2020年部门预算|department_budget|2020|130682|定州市民政局
辛集市2022年财政决算（草案）|government_final_account|2022|130181|
滦县农业局2016年部门预算公开|department_budget|2016|130223|滦县农业局
滦州市农业农村局2021年部门预算公开|department_budget|2021|130284|滦州市农业农村局
北京市朝阳区财政局2023年度部门预算|department_budget|2023|110105|北京市朝阳区财政局
长春市朝阳区财政局2023年度部门预算|department_budget|2023|220104|长春市朝阳区财政局
北京市通州区卫生健康委员会2022年部门决算公开|department_final_account|2022|110112|北京市通州区卫生健康委员会
南通市通州区卫生健康委员会2022年度部门决算公开|department_final_account|2022|320612|南通市通州区卫生健康委员会
江苏省通州区住房和城乡建设局2022年度部门预算|department_budget|2022|320612|江苏省通州区住房和城乡建设局
南京市鼓楼区审计局2021年度部门预算公开|department_budget|2021|320106|南京市鼓楼区审计局
徐州市鼓楼区审计局2021年度部门预算公开|department_budget|2021|320302|徐州市鼓楼区审计局
福州市鼓楼区审计局2021年度部门预算公开|department_budget|2021|350102|福州市鼓楼区审计局
开封市鼓楼区审计局2021年度部门预算公开|department_budget|2021|410204|开封市鼓楼区审计局
舟山市普陀区海洋与渔业局2020年部门决算|department_final_account|2020|330903|舟山市普陀区海洋与渔业局
天津市和平区教育局2022年部门预算|department_budget|2022|120101|天津市和平区教育局
沈阳市和平区教育局2022年部门预算|department_budget|2022|210102|沈阳市和平区教育局
天津市河北区民政局2021年部门决算|department_final_account|2021|120105|天津市河北区民政局
天津市滨海新区人民法院2021年部门预算|department_budget|2021|120116|天津市滨海新区人民法院
上海市浦东新区川沙新镇人民政府2023年部门预算|department_budget|2023|310115|上海市浦东新区川沙新镇人民政府
重庆市石柱土家族自治县财政局2021年部门决算|department_final_account|2021|500240|重庆市石柱土家族自治县财政局
石柱县林业局2021年部门预算情况说明|department_budget|2021|500240|石柱县林业局
丰都县人民政府关于2021年决算情况的报告|government_final_account|2021|500230|
重庆市江北区文化和旅游发展委员会2022年部门预算|department_budget|2022|500105|重庆市江北区文化和旅游发展委员会
宁波市江北区文化和广电旅游体育局2022年部门预算|department_budget|2022|330205|宁波市江北区文化和广电旅游体育局
2021年度绥宁县统计局部门决算|department_final_account|2021|430527|绥宁县统计局
2021年华容县政府决算公开|government_final_account|2021|430623|
融安县大良镇人民政府2021年部门决算|department_final_account|2021|450224|融安县大良镇人民政府
达州市通川区东岳镇2022年部门预算|department_budget|2022|511702|达州市通川区东岳镇
2022年黄陂区木兰乡人民政府（汇总）部门预算及“三公”经费公开|department_budget|2022|420116|黄陂区木兰乡人民政府
曾都区河道堤防建设管理处2021年度部门决算公开说明|department_final_account|2021|421303|曾都区河道堤防建设管理处
杭州市钱塘区综合行政执法局2021年度部门决算|department_final_account|2021|330114|杭州市钱塘区综合行政执法局
2021年湛江市人民政府行政服务中心部门决算|department_final_account|2021|440800|湛江市人民政府行政服务中心
紫云苗族布依族自治县教育和科技局2021年部门预算|department_budget|2021|520425|紫云苗族布依族自治县教育和科技局
紫云县水务局2022年度部门预算及“三公”经费预算公开说明|department_budget|2022|520425|紫云县水务局
恩施州住房公积金中心2022年度部门预算|department_budget|2022|422800|恩施州住房公积金中心
恩施市财政局2022年度部门预算|department_budget|2022|422801|恩施市财政局
延边州中级人民法院2021年度部门预算公开|department_budget|2021|222400|延边州中级人民法院
延吉市卫生健康局2021年度部门决算|department_final_account|2021|222401|延吉市卫生健康局
内蒙古自治区高级人民法院2020年度部门预算公开报告|department_budget|2020|150000|内蒙古自治区高级人民法院
内蒙古财政厅2021年部门预算|department_budget|2021|150000|内蒙古财政厅
呼和浩特市新城区民政局2022年部门预算|department_budget|2022|150102|呼和浩特市新城区民政局
西安市新城区民政局2022年部门综合预算|department_budget|2022|610102|西安市新城区民政局
达尔罕茂明安联合旗农牧局2021年部门预算|department_budget|2021|150223|达尔罕茂明安联合旗农牧局
科左中旗人民检察院2022年度部门预算公开报告|department_budget|2022|150521|科左中旗人民检察院
鄂温克族自治旗教育局2021年度部门决算公开报告|department_final_account|2021|150724|鄂温克族自治旗教育局
新疆维吾尔自治区统计局2021年部门预算公开|department_budget|2021|650000|新疆维吾尔自治区统计局
伊犁州财政局2022年部门预算公开|department_budget|2022|654000|伊犁州财政局
库车市教育局2022年部门预算公开|department_budget|2022|652902|库车市教育局
库车县教育局2018年部门预算公开|department_budget|2018|652923|库车县教育局
石河子市人民政府办公室2022年部门预算|department_budget|2022|659001|石河子市人民政府办公室
胡杨河市财政局2023年部门预算|department_budget|2023|659010|胡杨河市财政局
济源市林业局2021年度部门决算|department_final_account|2021|419001|济源市林业局
仙桃市公安局2021年度部门决算公开|department_final_account|2021|429004|仙桃市公安局
神农架林区财政局2021年部门预算|department_budget|2021|429021|神农架林区财政局
琼海市博鳌镇人民政府2022年部门预算|department_budget|2022|469002|琼海市博鳌镇人民政府
陵水县卫生健康委员会2022年部门预算|department_budget|2022|469028|陵水县卫生健康委员会
东莞市财政局2022年度部门预算|department_budget|2022|441900|东莞市财政局
东莞市虎门镇2021年政府预算公开|government_budget|2021|441900|
中山市小榄镇人民政府2022年部门预算|department_budget|2022|442000|中山市小榄镇人民政府
儋州市教育局2022年部门预算|department_budget|2022|460400|儋州市教育局
嘉峪关市水务局2022年部门预算|department_budget|2022|620200|嘉峪关市水务局
兰州市城关区财政局2021年度部门决算|department_final_account|2021|620102|兰州市城关区财政局
拉萨市城关区财政局2021年度部门决算|department_final_account|2021|540102|拉萨市城关区财政局
积石山县教育局2022年部门预算公开|department_budget|2022|622927|积石山县教育局
甘肃省临夏州东乡县农业农村局2021年部门预算|department_budget|2021|622926|甘肃省临夏州东乡县农业农村局
西宁市城东区民政局2022年部门预算|department_budget|2022|630102|西宁市城东区民政局
海南藏族自治州财政局2021年部门预算|department_budget|2021|632500|海南藏族自治州财政局
海南省财政厅2021年部门预算|department_budget|2021|460000|海南省财政厅
宁夏回族自治区审计厅2022年部门预算公开|department_budget|2022|640000|宁夏回族自治区审计厅
银川市金凤区人民政府满城北街街道办事处2022年部门预算|department_budget|2022|640106|银川市金凤区人民政府满城北街街道办事处
广西壮族自治区柳州市城中区财政局2022年部门预算公开|department_budget|2022|450202|广西壮族自治区柳州市城中区财政局
广西南宁市青秀区教育局2021年部门预算|department_budget|2021|450103|广西南宁市青秀区教育局
龙胜各族自治县平等镇人民政府2022年部门预算|department_budget|2022|450328|龙胜各族自治县平等镇人民政府
济南市市中区司法局2022年部门预算|department_budget|2022|370103|济南市市中区司法局
枣庄市市中区司法局2022年部门预算|department_budget|2022|370402|枣庄市市中区司法局
乐山市市中区司法局2022年部门预算|department_budget|2022|511102|乐山市市中区司法局
莱芜市财政局2017年部门预算|department_budget|2017|371200|莱芜市财政局
济南市莱芜区财政局2021年部门预算|department_budget|2021|370116|济南市莱芜区财政局
济南市钢城区财政局2021年部门预算|department_budget|2021|370117|济南市钢城区财政局
南通市崇川区教育体育局2018年度部门预算|department_budget|2018|320602|南通市崇川区教育体育局
南通市崇川区教育体育局2022年度部门预算|department_budget|2022|320613|南通市崇川区教育体育局
四平市公主岭市水利局2019年部门预算|department_budget|2019|220381|四平市公主岭市水利局
公主岭市水利局2022年部门预算|department_budget|2022|220184|公主岭市水利局
宁乡县审计局2016年部门预算公开|department_budget|2016|430124|宁乡县审计局
沙县区民政局2022年度部门决算|department_final_account|2022|350405|沙县区民政局
沙县民政局2019年度部门决算|department_final_account|2019|350427|沙县民政局
晋城市城区教育局2022年部门预算公开|department_budget|2022|140502|晋城市城区教育局
汕尾市城区教育局2022年部门预算|department_budget|2022|441502|汕尾市城区教育局
阳泉市郊区财政局2021年部门决算|department_final_account|2021|140311|阳泉市郊区财政局
成县教育局2021年部门预算公开|department_budget|2021|621221|成县教育局
赵县财政局2021年部门预算公开|department_budget|2021|130133|赵县财政局
关于赵县2021年预算执行情况和2022年预算草案的报告|government_budget|2022|130133|
廊坊经济技术开发区教育局2021年部门预算|department_budget|2021|131000|廊坊经济技术开发区教育局
河北霸州经济开发区管理委员会2021年部门预算公开|department_budget|2021|131081|河北霸州经济开发区管理委员会
石家庄高新区管委会2022年部门预算|department_budget|2022|130100|石家庄高新区管委会
苏州工业园区教育局2022年度部门预算公开|department_budget|2022|320500|苏州工业园区教育局
兰州新区财政局2022年部门预算|department_budget|2022|620100|兰州新区财政局
共青团霸州市委员会2021年部门预算|department_budget|2021|131081|共青团霸州市委员会
中国共产主义青年团义乌市委员会2022年部门预算|department_budget|2022|330782|中国共产主义青年团义乌市委员会
中共霸州市纪律检查委员会2021年部门预算公开|department_budget|2021|131081|中共霸州市纪律检查委员会
中国共产党霸州市委员会办公室2021年部门预算|department_budget|2021|131081|中国共产党霸州市委员会办公室
中国人民政治协商会议霸州市委员会办公室2022年部门预算|department_budget|2022|131081|中国人民政治协商会议霸州市委员会办公室
政协永丰县委员会办公室2022年部门预算|department_budget|2022|360825|政协永丰县委员会办公室
永丰县人大常委会办公室2020年度部门决算|department_final_account|2020|360825|永丰县人大常委会办公室
霸州市妇女联合会2021年部门预算|department_budget|2021|131081|霸州市妇女联合会
霸州市残疾人联合会2021年部门决算公开|department_final_account|2021|131081|霸州市残疾人联合会
霸州市工商业联合会2022年部门预算|department_budget|2022|131081|霸州市工商业联合会
霸州市总工会2022年部门预算|department_budget|2022|131081|霸州市总工会
霸州市第一中学2022年单位预算|unit_budget|2022|131081|霸州市第一中学
乐清市人民医院2022年单位预算公开|unit_budget|2022|330382|乐清市人民医院
长沙县黄兴镇中心小学2021年度单位决算|unit_final_account|2021|430121|长沙县黄兴镇中心小学
句容市疾病预防控制中心2021年度单位决算公开|unit_final_account|2021|321183|句容市疾病预防控制中心
成都市武侯区机关幼儿园2023年单位预算|unit_budget|2023|510107|成都市武侯区机关幼儿园
2023年度贵阳市白云区第二中学单位预算公开|unit_budget|2023|520113|贵阳市白云区第二中学
广州市白云区均禾街道办事处2022年部门预算|department_budget|2022|440111|广州市白云区均禾街道办事处
深圳市南山区粤海街道办事处2022年部门预算|department_budget|2022|440305|深圳市南山区粤海街道办事处
鹤岗市南山区财政局2022年部门预算|department_budget|2022|230404|鹤岗市南山区财政局
深圳市龙华区财政局2022年部门预算|department_budget|2022|440309|深圳市龙华区财政局
海口市龙华区财政局2022年部门预算|department_budget|2022|460106|海口市龙华区财政局
张家界市永定区财政局2021年部门预算|department_budget|2021|430802|张家界市永定区财政局
龙岩市永定区财政局2021年度部门预算|department_budget|2021|350803|龙岩市永定区财政局
新余市渝水区罗坊镇2021年部门预算|department_budget|2021|360502|新余市渝水区罗坊镇
沛县公安局2020年度部门预算公开|department_budget|2020|320322|沛县公安局
和县融媒体中心2022年单位预算|unit_budget|2022|340523|和县融媒体中心
淳安县千岛湖镇2021年财政预算执行情况及2022年财政预算草案的报告|government_budget|2022|330127|
2022年弥勒市本级一般公共预算收支预算表|government_budget|2022|532504|
西双版纳州景洪市水务局2021年部门预算|department_budget|2021|532801|西双版纳州景洪市水务局
双江拉祜族佤族布朗族傣族自治县民政局2021年部门预算公开|department_budget|2021|530925|双江拉祜族佤族布朗族傣族自治县民政局
那曲市色尼区教育局2022年部门预算|department_budget|2022|540602|那曲市色尼区教育局
阿里地区行政公署办公室2021年部门预算|department_budget|2021|542500|阿里地区行政公署办公室
兴安盟乌兰浩特市财政局2021年部门预算|department_budget|2021|152201|兴安盟乌兰浩特市财政局
锡林郭勒盟行政公署2021年财政预算执行情况和2022年预算草案的报告|government_budget|2022|152500|
黑龙江省大兴安岭地区加格达奇区教育局2022年部门预算|department_budget|2022|232761|黑龙江省大兴安岭地区加格达奇区教育局
伊春市友好区财政局2022年部门预算|department_budget|2022|230719|伊春市友好区财政局
吉林市昌邑区民政局2021年部门预算|department_budget|2021|220202|吉林市昌邑区民政局
吉林省吉林市船营区财政局2021年部门预算|department_budget|2021|220204|吉林省吉林市船营区财政局
霸州市驻北京市联络处2021年部门预算|department_budget|2021|131081|霸州市驻北京市联络处
国家税务总局霸州市税务局2021年部门预算|department_budget|2021|131081|国家税务总局霸州市税务局
上海市公安局普陀分局2022年部门预算|department_budget|2022|310107|上海市公安局普陀分局
廊坊市生态环境局霸州市分局2021年部门预算|department_budget|2021|131081|廊坊市生态环境局霸州市分局
霸州市自然资源和规划局二〇二一年部门预算|department_budget|2021|131081|霸州市自然资源和规划局
二○二○年度霸州市水利局部门决算公开|department_final_account|2020|131081|霸州市水利局
霸州市教育局2021年部门整体支出绩效自评报告|project_performance|2021|131081|霸州市教育局
2022年度霸州市卫生健康局项目支出绩效自评表|project_performance|2022|131081|霸州市卫生健康局
霸州市城市管理综合行政执法局部门预算项目绩效目标（2023年）|project_performance|2023|131081|霸州市城市管理综合行政执法局
霸州市人民政府办公室2021年部门预算公开|department_budget|2021|131081|霸州市人民政府办公室
霸州市人民政府关于2020年财政决算的报告|government_final_account|2020|131081|
霸州市财政局关于2020年财政决算草案的报告|government_final_account|2020|131081|
霸州市财政局2021年部门预算公开|department_budget|2021|131081|霸州市财政局
2021年部门预算公开（霸州市科学技术协会）|department_budget|2021|131081|霸州市科学技术协会
霸州市机关事务服务中心2021年部门预算公开|department_budget|2021|131081|霸州市机关事务服务中心
中国国际贸易促进委员会无锡市委员会2022年度部门预算公开|department_budget|2022|320200|中国国际贸易促进委员会无锡市委员会
唐山市曹妃甸区中国共产党委员会组织部2021年部门预算|department_budget|2021|130209|唐山市曹妃甸区中国共产党委员会组织部
襄阳市襄州区人武部2022年部门预算|department_budget|2022|420607|襄阳市襄州区人武部
永丰县供销合作社联合社2022年部门预算|department_budget|2022|360825|永丰县供销合作社联合社
中共永丰县委政法委员会2021年部门预算|department_budget|2021|360825|中共永丰县委政法委员会
永丰县委宣传部2021年度部门决算公开|department_final_account|2021|360825|永丰县委宣传部
2023年度宜宾市叙州区部门预算公开——宜宾市叙州区审计局|department_budget|2023|511504|宜宾市叙州区审计局
五常市2021年部门预算公开（五常市财政局）|department_budget|2021|230184|五常市财政局
关于公开平江县水利局2022年部门预算的说明|department_budget|2022|430626|平江县水利局
平江县水利局2022年度部门整体支出绩效评价报告|project_performance|2022|430626|平江县水利局
耿马傣族佤族自治县人民法院部门2020年度部门决算|department_final_account|2020|530926|耿马傣族佤族自治县人民法院
2020年度甘肃省华池县人民法院部门决算|department_final_account|2020|621023|甘肃省华池县人民法院
2022年度嘉峪关市农业农村局部门决算|department_final_account|2022|620200|嘉峪关市农业农村局
2023年度泸州市中医医院单位决算|unit_final_account|2023|510500|泸州市中医医院
鄂州市中心医院2023年部门预算公开说明|department_budget|2023|420700|鄂州市中心医院
杭州市西湖区人民政府北山街道办事处2023年单位预算|unit_budget|2023|330106|杭州市西湖区人民政府北山街道办事处
甘肃省兰州市永登县2022年政府预算公开|government_budget|2022|620121|
永登县2021年财政总决算|government_final_account|2021|620121|
关于永登县2021年县本级决算和2022年1-6月预算执行情况的报告|government_final_account|2021|620121|
关于永登县2021年全县和县本级财政决算（草案）的报告|government_final_account|2021|620121|
永登县2022年预算公开|government_budget|2022|620121|
永登县2022年“三公”经费预算公开情况说明|government_budget|2022|620121|
关于永登县2021年度本级预算执行和其他财政收支情况的审计工作报告|other|2021|620121|
永登县中堡镇人民政府2022年部门预算公开情况的说明|department_budget|2022|620121|永登县中堡镇人民政府
廊坊市霸州生态环境分局2022年部门预算|department_budget|2022|131081|廊坊市霸州生态环境分局
霸州一中2022年部门预算公开|department_budget|2022|131081|霸州一中
河北省第二监狱2021年部门预算|department_budget|2021|130000|河北省第二监狱
河北大学2021年部门预算|department_budget|2021|130000|河北大学
四川省高级人民法院2021年度部门决算|department_final_account|2021|510000|四川省高级人民法院
新疆生产建设兵团第八师石河子市教育局2022年部门预算|department_budget|2022|659001|新疆生产建设兵团第八师石河子市教育局
2022年度曲阳县教育局（本级）单位预算公开|unit_budget|2022|130634|曲阳县教育局
武汉市江岸区上海街道办事处2022年部门预算|department_budget|2022|420102|武汉市江岸区上海街道办事处
北京市海淀区北京路小学2023年单位预算|unit_budget|2023|110108|北京市海淀区北京路小学
";

fn blocks(blocks: Vec<Block>) -> Blocks {
    Blocks { blocks, furniture: Vec::new(), properties: Properties::default(), warnings: Vec::new() }
}

fn centred(text: &str) -> Block {
    Block::Paragraph(Paragraph { centred: true, ..Paragraph::plain(text) })
}

fn plain(text: &str) -> Block {
    Block::Paragraph(Paragraph::plain(text))
}

fn table(rows: &[&[&str]]) -> Block {
    let mut builder = TableBuilder::new();
    for row in rows {
        builder.start_row();
        row.iter().for_each(|text| builder.cell(CellSpec::plain(*text)));
    }
    Block::Table(builder.finish().unwrap())
}

fn facts(content: Vec<Block>, path: &str) -> DocumentFacts {
    read(&blocks(content), path).0
}

#[test]
fn titles_from_across_the_country_yield_their_facts() {
    let mut wrong = Vec::new();
    for line in TITLES.lines().filter(|line| !line.is_empty()) {
        let fields: Vec<&str> = line.split('|').collect();
        let facts = facts(vec![centred(fields[0]), plain("一、主要职责")], "P02020696221.docx");
        let year = facts.fiscal_year.map(|year| year.to_string()).unwrap_or_default();
        let got = [&facts.title, facts.kind.code(), &year, &facts.region_code, &facts.department_name];
        if got[..] != fields[..] {
            wrong.push(format!("{line}\n    {}", got.join("|")));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_title_spread_over_cover_lines_is_joined() {
    let covers: &[(&[&str], &str)] = &[
        (
            &["瑞金市教育局", "2020年度部门决算", "目  录", "第一部分  部门概况"],
            "瑞金市教育局2020年度部门决算",
        ),
        (
            &["中共上海市普陀区委", "社会工作部 2024 年度", "部门决算", "目 录"],
            "中共上海市普陀区委社会工作部2024年度部门决算",
        ),
        (&["霸州市财政局", "2021年度", "部门预算公开", "二〇二一年二月"], "霸州市财政局2021年度部门预算公开"),
        (&["2021年度", "霸州市财政局", "部门预算", "2021年2月3日"], "2021年度霸州市财政局部门预算"),
        (
            &["附件1：", "霸州市财政局2021年部门预算", "信息公开", "目录"],
            "霸州市财政局2021年部门预算信息公开",
        ),
        (&["公开表1", "霸州市财政局2021年部门预算公开", "目　录"], "霸州市财政局2021年部门预算公开"),
        (
            &[
                "关于宁乡市2020年财政预算执行情况",
                "和2021年财政预算草案的报告",
                "——2021年1月11日在宁乡市人民代表大会会议上",
            ],
            "关于宁乡市2020年财政预算执行情况和2021年财政预算草案的报告",
        ),
        (
            &["宁乡市2020年预算执行情况和2021年预算", "（草案）", "（2021年1月11日在宁乡市第一次会议上）"],
            "宁乡市2020年预算执行情况和2021年预算（草案）",
        ),
        (
            &["江苏省2018年度", "省级部门预算公开报表", "部 门:中共江苏省委办公厅", "江苏省财政厅印制"],
            "江苏省2018年度省级部门预算公开报表",
        ),
        (
            &["上海市普陀区2025年区级单位预算", "预算单位：上海市普陀区商务委员会", "目 录"],
            "上海市普陀区2025年区级单位预算",
        ),
        (&["2023年度部门预算", "晋江市民政局", "2023年1月"], "晋江市民政局2023年度部门预算"),
        (
            &["永丰县人大常委会办公室", "关于2021年部门预算公开的", "说明", "目录"],
            "永丰县人大常委会办公室关于2021年部门预算公开的说明",
        ),
        (
            &["涿州市教育体育局", "关于2020年部门预算信息公开的说明"],
            "涿州市教育体育局关于2020年部门预算信息公开的说明",
        ),
        (
            &["[bookmark: RANGE!A1:AH10]霸州市财政局2021年部门预算信息公开"],
            "霸州市财政局2021年部门预算信息公开",
        ),
        (
            &["部门代码：805", "霸州市财政局2021年部门预算", "编制日期：2021年1月"],
            "霸州市财政局2021年部门预算",
        ),
        (
            &["1", "江苏省高级人民法院", "2019 年度部门预算公开", "2"],
            "江苏省高级人民法院2019年度部门预算公开",
        ),
        (
            &["霸州市第一中学", "2022年度单位预算公开说明", "第一部分 单位概况"],
            "霸州市第一中学2022年度单位预算公开说明",
        ),
        (
            &[
                "2020年义乌市交通运输局项目支出绩效目标表",
                "现将义乌市交通运输局2020年预算安排的项目支出绩效目标公开如下，共6个项目。",
            ],
            "2020年义乌市交通运输局项目支出绩效目标表",
        ),
    ];
    for (lines, title) in covers {
        let centred_lines = lines.iter().map(|line| centred(line)).collect();
        assert_eq!(facts(centred_lines, "P0202.docx").title, *title, "{lines:?}");
        let plain_lines = lines.iter().map(|line| plain(line)).collect();
        if !lines.contains(&"晋江市民政局") {
            assert_eq!(facts(plain_lines, "P0202.docx").title, *title, "as text: {lines:?}");
        }
    }
}

#[test]
fn a_title_in_a_box_counts_as_the_cover() {
    let cover = table(&[&["霸州市财政局"], &["2021年部门预算"]]);
    assert_eq!(facts(vec![cover, centred("目录")], "").title, "霸州市财政局2021年部门预算");
}

#[test]
fn captions_of_standard_tables_are_no_title_where_the_file_has_a_name() {
    let content = || {
        vec![
            centred("收支预算总表"),
            plain("部门：中共江苏省委办公厅      单位：万元"),
            plain("2019年预算数"),
        ]
    };
    let named = facts(content(), "江苏/江苏省委办公厅2019年度部门预算公开表格.docx");
    assert_eq!(named.title, "江苏省委办公厅2019年度部门预算公开表格");
    assert_eq!(named.department_name, "中共江苏省委办公厅");
    assert_eq!((named.fiscal_year, named.region_code.as_str()), (Some(2019), "320000"));
    assert_eq!(facts(content(), "P0201.docx").title, "收支预算总表");
}

#[test]
fn properties_that_lie_are_not_believed() {
    let mut lying = blocks(vec![centred("江苏省高级人民法院"), centred("2019 年度部门预算公开")]);
    lying.properties.title = Some("离婚协议书".to_owned());
    assert_eq!(read(&lying, "a.docx").0.title, "江苏省高级人民法院2019年度部门预算公开");
    let mut silent = blocks(vec![plain("　")]);
    silent.properties.title = Some("离婚协议书".to_owned());
    assert_eq!(read(&silent, "a.docx").0.title, "");
    silent.properties.title = Some("霸州市教育局2021年部门预算".to_owned());
    assert_eq!(read(&silent, "a.docx").0.title, "霸州市教育局2021年部门预算");
}

#[test]
fn a_running_header_states_the_title_where_the_text_does_not() {
    let mut headed = blocks(vec![plain("一、部门职责")]);
    headed
        .furniture
        .push(Furniture {
            kind: FurnitureKind::Header, text: "瑞金市教育局2020年度部门决算".to_owned()
        });
    let facts = read(&headed, "a.docx").0;
    assert_eq!(
        (facts.title.as_str(), facts.kind.code()),
        ("瑞金市教育局2020年度部门决算", "department_final_account")
    );
    // The title of a table that goes on over pages is repeated as well.
    headed.furniture[0].text = "2020年政府采购预算表".to_owned();
    assert_eq!(
        read(&headed, "瑞金市教育局2020年度部门预算公开表.pdf").0.title,
        "瑞金市教育局2020年度部门预算公开表"
    );
}

#[test]
fn departments_are_read_from_labelled_lines() {
    let lines = [
        ("编制部门：805霸州市教育局", "805", "霸州市教育局"),
        ("编制单位：霸州市教育局        金额单位：元", "", "霸州市教育局"),
        ("部门名称：[805]霸州市教育局　　　　单位：万元", "805", "霸州市教育局"),
        ("部 门:霸州市教育局 单位：万元", "", "霸州市教育局"),
        ("部门： 霸州市教育局 单位：万元", "", "霸州市教育局"),
        ("部门编码：805    部门名称：霸州市教育局   单位：万元", "805", "霸州市教育局"),
        ("填报单位（盖章）：霸州市教育局（公章）  填报日期：2021年1月2日", "", "霸州市教育局"),
        ("预算主管部门：霸州市教育局", "", "霸州市教育局"),
        ("805霸州市教育局　　　　单位：万元", "805", "霸州市教育局"),
        ("部门：霸州市教育局单位：万元", "", "霸州市教育局"),
        ("单位：霸州市教育局\t金额单位：万元", "", "霸州市教育局"),
        ("部门（单位）名称：805-霸州市教育局", "805", "霸州市教育局"),
        ("部门(单位)：霸州市教育局[805]", "805", "霸州市教育局"),
    ];
    for (line, code, name) in lines {
        let facts = facts(
            vec![centred("2021年部门预算公开"), plain("部门收支总表"), plain(line), plain("单位：万元")],
            "",
        );
        assert_eq!((facts.department_code.as_str(), facts.department_name.as_str()), (code, name), "{line}");
        assert_eq!(facts.region_code, "131081", "{line}");
    }
}

#[test]
fn the_code_of_the_department_wins_over_those_of_its_units() {
    let income = table(&[
        &["部门（单位）代码", "部门（单位）名称", "合计"],
        &["", "合计", "147900500.00"],
        &["477", "晋江市民政局", "147900500.00"],
        &["477001", "　晋江市民政局", "137900500.00"],
        &["477002", "　晋江市殡葬管理所", "10000000.00"],
    ]);
    let facts = facts(
        vec![
            centred("泉州市晋江市民政局2023年度部门预算公开"),
            plain("编制单位：晋江市民政局        金额单位：元"),
            income,
        ],
        "",
    );
    assert_eq!((facts.department_code.as_str(), facts.department_name.as_str()), ("477", "晋江市民政局"));
    assert_eq!(
        (facts.region_name.as_str(), facts.city_name.as_str(), facts.province_name.as_str()),
        ("晋江市", "泉州市", "福建省")
    );
}

#[test]
fn a_table_of_departments_names_the_county_body_without_its_city() {
    let income = table(&[
        &["部门（单位）代码", "部门（单位）名称", "合计"],
        &["477", "晋江市民政局", "147900500.00"],
        &["477002", "晋江市殡葬管理所", "10000000.00"],
    ]);
    let name = |title: &str| facts(vec![plain(title), income.clone()], "").department_name;
    assert_eq!(name("泉州市晋江市民政局2023年度部门预算公开"), "晋江市民政局");
    assert_eq!(name("泉州市民政局2023年度部门预算公开"), "泉州市民政局");
}

#[test]
fn departments_are_read_from_cells_beside_their_label() {
    let form = table(&[
        &["项目名称", "农村公路养护", "", ""],
        &["主管部门及代码", "义乌市交通运输局 [123]", "实施单位", "义乌市公路中心"],
    ]);
    let facts = facts(vec![centred("项目支出绩效目标表"), centred("（2020年度）"), form], "");
    assert_eq!((facts.department_code.as_str(), facts.department_name.as_str()), ("123", "义乌市交通运输局"));
    assert_eq!((facts.kind.code(), facts.fiscal_year), ("project_performance", Some(2020)));
}

#[test]
fn units_of_a_department_do_not_take_its_place() {
    let units = table(&[
        &["单位名称", "单位性质", "单位规格", "经费保障形式"],
        &["涿州市教育体育局", "行政", "正科级", "财政拨款"],
        &["涿州市第一中学", "参公事业", "股级", "财政拨款"],
    ]);
    let title = "涿州市教育体育局关于2020年部门预算信息公开的说明";
    let goals = plain("填报单位：涿州市第一中学  单位：万元");
    let facts = facts(vec![centred(title), units, goals, plain("852涿州市教育体育局　　　　单位：万元")], "");
    assert_eq!((facts.department_code.as_str(), facts.department_name.as_str()), ("852", "涿州市教育体育局"));
}

#[test]
fn a_unit_document_names_its_unit() {
    let facts = facts(
        vec![
            centred("上海市普陀区2025年区级单位预算"),
            centred("预算单位：上海市普陀区商务委员会"),
            centred("目 录"),
        ],
        "",
    );
    assert_eq!(
        (facts.kind.code(), facts.department_name.as_str()),
        ("unit_budget", "上海市普陀区商务委员会")
    );
    assert_eq!(
        (facts.region_name.as_str(), facts.city_name.as_str(), facts.province_name.as_str()),
        ("普陀区", "", "上海市")
    );
}

#[test]
fn a_name_of_several_places_is_decided_by_its_surroundings_or_left_open() {
    let title = || centred("鼓楼区审计局2021年度部门预算公开");
    let read = |content: Vec<Block>, path: &str| read(&blocks(content), path);
    let (facts, warnings) = read(vec![title(), plain("一、主要职责")], "");
    assert_eq!(facts.region_code, "");
    assert_eq!(warnings, [Warning::RegionAmbiguous("鼓楼区".to_owned())]);
    let decided = [
        (plain("按照徐州市委统一部署，开展审计。"), "", "320302"),
        (plain("《关于下达资金的通知》（闽财社〔2020〕31号）"), "", "350102"),
        (plain("贯彻河南省审计厅的部署。"), "", "410204"),
        (plain("一、主要职责"), "江苏省/南京市/a.docx", "320106"),
        (plain("一、主要职责"), "福建/a.docx", "350102"),
        (plain("一、主要职责"), "福州市鼓楼区审计局.docx", "350102"),
    ];
    for (hint, path, code) in decided {
        let (facts, warnings) = read(vec![title(), hint.clone()], path);
        assert_eq!((facts.region_code.as_str(), warnings.len()), (code, 0), "{hint:?} {path}");
    }
}

#[test]
fn a_department_without_its_place_finds_it_in_the_body_or_the_path() {
    let body = |text: &str, path: &str| {
        facts(vec![centred("2021年部门预算公开"), centred("民政局"), plain(text)], path).region_code
    };
    assert_eq!(body("霸州市民政局负责霸州市的社会救助，接受廊坊市民政局指导。", ""), "131081");
    assert_eq!(body("负责社会救助。", "河北省/廊坊市/霸州市/a.docx"), "131081");
    assert_eq!(body("负责社会救助。", "河北/霸州/a.docx"), "131081");
    assert_eq!(body("负责社会救助，完成县级任务，扩大城区绿地。", "a.docx"), "");
}

#[test]
fn the_year_is_that_of_the_account_and_not_of_other_numbers() {
    let year = |content: Vec<Block>, path: &str| facts(content, path).fiscal_year;
    let silent = |text: &str| vec![centred("霸州市教育局部门预算公开"), plain(text)];
    assert_eq!(
        year(silent("截至2019年末，在职30人。2020年部门预算如下，冀财社〔2018〕83号。"), ""),
        Some(2020)
    );
    assert_eq!(year(silent("编制2021—2023年三年规划，2022年部门预算安排。"), ""), Some(2022));
    assert_eq!(year(silent("本部门公开如下。"), "2021年/a.docx"), Some(2021));
    assert_eq!(year(silent("本部门公开如下。"), "2021/W020200203123.docx"), Some(2021));
    assert_eq!(year(silent("本部门公开如下。"), "W020200203123.docx"), None);
    let account = vec![
        centred("霸州市教育局部门决算公开"),
        centred("2021年9月"),
        plain("2020年度部门决算收入总计10万元，2021年预算另行公开。"),
    ];
    assert_eq!(year(account, ""), Some(2020));
}

#[test]
fn an_empty_document_has_no_facts() {
    let (facts, warnings) = read(&blocks(Vec::new()), "");
    assert_eq!((facts, warnings.len()), (DocumentFacts::default(), 0));
}

#[test]
fn every_region_is_told_by_its_city_and_by_its_own_name_where_that_is_the_only_one() {
    let mut wrong = Vec::new();
    let regions =
        || region::all().iter().filter(|region| matches!(region.lists, Lists::Both | Lists::Since2016));
    for one in regions().filter(|one| !one.code.starts_with("4603") && one.code != "620201") {
        let above = one.city().or_else(|| one.province()).filter(|above| above.code != one.code);
        let plain_word = ["矿区", "东区", "西区", "城东区", "城西区", "城北区"].contains(&one.name);
        let alone = !plain_word && regions().filter(|other| other.name == one.name).count() == 1;
        let own = format!("{}教育局2023年部门预算", one.name);
        let full = format!("{}{own}", above.map_or("", |above| above.name));
        for title in [full, own].into_iter().take(if alone { 2 } else { 1 }) {
            let (facts, _) = read(&blocks(vec![centred(&title)]), "");
            if facts.region_code != one.code {
                wrong.push(format!("{title}: {} for {}", facts.region_code, one.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_document_without_a_title_names_its_body_in_the_first_heading() {
    let content =
        vec![plain("目 录"), plain("第一部分 永丰县人民法院概况"), plain("第二部分 2020年度部门决算表")];
    let facts = facts(content, "");
    assert_eq!((facts.department_name.as_str(), facts.region_code.as_str()), ("永丰县人民法院", "360825"));
    assert_eq!((facts.kind.code(), facts.fiscal_year), ("department_final_account", Some(2020)));
}

#[test]
fn one_name_above_all_tables_is_the_disclosing_body() {
    let line = || plain("部门： 江苏省人大常委会办公厅        单位：万元");
    let content = vec![centred("江苏省人大办公厅2017年度部门预算"), line(), line(), line()];
    assert_eq!(facts(content, "").department_name, "江苏省人大常委会办公厅");
    let form = plain("填报单位：霸州市第二中学  单位：万元");
    let filled = vec![centred("霸州市教育局2021年部门预算"), form.clone(), form.clone(), form];
    assert_eq!(facts(filled, "").department_name, "霸州市教育局");
}

#[test]
fn a_government_report_is_known_by_its_words_where_its_title_is_lost() {
    let report = vec![
        centred("——2021年1月11日在宁乡市人民代表大会会议上"),
        plain("各位代表："),
        plain("受市人民政府委托，现将2020年财政预算执行情况和2021年财政预算草案提请大会审议。"),
        Block::Paragraph(Paragraph {
            outline: Some(1), ..Paragraph::plain("一、2020年财政预算执行情况")
        }),
        plain("2021年全市一般公共预算收入预期37.43亿元。"),
        plain("附表：2021年宁乡市一般公共预算收入预算表"),
    ];
    let facts = facts(report, "P0202.docx");
    assert_eq!((facts.kind.code(), facts.fiscal_year), ("government_budget", Some(2021)));
    assert_eq!((facts.region_code.as_str(), facts.department_name.as_str()), ("430182", ""));
}

#[test]
fn forms_of_targets_alone_are_project_performance() {
    let form = || {
        table(&[&["主管部门", "义乌市交通运输局"], &["年度资金总额", "559.74"], &["一级指标", "三级指标"]])
    };
    let facts = facts(vec![plain("现将2020年预算安排的目标公开如下。"), form(), form()], "P0202.docx");
    assert_eq!(
        (facts.kind.code(), facts.department_name.as_str()),
        ("project_performance", "义乌市交通运输局")
    );
}
