namespace Cluster.Law;

/// <summary>What to compute: a limit by its number, from a start.</summary>
/// <param name="Limit">The number, <c>T-B05</c>.</param>
/// <param name="Start">The starting instant; of a limit not in hours only its legal date counts.</param>
/// <param name="Custody">Whether the suspect is in custody; matters only to limits that depend on it.</param>
/// <param name="Variant">Which of the limit's lengths; null: the plain one.</param>
/// <param name="Extensions">The extensions granted, in order; at most 24.</param>
/// <param name="Excluded">Time that does not count; at most 100 spans.</param>
public sealed record ComputeRequest(
    string Limit,
    DateTimeOffset Start,
    bool Custody,
    string? Variant,
    IReadOnlyList<Period> Extensions,
    IReadOnlyList<ExcludedSpan> Excluded);

/// <summary>A computed limit.</summary>
/// <param name="Limit">The limit as the law gives it.</param>
/// <param name="Clock">The clock it was counted on.</param>
/// <param name="Length">The length it was counted with.</param>
/// <param name="Due">When it ends.</param>
/// <param name="Proof">How that was counted.</param>
public sealed record Computed(Limit Limit, Clock Clock, Period Length, Due Due, Proof Proof);

/// <summary>Computes a statutory limit by its number, checking what people ask for.</summary>
public static class Calculator
{
    private const int MaxExtensions = 24, MaxSpans = 100;

    // 1979: the first Criminal Procedure Law. 2100: later than any case, earlier than any overflow.
    private const int EarliestYear = 1979, LatestYear = 2100;

    /// <summary>Computes a limit by the table and the holidays built in: <c>Calculator.Compute("T-B05", new DateOnly(2026, 2, 9), custody: true)</c>.</summary>
    /// <param name="limit">The number, <c>T-B05</c>.</param>
    /// <param name="start">The day that starts it, itself not counted; of a limit in hours its 00:00.</param>
    /// <param name="custody">Whether the suspect is in custody; matters only to limits that depend on it.</param>
    /// <param name="variant">Which of the limit's lengths; null: the plain one.</param>
    /// <param name="extensions">The extensions granted, in order; at most 24.</param>
    /// <param name="excluded">Time that does not count; at most 100 spans.</param>
    /// <inheritdoc cref="Compute(Statutes, HolidayCalendar, ComputeRequest)" path="/exception"/>
    public static Computed Compute(
        string limit, DateOnly start, bool custody = false, string? variant = null,
        IReadOnlyList<Period>? extensions = null, IReadOnlyList<ExcludedSpan>? excluded = null)
    {
        if (start.Year is < EarliestYear or > LatestYear) throw Outside(start.ToString("O"), "start");
        return Compute(limit, LegalTime.StartOf(start), custody, variant, extensions, excluded);
    }

    /// <param name="limit">The number, <c>T-A08</c>.</param>
    /// <param name="start">The instant that starts it; of a limit not in hours only its legal date counts.</param>
    /// <inheritdoc cref="Compute(string, DateOnly, bool, string, IReadOnlyList{Period}, IReadOnlyList{ExcludedSpan})"/>
    public static Computed Compute(
        string limit, DateTimeOffset start, bool custody = false, string? variant = null,
        IReadOnlyList<Period>? extensions = null, IReadOnlyList<ExcludedSpan>? excluded = null) =>
        Compute(Statutes.Default, HolidayCalendar.Default, new ComputeRequest(limit, start, custody, variant, extensions ?? [], excluded ?? []));

