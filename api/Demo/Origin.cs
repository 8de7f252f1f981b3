namespace Cluster.Api.Demo;

/// <summary>Where an event of the replay comes from; the values of its data field <c>origin</c>.</summary>
internal static class Origin
{
    public const string Judgment = "judgment";
    public const string Derived = "derived";
    public const string Generated = "generated";
}
