using System.Text;
using System.Text.Json;
using Cluster.Api.Cases;
using Cluster.Api.Hosting;
using Cluster.Api.Ingest;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Api.Alerts;

/// <summary>Takes what people decided about alerts to the cases, each case once, and brings back what became of each.</summary>
internal sealed partial class AlertDesk(IGrainFactory grains, ICaseIndex index, IOptions<IntakeOptions> options, TimeProvider clock, ILogger<AlertDesk> logger)
{
    private const int CasesAtOnce = 16;

    // Of one case in one commit.
    private const int MostOfCase = 250;

    private const int LongestId = 128;

    /// <summary>What is to be done.</summary>
    /// <param name="Act">Of <see cref="Cluster.Cases.Assessment.AlertActs"/>.</param>
    /// <param name="Data">The act's own fields.</param>
    /// <param name="Ids">The alerts, each once.</param>
    /// <param name="Key">Idempotency key; null without one.</param>
    public sealed record Order(string Act, byte[] Data, IReadOnlyList<string> Ids, string? Key);

    /// <summary>What became of it: the row of each alert, and whose it is as far as that is known.</summary>
    public sealed record Done(ActRow Row, AlertRow? Alert);

    /// <exception cref="ProblemException">422: the key was used for another request.</exception>
    public async Task<Done[]> Do(Caller caller, Order order, CancellationToken cancellation)
    {
        string request = await Open(caller, order);
        var done = new Done[order.Ids.Count];
        var alerts = new AlertRow?[order.Ids.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = CasesAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, alerts.Length, parallel, async (i, token) => alerts[i] = IsPossible(order.Ids[i]) ? await index.Alert(order.Ids[i], token) : null);

        var cases = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < alerts.Length; i++)
        {
            if (ActRights.Refusal(caller, order.Act, alerts[i]) is { } problem) done[i] = new Done(Reject(order.Ids[i], problem), alerts[i]);
            else if (cases.TryGetValue(alerts[i]!.Case, out List<int>? places)) places.Add(i);
            else cases.Add(alerts[i]!.Case, [i]);
        }

        // What has begun is finished, whether or not anybody still waits for it.
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = CasesAtOnce }, async (group, _) =>
        {
            foreach (int[] places in group.Value.Chunk(MostOfCase))
            {
                AlertAct[] acts = [.. places.Select(i => new AlertAct(
                    $"{request}/{order.Ids[i]}", order.Ids[i], order.Act, caller.User, caller.Session.Account.Prosecutor, ActRights.ScopeOf(alerts[i]!), order.Data))];
                ActRow[] rows = await Ask(group.Key, acts);
                for (int at = 0; at < places.Length; at++) done[places[at]] = new Done(rows[at], alerts[places[at]]);
            }
        });
        return done;
    }

    /// <returns>What the events of the request are called by.</returns>
    private async Task<string> Open(Caller caller, Order order)
    {
        if (order.Key is not { } key) return IdempotencyKey.Fresh();
        string request = IdempotencyKey.Digest(caller.User, key);
        string fingerprint = IdempotencyKey.Digest([order.Act, Encoding.UTF8.GetString(order.Data), .. order.Ids]);
        return await grains.GetGrain<IActRequestGrain>(request).Open(fingerprint)
            ? request
            : throw new ProblemException(Problem.Of(422, "idempotency-key-reused", $"This {IdempotencyKey.Header} was used for another request."));
    }

    private async Task<ActRow[]> Ask(string caseId, AlertAct[] acts)
    {
        TimeSpan[] retries = options.Value.Retries;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                ActOutcome[] outcomes = await grains.GetGrain<ICaseGrain>(caseId).Act(acts);
                return [.. outcomes.Select((outcome, i) => RowOf(acts[i].Alert, outcome))];
            }
            // Another activation of the case wrote meanwhile, or this one did and never heard of it; the next one knows.
            catch (Exception e) when (e is StreamVersionException or JournalOverloadedException or LimitExceededException && attempt < retries.Length)
            {
                await Task.Delay(retries[attempt], clock);
            }
            catch (Exception e)
            {
                // Of the others nothing is lost by it.
                Problem problem = ProblemMiddleware.Of(e);
                if (problem.Code == "internal") LogFailure(e, acts.Length);
                return [.. acts.Select(act => Reject(act.Alert, problem))];
            }
        }
    }

    private static bool IsPossible(string id) => id.Length is > 0 and <= LongestId && !id.Any(char.IsControl);

    private static ActRow Reject(string id, Problem problem) => new(id, ActRow.Rejected, Error: problem);

    private static ActRow RowOf(string id, ActOutcome outcome) => outcome.Result switch
    {
        ActResult.Done => new ActRow(id, outcome.Status!, JsonSerializer.Deserialize<AlertActBody>(outcome.Act, Json.Options)),
        ActResult.Moved => Reject(id, Problem.Of(409, "case-moved", "The case has just changed hands; look at it again.")),
        ActResult.OwnCase => Reject(id, ActRights.OwnCase),
        ActResult.Settled => Reject(id, Problem.Of(409, "alert-closed", "The alert is closed or dismissed.")),
        ActResult.Retracted => Reject(id, Problem.Of(409, "alert-retracted", "A correction has taken the ground of this alert away.")),
        ActResult.NoNotice => Reject(id, Problem.Of(409, "no-notice", "There is no notice to answer.")),
        ActResult.NoticeWaiting => Reject(id, Problem.Of(409, "notice-waiting", "A notice that is as grave still waits for its answer; a graver one may follow.")),
        ActResult.TooMany => Reject(id, Problem.Of(409, "too-many-acts", "More was done about this alert than it can show; close or dismiss it.")),
        ActResult.IdTaken => Reject(id, Problem.Of(422, "idempotency-key-reused", $"This {IdempotencyKey.Header} was used for another request.")),
        _ => Reject(id, Problem.Of(404)),
    };

    [LoggerMessage(1, LogLevel.Error, "{Count} acts on alerts of one case failed")]
    private partial void LogFailure(Exception e, int count);
}
