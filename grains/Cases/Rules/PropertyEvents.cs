using Cluster.Cases.Assessment;
using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>How the words of property events are read: offices write kind, manner and relation in Chinese or in English.</summary>
internal static class PropertyEvents
{
    // The first line with a word that the text holds decides, so narrower words stand before wider ones.
    private static readonly (string Code, string[] Words)[] Kinds =
    [
        ("securities", ["证券", "股票", "债券", "基金", "期货", "securities", "bonds", "stocks"]),
        ("equity", ["股权", "投资权益", "equity"]),
        ("account", ["账户", "存款", "汇款", "冻结", "account", "deposit"]),
        ("virtual", ["虚拟", "virtual", "crypto"]),
        ("money", ["款", "现金", "人民币", "外币", "money", "cash", "currency"]),
        ("real-estate", ["不动产", "房", "土地", "real-estate", "real estate", "building"]),
        ("relic", ["文物", "relic"]),
        ("contraband", ["违禁", "毒品", "枪支", "弹药", "contraband", "drugs"]),
        ("dangerous", ["危险", "易燃", "易爆", "剧毒", "放射", "dangerous", "explosive"]),
        ("perishable", ["易腐", "鲜活", "易变质", "perishable"]),
        ("classified", ["涉密", "国家秘密", "classified"]),
        ("vehicle", ["车", "船", "vehicle"]),
    ];

    private static readonly (string Code, string[] Words)[] Manners =
    [
        ("stock-take", ["盘点", "清点", "stock-take", "stocktake"]),
        ("freeze-waiting", ["轮候"]),
        ("freeze-renewed", ["续冻", "续行冻结", "继续冻结", "renew"]),
        ("released", ["解除", "解冻", "解封", "releas", "unfreez"]),
        ("frozen", ["冻结", "frozen", "freez"]),
        ("sold-on-request", ["申请出售", "申请变卖", "申请拍卖", "权利人申请", "权利人同意", "request"]),
        ("perishable", ["易腐", "易贬值", "易损", "易变质", "鲜活", "perishable", "depreciat"]),
        ("unrelated", ["无关", "unrelated"]),
        ("relocated", ["移库", "调整库位", "relocat"]),
        ("borrowed", ["借", "调用", "borrow", "loan", "lent"]),
        ("handed-back", ["返还", "退还", "发还", "交还", "退回", "to the owner", "to the victim"]),
        ("returned", ["归还", "还库", "返库", "入库", "return"]),
        ("confiscated", ["没收", "上缴", "追缴", "confiscat", "treasury"]),
        ("sold", ["拍卖", "变卖", "出售", "auction", "sold", "sale"]),
        ("destroyed", ["销毁", "destroy"]),
        ("sent", ["移送", "移交", "随案", "法院", "transfer", "court", "sent"]),
        ("seized", ["扣押", "查封", "调取", "提取", "seiz", "seal"]),
    ];

    private static readonly (string Code, string[] Words)[] Relations =
    [
        ("unrelated", ["无关", "unrelated"]),
        ("proceeds", ["违法所得", "犯罪所得", "赃", "proceeds"]),
        ("instrument", ["供犯罪所用", "作案工具", "instrument", "tool"]),
        ("victim", ["被害人", "victim"]),
        ("undecided", ["待定", "undecided"]),
        ("evidence", ["证据", "物证", "evidence"]),
    ];

    private static readonly string[] Chiefs = ["chief", "committee", "检察长", "检委会", "检察委员会"];

    private static readonly string[] Lower = ["prosecutor", "head", "department", "承办", "检察官", "部门", "主任", "书记员", "案管"];

    /// <summary>money, account, securities, equity, virtual, real-estate, relic, contraband, dangerous, perishable, classified, vehicle; goods for anything else.</summary>
    public static string Kind(string? text) => Read(Kinds, text) ?? "goods";

    /// <summary>How it was received, moved or disposed of; null where not told, <c>other</c> for words nobody knows.</summary>
    public static string? Manner(CaseEvent e) => e.Data["how"].Text is { } how ? Read(Manners, how) ?? "other" : null;

    /// <summary>What the item is to the crime; null where not told.</summary>
    public static string? Relation(string? text) => text is null ? null : Read(Relations, text) ?? "undecided";

    /// <summary>none, chief (a deputy acts for the chief), lower, or unknown for a person nobody can place.</summary>
    public static string Approver(CaseEvent e, string? handler)
    {
        if (e.Data["approvedBy"].Text is not { } by || string.IsNullOrWhiteSpace(by)) return "none";
        if (Holds(Chiefs, by)) return "chief";
        return by == handler || Holds(Lower, by) ? "lower" : "unknown";
    }

    public static bool Tells(CaseEvent e) => Array.IndexOf(PropertyItems.Telling, e.Ordinal) >= 0;

    /// <summary>Whether an item leaves the office for good with this event: a loan, or a move within the store, does not.</summary>
    public static bool Leaves(CaseEvent e) =>
        e.Type == "property.disposed" || (e.Type == "property.moved" && Manner(e) is not ("borrowed" or "returned" or "relocated" or "stock-take"));

    private static string? Read((string Code, string[] Words)[] table, string? text)
    {
        if (text is null) return null;
        foreach (var (code, words) in table)
        {
            if (text == code || Holds(words, text)) return code;
        }

        return null;
    }

    private static bool Holds(string[] words, string text)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
