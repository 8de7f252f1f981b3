using Cluster.Law;

namespace Cluster.Cases.Assignment;

/// <summary>Why somebody cannot have a case, as people read it.</summary>
public static class ExclusionText
{
    public static LocalizedText Of(string reason) => reason switch
    {
        Eligibility.NotQualified => new("非员额检察官", "not a quota prosecutor (员额检察官)"),
        Eligibility.OffDuty => new("不在岗", "off duty"),
        Eligibility.NoCapacity => new("未排工作量", "no capacity set"),
        Eligibility.Absent => new("请假期间", "away today"),
        Eligibility.Recused => new("应当回避", "recused"),
        Eligibility.OverCap => new("已达负荷上限", "carries the most weight allowed already"),
        Eligibility.LacksSpecialty => new("无该类案件的专业资格", "lacks the specialty the case needs"),
        "linked-to-another" => new("关联案件由他人承办", "the linked case is with somebody else"),
        "not-their-turn" => new("未轮到", "not their turn"),
        _ => new(reason, reason),
    };
}
