using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cluster.Api.Tests.Demo;

public sealed class ReplayContractTests
{
    [Fact]
    public void Every_event_is_of_a_contract_type_and_has_its_required_fields()
    {
        foreach (var e in Replayed.Events)
        {
            Assert.True(ContractTypes.Required.TryGetValue(e.Type, out var required), e.Type);
            foreach (var field in required)
                Assert.True(e.Data[field] is not null, $"{e.Id} {e.Type} lacks {field}");
        }
    }

    [Fact]
    public void Closed_values_are_those_of_the_contract()
    {
        foreach (var (path, allowed) in ContractTypes.Values)
        {
            var (type, fields) = (path[..path.IndexOf('/')], path[(path.IndexOf('/') + 1)..].Split('.'));
            var values = Replayed.Events.Where(e => e.Type == type).SelectMany(e => Reach(e.Data, fields)).ToHashSet();
            Assert.NotEmpty(values);
            Assert.True(values.IsSubsetOf(allowed), $"{path}: {string.Join(' ', values.Except(allowed))}");
        }
    }

    [Fact]
    public void Every_event_says_where_it_comes_from()
    {
        var origins = Replayed.Events.CountBy(e => e.Text("origin")!).ToDictionary(p => p.Key, p => p.Value);
        Assert.Equal(["derived", "generated", "judgment"], origins.Keys.Order());
        Assert.All(origins.Values, n => Assert.True(n > 1000));
    }

    [Fact]
    public void A_document_has_code_number_date_and_signatory()
    {
        var documents = Replayed.Events.Select(e => e.Data["doc"]).OfType<JsonObject>().ToList();
        Assert.NotEmpty(documents);
        Assert.All(documents, d => Assert.All(new[] { "code", "number", "date", "signedBy" }, f => Assert.False(string.IsNullOrEmpty((string?)d[f]), f)));
    }

    [Fact]
    public void Ids_are_unique_and_subjects_are_case_numbers()
    {
        Assert.Equal(Replayed.Events.Count, Replayed.Events.Select(e => e.Id).Distinct().Count());
        var number = new Regex(@"^(.{1,4})检(.{1,6})受\[(\d{4})\](\d{6})(\d{3,6})号$");
        Assert.All(Replayed.Cases, c => Assert.Matches(number, c.Subject));
    }

    [Fact]
    public void A_case_comes_from_the_office_it_belongs_to()
        => Assert.All(Replayed.Cases, c => Assert.All(c.Events, e => Assert.Equal($"/{c.Accepted.Text("procuratorate")}/demo", e.Source)));

    [Fact]
    public void A_previous_case_was_accepted_no_later_than_the_one_that_continues_it()
    {
        var received = Replayed.Cases.ToDictionary(c => c.Subject, c => c.Received);
        var continued = Replayed.Cases.Where(c => c.Accepted.Text("previousCase") is not null).ToList();
        Assert.True(continued.Count > 1000);
        var doubtful = Replayed.Replay.DoubtfulTimelines;
        Assert.All(continued.Where(c => !doubtful.Contains(c.Timeline) && !ArrestedInReview(c)), c => Assert.True(received[c.Accepted.Text("previousCase")!] <= c.Received, c.Subject));
    }

    [Fact]
    public void Persons_are_pseudonyms_without_identity_numbers()
    {
        var name = new Regex("^.某[甲乙丙丁戊己庚辛壬癸]$|^榆川市某[甲乙丙丁戊己庚辛壬癸]有限公司$");
        foreach (var suspect in Replayed.Cases.SelectMany(c => c.Suspects))
        {
            Assert.Matches(name, (string)suspect["name"]!);
            Assert.Null(suspect["idNumber"]);
        }
        Assert.All(Replayed.Events.Where(e => e.Type == "defender.registered"), e => Assert.Matches("^.某律师$", e.Text("name")));
    }

    private static bool ArrestedInReview(ReplayedCase c)
        => Replayed.Arrests.Any(a => a.Timeline == c.Timeline && a.CaseType == "ARR-D" && a.Received >= c.Received);

    private static IEnumerable<string> Reach(JsonNode? node, string[] path)
    {
        if (node is JsonArray items)
            return items.SelectMany(i => Reach(i, path));
        if (node is JsonValue value)
            return path.Length == 0 ? [value.ToString()] : [];
        return node is JsonObject data && path.Length > 0 ? Reach(data[path[0]], path[1..]) : [];
    }
}
