using Cluster.Law;

namespace Cluster.Cases.Assignment.Course;

/// <summary>What a rule found in a department over a time; an interval of legal time like any finding, derived from what is recorded alone.</summary>
/// <param name="Subject"><c>department</c>, or the prosecutor it is about.</param>
/// <param name="Instance">The legal date on which it was raised; several of one day are numbered.</param>
/// <param name="Cases">The cases behind it; empty where it is not about cases.</param>
/// <param name="Figures">The numbers it rests on, by name, as last measured while it was open.</param>
public sealed record DepartmentFinding(
    string Rule, LocalizedText Name, string Subject, string Instance, string Level, string Category, string Basis, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt,
    LocalizedText Message, IReadOnlyList<string> Cases, IReadOnlyDictionary<string, double> Figures);

/// <summary>What is measured at an instant while something is wrong.</summary>
internal sealed record Measured(LocalizedText Message, IReadOnlyList<string> Cases, IReadOnlyDictionary<string, double> Figures);

/// <summary>The times during which something was wrong, one after the other.</summary>
internal sealed class Episodes(Rules.Rule rule, string subject)
{
    private readonly List<DepartmentFinding> _found = [];
    private DateTimeOffset? _since;
    private Measured? _last;

    public bool IsOpen => _since is not null;

    public void Wrong(DateTimeOffset at, Measured measured)
    {
        _since ??= at;
        _last = measured;
    }

    public void Right(DateTimeOffset at)
    {
        if (_since is not { } since) return;
        // Corrected in the instant in which it arose, it never was.
        if (at > since) Add(since, at);
        _since = null;
    }

    public IReadOnlyList<DepartmentFinding> End()
    {
        if (_since is { } since) Add(since, null);
        return _found;
    }

    private void Add(DateTimeOffset since, DateTimeOffset? until)
    {
        var day = LegalTime.DateOf(since).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var before = _found.Count(f => f.Instance.StartsWith(day, StringComparison.Ordinal));
        var instance = before == 0 ? day : $"{day}/{before + 1}";
        _found.Add(new(rule.Id, rule.Name, subject, instance, rule.Level, rule.Category, rule.Basis, since, until, _last!.Message, _last.Cases, _last.Figures));
    }
}
