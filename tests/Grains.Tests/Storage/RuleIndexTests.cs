using Cluster.Cases.Assessment;
using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

public abstract class RuleIndexTests(StoreKind kind) : IAsyncLifetime
{
    private readonly StoreUnderTest _store = new(kind);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [StoreFact]
    public async Task Stale_are_open_cases_and_those_with_an_alert_of_the_rules_that_were_assessed_before()
    {
        await Save("open");
        await Save("assessed", assessed: 2);
        await Save("behind", assessed: 1);
        await Save("closed", open: false);
        await Save("alerted", open: false, alerts: Sample.Alert("1", "alerted"));
        await Save("retracted", open: false, alerts: Sample.Alert("2", "retracted") with { RetractedAt = Sample.Now });
        await Save("other", open: false, alerts: Sample.Alert("3", "other") with { Rule = "QX-001" });

        Assert.Equal(["alerted", "behind", "open"], await _store.Rules.Stale(2, ["QX-008"], null, 10));
        Assert.Equal(["alerted", "behind"], await _store.Rules.Stale(2, ["QX-008"], null, 2));
        Assert.Equal(["open"], await _store.Rules.Stale(2, ["QX-008"], "behind", 2));
        Assert.Equal(["open"], await _store.Rules.Stale(1, [], null, 10));
        Assert.Empty(await _store.Rules.Stale(0, ["QX-008"], null, 10));
    }

    [StoreFact]
    public async Task What_a_trial_found_in_a_case_is_replaced_as_a_whole()
    {
        await Try("a", new TrialFindings("run", [new("R1", "1", ""), new("R1", "2", ""), new("R2", "1", "\0")]));
        await Try("b", new TrialFindings("run", [new("R1", "1", "")]), new TrialFindings("other", []));
        Assert.Equal(
            [new("run", null, 4, 2), new("run", "R1", 3, 2), new("run", "R2", 1, 1)],
            (await _store.Rules.Trials()).OrderBy(count => count.Rule, StringComparer.Ordinal));

        await Try("a", new TrialFindings("run", [new("R2", "1", "\0"), new("R2", "1", "\0")]));
        await Try("b", new TrialFindings("run", []));
        Assert.Equal([new("run", null, 1, 1), new("run", "R2", 1, 1)], (await _store.Rules.Trials()).OrderBy(count => count.Rule, StringComparer.Ordinal));
    }

    [StoreFact]
    public async Task Decisions_are_those_of_alerts_that_a_caller_may_see()
    {
        await Save("a", alerts: [
            Sample.Alert("1", "a") with { Status = "dismissed" }, Sample.Alert("2", "a") with { Status = "noticed" }, Sample.Alert("3", "a") with { Status = "closed" },
            Sample.Alert("4", "a") with { Status = "closed", ClearedAt = Sample.Now }, Sample.Alert("5", "a"), Sample.Alert("6", "a") with { Status = "dismissed", RetractedAt = Sample.Now },
            Sample.Alert("7", "a") with { Rule = "QX-001", Status = "replied", Procuratorate = "x", Department = null, Prosecutor = null }]);

        Assert.Equal(
            [KeyValuePair.Create("QX-001", new RuleDecisions(0, 1)), KeyValuePair.Create("QX-008", new RuleDecisions(1, 3))],
            (await _store.Rules.Decisions(Visibility.Everything)).OrderBy(rule => rule.Key, StringComparer.Ordinal));
        foreach (var rights in new Visibility[] { new(false, ["422826"], [], []), new(false, [], ["d-1"], []), new(false, [], [], ["p-1"]) })
            Assert.Equal([KeyValuePair.Create("QX-008", new RuleDecisions(1, 3))], await _store.Rules.Decisions(rights));
        Assert.Empty(await _store.Rules.Decisions(Visibility.Nothing));
    }

    private Task Save(string id, bool open = true, long? assessed = null, params AlertRow[] alerts) => _store.Journal.Commit(Sample.Commit($"case:{id}", 0) with
    {
        Case = Sample.Case(id) with { Open = open },
        Alerts = alerts,
        Assessed = assessed is { } revision ? new AssessedBy(id, revision) : null,
    });

    private Task Try(string id, params TrialFindings[] tried) => _store.Journal.Commit(Sample.Commit($"case:{id}", 0) with { Tried = tried });
}

public sealed class RuleIndexOnSqlite() : RuleIndexTests(StoreKind.Sqlite);

public sealed class RuleIndexOnPostgres() : RuleIndexTests(StoreKind.Postgres), IOnPostgres;
