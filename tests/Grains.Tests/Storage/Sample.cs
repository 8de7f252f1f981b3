using System.Text;
using Cluster.Contracts;
using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

/// <summary>Commits, rows and events to write.</summary>
internal static class Sample
{
    public static DateTimeOffset Now => StoreUnderTest.Start;

    public static EventMessage Event(string id, string source = "/422826/tyyw") =>
        new(source, id, "suspect.interrogated", Now, null, Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""));

    public static Commit Commit(string stream, long expected, params string[] ids) =>
        new() { Stream = stream, ExpectedVersion = expected, RecordedAt = Now, Events = [.. ids.Select(id => Event(id))] };

    public static FeedEntry Item(string payload, params string[] scopes) => new(scopes, "alert", Now, Encoding.UTF8.GetBytes(payload));

    public static CaseRow Case(string id, long revision = 1) => new(
        id, "PRO", "陈某盗窃案", "review", "422826", "d-1", "p-1", new DateOnly(2026, 2, 9), 1.5, Custody: true, Open: true, revision, revision,
        "T-B05", "2026-03-09", Now.AddDays(28), "W2", Now);

    public static AlertRow Alert(string id, string caseId) => new(
        id, caseId, "QX-008", "1", "", "W1", "rights", "open", Now, null, null, Now.AddDays(3), Now, "422826", "d-1", "p-1", "{}"u8.ToArray());
}
