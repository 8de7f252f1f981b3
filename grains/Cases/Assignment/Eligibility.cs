namespace Cluster.Cases.Assignment;

/// <summary>The hard constraints before any chance (domain.md 8.2): who may get the case, and why the others may not.</summary>
internal static class Eligibility
{
    public const string NotQualified = "not-qualified";
    public const string OffDuty = "off-duty";
    public const string NoCapacity = "no-capacity";
    public const string Absent = "absent";
    public const string NotYetJoined = "not-yet-joined";
    public const string Recused = "recused";
    public const string OverCap = "over-cap";
    public const string LacksSpecialty = "lacks-specialty";

    public static (List<RosterEntry> Eligible, List<Exclusion> Excluded) Of(DrawInput input)
    {
        var eligible = new List<RosterEntry>(input.Roster.Count);
        var excluded = new List<Exclusion>();
        foreach (var entry in Sorted(input.Roster))
        {
            if (Obstacle(entry, input) is { } reason)
            {
                excluded.Add(new(entry.Id, reason));
            }
            else
            {
                eligible.Add(entry);
            }
        }

        foreach (var need in input.Needs)
        {
            Narrow(need, eligible, excluded);
        }

        return (eligible, excluded);
    }

    private static string? Obstacle(RosterEntry entry, DrawInput input)
    {
        if (!entry.Qualified)
        {
            return NotQualified;
        }

        if (!entry.OnDuty)
        {
            return OffDuty;
        }

        if (Fixed.Of(entry.Capacity) == 0)
        {
            return NoCapacity;
        }

        if (entry.Absences.Count > 0 && entry.Absences.Any(a => a.From <= input.Date && (a.Until is not { } until || input.Date <= until)))
        {
            return Absent;
        }

        if (entry.Since > input.Date)
        {
            return NotYetJoined;
        }

        if (entry.Recusals.Count > 0 && entry.Recusals.Any(r => r == input.Case || input.Organs.Contains(r)))
        {
            return Recused;
        }

        for (var i = 0; i < input.Excluded.Count; i++)
        {
            if (input.Excluded[i].Prosecutor == entry.Id)
            {
                return input.Excluded[i].Reason;
            }
        }

        return IsOverCap(entry, input) ? OverCap : null;
    }

    /// <summary>By id. A department keeps its roster so, and then there is nothing to sort.</summary>
    private static IReadOnlyList<RosterEntry> Sorted(IReadOnlyList<RosterEntry> roster)
    {
        for (var i = 1; i < roster.Count; i++)
        {
            if (string.CompareOrdinal(roster[i - 1].Id, roster[i].Id) > 0)
            {
                return [.. roster.OrderBy(e => e.Id, StringComparer.Ordinal)];
            }
        }

        return roster;
    }

    private static bool IsOverCap(RosterEntry entry, DrawInput input) =>
        input.Policy.MaxWeight is { } most
        && (double)input.Loads.GetValueOrDefault(entry.Id) + input.Weight > most * (double)(CapacityAhead.Of(entry, input.Date, input.Policy)?.Carrying ?? (decimal)entry.Capacity);

    /// <summary>Only those with the specialty stay, where any of those left has it: a case must not wait for nobody.</summary>
    private static void Narrow(string need, List<RosterEntry> eligible, List<Exclusion> excluded)
    {
        if (!eligible.Exists(e => e.Specialties.Contains(need)))
        {
            return;
        }

        excluded.AddRange(eligible.Where(e => !e.Specialties.Contains(need)).Select(e => new Exclusion(e.Id, LacksSpecialty)));
        eligible.RemoveAll(e => !e.Specialties.Contains(need));
    }
}
