using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cluster.Law;

/// <summary>The JSON form of the limits, and what must hold of every row.</summary>
internal static class LimitTable
{
    private const string ByCustody = "by-custody";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static List<Limit> Read(ReadOnlySpan<byte> json)
    {
        Row[]? rows;
        try
        {
            rows = JsonSerializer.Deserialize<Row[]>(json, Json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not a table of limits: {e.Message}", e);
        }

        var limits = new List<Limit>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (Row row in rows ?? [])
        {
            if (!ids.Add(row.Id)) throw new FormatException($"Limit {row.Id} is listed twice.");
            limits.Add(Checked(row));
        }
        return limits;
    }

    private static Limit Checked(Row row)
    {
        if (row.Computable != (row.Length is not null) || row.Computable != (row.NotComputable is null))
            throw Wrong(row, "needs a length or else the reason why it has none");
        Clock? clock = ClockOf(row);
        foreach (Period period in (Period[])[.. row.Length is { } length ? [length] : Array.Empty<Period>(), .. row.Variants, .. row.Extensions])
        {
            if (!(clock ?? Clock.Calendar).Counts(period.Unit)) throw Wrong(row, $"counts {period} on the {row.Clock} clock");
        }
        for (int i = 0; i < row.Leads.Length; i++)
        {
            if (row.Leads[i].Unit is not (PeriodUnit.Hours or PeriodUnit.Days)) throw Wrong(row, $"has the lead {row.Leads[i]}, not in hours or days");
            if (i > 0 && (row.Leads[i].Unit != row.Leads[i - 1].Unit || row.Leads[i].Amount >= row.Leads[i - 1].Amount)) throw Wrong(row, "has leads that do not fall");
        }
        if (row.Source is not ("read" or "memory")) throw Wrong(row, $"has the source '{row.Source}'");

        return new Limit
        {
            Id = row.Id,
            Name = row.Name,
            Start = row.Start,
            Basis = row.Basis,
            Article = row.Article,
            Clock = clock,
            Length = row.Length ?? default,
            Variants = row.Variants.Length == 0 ? Limit.NoVariants : row.Variants.ToDictionary(variant => variant.ToString(), StringComparer.Ordinal),
            Extensions = row.Extensions,
            Leads = row.Leads,
            Before = row.Before,
            NotComputable = row.NotComputable,
            EffectiveFrom = row.EffectiveFrom,
            EffectiveUntil = row.EffectiveUntil,
            Source = row.Source,
            Note = row.Note,
        };
    }

    private static Clock? ClockOf(Row row) => row.Clock switch
    {
        ByCustody => null,
        "custody" => Clock.Custody,
        "calendar" => Clock.Calendar,
        "hours" => Clock.Hours,
        "workdays" => Clock.WorkingDays,
        _ => throw Wrong(row, $"has the clock '{row.Clock}'"),
    };

    private static FormatException Wrong(Row row, string what) => new($"Limit {row.Id} {what}.");

    private sealed record Row
    {
        public required string Id { get; init; }
        public required LocalizedText Name { get; init; }
        public required LocalizedText Start { get; init; }
        public required string Basis { get; init; }
        public required LocalizedText Article { get; init; }
        public required string Clock { get; init; }
        public Period? Length { get; init; }
        public Period[] Variants { get; init; } = [];
        public Period[] Extensions { get; init; } = [];
        public Period[] Leads { get; init; } = [];
        public Period? Before { get; init; }
        public bool Computable { get; init; } = true;
        public LocalizedText? NotComputable { get; init; }
        public required DateOnly EffectiveFrom { get; init; }
        public DateOnly? EffectiveUntil { get; init; }
        public required string Source { get; init; }
        public LocalizedText? Note { get; init; }
    }
}
