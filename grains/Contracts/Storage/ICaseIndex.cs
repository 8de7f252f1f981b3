namespace Cluster.Contracts.Storage;

/// <summary>Cases and alerts to search in; written in the commit that changed them, so never behind the journal.</summary>
public interface ICaseIndex
{
    Task<CaseRow?> Find(string caseId, CancellationToken cancellation = default);

    /// <summary>Every alert of a case, open, cleared and retracted.</summary>
    Task<IReadOnlyList<AlertRow>> AlertsOf(string caseId, CancellationToken cancellation = default);

    /// <summary>One alert by its id.</summary>
    Task<AlertRow?> Alert(string id, CancellationToken cancellation = default);

    /// <summary>Cases of a department, prosecutor or procuratorate that are open or have open alerts, with these counted.</summary>
    Task<IReadOnlyList<CaseSummary>> OpenCases(CaseScope scope, CancellationToken cancellation = default);

    /// <summary>Cases accepted and cases closed on each day of a span, of those that a caller may see; days on which there were none are left out.</summary>
    Task<IReadOnlyList<CaseFlow>> Flow(Visibility visible, DateOnly from, DateOnly until, string? procuratorate = null, string? department = null, CancellationToken cancellation = default);

    Task<Page<CaseRow>> Cases(CaseQuery query, CancellationToken cancellation = default);

    Task<Page<AlertRow>> Alerts(AlertQuery query, CancellationToken cancellation = default);

    /// <summary>How often each rule fired: its alerts that were not retracted.</summary>
    Task<IReadOnlyDictionary<string, long>> Fired(CancellationToken cancellation = default);

    /// <summary>The latest instant any stored event, alert or feed item carries as recorded; null in an empty store.</summary>
    Task<DateTimeOffset?> LastInstant(CancellationToken cancellation = default);
}

/// <summary>How many cases came and went on a day.</summary>
public sealed record CaseFlow(DateOnly Date, long Accepted, long Closed);

/// <summary>A case as lists show it.</summary>
/// <param name="Version">Events in its journal.</param>
/// <param name="Revision">Commits of the case, with or without events.</param>
/// <param name="NextLimit">Limit id of the earliest running deadline; null if none runs.</param>
/// <param name="NextDueAt">When that deadline expires.</param>
/// <param name="NextDueOn">Its due date (or instant) as text of the contract.</param>
/// <param name="Light">The gravest open alert level, null if none.</param>
/// <param name="ClosedOn">Legal date on which it was closed; null while it is open, and of cases closed before this was recorded.</param>
public sealed record CaseRow(
    string Id, string CaseType, string? Name, string Stage, string? Procuratorate, string? Department, string? Prosecutor,
    DateOnly? AcceptedOn, double Weight, bool Custody, bool Open, long Version, long Revision,
    string? NextLimit, string? NextDueOn, DateTimeOffset? NextDueAt, string? Light, DateTimeOffset UpdatedAt, DateOnly? ClosedOn = null);

/// <summary>An alert: a finding and what became of it.</summary>
/// <param name="Id">Stable: derived from case, rule, subject and instance.</param>
/// <param name="Json">The body of contract chapter 5 (a finding with status, detectedAt, acts), UTF-8.</param>
public sealed record AlertRow(
    string Id, string Case, string Rule, string Subject, string Instance, string Level, string Category, string Status,
    DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, DateTimeOffset? RetractedAt, DateTimeOffset? DueAt, DateTimeOffset DetectedAt,
    string? Procuratorate, string? Department, string? Prosecutor, byte[] Json);

/// <summary>What a caller may see; empty lists mean nothing, <see cref="All"/> everything.</summary>
public sealed record Visibility(bool All, IReadOnlyList<string> Procuratorates, IReadOnlyList<string> Departments, IReadOnlyList<string> Prosecutors)
{
    public static Visibility Everything { get; } = new(true, [], [], []);

    public static Visibility Nothing { get; } = new(false, [], [], []);
}

/// <summary>Filters of <c>GET /api/cases</c>; null filters nothing.</summary>
public sealed record CaseQuery(Visibility Visible)
{
    public string? Procuratorate { get; init; }
    public string? Department { get; init; }
    public string? Prosecutor { get; init; }
    public string? CaseType { get; init; }
    public string? Stage { get; init; }
    public string? Level { get; init; }
    public string? Text { get; init; }
    public bool? Open { get; init; }
    public DateOnly? AcceptedFrom { get; init; }
    public DateOnly? ClosedFrom { get; init; }
    public DateTimeOffset? DueAfter { get; init; }
    public DateTimeOffset? DueBefore { get; init; }
    public int Limit { get; init; } = 50;
    public string? Cursor { get; init; }
}

/// <summary>Filters of <c>GET /api/alerts</c>, newest first; null filters nothing.</summary>
public sealed record AlertQuery(Visibility Visible)
{
    public string? Procuratorate { get; init; }
    public string? Department { get; init; }
    public string? Prosecutor { get; init; }
    public string? Case { get; init; }
    public string? Level { get; init; }
    public string? Category { get; init; }
    public string? Rule { get; init; }
    public string? Status { get; init; }

    /// <summary>True: neither cleared nor retracted, nor closed or dismissed by people. False: cleared, closed or dismissed. Null: both; retracted ones never.</summary>
    public bool? Open { get; init; }

    public DateTimeOffset? DueBefore { get; init; }
    public int Limit { get; init; } = 50;
    public string? Cursor { get; init; }
}

/// <summary>A page; <paramref name="Next"/> is the cursor of the next one, null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
