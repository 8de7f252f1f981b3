using Cluster.Cases.Rules;

namespace Cases.Tests.Rules;

/// <summary>Levels, leads and articles as the tables of the field give them, so that no slip in the catalogue goes unseen.</summary>
public sealed class RuleTableTests
{
    public static TheoryData<string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "expected-rules.txt")).Where(l => l[0] != '#'))
            {
                var cells = line.Split('|', StringSplitOptions.TrimEntries);
                rows.Add(cells[0], cells[1], cells[2], cells[3]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_rule_has_the_level_the_leads_and_the_basis_of_the_table(string id, string level, string leads, string basis)
    {
        var rule = Assert.Single(Catalogue.Default.Rules, r => r.Id == id);
        Assert.Equal(level, rule.Level + (rule.CustodyLevel is { } custody ? "/" + custody : "") + (rule.Blocking ? " block" : "") + (rule.Refer ? " refer" : ""));
        Assert.Equal(leads, string.Join(" ", rule.Leads.Select(l => l.ToString())));
        Assert.Equal(basis, rule.Basis);
    }

    [Fact]
    public void No_rule_is_missing_from_the_table() =>
        Assert.Empty(Catalogue.Default.Rules.Select(r => r.Id).Except(Rows.Select(r => (string)r[0])));
}
