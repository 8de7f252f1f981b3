namespace Cluster.Api.Demo;

/// <summary>What the replay must know about a charge to generate the steps the law asks for.</summary>
internal static class DemoCharges
{
    private static readonly HashSet<string> Duty =
    [
        "受贿罪", "贪污罪", "行贿罪", "单位行贿罪", "挪用公款罪", "介绍贿赂罪", "对有影响力的人行贿罪", "单位受贿罪", "对单位行贿罪",
        "滥用职权罪", "玩忽职守罪", "帮助犯罪分子逃避处罚罪", "违法发放林木采伐许可证罪",
        "国有公司、企业、事业单位人员滥用职权罪",
    ];

    private static readonly HashSet<string> Injuring =
    [
        "故意伤害罪", "故意杀人罪", "过失致人死亡罪", "交通肇事罪", "重大责任事故罪", "重大劳动安全事故罪",
    ];

    private static readonly HashSet<string> AgainstPersons =
    [
        "强奸罪", "非法拘禁罪", "侵犯公民个人信息罪", "强制猥亵、侮辱罪", "绑架罪", "猥亵儿童罪", "诬告陷害罪", "非法侵入住宅罪",
        "拐卖妇女、儿童罪", "拐骗儿童罪", "组织未成年人进行违反治安管理活动罪", "重婚罪", "寻衅滋事罪", "强迫交易罪", "强迫卖淫罪", "引诱幼女卖淫罪", "招摇撞骗罪", "冒充军人招摇撞骗罪",
        "放火罪", "失火罪", "以危险方法危害公共安全罪", "聚众斗殴罪",
    ];

    private static readonly HashSet<string> AgainstProperty =
    [
        "盗窃罪", "诈骗罪", "敲诈勒索罪", "抢劫罪", "故意毁坏财物罪", "职务侵占罪", "挪用资金罪", "抢夺罪", "拒不支付劳动报酬罪",
        "合同诈骗罪", "贷款诈骗罪", "信用卡诈骗罪", "集资诈骗罪", "保险诈骗罪", "票据诈骗罪", "非法吸收公众存款罪", "组织、领导传销活动罪",
        "销售假冒注册商标的商品罪", "假冒注册商标罪", "侵犯著作权罪",
    ];

    private static readonly HashSet<string> Economic =
    [
        "非法经营罪", "串通投标罪", "非国家工作人员受贿罪", "对非国家工作人员行贿罪", "虚开发票罪",
        "虚开增值税专用发票、用于骗取出口退税、抵扣税款发票罪", "妨害信用卡管理罪", "生产、销售伪劣产品罪", "非法转让、倒卖土地使用权罪",
        "隐匿、故意销毁会计凭证、会计账簿、财务会计报告罪", "骗取贷款、票据承兑、金融票证罪", "走私普通货物、物品罪", "伪造、变造金融票证罪",
        "违法发放贷款罪", "非法制造、出售非法制造的发票罪", "伪造、出售伪造的增值税专用发票罪", "虚假出资、抽逃出资罪", "高利转贷罪", "逃税罪",
        "洗钱罪", "骗取出口退税罪", "为亲友非法牟利罪", "窃取、收买、非法提供信用卡信息罪",
        "合同诈骗罪", "贷款诈骗罪", "集资诈骗罪", "保险诈骗罪", "票据诈骗罪", "非法吸收公众存款罪", "组织、领导传销活动罪",
    ];

    private static readonly HashSet<string> AgainstBrands =
    [
        "假冒注册商标罪", "销售假冒注册商标的商品罪", "非法制造、销售非法制造的注册商标标识罪", "假冒专利罪", "侵犯著作权罪", "销售侵权复制品罪", "侵犯商业秘密罪",
    ];

    private static readonly HashSet<string> Grave = ["故意杀人罪", "抢劫罪", "绑架罪", "放火罪", "以危险方法危害公共安全罪", "组织、领导、参加黑社会性质组织罪"];

    /// <summary>Charges that never fall to a minor in this replay: they need an office, a company or a driving licence.</summary>
    private static readonly HashSet<string> AdultOnly = ["危险驾驶罪", "交通肇事罪", "虚假诉讼罪", "拒不执行判决、裁定罪", "非法占用农用地罪", "污染环境罪", "非法采矿罪", "重婚罪"];

    public static bool IsDuty(IEnumerable<string> charges) => charges.Any(Duty.Contains);

    public static bool HasVictims(IEnumerable<string> charges)
        => charges.Any(c => AgainstPersons.Contains(c) || AgainstProperty.Contains(c) || Injuring.Contains(c));

    public static bool HasInjury(IEnumerable<string> charges) => charges.Any(Injuring.Contains);

    /// <summary>涉及追赃挽损: something was taken that can be recovered.</summary>
    public static bool HasLoss(IEnumerable<string> charges) => charges.Any(c => AgainstProperty.Contains(c) || Economic.Contains(c));

    public static bool IsEconomic(IEnumerable<string> charges) => charges.Any(Economic.Contains);

    public static bool IsGrave(IEnumerable<string> charges) => charges.Any(Grave.Contains);

    /// <summary>生产、销售伪劣商品罪 (CRIM 140-148): all of them are named so.</summary>
    public static bool IsShoddyGoods(string charge) => charge.StartsWith("生产、销售", StringComparison.Ordinal);

    /// <summary>侵犯知识产权罪 (CRIM 213-219).</summary>
    public static bool IsAgainstBrands(string charge) => AgainstBrands.Contains(charge);

    public static bool FitsMinor(IEnumerable<string> charges)
        => charges.All(c => !Duty.Contains(c) && !Economic.Contains(c) && !AdultOnly.Contains(c));

    /// <summary>The charge as it stands in a case name: 盗窃罪 → 盗窃.</summary>
    public static string InCaseName(string charge) => charge.EndsWith('罪') ? charge[..^1] : charge;
}
