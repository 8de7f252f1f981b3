namespace Cluster.Fuzz.Tests;

/// <summary>A slice of the long run (tests/Fuzz, <c>run</c>), of the same inputs at every build.</summary>
public sealed class SliceTests
{
    [Theory]
    [InlineData(2026, 5_000)]
    public async Task No_input_breaks_hangs_or_half_changes_anything(ulong seed, long inputs)
    {
        var told = new StringWriter();
        IReadOnlyList<(Episode Episode, Oracles.Fault Fault)> found = await new Campaign(new CampaignOptions(seed, inputs), told).Run();
        Assert.True(found.Count == 0, told.ToString());
    }
}
