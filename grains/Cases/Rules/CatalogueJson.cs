using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Cases.Assessment;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>The JSON bodies about rules and limits.</summary>
public static class CatalogueJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every rule.</summary>
    /// <param name="figures">What became of the alerts of a rule.</param>
    public static byte[] Rules(RuleListing listing, Func<string, RuleStanding> figures) => Write(json =>
    {
        json.WriteStartArray("items");
        foreach (var rule in listing.Rules) WriteRule(json, listing, rule, figures(rule.Id), withTexts: false);
        json.WriteEndArray();
    });

    /// <summary>One rule with the text of every version; null if there is none of this id.</summary>
    public static byte[]? Rule(RuleListing listing, string id, Func<string, RuleStanding> figures) =>
        listing.InForce(id) is { } rule ? WriteWhole(json => WriteRule(json, listing, rule, figures(id), withTexts: true)) : null;

    /// <summary>Every limit of the law.</summary>
    public static byte[] Limits(Catalogue catalogue) => Write(json =>
    {
        json.WriteStartArray("items");
        foreach (var limit in catalogue.Statutes.All) WriteLimit(json, limit, catalogue);
        json.WriteEndArray();
    });

    /// <summary>What the catalogue is made of.</summary>
    /// <param name="canEdit">Whether the reader may write rules.</param>
    /// <param name="canPublish">Whether the reader may put rules in force.</param>
    public static byte[] Summary(RuleListing listing, bool canEdit, bool canPublish) => Write(json =>
    {
        var rules = listing.Rules.ToList();
        json.WriteNumber("version", listing.Version);
        json.WriteNumber("rules", rules.Count);
        json.WriteNumber("limits", listing.Catalogue.Statutes.All.Count);
        json.WriteStartObject("templates");
        foreach (var template in rules.CountBy(r => r.TemplateName).OrderBy(t => t.Key, StringComparer.Ordinal)) json.WriteNumber(template.Key, template.Value);
        json.WriteEndObject();
        json.WriteStartObject("sources");
        foreach (var source in (string[])["read", "memory"]) json.WriteNumber(source, rules.Count(r => r.Source == source));
        json.WriteEndObject();
        WriteTexts(json, "manual", rules.Where(r => r.Template is ManualTemplate).Select(r => r.Id));
        json.WriteBoolean("canEdit", canEdit);
        json.WriteBoolean("canPublish", canPublish);
    });

    private static void WriteRule(Utf8JsonWriter json, RuleListing listing, Rule rule, RuleStanding standing, bool withTexts)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        WriteText(json, "name", rule.Name);
        json.WriteString("category", rule.Category);
        json.WriteString("level", rule.Level);
        json.WriteString("custodyLevel", rule.CustodyLevel);
        json.WriteBoolean("blocking", rule.Blocking);
        json.WriteBoolean("refer", rule.Refer);
        WriteTexts(json, "leads", rule.Leads.Select(l => l.ToString()));
        json.WriteString("basis", rule.Basis);
        json.WriteString("template", rule.TemplateName);
        json.WriteStartObject("parameters");
        foreach (var (key, value) in rule.Parameters) json.WriteString(key, value);
        json.WriteEndObject();
        WriteTexts(json, "caseTypes", rule.CaseTypes);
        json.WriteString("effectiveFrom", CaseJson.DateText(rule.EffectiveFrom));
        json.WriteString("effectiveUntil", CaseJson.DateText(rule.EffectiveUntil));
        json.WriteString("source", rule.Source);
        WriteText(json, "manual", (rule.Template as ManualTemplate)?.Reason);
        json.WriteBoolean("unobservable", listing.Catalogue.IsUnobservable(rule, Observability.Default));
        json.WriteNumber("fired", standing.Fired);
        json.WriteNumber("dismissed", standing.Dismissed);
        json.WriteNumber("decided", standing.Decided);
        if (standing.Decided > 0) json.WriteNumber("precision", Math.Round(1 - ((double)standing.Dismissed / standing.Decided), 4));
        else json.WriteNull("precision");
        WriteTrial(json, standing.Trial);
        json.WriteStartArray("versions");
        foreach (var version in listing.Versions(rule.Id)) WriteVersion(json, version, withTexts);
        json.WriteEndArray();
        json.WriteStartObject("examples");
        WriteExamples(json, "fires", rule.Fires);
        WriteExamples(json, "silent", rule.Silent);
        json.WriteEndObject();
        json.WriteString("yaml", rule.Yaml);
        json.WriteEndObject();
    }

    private static void WriteTrial(Utf8JsonWriter json, TrialStanding? trial)
    {
        if (trial is not { } known)
        {
            json.WriteNull("shadow");
            return;
        }

        json.WriteStartObject("shadow");
        json.WriteNumber("fired", known.Fired);
        json.WriteNumber("cases", known.Cases);
        json.WriteString("draft", known.Draft);
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, Rule rule, bool withText)
    {
        json.WriteStartObject();
        json.WriteNumber("version", rule.Publication?.Version ?? 0);
        json.WriteString("effectiveFrom", CaseJson.DateText(rule.EffectiveFrom));
        json.WriteString("effectiveUntil", CaseJson.DateText(rule.EffectiveUntil));
        json.WriteString("origin", rule.Publication is null ? "built-in" : "published");
        json.WriteString("procuratorate", rule.Publication?.Procuratorate);
        json.WriteString("publishedBy", rule.Publication?.By);
        json.WriteString("publishedAt", rule.Publication is { } publication ? CaseJson.InstantText(publication.At) : null);
        if (withText) json.WriteString("yaml", rule.Yaml);
        json.WriteEndObject();
    }

    private static void WriteExamples(Utf8JsonWriter json, string name, RuleExample[] examples)
    {
        json.WriteStartArray(name);
        foreach (var example in examples)
        {
            json.WriteStartObject();
            json.WriteString("title", example.Title);
            if (name == "fires") json.WriteString("level", example.Level);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLimit(Utf8JsonWriter json, Limit limit, Catalogue catalogue)
    {
        json.WriteStartObject();
        json.WriteString("id", limit.Id);
        WriteText(json, "name", limit.Name);
        WriteText(json, "start", limit.Start);
        WriteText(json, "article", limit.Article);
        json.WriteString("basis", limit.Basis);
        json.WriteString("clock", limit.Clock switch
        {
            Clock.Custody => "custody",
            Clock.Calendar => "calendar",
            Clock.Hours => "hours",
            Clock.WorkingDays => "workdays",
            _ => "by-custody",
        });
        json.WriteString("length", limit.Computable ? limit.Length.ToString() : null);
        WriteTexts(json, "variants", limit.Variants.Keys);
        WriteTexts(json, "extensions", limit.Extensions.Select(e => e.ToString()));
        WriteTexts(json, "leads", limit.Leads.Select(l => l.ToString()));
        json.WriteString("before", limit.Before?.ToString());
        WriteText(json, "notComputable", limit.NotComputable);
        json.WriteString("effectiveFrom", CaseJson.DateText(limit.EffectiveFrom));
        json.WriteString("effectiveUntil", CaseJson.DateText(limit.EffectiveUntil));
        json.WriteString("source", limit.Source);
        WriteText(json, "note", limit.Note);
        var clocks = catalogue.Clocks.Where(c => c.Id == limit.Id).ToList();
        json.WriteBoolean("runs", clocks.Count > 0);
        WriteTexts(json, "caseTypes", clocks.Exists(c => c.CaseTypes.Length == 0) ? [] : clocks.SelectMany(c => c.CaseTypes).Distinct());
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, LocalizedText? text)
    {
        if (text is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("zh", known.Zh);
        json.WriteString("en", known.En);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write) => WriteWhole(json =>
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    });

    private static byte[] WriteWhole(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(65536);
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>What became of the alerts of a rule, as far as somebody may know.</summary>
/// <param name="Fired">Alerts that were not retracted.</param>
/// <param name="Dismissed">Of the decided ones, those that people called false.</param>
/// <param name="Decided">Alerts on which people decided.</param>
/// <param name="Trial">What the rule finds on trial; null if it is not.</param>
public readonly record struct RuleStanding(long Fired, long Dismissed, long Decided, TrialStanding? Trial);

/// <summary>What a rule finds on trial.</summary>
public readonly record struct TrialStanding(string Draft, long Fired, long Cases);
