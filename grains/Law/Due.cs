namespace Cluster.Law;

/// <summary>When a limit ends.</summary>
/// <param name="ComputedOn">The last day as counted, before a roll over holidays.</param>
/// <param name="DueOn">The last day on which the limit can be met.</param>
/// <param name="DueAt">Of an hour limit the instant it ends; else 00:00 of <paramref name="DueOn"/>.</param>
/// <param name="ExpiresAt">The first instant at which an unmet limit is missed: 24:00 of <paramref name="DueOn"/>, or of an hour limit <paramref name="DueAt"/>.</param>
/// <param name="Provisional">A year that matters has no holiday calendar loaded; only Saturdays and Sundays were taken as days off.</param>
public readonly record struct Due(DateOnly ComputedOn, DateOnly DueOn, DateTimeOffset DueAt, DateTimeOffset ExpiresAt, bool Provisional);
