using Cluster.Cases.Events;

namespace Cluster.Cases.Rules;

/// <summary>
/// Checks every name a rule uses against what there is: fields of the event types at hand, their words, steps, kinds of measure, limits
/// that run, case types. A name nobody knows would read as nothing, and the rule would be silent or cry wolf without anybody seeing why.
/// </summary>
internal sealed class RuleNames
{
    // Conditions nested in conditions over every suspect would cost the number of suspects to that power.
    private const int MostConditions = 500;

    private static readonly string[] Accepting = ["case.accepted"];
    private static readonly string[] Filling = ["card.filled"];
    private static readonly string[] Examples = ["fires", "silent", "name", "manual", "department"];

    private readonly Catalogue _catalogue;
    private readonly List<CatalogueError> _errors = [];
    private int _conditions;

    private RuleNames(Catalogue catalogue) => _catalogue = catalogue;

    /// <summary>Every name that is wrong.</summary>
    public static IReadOnlyList<CatalogueError> Check(Yaml rule, Catalogue catalogue)
    {
        var names = new RuleNames(catalogue);
        foreach (var (key, value) in rule.Entries)
        {
            if (!Examples.Contains(key)) names.Visit(key, value, null, ofSuspects: false);
        }

        return names._errors;
    }

    private void Visit(string key, Yaml node, string[]? types, bool ofSuspects)
    {
        switch (key)
        {
            case "caseTypes":
                foreach (var type in node.OneOrMore) NeedWord(type, "case.accepted", "caseType", "case type");
                return;
            case "measure":
                foreach (var kind in node.OneOrMore) NeedWord(kind, "measure.taken", "kind", "kind of measure");
                return;
            case "limits" or "rounds":
                foreach (var limit in node.OneOrMore)
                {
                    if (!_catalogue.Clocks.Any(c => c.Id == limit.Text)) Wrong(limit, $"limit '{limit.Text}' runs in no case");
                }

                return;
            case "per" when node.Text is not ("case" or "suspect" or "each" or "item" or "named"):
                Wrong(node, "per is case, suspect, each, item or named");
                return;
            case "anySuspect" or "noSuspect" when ofSuspects:
                Wrong(node, "a condition over every suspect inside another");
                return;
            case "anySuspect" or "noSuspect":
                ofSuspects = true;
                break;
            case "wrong":
                types = Filling;
                break;
            case "already":
                NeedField(node, Accepting);
                return;
            case "field" or "birthOf" or "sexOf" when node.IsScalar:
                NeedField(node, types);
                return;
            case "inOrder":
                foreach (var field in node.Items) NeedField(field, types);
                return;
        }

        if (node.IsList)
        {
            foreach (var item in node.Items) Visit("", item, types, ofSuspects);
        }
        else if (node.IsMap)
        {
            VisitMap(node, TypesAt(node) ?? types, ofSuspects);
        }
    }

    private void VisitMap(Yaml map, string[]? types, bool ofSuspects)
    {
        if (map.Get("field") is { IsScalar: true } field)
        {
            if (++_conditions == MostConditions) Wrong(map, $"more than {MostConditions} conditions");
            CheckWords(map, field, types);
        }

        foreach (var (key, value) in map.Entries)
        {
            if (key == "date" && value.IsScalar) NeedField(value, types);
            else Visit(key, value, types, ofSuspects);
        }
    }

    /// <summary>What a field is compared with must be something it can be.</summary>
    private void CheckWords(Yaml condition, Yaml field, string[]? types)
    {
        foreach (var (key, value) in condition.Entries)
        {
            if (key is not ("is" or "isNot" or "in" or "notIn")) continue;
            foreach (var word in value.OneOrMore)
            {
                if (field.Text == "step" && !StepCodes.Contains(word.Text)) Wrong(word, $"unknown step '{word.Text}'");
                else if (types is not null && !CaseFields.IsFact(field.Text)) NeedWord(word, types, field.Text);
            }
        }
    }

    private void NeedField(Yaml name, string[]? types)
    {
        if (!name.IsScalar) return;
        if (CaseFields.IsFact(name.Text)) return;
        var group = name.Text.Split('.')[0];
        if (group is "card" or "whole") return;
        var known = (types ?? EventTypes.All).Any(t => EventTypes.Find(t) is { } type && EventFields.Has(type.Shape, name.Text));
        if (!known) Wrong(name, types is null ? $"unknown field '{name.Text}'" : $"unknown field '{name.Text}'; {string.Join(" and ", types)} does not have it");
    }

    private void NeedWord(Yaml word, string type, string field, string what)
    {
        if (EventFields.Words(EventTypes.Find(type)!.Shape, field) is { } words && !words.Contains(word.Text)) Wrong(word, $"unknown {what} '{word.Text}'");
    }

    private void NeedWord(Yaml word, string[] types, string field)
    {
        var words = new List<string>();
        foreach (var type in types)
        {
            if (EventTypes.Find(type) is not { } known || !EventFields.Has(known.Shape, field)) continue;
            if (EventFields.Words(known.Shape, field) is not { } some) return;
            words.AddRange(some);
        }

        if (words.Count > 0 && !words.Contains(word.Text)) Wrong(word, $"'{field}' is never '{word.Text}'; it is one of {string.Join(", ", words.Distinct())}");
    }

    /// <summary>The event types that conditions at this place look at; null where the place does not say.</summary>
    private static string[]? TypesAt(Yaml map)
    {
        if (map.Get("step") is not null) return ["step.recorded"];
        if (map.Get("measure") is not null) return ["measure.taken", .. Accepting];
        foreach (var key in (string[])["on", "acts", "start"])
        {
            if (map.Get(key) is not { } triggers) continue;
            var types = TypesOf(triggers).Distinct().ToArray();
            if (types.Length > 0) return types;
        }

        return null;
    }

    private static IEnumerable<string> TypesOf(Yaml trigger)
    {
        if (trigger.IsScalar) return [trigger.Text];
        if (trigger.IsList) return trigger.Items.SelectMany(TypesOf);
        return TypesAt(trigger) ?? [];
    }

    private void Wrong(Yaml at, string reason) => _errors.Add(new CatalogueError(at.File, at.Line, reason));
}
