using System.Globalization;
using Cluster.Contracts.Storage;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>Cases that continue one another.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = SiloUnderTest.Monday;

    private SiloUnderTest _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloUnderTest.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Investigative_custody_ends_in_the_arrest_case_when_the_case_for_prosecution_is_accepted()
    {
        await Arrested("arr");
        Assert.Equal("running", await Custody("arr"));
        await _silo.PassTo(Monday.AddDays(30));
        await _silo.Record("pro", Sent.Prosecution("e9", Monday.AddDays(30), previousCase: "arr"));
        Assert.Equal("met", await Custody("arr"));
        await _silo.PassTo(Monday.AddDays(100));
        Assert.DoesNotContain(await _silo.Alerts("arr"), a => a.Rule == "QX-024");
        await _silo.ShouldBeAsAssessed("arr");
        await _silo.ShouldBeAsAssessed("pro");
    }

    [Fact]
    public async Task Investigative_custody_counts_anew_in_the_arrest_case_from_the_discovery_of_another_crime()
    {
        await Arrested("arr");
        await _silo.PassTo(Monday.AddDays(40));
        await _silo.Record(
            "recalc",
            Sent.Accepted("e8", "RECALC", Monday.AddDays(40), "arrest", null, previousCase: "arr"),
            Sent.Event("e9", "step.recorded", Monday.AddDays(36), new() { ["step"] = "other-crime-found" }));
        var runs = (await _silo.Read("arr"))!["deadlines"]!.AsArray().Where(d => (string?)d!["id"] == "T-A17").ToList();
        Assert.Equal(["stopped", "running"], runs.Select(r => (string?)r!["status"]));
        Assert.Equal(Monday.AddDays(36).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (string?)runs[1]!["startedOn"]);
        await _silo.ShouldBeAsAssessed("arr");
    }

    [Fact]
    public async Task It_does_not_matter_which_of_the_two_cases_comes_first()
    {
        await _silo.JumpTo(Monday.AddDays(100));
        await _silo.Record("pro", Sent.Prosecution("e9", Monday.AddDays(30), previousCase: "arr"));
        Assert.Null(await _silo.Read("arr"));
        Assert.Null(await _silo.Index.Find("arr"));
        Assert.DoesNotContain(_silo.Disturbance.Fed, f => f.Scope == "case:arr");
        await Arrested("arr");
        Assert.Equal("met", await Custody("arr"));
        Assert.DoesNotContain((await _silo.Alerts("arr")), a => a.Rule == "QX-024" && a.ClearedAt is null);
        await _silo.ShouldBeAsAssessed("arr");
    }

    [Fact]
    public async Task A_case_known_only_by_what_another_says_of_it_stays_invisible_through_a_restart()
    {
        await _silo.Record("pro", Sent.Prosecution("e9", Monday, previousCase: "arr"));
        await _silo.Restart();
        await _silo.Case("arr").Wake();
        Assert.Null(await _silo.Read("arr"));
        Assert.Null(await _silo.Index.Find("arr"));
        Assert.Single(await _silo.History("arr"));
        Assert.DoesNotContain(await _silo.Due.Until(DateTimeOffset.MaxValue, 10), d => d.Case == "arr");
        Assert.Equal(["pro"], (await _silo.Index.Cases(new CaseQuery(Visibility.Everything))).Items.Select(c => c.Id));
    }

    [Fact]
    public async Task Cases_that_name_each_other_as_previous_hold_nobody_up()
    {
        await _silo.Record("a", Sent.Prosecution("e1", Monday, previousCase: "b"));
        await Task.WhenAll(
            _silo.Record("b", Sent.Prosecution("e2", Monday, previousCase: "a")),
            _silo.Record("a", Sent.Rights("e3", Monday)),
            _silo.Record("b", Sent.Rights("e4", Monday)));
        await _silo.ShouldBeAsAssessed("a");
        await _silo.ShouldBeAsAssessed("b");
    }

    [Fact]
    public async Task A_link_that_could_not_be_told_is_told_later()
    {
        await Arrested("arr");
        await _silo.PassTo(Monday.AddDays(30));
        var refused = new TaskCompletionSource();
        _silo.Disturbance.Refuse = commit =>
        {
            if (commit.Stream != "case:arr") return null;
            refused.TrySetResult();
            return new JournalOverloadedException(1);
        };
        await _silo.Case("pro").Record([Sent.Prosecution("e9", _silo.Now, previousCase: "arr")]);
        await refused.Task.Soon();
        _silo.Disturbance.Refuse = null;
        for (var looks = 0; looks < 3; looks++)
        {
            var looked = _silo.Disturbance.Looked;
            _silo.Real.Advance(TimeSpan.FromSeconds(15));
            await looked.Soon();
        }

        await _silo.Settled();
        Assert.Equal("met", await Custody("arr"));
    }

    private Task Arrested(string caseId) => _silo.Record(
        caseId, Sent.Arrest("e1", Monday), Sent.Decided("e2", Monday, "approve-arrest"), Sent.Measure("e3", Monday, "arrest"));

    private async Task<string?> Custody(string caseId) =>
        (string?)Assert.Single((await _silo.Read(caseId))!["deadlines"]!.AsArray(), d => (string?)d!["id"] == "T-A17")!["status"];
}
