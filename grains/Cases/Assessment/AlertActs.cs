using System.Collections.Frozen;

namespace Cluster.Cases.Assessment;

/// <summary>What people do about an alert (contract chapter 6), and the events that record it.</summary>
public static class AlertActs
{
    public const string Acknowledge = "acknowledge";
    public const string Dismiss = "dismiss";
    public const string Notice = "notice";
    public const string Reply = "reply";
    public const string Close = "close";
    public const string Refer = "refer";
    public const string Oral = "oral";

    /// <summary>The source of the events that record acts.</summary>
    public const string Source = "/cluster/acts";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [Acknowledge] = "supervision.acknowledged",
        [Dismiss] = "supervision.dismissed",
        [Notice] = "supervision.noticed",
        [Reply] = "supervision.replied",
        [Close] = "supervision.closed",
        [Refer] = "supervision.referred",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Acts = Types.ToFrozenDictionary(t => t.Value, t => t.Key, StringComparer.Ordinal);

    public static IReadOnlyList<string> All { get; } = [Acknowledge, Dismiss, Notice, Reply, Close, Refer];

    /// <summary>How grave a notice is: 口头提示, 流程监控通知书, 通知书并报检察长 (R 665). Rising.</summary>
    public static IReadOnlyList<string> Notices { get; } = [Oral, "written", "report"];

    /// <summary>The place of a notice among <see cref="Notices"/>.</summary>
    public static int GradeOf(string notice) => Notices.TakeWhile(n => n != notice).Count();

    /// <summary>The type of the event that records an act.</summary>
    public static string TypeOf(string act) => Types[act];

    /// <summary>The act that an event of a type records; null of any other type.</summary>
    public static string? Of(string type) => Acts.GetValueOrDefault(type);
}
