using Cluster.Cases.Assignment;

namespace Cluster.Cases.Tests.Assignment;

public sealed class PreviousHandlersTests
{
    [Theory]
    [InlineData("ARR", "PRO", "p", null)] // R 8: who reviewed the arrest reviews for prosecution
    [InlineData("PRO", "JUDGREV", "p", null)]
    [InlineData("PRO", "REV", null, "handled-before")] // R 290, 379
    [InlineData("ARR", "PETC", null, "handled-before")]
    [InlineData("OWN", "ARR-D", null, "investigated-before")] // R 35
    [InlineData("OWN", "PRO", null, "investigated-before")]
    [InlineData("OWN", "OWN", "p", null)]
    public void Who_handled_the_case_before_gets_what_continues_it_unless_it_asks_for_another(string before, string caseType, string? preferred, string? reason)
    {
        var handlers = PreviousHandlers.Of(caseType, [new(before, "p", Continued: true)]);

        Assert.Equal(preferred, handlers.Preferred);
        Assert.Equal(reason is null ? [] : [new Exclusion("p", reason)], handlers.Excluded);
    }

    [Fact]
    public void A_merged_case_goes_to_the_handler_of_the_other_where_it_continues_none() =>
        Assert.Equal("q", PreviousHandlers.Of("PRO", [new("OWN", "p", Continued: true), new("PRO", "q", Continued: false), new("PRO", "r", Continued: false)]).Preferred);

    [Fact]
    public void Nobody_is_preferred_without_a_linked_case() => Assert.Null(PreviousHandlers.Of("PRO", []).Preferred);
}
