using System.Globalization;
using System.Text.Json.Serialization;

namespace Cluster.Api.Demo;

/// <summary>What one judgment tells about its case; the fields are explained in Data/README.md.</summary>
internal sealed record Timeline
{
    [JsonPropertyName("id")] public required string Id { get; init; }
    [JsonPropertyName("ch")] public required string[] Charges { get; init; }
    [JsonPropertyName("df")] public required TimelineDefendant[] Defendants { get; init; }
    [JsonPropertyName("un")] public int Units { get; init; }
    [JsonPropertyName("rv")] public int ReturnedInReview { get; init; }
    [JsonPropertyName("sm")] public int SupplementMentions { get; init; }
    [JsonPropertyName("in")] public required DateOnly Indicted { get; init; }
    [JsonPropertyName("ac")] public DateOnly? Accepted { get; init; }
    [JsonPropertyName("hr")] public DateOnly[] Hearings { get; init; } = [];
    [JsonPropertyName("ev")] public string[][] CourtEvents { get; init; } = [];
    [JsonPropertyName("ju")] public required DateOnly Judged { get; init; }
    [JsonPropertyName("pr")] public required string Procedure { get; init; }
    [JsonPropertyName("gp")] public int Pleaded { get; init; }
    [JsonPropertyName("fl")] public int Facts { get; init; } = 1;
    [JsonPropertyName("fg")] public string[] Flags { get; init; } = [];

    /// <summary>Date of a court event.</summary>
    public static DateOnly DayOf(string[] courtEvent) => DateOnly.Parse(courtEvent[1], CultureInfo.InvariantCulture);

    /// <summary>The published text has an impossible or doubtful order of dates, kept as it stands.</summary>
    [JsonIgnore] public bool Dirty => Flags.Length > 0;
    [JsonIgnore] public bool GuiltyPlea => Pleaded > 0;
}

/// <summary>A defendant of a judgment.</summary>
internal sealed record TimelineDefendant
{
    [JsonPropertyName("cu")] public string[][] Custody { get; init; } = [];
    [JsonPropertyName("cv")] public string[] Convicted { get; init; } = [];
    [JsonPropertyName("pe")] public string? Penalty { get; init; }
    /// <summary>Main term in months; a term of one month and fifteen days is 1.5.</summary>
    [JsonPropertyName("mo")] public double? Months { get; init; }
    [JsonPropertyName("pm")] public double? ProbationMonths { get; init; }
    [JsonPropertyName("fi")] public long? Fine { get; init; }
}
