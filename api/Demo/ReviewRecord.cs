namespace Cluster.Api.Demo;

/// <summary>What happened in a review for prosecution, for the cards that are filled at its end.</summary>
internal sealed class ReviewRecord(int suspects)
{
    public DateOnly?[] Notified { get; } = new DateOnly?[suspects];
    public DateOnly?[] Interrogated { get; } = new DateOnly?[suspects];
    public DateOnly?[] Pleaded { get; } = new DateOnly?[suspects];
    public DateOnly? VictimNotified { get; set; }
    public int Extensions { get; set; }
}
