namespace Cluster.Cases;

/// <summary>A charge (罪名) of the official lists of the two supreme organs.</summary>
/// <param name="Name">Official name, with 罪.</param>
/// <param name="Article">As the list gives it: 第264条.</param>
/// <param name="Chapter">Chapter of Part II of the Criminal Law.</param>
/// <param name="Since">First day in force.</param>
/// <param name="Until">First day no longer in force; null while it is.</param>
/// <param name="Difficulty">Null for a charge nobody has rated.</param>
/// <param name="Bands">Penalty bands; empty where not read.</param>
public sealed record Charge(
    string Name,
    string Article,
    string Chapter,
    DateOnly Since,
    DateOnly? Until,
    DifficultyTier? Difficulty,
    IReadOnlyList<PenaltyBand> Bands)
{
    /// <summary>Whether the charge was in force on that day.</summary>
    public bool InForce(DateOnly day) => Since <= day && (Until is not { } until || day < until);

    /// <summary>Numbers of the articles: 264, or 224-1 for 第224条之一.</summary>
    public IReadOnlyList<ArticleNumber> Articles { get; } = ArticleNumber.Of(Article);

    /// <summary>Greatest fixed term of any band, months; null where no band was read or all are life or death.</summary>
    public int? MaxMonths => Bands.Max(b => b.MaxMonths);

    public bool MayBeLife => Bands.Any(b => b.Life);

    public bool MayBeDeath => Bands.Any(b => b.Death);

    /// <summary>职务犯罪: bribery and dereliction, articles 382 to 419.</summary>
    public bool IsDutyCrime => Articles.Any(a => a.Number is >= 382 and <= 419);

    /// <summary>涉众型金融犯罪: articles 176, 192 and 224-1.</summary>
    public bool IsFinancialMass => Articles.Any(a => a is (176, 0) or (192, 0) or (224, 1));

    /// <summary>涉黑: article 294.</summary>
    public bool IsOrganised => Articles.Any(a => a is (294, 0));
}

/// <summary>How hard a case of this charge is as a rule: 1 easiest to 5 hardest, a range where it varies.</summary>
public readonly record struct DifficultyTier(int From, int To);

/// <summary>One band of penalties.</summary>
/// <param name="MinMonths">Least fixed term, months; null without a fixed term.</param>
/// <param name="MaxMonths">Greatest fixed term, months; null without a fixed term. A single crime bears at most fifteen years (CRIM 45).</param>
/// <param name="Life">Life imprisonment is among its penalties.</param>
/// <param name="Death">Death is among its penalties.</param>
public readonly record struct PenaltyBand(int? MinMonths, int? MaxMonths, bool Life, bool Death);
