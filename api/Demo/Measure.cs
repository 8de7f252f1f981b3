using System.Globalization;

namespace Cluster.Api.Demo;

/// <summary>Who decided or carried out a measure.</summary>
internal enum Organ
{
    Unknown,
    Police,
    Procuratorate,
    Court,
    Supervision,
}

/// <summary>
/// A coercive measure that a judgment dates. The kind is a <c>measure.kind</c> of contract 4.1, or <c>release</c>; <c>ApprovalOnly</c> is
/// 批准逮捕, the decision; <c>Derived</c> the execution of one that the text leaves out, put on the same day.
/// </summary>
internal sealed record Measure(string Kind, DateOnly From, Organ By, bool ApprovalOnly = false, bool Derived = false)
{
    public bool InCustody => Kind is "detention" or "arrest" or "retention";
    public bool NeedsRenewal => Kind is "bail" or "residential" or "designated-residential";

    /// <summary>
    /// The measures of one defendant by date. 羁押 (being taken in) followed by a formal detention within ten days is the same
    /// custody told twice and is dropped; alone it counts as detention.
    /// </summary>
    public static IReadOnlyList<Measure> Read(TimelineDefendant defendant)
    {
        var told = defendant.Custody
            .Select(c => (Type: c[0], Date: DateOnly.Parse(c[1], CultureInfo.InvariantCulture), By: c.Length > 2 ? c[2] : null))
            .OrderBy(c => c.Date)
            .ToList();
        var measures = new List<Measure>(told.Count);
        foreach (var (type, date, by) in told)
        {
            if (type == "羁押" && told.Exists(o => o.Type == "刑事拘留" && o.Date >= date && o.Date <= date.AddDays(10)))
                continue;
            var approval = type == "批准逮捕";
            measures.Add(new Measure(KindOf(type), date, OrganOf(by), approval));
            if (approval && !told.Exists(o => o.Type == "逮捕" && o.Date >= date && o.Date <= date.AddDays(30)))
                measures.Add(new Measure("arrest", date, Organ.Police, Derived: true));
        }
        return measures;
    }

    private static string KindOf(string type) => type switch
    {
        "刑事拘留" or "羁押" => "detention",
        "批准逮捕" or "逮捕" => "arrest",
        "取保候审" => "bail",
        "监视居住" => "residential",
        "指定居所监视居住" => "designated-residential",
        "留置" => "retention",
        "释放" => "release",
        _ => throw new InvalidDataException($"unknown measure {type}"),
    };

    private static Organ OrganOf(string? by) => by switch
    {
        "公安" => Organ.Police,
        "检察院" => Organ.Procuratorate,
        "法院" => Organ.Court,
        "监察" => Organ.Supervision,
        _ => Organ.Unknown,
    };
}
