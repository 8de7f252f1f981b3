namespace Cluster.Law;

/// <summary>
/// Excluded spans of a limit, sorted, disjoint. Excluding lengthens a period, which may then reach the next span;
/// in order of time one pass settles it, because a span that begins inside the period is then wholly inside.
/// </summary>
internal readonly ref struct ExcludedTime
{
    private readonly ReadOnlySpan<ExcludedSpan> spans;

    private ExcludedTime(ReadOnlySpan<ExcludedSpan> spans) => this.spans = spans;

    /// <summary>Sorts and joins spans into <paramref name="buffer"/>, which must hold them all.</summary>
    /// <exception cref="ArgumentException">A span ends before it begins.</exception>
    public static ExcludedTime Of(IReadOnlyList<ExcludedSpan> excluded, Span<ExcludedSpan> buffer)
    {
        for (int i = 0; i < excluded.Count; i++)
        {
            ExcludedSpan span = excluded[i];
            if (span.Until < span.From)
                throw new ArgumentException($"Excluded span {span.From:O}..{span.Until:O} ends before it begins.", nameof(excluded));
            buffer[i] = span;
        }

        buffer = buffer[..excluded.Count];
        buffer.Sort(static (a, b) => a.From.CompareTo(b.From));
        int count = 0;
        foreach (ExcludedSpan span in buffer)
        {
            if (count > 0 && span.From <= buffer[count - 1].Until)
                buffer[count - 1] = new(buffer[count - 1].From, Max(buffer[count - 1].Until, span.Until));
            else
                buffer[count++] = span;
        }
        return new ExcludedTime(buffer[..count]);
    }

    /// <summary>The end of a period that would run from <paramref name="start"/> to <paramref name="end"/> if nothing were excluded.</summary>
    /// <param name="start">The day before the first that counts.</param>
    /// <param name="end">The last day.</param>
    /// <param name="trace">Where to note what was excluded, if anybody asks.</param>
    public DateOnly Lengthen(DateOnly start, DateOnly end, List<ExcludedPart>? trace = null)
    {
        foreach (ExcludedSpan span in spans)
        {
            DateOnly from = Max(span.From, start);
            if (from >= end) break;
            int days = span.Until.DayNumber - from.DayNumber;
            if (days <= 0) continue;
            DateOnly longer = end.AddDays(days);
            trace?.Add(new ExcludedPart(from, span.Until, LegalTime.StartOf(end), LegalTime.StartOf(longer)));
            end = longer;
        }
        return end;
    }

    /// <summary>The same for a period in hours: excluded days take out their 24 hours, or what of them lies after <paramref name="start"/>.</summary>
    public DateTimeOffset Lengthen(DateTimeOffset start, DateTimeOffset end, List<ExcludedPart>? trace = null)
    {
        foreach (ExcludedSpan span in spans)
        {
            DateTimeOffset from = LegalTime.EndOf(span.From);
            if (from < start) from = start;
            if (from >= end) break;
            TimeSpan time = LegalTime.EndOf(span.Until) - from;
            if (time <= TimeSpan.Zero) continue;
            trace?.Add(new ExcludedPart(span.From, span.Until, end, end + time));
            end += time;
        }
        return end;
    }

    /// <summary>The last day of the excluded span in which a day lies, if it lies in one.</summary>
    public bool Contains(DateOnly day, out DateOnly until)
    {
        foreach (ExcludedSpan span in spans)
        {
            until = span.Until;
            if (span.From < day && day <= span.Until) return true;
        }
        until = default;
        return false;
    }

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}

/// <summary>What one excluded span added to a period: the days after <paramref name="From"/> through <paramref name="Until"/>.</summary>
internal readonly record struct ExcludedPart(DateOnly From, DateOnly Until, DateTimeOffset EndBefore, DateTimeOffset EndAfter);
