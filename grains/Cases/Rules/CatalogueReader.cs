using System.Globalization;
using Cluster.Cases.Rules.Cards;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Reads catalogue files. The first thing wrong refuses the whole file, with its line.</summary>
internal sealed class CatalogueReader(Statutes statutes, ExampleReader examples, CaseDocument[] nodes)
{
    private static readonly string[] Levels = ["L1", "L2", "L3", "S", "T", "V"];

    private static readonly string[] Templates =
        ["deadline", "custodyDeadline", "response", "precedence", "condition", "atMost", "document", "service", "field", "custodyTerm", "dueDate", "unaccepted", "manual", "parts", "department"];

    private static readonly string[] Known =
    [
        "id", "name", "category", "level", "custodyLevel", "blocking", "refer", "leads", "basis", "source", "from", "until", "caseTypes", "fires", "silent", .. Templates,
    ];

    public static string[] Texts(Yaml? yaml) => yaml is { } y ? [.. y.Items.Select(i => i.Text)] : [];

    /// <summary>How the limits of a file run; an entry with a note instead says why a limit runs nowhere.</summary>
    public ClockBinding[] ReadLimits(Yaml file) => [.. file.Items.Where(y => y.Get("note") is null).Select(y => ClockReader.ReadLimit(y, statutes))];

    /// <summary>The limits of a file that run nowhere, with the reason.</summary>
    public IEnumerable<(string Limit, LocalizedText Note)> ReadUnbound(Yaml file)
    {
        foreach (var yaml in file.Items)
        {
            if (yaml.Get("note") is not { } note) continue;
            yaml.Only("limit", "note");
            yield return (ClockReader.LimitOf(yaml, statutes).Id, new LocalizedText(note.Need("zh").Text, note.Need("en").Text));
        }
    }

    public IEnumerable<Rule> ReadRules((Yaml Yaml, string Text) file)
    {
        var items = file.Yaml.Items.ToArray();
        var texts = new RuleTexts(file.Text, items);
        for (var i = 0; i < items.Length; i++) yield return ReadRule(items[i]) with { Yaml = texts.Of(i) };
    }

    public Rule ReadRule(Yaml yaml)
    {
        yaml.Only(Known);
        var id = yaml.Need("id").Text;
        var name = yaml.Need("name");
        var level = Level(yaml.Need("level"));
        var template = Templates.Where(t => yaml.Get(t) is not null).ToArray();
        if (template.Length != 1) throw yaml.Wrong($"exactly one of {string.Join(", ", Templates)} expected");
        var parameters = yaml.Need(template[0]);
        var caseTypes = Texts(yaml.Get("caseTypes"));
        return new Rule
        {
            Id = id,
            Name = new LocalizedText(name.Need("zh").Text, name.Need("en").Text),
            Category = yaml.Need("category").Text,
            Level = level,
            Line = yaml.Line,
            CustodyLevel = yaml.Get("custodyLevel") is { } graver ? Level(graver) : null,
            Blocking = yaml.Get("blocking")?.True ?? false,
            Refer = yaml.Get("refer")?.True ?? false,
            Leads = [.. (yaml.Get("leads")?.Items ?? []).Select(PredicateReader.PeriodOf)],
            Basis = yaml.Need("basis").Text,
            Source = yaml.TextOf("source") switch { null or "read" => "read", "memory" => "memory", _ => throw yaml.Need("source").Wrong("source is read or memory") },
            EffectiveFrom = yaml.Get("from") is { } from ? DateOf(from) : new DateOnly(2012, 1, 1),
            EffectiveUntil = yaml.Get("until") is { } until ? DateOf(until) : null,
            CaseTypes = caseTypes,
            TemplateName = template[0],
            Template = parameters.IsMap && parameters.TextOf("per") == "item"
                ? new ItemTemplate(ReadTemplate(template[0], parameters, id, caseTypes))
                : ReadTemplate(template[0], parameters, id, caseTypes),
            Parameters = parameters.IsMap ? parameters.Entries.ToDictionary(e => e.Key, e => e.Value.Node.ToString()) : new Dictionary<string, string>(),
            Fires = examples.Read(yaml.Get("fires")),
            Silent = examples.Read(yaml.Get("silent")),
        };
    }

    private static string Level(Yaml yaml) =>
        Array.IndexOf(Levels, yaml.Text) >= 0 ? yaml.Text : throw yaml.Wrong($"level is one of {string.Join(", ", Levels)}, not '{yaml.Text}'");

