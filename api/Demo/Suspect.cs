namespace Cluster.Api.Demo;

/// <summary>A defendant of a judgment as a suspect of the demo: real measures and outcome, invented person.</summary>
internal sealed record Suspect
{
    private const string Stems = "甲乙丙丁戊己庚辛壬癸";

    private static readonly string[] Surnames =
    [
        "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹",
    ];

    public required int Index { get; init; }
    public required string Name { get; init; }
    public required bool IsUnit { get; init; }
    public required bool Female { get; init; }
    public required DateOnly? BirthDate { get; init; }
    public required string[] Charges { get; init; }
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Null for an accused unit: judgments name its sentence apart, which the copy does not keep.</summary>
    public required TimelineDefendant? Told { get; init; }

    /// <summary>Kind of defender: lawyer, legal-aid or duty.</summary>
    public required string Defender { get; init; }

    public string Number => (Index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
    public bool HasLawyer => Defender is "lawyer" or "legal-aid";
    public double? Months => Told?.Months;

    /// <summary>The first arrest that a procuratorate decided: before the indictment and not by the court.</summary>
    public Measure? FirstArrest(DateOnly indicted)
        => Measures.FirstOrDefault(m => m.Kind == "arrest" && m.By != Organ.Court && m.From < indicted);

    /// <summary>The last such arrest with at least a week left for a review; the first one if there is none.</summary>
    public Measure? LastArrest(DateOnly indicted)
        => Measures.LastOrDefault(m => m.Kind == "arrest" && m.By != Organ.Court && m.From <= indicted.AddDays(-7)) ?? FirstArrest(indicted);

    public Measure? MeasureOn(DateOnly day) => Measures.LastOrDefault(m => m.From <= day && !m.ApprovalOnly) is { Kind: not "release" } m ? m : null;

    public bool InCustodyOn(DateOnly day) => MeasureOn(day)?.InCustody ?? false;

    public static IReadOnlyList<Suspect> Of(Timeline row, DemoDice dice, bool minor)
    {
        var persons = row.Defendants.Length;
        var suspects = new List<Suspect>(persons + row.Units);
        var surname = dice.Pick(Surnames, "surname");
        for (var i = 0; i < persons; i++)
        {
            var told = row.Defendants[i];
            var measures = Measure.Read(told);
            var female = dice.Happens(row.Charges.Contains("强奸罪") ? 0 : 0.12, "sex", i);
            var first = measures.Count > 0 ? measures[0].From : row.Indicted.AddDays(-60);
            suspects.Add(new Suspect
            {
                Index = i,
                Name = (i == 0 ? surname : dice.Pick(Surnames, "surname", i)) + "某" + Stems[i % Stems.Length],
                IsUnit = false,
                Female = female,
                // A minor is 16½ to 17¾ when first taken in, an adult 19 to 58: no age near a limit by accident.
                BirthDate = minor ? first.AddDays(-dice.Between(6030, 6480, "age", i)) : first.AddDays(-dice.Between(6950, 21200, "age", i)),
                Charges = ChargesOf(row, i),
                Measures = measures,
                Told = told,
                Defender = DefenderOf(told, dice, i, minor),
            });
        }
        for (var i = persons; i < persons + row.Units; i++)
            suspects.Add(new Suspect
            {
                Index = i,
                Name = $"榆川市某{Stems[i % Stems.Length]}有限公司",
                IsUnit = true,
                Female = false,
                BirthDate = null,
                Charges = [row.Charges[0]],
                Measures = [],
                Told = null,
                Defender = "lawyer",
            });
        return suspects;
    }

    /// <summary>Judgments give charges per case and convictions per person: a person's charges are their overlap, and the first person takes what is left.</summary>
    private static string[] ChargesOf(Timeline row, int index)
    {
        if (row.Defendants.Length == 1)
            return row.Charges;
        var own = Overlap(row, index);
        if (index > 0)
            return own;
        var others = Enumerable.Range(1, row.Defendants.Length - 1).SelectMany(i => Overlap(row, i)).ToHashSet();
        return [.. row.Charges.Where(c => own.Contains(c) || !others.Contains(c))];
    }

    private static string[] Overlap(Timeline row, int index)
    {
        var both = row.Charges.Intersect(row.Defendants[index].Convicted).ToArray();
        return both.Length > 0 ? both : [row.Charges[0]];
    }

    private static string DefenderOf(TimelineDefendant told, DemoDice dice, int index, bool minor)
    {
        if (minor || told.Penalty is "死刑" or "死缓" or "无期徒刑")
            return dice.Happens(0.5, "defender", index) ? "lawyer" : "legal-aid";
        return dice.Unit("defender", index) switch { < 0.45 => "lawyer", < 0.55 => "legal-aid", _ => "duty" };
    }
}
