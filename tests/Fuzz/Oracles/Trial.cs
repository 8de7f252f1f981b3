using System.Diagnostics;
using Cluster.Contracts.Storage;
using Cluster.Fuzz.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace Cluster.Fuzz.Oracles;

/// <summary>Sends the steps of one episode and judges what comes back.</summary>
internal sealed class Trial(World world, Episode episode)
{
    /// <summary>The longest any one input may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Ledger ledger = new(episode.Mark);

    /// <summary>How long the slowest step took.</summary>
    public TimeSpan Slowest { get; private set; }

    public int SlowestStep { get; private set; }

    /// <summary>How often each status was answered.</summary>
    public Dictionary<int, int> Statuses { get; } = [];

    /// <summary>Events that were answered one by one.</summary>
    public int Events => ledger.Events;

    /// <summary>The cases that the episode made, for a look after a restart.</summary>
    public IEnumerable<string> Cases => ledger.Cases.Keys;

    public async Task<Fault?> Run()
    {
        for (int i = 0; i < episode.Steps.Count; i++)
        {
            long started = Stopwatch.GetTimestamp();
            Fault? fault = await Try(episode.Steps[i]);
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            if (took > Slowest) (Slowest, SlowestStep) = (took, i);
            if (fault is not null) return fault with { Step = i };
        }
        try
        {
            return await CaseOracle.Check(world, ledger, episode.Mark, Patience);
        }
        catch (TimeoutException)
        {
            return new Fault("hang", "reading or assessing a case of the episode");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new Fault("thrown", "at the end: " + e);
        }
    }

    private async Task<Fault?> Try(Step step)
    {
        try
        {
            return step.Way switch
            {
                Way.Socket => await SocketOracle.Check(world, step, Patience),
                Way.Hub => await HubOracle.Check(world, step, Patience),
                _ => await Request(step),
            };
        }
        catch (TimeoutException)
        {
            return new Fault("hang", $"no answer within {Patience.TotalSeconds} s");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new Fault("thrown", e.ToString());
        }
    }

    private async Task<Fault?> Request(Step step)
    {
        // No server's parser lets it through to the pipeline.
        if (step.Target.Contains("%00", StringComparison.Ordinal)) return null;
        string? unitsBefore = await Guarded(step);
        Answer answer = await world.Send(step, Patience);
        Statuses[answer.Status] = Statuses.GetValueOrDefault(answer.Status) + 1;
        if (AnswerOracle.Check(world, step, answer) is { } fault) return fault;
        if (step.IsEvents && ledger.Book(step, answer) is { } wrong) return wrong;
        if (answer.Status < 400) return null;
        if (unitsBefore is not null && await Guarded(step) is var after && after != unitsBefore) return new Fault("half-written", $"a refused {step.Method} changed {unitsBefore} to {after}");
        return await Unchanged();
    }

    /// <summary>After a refusal every case of the episode has what it had.</summary>
    private async Task<Fault?> Unchanged()
    {
        var index = world.Services.GetRequiredService<ICaseIndex>();
        foreach ((string subject, List<Taken> events) in ledger.Cases)
        {
            long version = (await index.Find(subject))?.Version ?? 0;
            // The system's own events may come on top, later and by themselves.
            if (version < events.Count) return new Fault("lost", $"'{subject}' has version {version} after {events.Count} accepted events");
        }
        return null;
    }

    // What a refused change must leave as it was: the accounts and units that carry the episode's mark.
    private async Task<string?> Guarded(Step step)
    {
        if (step.Method is not ("PUT" or "DELETE") || step.Template is null) return null;
        if (step.Template.StartsWith("/api/users/", StringComparison.Ordinal))
        {
            IReadOnlyList<Account> accounts = await world.Services.GetRequiredService<IAccountStore>().All();
            return string.Join('\n', accounts.Where(a => a.User.Contains(episode.Mark, StringComparison.Ordinal)).Select(a => $"{a} {string.Join(' ', a.Roles)}").Order(StringComparer.Ordinal));
        }
        IReadOnlyList<UnitRow> units = await world.Services.GetRequiredService<IUnitIndex>().All();
        return string.Join('\n', units.Where(u => u.Id.Contains(episode.Mark, StringComparison.Ordinal)).Select(u => $"{u.Kind} {u.Id} {u.Parent} {System.Text.Encoding.UTF8.GetString(u.Json)}").Order(StringComparer.Ordinal));
    }
}
