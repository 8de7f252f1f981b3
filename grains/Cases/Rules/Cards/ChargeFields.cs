namespace Cluster.Cases.Rules.Cards;

/// <summary>The fields that hold charges: a main one, and one for all others.</summary>
internal static class ChargeFields
{
    private static readonly Dictionary<string, CardField[]> Groups = new(StringComparer.Ordinal)
    {
        ["suspected"] = Fields("涉嫌案由", "涉嫌其他案由"),
        ["transferred"] = Fields("移送案由", "移送其他案由"),
        ["concluded"] = Fields("审结案由", "审结其他案由"),
        ["judged"] = Fields("判决罪名", "判决其他罪名"),
        ["latest"] = Fields("审结案由", "审结其他案由", "移送案由", "移送其他案由", "涉嫌案由", "涉嫌其他案由"),
        ["prior"] = Fields("前罪罪名"),
    };

    /// <summary>The fields of a group; null for a name that is none.</summary>
    public static CardField[]? Of(string group) => Groups.GetValueOrDefault(group);

    private static CardField[] Fields(params string[] names) => [.. names.Select(n => CardFields.Find(n)!)];
}
