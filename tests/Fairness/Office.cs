using Cluster.Cases.Assignment;

namespace Cluster.Dealing;

/// <summary>A case that comes in.</summary>
/// <param name="Weight">By the product's own scale.</param>
/// <param name="InCourt">Weight once it is indicted.</param>
/// <param name="Reviewed">Days until then.</param>
/// <param name="Days">How long it stays open.</param>
/// <param name="Recused">Who must not have it.</param>
internal sealed record Arrival(string Id, double Weight, double InCourt, int Reviewed, int Days, IReadOnlyList<Exclusion> Recused);

/// <summary>A department and what comes to it in two years, the first of which only fills the desks: the same for every policy.</summary>
internal sealed class Office
{
    public const int DaysOfFilling = 365;
    public const int Days = DaysOfFilling + 365;

    private const double Recusals = 0.02;
    private static readonly DateOnly First = new(2025, 1, 6); // a Monday
    private static readonly double[] Week = [0.24, 0.20, 0.19, 0.18, 0.19, 0, 0];

    /// <param name="prosecutors">At least three: a leader, a head and a newcomer are among them.</param>
    /// <param name="open">Open cases of a prosecutor of full capacity, on average.</param>
    /// <param name="stretch">Spread of the logarithm of what each weight is multiplied by, on average 1: how it would be with a much heavier tail.</param>
    public Office(int prosecutors, double open, ulong seed, double stretch = 0)
    {
        var dice = new Dice(seed);
        Roster = [.. Enumerable.Range(0, prosecutors).Select(i => Member(i, dice.For($"p{i}")))];
        var aDay = open * Roster.Sum(p => p.Capacity) / RealCases.MeanDays;
        var chance = dice.For("arrivals");
        Arrivals = [.. Enumerable.Range(0, Days).Select(day => ArrivalsOn(day, aDay * 7 * Week[day % 7], stretch, chance))];
    }

    public IReadOnlyList<RosterEntry> Roster { get; }

    /// <summary>By day.</summary>
    public IReadOnlyList<IReadOnlyList<Arrival>> Arrivals { get; }

    public static DateOnly DateOf(int day) => First.AddDays(day);

    public bool IsAway(RosterEntry prosecutor, int day) => prosecutor.Absences.Any(a => a.From <= DateOf(day) && DateOf(day) <= a.Until);

    private static RosterEntry Member(int index, Dice dice)
    {
        var (capacity, role) = index switch { 0 => (0.35, "leader"), 1 => (0.6, "head"), 2 => (0.5, "newcomer"), _ => (1.0, "prosecutor") };
        return new($"p{index:000}", capacity, role, [], Qualified: true, OnDuty: true, [.. AbsencesOf(dice)], []);
    }

    /// <summary>Each year two weeks and one week of leave, up to two illnesses of up to a fortnight; one in ten is away for two months.</summary>
    private static IEnumerable<RosterAbsence> AbsencesOf(Dice dice)
    {
        for (var year = 0; year < 2; year++)
        {
            int[] lengths = [14, 7, dice.Below(15), dice.Below(2) * dice.Below(15), dice.Below(10) == 0 ? 60 : 0];
            foreach (var length in lengths.Where(l => l > 0))
            {
                var from = DateOf((year * 365) + dice.Below(365));
                yield return new(from, from.AddDays(length - 1), null);
            }
        }
    }

    private List<Arrival> ArrivalsOn(int day, double expected, double stretch, Dice dice)
    {
        var arrivals = new List<Arrival>();
        for (var count = dice.Poisson(expected); arrivals.Count < count;)
        {
            var (weight, inCourt, reviewed, days) = RealCases.Draw(dice);
            if (stretch > 0)
            {
                var by = Math.Exp((stretch * dice.Normal()) - (stretch * stretch / 2));
                (weight, inCourt) = (Math.Round(weight * by, 2), Math.Round(inCourt * by, 2));
            }

            var recused = Roster.Where(_ => dice.Unit() < Recusals).Select(p => new Exclusion(p.Id, "recused")).ToArray();
            arrivals.Add(new($"c-{day}-{arrivals.Count + 1}", weight, inCourt, reviewed, days, recused));
        }

        return arrivals;
    }
}