    /// <summary>Computes a limit.</summary>
    /// <exception cref="ArgumentException">
    /// The request cannot be computed; <see cref="ArgumentException.ParamName"/> is <c>limit</c>, <c>start</c>,
    /// <c>variant</c>, <c>extensions</c> or <c>excluded</c>.
    /// </exception>
    public static Computed Compute(Statutes statutes, HolidayCalendar calendar, ComputeRequest request)
    {
        Limit limit = Find(statutes, request.Limit);
        Clock clock = limit.Clock ?? (request.Custody ? Clock.Custody : Clock.Calendar);
        RequireDate(request.Start, "start");
        var term = new LimitTerm
        {
            Start = request.Start,
            Length = LengthOf(limit, request.Variant),
            Clock = clock,
            Extensions = ExtensionsOf(limit, clock, request.Extensions ?? []),
            Excluded = ExcludedOf(request.Excluded ?? []),
        };
        Proof proof = Prove(term, calendar);
        return new Computed(limit, clock, term.Length, proof.Due, proof);
    }

    private static Limit Find(Statutes statutes, string? id)
    {
        if (id is null || !statutes.TryGet(id, out Limit? limit))
            throw new ArgumentException($"There is no limit '{id}'.", "limit");
        if (limit.NotComputable is { } reason)
            throw new ArgumentException($"{id} has no end to compute: {reason.En}（{reason.Zh}）", "limit");
        return limit;
    }

    private static Period LengthOf(Limit limit, string? variant)
    {
        if (variant is null || (Period.TryParse(variant, out Period asked) && asked == limit.Length)) return limit.Length;
        if (limit.Variants.TryGetValue(variant, out Period length)) return length;
        string known = string.Join(", ", [limit.Length.ToString(), .. limit.Variants.Keys]);
        throw new ArgumentException($"{limit.Id} has no length '{variant}'; it has {known}.", "variant");
    }

    private static IReadOnlyList<Period> ExtensionsOf(Limit limit, Clock clock, IReadOnlyList<Period> extensions)
    {
        if (extensions.Count > MaxExtensions)
            throw new ArgumentException($"{extensions.Count} extensions; at most {MaxExtensions} are computed.", "extensions");
        foreach (Period extension in extensions)
        {
            if (!clock.Counts(extension.Unit) || extension.Amount < 0)
                throw new ArgumentException($"{limit.Id} runs on the {clock.Name()} clock and cannot be extended by {extension}.", "extensions");
        }
        return extensions;
    }

    private static IReadOnlyList<ExcludedSpan> ExcludedOf(IReadOnlyList<ExcludedSpan> excluded)
    {
        if (excluded.Count > MaxSpans)
            throw new ArgumentException($"{excluded.Count} excluded spans; at most {MaxSpans} are computed.", "excluded");
        foreach (ExcludedSpan span in excluded)
        {
            if (span.Until < span.From)
                throw new ArgumentException($"The excluded span {span.From:O}..{span.Until:O} ends before it begins.", "excluded");
            if (span.From.Year < EarliestYear || span.Until.Year > LatestYear)
                throw new ArgumentException($"The excluded span {span.From:O}..{span.Until:O} is outside {EarliestYear}–{LatestYear}.", "excluded");
        }
        return excluded;
    }

    private static void RequireDate(DateTimeOffset instant, string parameter)
    {
        // By the UTC year first: the legal date of the very last instants does not exist.
        if (instant.UtcDateTime.Year is < EarliestYear - 1 or > LatestYear || LegalTime.DateOf(instant).Year is < EarliestYear or > LatestYear)
            throw Outside(instant.ToString("O"), parameter);
    }

    private static ArgumentException Outside(string start, string parameter) => new($"{start} is outside {EarliestYear}–{LatestYear}.", parameter);

    private static Proof Prove(LimitTerm term, HolidayCalendar calendar)
    {
        Proof? proof = null;
        try
        {
            proof = LimitClock.Prove(term, calendar);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond the last date there is; answered below like any other date too late.
        }
        return proof is not null && proof.Due.DueOn.Year <= LatestYear
            ? proof
            : throw new ArgumentException($"The limit would end after {LatestYear}.", term.Extensions.Count > 0 ? "extensions" : "start");
    }
}
