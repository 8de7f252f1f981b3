namespace Cluster.Api.Demo;

/// <summary>
/// Real case timelines as a stream of events in the order of time. Nothing is kept but the plans: a case is written
/// when the stream reaches its first day, so history and future can be read at leisure from a simulated clock.
/// The same seed gives the same stream, event for event.
/// </summary>
public sealed class DemoReplay
{
    /// <summary>The seed of the shipped demo.</summary>
    public const ulong DefaultSeed = 20180301;

    /// <summary>Where the demo's clock starts unless told otherwise: most cases of the replay are under way then.</summary>
    public static readonly DateTimeOffset Start = new(2018, 3, 1, 8, 30, 0, TimeSpan.FromHours(8));

    /// <summary>Simulated seconds per real one unless told otherwise: a day a minute, so that somebody can follow the wall.</summary>
    public const double Speed = 1440;

    private static readonly IComparer<(DateTimeOffset Time, string Subject, string Id)> Order =
        Comparer<(DateTimeOffset Time, string Subject, string Id)>.Create((a, b) =>
        {
            var byTime = a.Time.CompareTo(b.Time);
            return byTime != 0 ? byTime : string.CompareOrdinal(a.Id, b.Id);
        });

    private readonly CasePlan[] _plans;

    /// <summary>Reads the shipped timelines and places each in the office.</summary>
    public DemoReplay(ulong seed = DefaultSeed)
    {
        _plans = [.. TimelineArchive.Read().Select(row => new CasePlan(row, seed))];
        CaseRegister.Number(_plans);
        Array.Sort(_plans, (a, b) =>
        {
            var byStart = a.Start.CompareTo(b.Start);
            return byStart != 0 ? byStart : string.CompareOrdinal(a.Row.Id, b.Row.Id);
        });
    }

    /// <summary>Number of real timelines.</summary>
    public int Timelines => _plans.Length;

    /// <summary>Ids of the timelines whose published dates are doubtful; their cases carry the id as <c>timeline</c> in <c>case.accepted</c>.</summary>
    public IReadOnlySet<string> DoubtfulTimelines => _plans.Where(p => p.Row.Dirty).Select(p => p.Row.Id).ToHashSet();

    /// <summary>Every event, in the order of time.</summary>
    public IEnumerable<DemoEvent> Events()
    {
        var waiting = new PriorityQueue<(List<DemoEvent> Events, int Next), (DateTimeOffset, string, string)>(Order);
        var plan = 0;
        while (true)
        {
            // A case can only matter once the stream has come to the day it starts on.
            while (plan < _plans.Length && (waiting.Count == 0 || _plans[plan].Start <= DateOnly.FromDateTime(waiting.Peek().Events[waiting.Peek().Next].Time.DateTime)))
            {
                var events = Write(_plans[plan++]);
                waiting.Enqueue((events, 0), Key(events[0]));
            }
            if (!waiting.TryDequeue(out var head, out _))
                yield break;
            yield return head.Events[head.Next];
            head.Events[head.Next] = null!;
            if (++head.Next < head.Events.Count)
                waiting.Enqueue(head, Key(head.Events[head.Next]));
        }
    }

    /// <summary>The history a system that starts at <paramref name="start"/> already has: every event before that instant.</summary>
    public IEnumerable<DemoEvent> Before(DateTimeOffset start) => Events().TakeWhile(e => e.Time < start);

    /// <summary>What happens from <paramref name="start"/> on. Cases that ended before it are passed over.</summary>
    public IEnumerable<DemoEvent> From(DateTimeOffset start) => Events().SkipWhile(e => e.Time < start);

    private static (DateTimeOffset, string, string) Key(DemoEvent e) => (e.Time, e.Subject, e.Id);

    private static List<DemoEvent> Write(CasePlan plan)
    {
        var events = new List<DemoEvent>(96);
        for (var i = 0; i < plan.Arrests.Count; i++)
            ArrestScript.Write(plan, i, events);
        for (var i = 0; i < plan.Prolongations.Count; i++)
            ArrestScript.WriteProlongation(plan, i, events);
        ReviewScript.Write(plan, events);
        events.Sort((a, b) => Order.Compare(Key(a), Key(b)));
        return events;
    }
}
