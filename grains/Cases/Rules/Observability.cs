using System.Collections.Concurrent;

namespace Cluster.Cases.Rules;

/// <summary>
/// What an office reports. Event types count as reported unless switched off; step codes count only where declared.
/// A rule none of whose evidence is reported stays silent: what is not reported is not missed. Documents that no law demands
/// are missed only where the office declares their Chinese name.
/// </summary>
public sealed class Observability
{
    private readonly HashSet<string> _on;
    private readonly HashSet<string> _off;

    private readonly string[] _path = [];

    private Observability(IEnumerable<string> on, IEnumerable<string> off)
    {
        _on = new HashSet<string>(on, StringComparer.Ordinal);
        _off = new HashSet<string>(off, StringComparer.Ordinal);
    }

    private Observability(Observability reports, string[] path)
    {
        (_on, _off, _path) = (reports._on, reports._off, path);
    }

    /// <summary>Every event type, no step.</summary>
    public static Observability Default { get; } = new([], []);

    /// <summary>Every event type and every step: an office that reports all there is.</summary>
    public static Observability Full { get; } = new(StepCodes.All.Keys, []);

    /// <summary>The rules that apply to each case type under this observability, compiled at first use.</summary>
    internal ConcurrentDictionary<(Catalogue, string), RuleSet> Compiled { get; } = new();

    /// <param name="on">Step codes, types and names of documents declared as reported.</param>
    /// <param name="off">Event types and steps declared as not reported.</param>
    public static Observability Of(IReadOnlyCollection<string> on, IReadOnlyCollection<string> off) =>
        on.Count == 0 && off.Count == 0 ? Default : new Observability(on, off);

    /// <summary>Whether the office declares that it reports a document of this name.</summary>
    internal bool Declares(string document) => _on.Contains(document);

    /// <summary>The same for the cases of an office, whose own rules and those of the offices above it then apply.</summary>
    /// <param name="path">The office and those above it.</param>
    public Observability Within(IReadOnlyCollection<string> path) => path.Count == 0 ? this : new Observability(this, [.. path]);

    /// <summary>Whether rules of an office apply.</summary>
    internal bool IsWithin(string office) => Array.IndexOf(_path, office) >= 0;

    /// <summary>What the system writes itself counts everywhere, unless the office says that it does not name the case that a case continues.</summary>
    internal bool Reports(Trigger trigger) => !trigger.Also && (trigger.Step is { } step
        ? (trigger.Own || _on.Contains(step)) && !_off.Contains(step)
        : !_off.Contains(trigger.Type));
}
