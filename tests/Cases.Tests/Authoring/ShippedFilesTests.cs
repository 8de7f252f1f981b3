using Cluster.Cases.Events;
using Cluster.Cases.Rules;

namespace Cases.Tests.Authoring;

/// <summary>The files that ship must themselves pass what is asked of an office's.</summary>
public sealed class ShippedFilesTests
{
    public static TheoryData<string> Files => [.. ShippedFiles.Rules.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_name_a_shipped_rule_uses_exists(string file)
    {
        var yaml = Yaml.Load(file, new StringReader(ShippedFiles.Rules[file]));
        Assert.Equal([], yaml.Items.SelectMany(rule => RuleNames.Check(rule, Catalogue.Default)).Select(e => $"{e.File}({e.Line}): {e.Reason}"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_office_may_publish_a_shipped_file_again(string file)
    {
        if (file.EndsWith(".DQ.yaml", StringComparison.Ordinal))
        {
            Assert.Contains(Assert.Throws<CatalogueException>(() => OfficeRules.Read(ShippedFiles.Rules[file], Catalogue.Default)).Errors, e => e.Reason == $"{Catalogue.Unaccepted} cannot be changed");
            return;
        }

        var written = ShippedFiles.WrittenOut(file);
        Assert.Equal(Yaml.Load(file, new StringReader(ShippedFiles.Rules[file])).Items.Select(r => r.Need("id").Text), OfficeRules.Read(written, Catalogue.Default).Ids);
    }

    [Fact]
    public void The_text_of_every_rule_can_be_read_as_a_file_of_its_own()
    {
        foreach (var rule in Catalogue.Default.Rules)
        {
            if (rule.Id == Catalogue.Unaccepted) continue;
            Assert.Equal([rule.Id], OfficeRules.Restore(rule.Yaml, Catalogue.Default).Ids);
        }
    }
}

/// <summary>The files in the assembly.</summary>
internal static class ShippedFiles
{
    public static IReadOnlyDictionary<string, string> Rules { get; } = typeof(Catalogue).Assembly.GetManifestResourceNames()
        .Where(n => n.Contains(".Catalogue.Rules.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .ToDictionary(n => n, n => EmbeddedFile.Text(n["Cluster.Cases.Catalogue.".Length..]));

    /// <summary>The rules of a file, each in the text that the catalogue gives of it.</summary>
    public static string WrittenOut(string file) => string.Concat(
        Yaml.Load(file, new StringReader(Rules[file])).Items.Select(r => r.Need("id").Text).Select(id => Catalogue.Default.Rules.Single(r => r.Id == id).Yaml));
}
