namespace Cluster.Cases;

/// <summary>A charge (罪名) of the official lists of the two supreme organs.</summary>
public sealed record Charge
{
    // The texts were read as they stand since Amendment IX; what a band was before it nobody read.
    private static readonly DateOnly ReadSince = new(2015, 11, 1);

    /// <summary>Official name, with 罪.</summary>
    public required string Name { get; init; }

    /// <summary>As the list gives it: 第264条.</summary>
    public required string Article
    {
        get;
        init
        {
            field = value;
            Articles = ArticleNumber.Of(value);
        }
    }

    /// <summary>Title of its chapter in Part II of the Criminal Law.</summary>
    public required string Chapter { get; init; }

    /// <summary>Number of that chapter, 1 to 10: 4 is the person, 5 property, 6 public order.</summary>
    public required int ChapterNumber { get; init; }

    /// <summary>First day in force.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>First day no longer in force; null while it is.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The row of common charges it stands in; null for a charge nobody has rated.</summary>
    public ChargeRow? Row { get; init; }

    /// <summary>Penalty bands of today; empty where not read.</summary>
    public IReadOnlyList<PenaltyBand> Bands { get; init; } = [];

    /// <summary>The bands that an amendment ended, and the first day they no longer held; null where none did since 2015-11-01.</summary>
    public EarlierBands? Earlier { get; init; }

    /// <summary>Whether a person convicted of it is fined; null where not read. A unit always is (CRIM 31).</summary>
    public FineDuty? Fine { get; init; }

    /// <summary>告诉才处理 (CRIM 98).</summary>
    public bool TellOnly { get; init; }

    /// <summary>过失犯罪, where nobody doubts it.</summary>
    public bool Negligent { get; init; }

    /// <summary>Among the crimes of judicial staff a procuratorate may investigate itself (CPL 19).</summary>
    public bool OwnInvestigation { get; init; }

    /// <summary>A person of 14 answers for it, at least for a part (CRIM 17(2)).</summary>
    public bool FromFourteen { get; init; }

    /// <summary>The part a person of 14 answers for: 致人重伤或者死亡, 贩卖; null for the whole charge.</summary>
    public string? FromFourteenOnly { get; init; }

    /// <summary>A person of 12 answers for it where the SPP approves, since 2021-03-01 (CRIM 17(3)).</summary>
    public bool FromTwelve { get; init; }

    /// <summary>Null for a charge nobody has rated.</summary>
    public DifficultyTier? Difficulty => Row?.Tier;

    /// <summary>Numbers of the articles: 264, or 224-1 for 第224条之一.</summary>
    public IReadOnlyList<ArticleNumber> Articles { get; private init; } = [];

    /// <summary>Least fixed term of any band, months, 0 where lighter kinds of penalty stand beside it; null where no band was read or all are life or death.</summary>
    public int? MinMonths => Bands.Min(b => b.MinMonths);

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

    /// <summary>毒品: articles 347 to 357.</summary>
    public bool IsDrugs => Articles.Any(a => a.Number is >= 347 and <= 357);

    /// <summary>Whether the charge was in force on that day.</summary>
    public bool InForce(DateOnly day) => Since <= day && (Until is not { } until || day < until);

    /// <summary>Bands for a crime of that day (CRIM 12, unless newer law is lighter); empty where not read.</summary>
    public IReadOnlyList<PenaltyBand> BandsOn(DateOnly day) =>
        day < ReadSince ? [] : Earlier is { } earlier && day < earlier.Until ? earlier.Bands : Bands;

    /// <summary>Whether a person is fined for a crime of that day; null where the text of that day was not read.</summary>
    public FineDuty? FineOn(DateOnly day) => day < ReadSince || day < Earlier?.Until ? null : Fine;

    /// <summary>Whether a text that cites articles, in digits or Chinese numerals, cites one of this charge; null if it cites none at all.</summary>
    public bool? CitedIn(string text)
    {
        var cited = ArticleNumber.Of(text);
        if (cited.Count == 0) return null;
        return cited.Any(a => Articles.Contains(a) || (Row?.Articles.Contains(a) ?? false));
    }
}

/// <summary>How hard a case of this charge is as a rule: 1 easiest to 5 hardest, a range where it varies.</summary>
public readonly record struct DifficultyTier(int From, int To);

/// <summary>Bands that held before <paramref name="Until"/>.</summary>
public sealed record EarlierBands(DateOnly Until, IReadOnlyList<PenaltyBand> Bands);

/// <summary>Whether the law fines a person for a crime.</summary>
public enum FineDuty
{
    /// <summary>No band bears a fine.</summary>
    None,

    /// <summary>Some band does, or it is a choice.</summary>
    May,

    /// <summary>Every band bears a fine, or confiscation of property in its place.</summary>
    Must,
}
