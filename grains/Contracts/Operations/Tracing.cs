using System.Diagnostics;

namespace Cluster.Contracts.Operations;

/// <summary>
/// The spans of one event on its way from the sender to the screens. Names and numbers only: no id and no text of a case is ever a tag.
/// While nobody listens, nothing is made and nothing allocated.
/// </summary>
public static class Tracing
{
    public const string SourceName = "Cluster";

    public static ActivitySource Source { get; } = new(SourceName);

    public static bool Listened => Source.HasListeners();

    /// <summary>A span of something somebody asked for; where what asks is traced it is part of that trace.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>A span of something that is worth one only as part of a trace.</summary>
    public static Activity? Within(string name) => Listened && Activity.Current is not null ? Source.StartActivity(name) : null;

    /// <summary>A span of something that goes on from another process; null if nobody listens, or it is not traced there.</summary>
    /// <param name="parent">Its <see cref="Activity.Id"/> there.</param>
    public static Activity? From(string name, string? parent) =>
        Listened && ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? Source.StartActivity(name, ActivityKind.Internal, context) : null;

    /// <summary>
    /// A span of work done at once for several who asked at different times: part of the trace of the first of them that is traced, linked to the others.
    /// Null if none is.
    /// </summary>
    public static Activity? ForAll(string name, IEnumerable<ActivityContext> askers)
    {
        if (!Listened) return null;
        List<ActivityContext> traced = [.. askers.Where(asker => asker != default).Distinct()];
        if (traced.Count == 0) return null;
        return Source.StartActivity(name, ActivityKind.Internal, traced[0], links: traced.Skip(1).Select(asker => new ActivityLink(asker)));
    }
}