    private IRuleTemplate ReadTemplate(string name, Yaml yaml, string id, string[] caseTypes)
    {
        switch (name)
        {
            case "deadline":
                yaml.Only("limits", "act", "phase", "length");
                var phase = yaml.TextOf("phase") switch
                {
                    null => Phase.Any,
                    "before-extension" => Phase.BeforeExtension,
                    "extended" => Phase.Extended,
                    _ => throw yaml.Need("phase").Wrong("phase is before-extension or extended"),
                };
                return new DeadlineTemplate(Limits(yaml), phase, yaml.Get("length") is { } length ? PredicateReader.PeriodOf(length) : null, yaml.TextOf("act"));
            case "custodyDeadline":
                yaml.Only("limits");
                return new CustodyTemplate(Limits(yaml));
            case "response":
                return new ResponseTemplate(ClockReader.ReadOwn(yaml, id, caseTypes), yaml.TextOf("detail"));
            case "precedence":
                yaml.Only("acts", "needs", "when", "per", "sameDay", "each", "limits");
                return new PrecedenceTemplate(
                    Trigger.ReadList(yaml.Need("acts")), Trigger.ReadList(yaml.Need("needs")), PredicateReader.ReadOptional(yaml.Get("when")),
                    yaml.TextOf("per") == "suspect", yaml.Get("sameDay")?.True ?? false, yaml.Get("each")?.True ?? false, yaml.Get("limits") is null ? [] : Limits(yaml));
            case "condition":
                yaml.Only("on", "per", "when", "anyEvent", "until", "evidence");
                var any = yaml.Get("anyEvent")?.True ?? false;
                var about = yaml.TextOf("per") switch
                {
                    null or "case" or "item" => About.Case,
                    "suspect" => About.Suspect,
                    "named" => About.Named,
                    _ => throw yaml.Need("per").Wrong("per is case, suspect, named or item"),
                };
                return new ConditionTemplate(
                    any ? [] : Trigger.ReadList(yaml.Need("on")), about, any, PredicateReader.Read(yaml.Need("when")), Trigger.ReadList(yaml.Get("until")),
                    Trigger.ReadList(yaml.Get("evidence")));
            case "parts":
                return new PartsTemplate([.. yaml.Entries.Select(p => (p.Key, ReadPart(p.Value, id, caseTypes)))]);
            case "atMost":
                yaml.Only("on", "most", "rounds", "already");
                return new AtMostTemplate(
                    Trigger.ReadList(yaml.Need("on")).Single(), yaml.Need("most").Number, yaml.TextOf("rounds"),
                    yaml.TextOf("already") is { } field ? string.Intern(field) : null);
            case "field":
                return CardCheckReader.Read(yaml);
            case "custodyTerm":
                yaml.Only("warnAt", "until");
                return new CustodyTermTemplate(PredicateReader.NumberOf(yaml.Need("warnAt")), Trigger.ReadList(yaml.Need("until")));
            case "document":
                yaml.Only("internalLevel", "documents");
                var documents = ReadDocuments(yaml, id);
                return new DocumentTemplate(documents, [.. documents.Where(d => d.Demanded)], yaml.TextOf("internalLevel") ?? "L1");
            case "service":
                yaml.Only("within");
                return new ServiceTemplate(nodes, id, PredicateReader.PeriodOf(yaml.Need("within")));
            case "dueDate":
                return DueDateTemplate.Read(yaml, id);
            case "manual":
                yaml.Only("zh", "en");
                return new ManualTemplate(new LocalizedText(yaml.Need("zh").Text, yaml.Need("en").Text));
            case "department":
                return DepartmentTemplate.Read(yaml);
            default:
                return new UnacceptedTemplate();
        }
    }

    /// <summary>The documents a rule lists itself, all of them required, or else those of the nodes that name the rule.</summary>
    private CaseDocument[] ReadDocuments(Yaml yaml, string rule) => yaml.Get("documents") is { } listed
        ? [.. listed.Items.Select(d => ReadDocument(d, rule))]
        : [.. nodes.Where(d => d.FoundBy == rule)];

    private static CaseDocument ReadDocument(Yaml yaml, string rule)
    {
        yaml.Only("codes", "internal", "caseTypes", "start", "within", "runs", "early", "also");
        var codes = Texts(yaml.Need("codes"));
        var way = yaml.Get("internal")?.True ?? false ? DocumentWay.Internal : DocumentWay.Out;
        return new CaseDocument(codes, way, DocumentReader.Bind(yaml, codes, rule), true, rule) { Basis = "", Source = "read" };
    }

    private IRuleTemplate ReadPart(Yaml part, string id, string[] caseTypes)
    {
        part.Only("response", "precedence", "condition");
        if (part.Entries.ToArray() is not [var (template, parameters)]) throw part.Wrong("a part is exactly one of response, precedence, condition");
        return ReadTemplate(template, parameters, id, caseTypes);
    }

    private string[] Limits(Yaml yaml)
    {
        var list = yaml.Need("limits");
        foreach (var item in list.Items)
        {
            if (!statutes.TryGet(item.Text, out _)) throw item.Wrong($"unknown limit '{item.Text}'");
        }

        return Texts(list);
    }

    private static DateOnly DateOf(Yaml yaml) =>
        DateOnly.TryParseExact(yaml.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw yaml.Wrong($"a date YYYY-MM-DD expected, not '{yaml.Text}'");
}
