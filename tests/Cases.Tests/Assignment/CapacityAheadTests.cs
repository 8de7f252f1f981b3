using Cluster.Cases.Assignment;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>Newcomers, those about to leave, and leaders: how much they are given.</summary>
public sealed class CapacityAheadTests
{
    private static readonly DrawPolicy Policy = DrawPolicy.Default with { Newcomer = new() { From = 0.5m, Months = 6 }, Absence = [new() { Least = 14, Days = 21, Left = 0.1m }] };
    private static readonly RosterEntry A = Prosecutor("a"), New = Prosecutor("n", 1, "newcomer");

    // Half a year from 2025-09-02 is 181 days: 0.5 + 0.5 × 91 ÷ 181.
    [Theory]
    [InlineData(0, "0.5")]
    [InlineData(91, "0.7514")]
    [InlineData(180, "0.9972")]
    [InlineData(181, null)]
    [InlineData(4_000, null)]
    public void A_newcomers_capacity_grows_day_by_day_to_the_whole(int days, string? share)
    {
        var since = new DateOnly(2025, 9, 2);
        var reduced = CapacityAhead.Of(New with { Since = since }, since.AddDays(days), Policy);

        Assert.Equal(share, reduced?.Newcomer.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Only_a_newcomer_whose_day_of_joining_is_known_grows()
    {
        Assert.Null(CapacityAhead.Of(New, Day, Policy));
        Assert.Null(CapacityAhead.Of(A with { Since = Day }, Day, Policy));
        Assert.Equal(0.6m, Draw.Run(Of(Prosecutor("n", 0.6, "newcomer"), A)).Eligible[1].Capacity);
    }

    [Fact]
    public void Before_the_day_of_joining_nothing_is_dealt()
    {
        Assert.Equal("not-yet-joined", ReasonFor("n", Of(A, New with { Since = Day.AddDays(1) })));
        Assert.Null(ReasonFor("n", Of(A, New with { Since = Day })));
        Assert.Equal("not-yet-joined", ReasonFor("a", Of(A with { Since = DateOnly.MaxValue }, New)));
    }

    [Fact]
    public void A_newcomer_is_filled_up_no_further_than_the_share()
    {
        var roster = new[] { A, Prosecutor("b"), Prosecutor("c"), New with { Since = Day } };
        // Others carry 20: by half the capacity 9 is less than that, 11 is more.
        Assert.Equal(1, Score(Of(roster).Carrying(("a", 20), ("b", 20), ("c", 20.5m), ("n", 8))));
        Assert.Equal(0.000001m, Score(Of(roster).Carrying(("a", 20), ("b", 20), ("c", 20.5m), ("n", 11))));

        decimal Score(DrawInput input) => Draw.Run(input with { Policy = Policy, Weight = 0.5 }).Eligible.Single(e => e.Prosecutor == "n").Score;
    }

    // 22 steps from what is left to all of it: 0.1 + 0.9 × 11 ÷ 22 = 0.55.
    [Theory]
    [InlineData(22, null)]
    [InlineData(21, "0.9591")]
    [InlineData(11, "0.55")]
    [InlineData(1, "0.1409")]
    public void Before_a_long_absence_capacity_falls_evenly(int daysBefore, string? share)
    {
        var from = Day.AddDays(daysBefore);

        Assert.Equal(share, Left(Away(from, from.AddDays(13))));
        Assert.Equal(share, Left(Away(from)));
    }

    [Fact]
    public void A_short_absence_and_one_that_is_over_change_nothing()
    {
        Assert.Null(Left(Away(Day.AddDays(3), Day.AddDays(15)))); // thirteen days
        Assert.Null(Left(Away(Day.AddDays(-30), Day.AddDays(-1))));
        Assert.Equal("0.1409", Left(Away(Day.AddDays(1)), Away(Day.AddDays(18)), Away(Day.AddDays(-3), Day.AddDays(-2))));
    }

    [Fact]
    public void A_heavy_case_passes_by_whoever_is_about_to_leave_and_a_light_one_does_not()
    {
        var input = Of(A, Prosecutor("b"), Prosecutor("c"), Prosecutor("w") with { Absences = [new(Day.AddDays(5), Day.AddDays(60), "产假")] })
            .Carrying(("a", 20), ("b", 21), ("c", 22), ("w", 18)) with
        { Policy = Policy };
        decimal Score(double weight) => Draw.Run(input with { Weight = weight }).Eligible[3].Score;

        Assert.Equal(1, Score(0.5)); // 18 + 0.5 ÷ 0.3045 = 19.6
        Assert.Equal(0.000001m, Score(4)); // 18 + 4 ÷ 0.3045 = 31.1
        // What is carried already is measured by the whole capacity.
        Assert.Equal(18, Draw.Run(input).Eligible[3].Load);
    }

    [Fact]
    public void What_capacity_is_reduced_by_is_told_and_adds_up()
    {
        var result = Draw.Run(Of(A, New with { Since = Day.AddDays(-30), Capacity = 0.9, Absences = [new(Day.AddDays(10), null, null)] }) with { Policy = Policy });

        Assert.Null(result.Eligible[0].Reduced);
        var reduced = result.Eligible[1].Reduced!;
        Assert.Equal(0.9m, reduced.Full);
        Assert.Equal(Math.Round(0.9m * reduced.Newcomer * reduced.Absence, 4, MidpointRounding.AwayFromZero), result.Eligible[1].Capacity);
    }

    [Fact]
    public void Capacity_never_falls_to_nothing() =>
        Assert.Equal(0.0001m, new ReducedCapacity(0.0001m, 0.5m, 0.1m).ForNew);

    [Fact]
    public void The_parameters_are_those_of_the_data()
    {
        Assert.Equal((0.5m, 6), (DrawPolicy.Default.Newcomer.From, DrawPolicy.Default.Newcomer.Months));
        Assert.Equal([(14, 14, 0.5m), (45, 21, 0.1m)], DrawPolicy.Default.Absence.Select(a => (a.Least, a.Days, a.Left)));
    }

    [Fact]
    public void Over_a_year_leader_head_and_newcomer_get_the_share_that_their_capacity_says()
    {
        RosterEntry[] roster = [A, Prosecutor("b"), Prosecutor("c"), Prosecutor("d"), Prosecutor("h", 0.6, "head"), Prosecutor("l", 0.35, "leader")];
        var carried = roster.ToDictionary(r => r.Id, _ => 0m);
        var dealt = roster.ToDictionary(r => r.Id, _ => 0m);
        var open = new Queue<(string Prosecutor, decimal Weight)>();
        for (var n = 1; n <= 3_000; n++)
        {
            var weight = 0.8m + (n * 7 % 11 * 0.5m);
            var chosen = Draw.Run(Of(roster) with { Date = Day.AddDays(n / 12), Number = n, Case = $"c-{n}", Weight = (double)weight, Loads = carried }).Chosen!;
            carried[chosen] += weight;
            dealt[chosen] += weight;
            open.Enqueue((chosen, weight));
            if (open.Count <= 150) continue;
            var ended = open.Dequeue();
            carried[ended.Prosecutor] -= ended.Weight;
        }

        var all = roster.Sum(r => r.Capacity);
        Assert.All(roster, r => Assert.InRange((double)(dealt[r.Id] / dealt.Values.Sum()), 0.93 * r.Capacity / all, 1.07 * r.Capacity / all));
    }

    private static RosterAbsence Away(DateOnly from, DateOnly? until = null) => new(from, until, null);

    [Fact]
    public void Before_a_longer_absence_less_is_left()
    {
        decimal Left(int days) => CapacityAhead.Of(A with { Absences = [Away(Day.AddDays(1), Day.AddDays(days))] }, Day, DrawPolicy.Default)!.Absence;

        Assert.Equal(0.5333m, Left(14)); // 0.5 + 0.5 ÷ 15
        Assert.Equal(0.1409m, Left(45)); // 0.1 + 0.9 ÷ 22
    }

    private static string? Left(params RosterAbsence[] absences) =>
        CapacityAhead.Of(A with { Absences = absences }, Day, Policy)?.Absence.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
