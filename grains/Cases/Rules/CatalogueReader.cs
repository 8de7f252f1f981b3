using System.Globalization;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Reads catalogue files. The first thing wrong refuses the whole file, with its line.</summary>
internal sealed class CatalogueReader(Statutes statutes, ExampleReader examples)
{
    private static readonly string[] Levels = ["L1", "L2", "L3", "S", "T", "V"];

    private static readonly string[] Templates = ["deadline", "custodyDeadline", "response", "precedence", "condition", "atMost", "document", "field", "unaccepted", "manual"];

    private static readonly string[] Known =
    [
        "id", "name", "category", "level", "custodyLevel", "blocking", "refer", "leads", "basis", "source", "from", "until", "caseTypes", "fires", "silent", .. Templates,
    ];

    public static string[] Texts(Yaml? yaml) => yaml is { } y ? [.. y.Items.Select(i => i.Text)] : [];

    public ClockBinding[] ReadLimits(Yaml file) => [.. file.Items.Select(y => ClockReader.ReadLimit(y, statutes))];

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
            Template = ReadTemplate(template[0], parameters, id, caseTypes),
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
                yaml.Only("limits", "phase", "length");
                var phase = yaml.TextOf("phase") switch
                {
                    null => Phase.Any,
                    "before-extension" => Phase.BeforeExtension,
                    "extended" => Phase.Extended,
                    _ => throw yaml.Need("phase").Wrong("phase is before-extension or extended"),
                };
                return new DeadlineTemplate(Limits(yaml), phase, yaml.Get("length") is { } length ? PredicateReader.PeriodOf(length) : null);
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
                yaml.Only("on", "per", "when", "anyEvent");
                var any = yaml.Get("anyEvent")?.True ?? false;
                return new ConditionTemplate(
                    any ? [] : Trigger.ReadList(yaml.Need("on")), yaml.TextOf("per") == "suspect", any, PredicateReader.Read(yaml.Need("when")));
            case "atMost":
                yaml.Only("on", "most", "rounds", "already");
                return new AtMostTemplate(
                    Trigger.ReadList(yaml.Need("on")).Single(), yaml.Need("most").Number, yaml.TextOf("rounds"),
                    yaml.TextOf("already") is { } field ? string.Intern(field) : null);
            case "field":
                yaml.Only("per", "wrong", "fields");
                return new FieldTemplate(yaml.TextOf("per") != "case", PredicateReader.Read(yaml.Need("wrong")), yaml.Need("fields").Text, CardPredicates.Seen(yaml.Need("wrong")));
            case "document":
                yaml.Only("internalLevel", "documents");
                return new DocumentTemplate([.. yaml.Need("documents").Items.Select(d => ReadDocument(d, id))], yaml.TextOf("internalLevel") ?? "L1");
            case "manual":
                yaml.Only("zh", "en");
                return new ManualTemplate(new LocalizedText(yaml.Need("zh").Text, yaml.Need("en").Text));
            default:
                return new UnacceptedTemplate();
        }
    }

    private static RequiredDocument ReadDocument(Yaml yaml, string rule)
    {
        yaml.Only("codes", "internal", "caseTypes", "start", "within", "per", "runs", "also");
        var codes = Texts(yaml.Get("codes"));
        var issued = Trigger.Issued(codes);
        return new RequiredDocument(
            codes,
            yaml.Get("internal")?.True ?? false,
            new ClockBinding
            {
                Id = rule,
                Length = PredicateReader.PeriodOf(yaml.Need("within")),
                Clock = Clock.Calendar,
                CaseTypes = Texts(yaml.Get("caseTypes")),
                PerSuspect = false,
                Runs = yaml.TextOf("runs") == "each" ? Runs.Each : Runs.Once,
                Gate = CustodyGate.None,
                Start = Trigger.ReadList(yaml.Need("start")),
                Stop = [.. issued, .. Trigger.ReadList(yaml.Get("also"))],
                Early = false,
            });
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
