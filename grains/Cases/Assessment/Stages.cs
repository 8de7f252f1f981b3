using System.Collections.Frozen;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>Where a case is in its course, and whether it still burdens its prosecutor.</summary>
internal static class Stages
{
    private const string Default = "default";

    private static readonly int Archived = CaseState.OrdinalOf("case.archived");
    private static readonly int Closed = CaseState.OrdinalOf("case.closed");
    private static readonly FrozenDictionary<string, StageMachine> ByType;

    static Stages()
    {
        (All, Names) = StageReader.Read(Yaml.Load("stages.yaml", new StringReader(EmbeddedFile.Text("stages.yaml"))));
        ByType = All.SelectMany(m => m.CaseTypes.Select(type => (type, m))).ToFrozenDictionary(p => p.type, p => p.m, StringComparer.Ordinal);
    }

    /// <summary>The machine of every case type, in the order of the catalogue.</summary>
    public static IReadOnlyList<StageMachine> All { get; }

    /// <summary>What every state is called.</summary>
    public static IReadOnlyDictionary<string, LocalizedText> Names { get; }

    public static StageMachine MachineOf(string caseType) => ByType.GetValueOrDefault(caseType) ?? ByType[Default];

    public static string Of(CaseState state, HolidayCalendar calendar)
    {
        if (state.Accepted is null) return "unaccepted";
        return state.Of(Archived).Length > 0 ? "ARCHIVE" : Reached(state, calendar);
    }

    private static bool IsReview(CaseState state) => state.CaseType is "PRO" or "PRO-M";

    private static string Reached(CaseState state, HolidayCalendar calendar) => IsReview(state) ? ReviewStages.Of(state) : MachineOf(state.CaseType).At(state, calendar);

    /// <summary>When a case that is no longer open was closed: told so, or archived, or by what brought it into a state that ends it, whichever came first.</summary>
    public static DateTimeOffset? ClosedAt(CaseState state, HolidayCalendar calendar)
    {
        var machine = MachineOf(state.CaseType);
        var stage = Reached(state, calendar);
        DateTimeOffset? ended = !machine.Ends(stage) ? null : IsReview(state) ? ReviewStages.EndedAt(state) : machine.ReachedAt(stage, state, calendar);
        foreach (var type in (ReadOnlySpan<int>)[Closed, Archived])
        {
            if (state.Of(type) is [var first, ..] && !(ended <= first.Time)) ended = first.Time;
        }

        return ended;
    }

    /// <summary>A case burdens its prosecutor until it is closed, archived, or in a state that ends it.</summary>
    public static bool IsOpen(CaseState state, string stage) =>
        state.Accepted is not null && state.Of(Closed).Length == 0 && state.Of(Archived).Length == 0 && !MachineOf(state.CaseType).Ends(stage);
}
