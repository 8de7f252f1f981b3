using System.Buffers;
using System.Text.Json;
using Cluster.Api.Cases;
using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Api.Wall;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Live;

/// <summary>What a screen shows before the first item arrives. Read after the place in the feed, so it is never older than that.</summary>
internal sealed class Snapshots(IGrainFactory grains, ICaseIndex index, IFeedStore feed, UnitDirectory units)
{
    private const int NewestAlerts = 200;
    private const int MostCases = 200;
    private const int GrainsAtOnce = 32;
    private const int FeedLookBack = 10_000;
    private const int NewestAssignments = 12;

    public async Task<RawJson> Of(WatchScope scope, Rights rights, CancellationToken cancellation)
    {
        var json = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = Json.Options.Encoder }))
        {
            writer.WriteStartObject();
            await Write(writer, scope, rights, cancellation);
            writer.WriteEndObject();
        }
        return new RawJson(json.WrittenMemory);
    }

    private Task Write(Utf8JsonWriter writer, WatchScope scope, Rights rights, CancellationToken cancellation) => scope.Kind switch
    {
        WatchKind.All or WatchKind.Procuratorate => WriteOffice(writer, scope, rights, cancellation),
        WatchKind.Department => WriteDepartment(writer, scope, rights, cancellation),
        WatchKind.Prosecutor => WriteProsecutor(writer, scope, rights, cancellation),
        _ => WriteCase(writer, scope, rights),
    };

    private async Task WriteOffice(Utf8JsonWriter writer, WatchScope scope, Rights rights, CancellationToken cancellation)
    {
        UnitTree tree = await units.Tree(cancellation);
        string? only = scope.Kind == WatchKind.Procuratorate ? scope.Id : null;
        IReadOnlyList<string> offices = only is null ? [.. tree.Procuratorates.Order(StringComparer.Ordinal)] : [only];

        byte[][] counters = await AskAll(offices, code => grains.GetGrain<IProcuratorateGrain>(code).Counters(), cancellation);
        writer.WritePropertyName("counters");
        Counters.WriteSum(writer, only, offices, counters);
        await WriteAssignments(writer, scope, rights, tree, cancellation);
        await WriteAlerts(writer, new AlertQuery(rights.Visible) { Procuratorate = only }, cancellation, rights.Masked);

        string[] departments = [.. offices.SelectMany(tree.DepartmentsOf).Order(StringComparer.Ordinal)];
        byte[]?[] workloads = await AskAll(departments, id => grains.GetGrain<IDepartmentGrain>(id).Workload(), cancellation);
        writer.WriteStartArray("workload");
        for (int i = 0; i < departments.Length; i++)
        {
            if (workloads[i] is { } workload) WriteWorkload(writer, departments[i], rights.Masked ? MaskedPayload.Of("workload", workload) : workload);
        }
        writer.WriteEndArray();
        writer.WritePropertyName("units");
        UnitList.Of(tree, rights).WriteTo(writer);
    }

    private async Task WriteDepartment(Utf8JsonWriter writer, WatchScope scope, Rights rights, CancellationToken cancellation)
    {
        await WriteAlerts(writer, new AlertQuery(rights.Visible) { Department = scope.Id }, cancellation);
        writer.WritePropertyName("workload");
        if (await grains.GetGrain<IDepartmentGrain>(scope.Id).Workload() is { } workload) WriteWorkload(writer, scope.Id, workload);
        else writer.WriteNullValue();
        await WriteCases(writer, new CaseQuery(rights.Visible) { Department = scope.Id }, cancellation);
    }

    private async Task WriteProsecutor(Utf8JsonWriter writer, WatchScope scope, Rights rights, CancellationToken cancellation)
    {
        await WriteCases(writer, new CaseQuery(rights.Visible) { Prosecutor = scope.Id, Open = true }, cancellation);
        await WriteAlerts(writer, new AlertQuery(rights.Visible) { Prosecutor = scope.Id }, cancellation);
    }

    private async Task WriteCase(Utf8JsonWriter writer, WatchScope scope, Rights rights)
    {
        writer.WritePropertyName("case");
        if (await ReadCase(scope.Id) is { } answer && rights.CanSee(answer.Scope))
            writer.WriteRawValue(answer.Json, skipInputValidation: true);
        else writer.WriteNullValue();
    }

    // The screen shows what becomes of a case that cannot be assessed as soon as it can be.
    private async Task<CaseAnswer?> ReadCase(string id)
    {
        try
        {
            return await grains.GetGrain<ICaseGrain>(id).Read(null);
        }
        catch (CaseUnassessedException)
        {
            return null;
        }
    }

    /// <summary>The latest draws, newest first, out of the last items of the feed.</summary>
    private async Task WriteAssignments(Utf8JsonWriter writer, WatchScope scope, Rights rights, UnitTree tree, CancellationToken cancellation)
    {
        long last = await feed.Last(scope.Text, cancellation);
        IReadOnlyList<FeedItem> items = await feed.After(scope.Text, Math.Max(0, last - FeedLookBack), FeedLookBack, cancellation) ?? [];
        writer.WriteStartArray("assignments");
        IEnumerable<FeedItem> draws = items.Where(i => i.Kind == "assignment" && (!rights.MustFilter(scope) || rights.CanSee(PayloadScope.Of(i.Payload, tree))));
        foreach (FeedItem item in draws.TakeLast(NewestAssignments).Reverse()) writer.WriteRawValue(item.Payload, skipInputValidation: true);
        writer.WriteEndArray();
    }

    private async Task WriteAlerts(Utf8JsonWriter writer, AlertQuery query, CancellationToken cancellation, bool masked = false)
    {
        Page<AlertRow> page = await index.Alerts(query with { Open = true, Limit = NewestAlerts }, cancellation);
        writer.WriteStartArray("alerts");
        foreach (AlertRow alert in page.Items) writer.WriteRawValue(masked ? MaskedPayload.Of("alert", alert.Json) : alert.Json, skipInputValidation: true);
        writer.WriteEndArray();
    }

    private async Task WriteCases(Utf8JsonWriter writer, CaseQuery query, CancellationToken cancellation)
    {
        Page<CaseRow> page = await index.Cases(query with { Limit = MostCases }, cancellation);
        writer.WritePropertyName("cases");
        JsonSerializer.Serialize(writer, page.Items.Select(CaseListItem.Of), Json.Options);
    }

    private static void WriteWorkload(Utf8JsonWriter writer, string department, byte[] workload)
    {
        using JsonDocument body = JsonDocument.Parse(workload);
        writer.WriteStartObject();
        writer.WriteString("department", department);
        foreach (JsonProperty property in body.RootElement.EnumerateObject())
        {
            if (!property.NameEquals("department")) property.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    private static async Task<T[]> AskAll<T>(IReadOnlyList<string> ids, Func<string, Task<T>> ask, CancellationToken cancellation)
    {
        var answers = new T[ids.Count];
        await Parallel.ForAsync(
            0, ids.Count, new ParallelOptions { MaxDegreeOfParallelism = GrainsAtOnce, CancellationToken = cancellation },
            async (i, _) => answers[i] = await ask(ids[i]));
        return answers;
    }
}
