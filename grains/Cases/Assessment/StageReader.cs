using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>Reads Catalogue/stages.yaml, whose head explains it.</summary>
internal static class StageReader
{
    public static (StageMachine[] Machines, Dictionary<string, LocalizedText> Names) Read(Yaml file)
    {
        file.Only("names", "machines");
        var names = new Dictionary<string, LocalizedText>(StringComparer.Ordinal);
        foreach (var (code, texts) in file.Need("names").Entries)
        {
            if (texts.Items.ToArray() is not [var zh, var en]) throw texts.Wrong("a state has a Chinese and an English name");
            names.Add(code, new LocalizedText(zh.Text, en.Text));
        }

        return ([.. file.Need("machines").Items.Select(m => Machine(m, names))], names);
    }

    private static StageMachine Machine(Yaml yaml, Dictionary<string, LocalizedText> names)
    {
        yaml.Only("caseTypes", "states");
        var stages = yaml.Need("states").Items.Select(s => State(s, names)).ToArray();
        foreach (var stage in stages)
        {
            if (stage.After is { } before && !Array.Exists(stages, s => s.Code == before)) throw yaml.Wrong($"'{stage.Code}' comes after '{before}', which is no state of it");
        }

        return new StageMachine([.. yaml.Need("caseTypes").Items.Select(t => t.Text)], stages);
    }

    private static Stage State(Yaml yaml, Dictionary<string, LocalizedText> names)
    {
        yaml.Only("state", "on", "documents", "cover", "after", "until", "untilDocuments", "ends");
        var code = yaml.Need("state");
        if (!names.ContainsKey(code.Text)) throw code.Wrong($"state '{code.Text}' has no name");
        return new Stage(
            string.Intern(code.Text),
            [.. Trigger.ReadList(yaml.Get("on")), .. Issued(yaml.Get("documents"))],
            yaml.Get("cover")?.True ?? false,
            yaml.TextOf("after"),
            [.. Trigger.ReadList(yaml.Get("until")), .. Issued(yaml.Get("untilDocuments"))],
            yaml.Get("ends")?.True ?? false);
    }

    private static IEnumerable<Trigger> Issued(Yaml? codes) => codes is { } listed ? Trigger.Issued([.. listed.OneOrMore.Select(c => c.Text)]) : [];
}
