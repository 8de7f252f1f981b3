namespace Cluster.Cases.Rules;

/// <summary>Rules of an office that are in force, or will be.</summary>
/// <param name="Version">Number of the catalogue they made, from 1.</param>
/// <param name="Procuratorate">Where they apply, and below; null everywhere.</param>
/// <param name="EffectiveFrom">The first day whose acts they judge. A rule of the same id judges those before.</param>
/// <param name="By">Who published them.</param>
public sealed record RulePublication(OfficeRules Rules, int Version, string? Procuratorate, DateOnly EffectiveFrom, string By, DateTimeOffset At)
{
    /// <summary>Whether it is only supposed to be in force: then it judges everything from the first day on, whatever else was published.</summary>
    public bool Supposed { get; init; }
}

/// <summary>Rules that are tried out beside those in force: what they find is counted and shown to nobody.</summary>
/// <param name="Run">Tells one trial from the next.</param>
/// <param name="Procuratorate">Where they apply, and below; null everywhere.</param>
public sealed record RuleTrial(OfficeRules Rules, string Run, string? Procuratorate);
