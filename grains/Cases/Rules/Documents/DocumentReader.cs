using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Reads the documents of the nodes (Catalogue/Documents).</summary>
internal static class DocumentReader
{
    private const string WhereMissingIsFound = "WS-001";

    private static readonly string[] Receivers =
    [
        "suspect", "guardian", "victim", "defender", "unit", "applicant", "party", "police", "supervision", "sender", "court", "superior", "procuratorate",
        "detention-house", "legal-aid", "department", "authority", "appraiser", "public",
    ];

    public static CaseDocument[] Read(IEnumerable<Yaml> files)
    {
        var all = new List<CaseDocument>();
        foreach (var yaml in files.SelectMany(f => f.Items))
        {
            var document = Read(yaml);
            // One name is one line of a case's list, and one instance of a finding.
            if (all.Exists(d => d.Code == document.Code && Overlap(d.Binding.CaseTypes, document.Binding.CaseTypes))) throw yaml.Wrong($"'{document.Code}' is there twice for one case type");
            all.Add(document);
        }

        return [.. all];
    }

    private static CaseDocument Read(Yaml yaml)
    {
        yaml.Only("name", "or", "way", "to", "caseTypes", "node", "days", "runs", "early", "also", "receipt", "demanded", "foundBy", "basis", "source");
        var name = yaml.Need("name");
        if (!IsChinese(name.Text)) throw name.Wrong("the Chinese name of a document expected");
        string[] codes = [name.Text, .. CatalogueReader.Texts(yaml.Get("or"))];
        var way = yaml.Need("way");
        foreach (var receiver in yaml.Get("to")?.Items ?? [])
        {
            if (Array.IndexOf(Receivers, receiver.Text) < 0) throw receiver.Wrong($"unknown receiver '{receiver.Text}'; known: {string.Join(", ", Receivers)}");
        }

        var document = new CaseDocument(
            codes,
            way.Text switch
            {
                "out" => DocumentWay.Out,
                "in" => DocumentWay.In,
                "internal" => DocumentWay.Internal,
                _ => throw way.Wrong("way is out, in or internal"),
            },
            Bind(yaml, codes, WhereMissingIsFound),
            yaml.Get("demanded")?.True ?? false,
            yaml.TextOf("foundBy") ?? WhereMissingIsFound)
        {
            To = CatalogueReader.Texts(yaml.Get("to")),
            Receipt = Trigger.ReadList(yaml.Get("receipt")),
            Basis = yaml.Need("basis").Text,
            Source = yaml.TextOf("source") switch { null or "read" => "read", "memory" => "memory", _ => throw yaml.Need("source").Wrong("source is read or memory") },
        };
        return document is { Demanded: true } and not { Way: DocumentWay.Out, Source: "read" }
            ? throw yaml.Need("demanded").Wrong("only what goes out and stands in a law that was read is demanded")
            : document;
    }

    /// <summary>When the node of a document comes, and what shows that it was made.</summary>
    public static ClockBinding Bind(Yaml yaml, string[] codes, string rule) => Bind(yaml, codes, rule, PredicateReader.PeriodOf(yaml.Get("days") ?? yaml.Need("within")));

    private static ClockBinding Bind(Yaml yaml, string[] codes, string rule, Period length) => new()
    {
        Id = rule,
        Length = length,
        Clock = length.Unit switch
        {
            PeriodUnit.Hours => Clock.Hours,
            PeriodUnit.WorkingDays => Clock.WorkingDays,
            _ => Clock.Calendar,
        },
        CaseTypes = CatalogueReader.Texts(yaml.Get("caseTypes")),
        PerSuspect = false,
        Runs = yaml.TextOf("runs") == "each" ? Runs.Each : Runs.Once,
        Gate = CustodyGate.None,
        Start = Trigger.ReadList(yaml.Get("node") ?? yaml.Need("start")),
        Stop = [.. Trigger.Issued(codes), .. Trigger.ReadList(yaml.Get("also"))],
        Early = yaml.Get("early")?.True ?? false,
    };

    private static bool IsChinese(string name) => name.Length > 1 && name[0] > '\u2e7f';

    private static bool Overlap(string[] some, string[] others) => some.Length == 0 || others.Length == 0 || some.Intersect(others).Any();
}
