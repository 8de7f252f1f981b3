using System.Collections.Frozen;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>The steps that an office may report with <c>step.recorded</c>.</summary>
public static class StepCodes
{
    private static readonly Dictionary<string, LocalizedText> ByCode = Read(Yaml.Load("steps.yaml", new StringReader(EmbeddedFile.Text("steps.yaml"))));

    private static readonly FrozenDictionary<string, int> Ordinals = ByCode.Keys.Select((code, i) => (code, i)).ToFrozenDictionary(p => p.code, p => p.i, StringComparer.Ordinal);

    /// <summary>Every code with what it means, in the order of the catalogue.</summary>
    public static IReadOnlyDictionary<string, LocalizedText> All => ByCode;

    public static bool Contains(string code) => ByCode.ContainsKey(code);

    /// <summary>The place of a code; -1 of one nobody knows.</summary>
    internal static int OrdinalOf(string? code) => code is not null && Ordinals.TryGetValue(code, out var ordinal) ? ordinal : -1;

    private static Dictionary<string, LocalizedText> Read(Yaml file)
    {
        var codes = new Dictionary<string, LocalizedText>(StringComparer.Ordinal);
        foreach (var (code, names) in file.Entries)
        {
            if (names.Items.ToArray() is not [var zh, var en]) throw names.Wrong("a step has a Chinese and an English name");
            codes.Add(code, new LocalizedText(zh.Text, en.Text));
        }

        return codes;
    }
}
