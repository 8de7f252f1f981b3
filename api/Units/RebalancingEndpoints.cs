using Cluster.Api.Audit;
using Cluster.Api.Cases;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Orleans;

namespace Cluster.Api.Units;

/// <summary>Which cases should go to whom, so that the load of a department is even, and doing so.</summary>
internal static class RebalancingEndpoints
{
    private const string Prefix = "/api/departments/";
    private const int MostPeople = 100, MostMoves = 500, MostDays = 365, LongestText = 200, AtOnce = 8;
    private const int StandardMoves = 20, StandardKeepDays = 7;

    public static void MapRebalancing(this IEndpointRouteBuilder api)
    {
        api.MapPost(Prefix + "{id}/rebalancing", Propose).ForRoles(Role.Overseers).Audited(AuditAction.RebalancingProposed, "department").WithTags("Assignment")
            .WithSummary("Propose which cases to move to whom").TakesPath("id", "Department id.")
            .WithDescription("As things are, or as they would be if people left or were away. Weighs what handing over costs against what it evens out. "
                + "A case near a deadline, or in which a suspect was interrogated, stays unless asked otherwise; every case of one who leaves goes. With `from` it is told as of that day. Changes nothing.")
            .Accepts<RebalancingBody>("application/json").Produces<RebalancingProposalAnswer>().Problems(400, 401, 403, 404, 413, 415, 422, 503);
        api.MapPost(Prefix + "{id}/rebalancing/accept", Accept).ForRoles(Role.Assigners).AuditedAct(AuditAction.RebalancingAccepted, "department").WithTags("Assignment")
            .WithSummary("Move cases as proposed, all or some").TakesPath("id", "Department id.")
            .WithDescription("Each move is done only while `from` still handles the case; each has a result of its own. With `Idempotency-Key` a repeated request does nothing again.")
            .Accepts<AcceptBody>("application/json").Produces<AcceptAnswer>().Problems(400, 401, 403, 404, 413, 415, 422, 503);
    }

    private static async Task<IResult> Propose(HttpContext context, Caller caller, UnitDirectory units, IGrainFactory grains, LegalClock clock)
    {
        string id = await DepartmentEndpoints.Department(context, caller, units, "/rebalancing");
        RebalancingBody body = await RequestBody.Read<RebalancingBody>(context);
        UnitTree tree = await units.Tree(context.RequestAborted);
        string[] leaving = Field.Texts(body.Leaving, "/leaving", MostPeople, LongestText);
        for (int i = 0; i < leaving.Length; i++) Known(leaving[i], $"/leaving/{i}");
        AwayBody?[] sent = body.Away ?? [];
        if (sent.Length > MostPeople) throw Field.Wrong($"At most {MostPeople} entries.", "/away");
        var away = new AwayUntil[sent.Length];
        for (int i = 0; i < sent.Length; i++)
        {
            string at = $"/away/{i}";
            AwayBody one = sent[i] ?? throw Field.Wrong("Who is away: prosecutor, until.", at);
            away[i] = new AwayUntil(Known(Field.Text(one.Prosecutor, at + "/prosecutor", LongestText), at + "/prosecutor"), Field.Date(one.Until, at + "/until"));
            if (away.Take(i).Any(a => a.Prosecutor == away[i].Prosecutor)) throw Field.Wrong("This prosecutor is away already.", at + "/prosecutor");
        }
        int moves = Within(body.MostMoves ?? StandardMoves, 0, MostMoves, "/mostMoves"), keep = Within(body.KeepDays ?? StandardKeepDays, 0, MostDays, "/keepDays");
        DateOnly? from = body.From is null ? null : Field.Date(body.From, "/from");
        DateOnly today = LegalTime.DateOf(clock.GetUtcNow());
        if (from < today || from > today.AddDays(MostDays)) throw Field.Wrong($"From today on, at most {MostDays} days ahead.", "/from");
        byte[]? proposal = await grains.GetGrain<IDepartmentGrain>(id).Rebalance(new RebalancingRequest(leaving, away, moves, keep, body.Begun ?? false, from));
        return new JsonAnswer(proposal ?? throw new ProblemException(Problem.Of(404)));

        string Known(string prosecutor, string pointer) =>
            tree.DepartmentOf(prosecutor) == id ? prosecutor : throw Field.Wrong("There is no such prosecutor in this department.", pointer);
    }

    private static async Task<IResult> Accept(HttpContext context, Caller caller, AuditTrail audit, UnitDirectory units, ICaseIndex index, IGrainFactory grains)
    {
        string id = await DepartmentEndpoints.Department(context, caller, units, "/rebalancing/accept");
        AcceptBody body = await RequestBody.Read<AcceptBody>(context);
        string reason = Field.Text(body.Reason, "/reason", LongestText), approver = Field.Text(body.ApprovedBy, "/approvedBy", LongestText);
        if (body.Moves is not { Length: > 0 and <= MostMoves } sent) throw Field.Wrong($"1 to {MostMoves} moves.", "/moves");
        var moves = new (string Case, string From, string To)[sent.Length];
        for (int i = 0; i < sent.Length; i++)
        {
            string at = $"/moves/{i}";
            MoveBody move = sent[i] ?? throw Field.Wrong("A move: case, from, to.", at);
            moves[i] = (Field.Text(move.Case, at + "/case", 2 * CaseId.Longest), Field.Text(move.From, at + "/from", LongestText), Field.Text(move.To, at + "/to", LongestText));
        }
        if (moves.DistinctBy(m => m.Case).Count() < moves.Length) throw Field.Wrong("Each case once.", "/moves");

        string key = IdempotencyKey.Of(context, caller.User);
        var results = new MoveResult[moves.Length];
        // Once begun every move gets its result, whoever still waits for it.
        await Parallel.ForAsync(0, moves.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => results[i] = await Move(moves[i]));
        audit.Count("moved", results.Count(r => r.Status == ReassignStatus.Done));
        return TypedResults.Json(new AcceptAnswer(results), Json.Options);

        async Task<MoveResult> Move((string Case, string From, string To) move)
        {
            try
            {
                // A case of another department is none that this one knows.
                if (!CaseId.IsPossible(move.Case) || (await index.Find(move.Case))?.Department != id) return new MoveResult(move.Case, "unknown", null, null);
                Reassigned done = await grains.GetGrain<ICaseGrain>(move.Case).Reassign(new Reassignment(key, move.From, move.To, reason, approver, caller.User));
                return new MoveResult(move.Case, done.Status, done.Prosecutor, done.Obstacle);
            }
            catch (StoreUnavailableException)
            {
                return new MoveResult(move.Case, "unavailable", null, null);
            }
        }
    }

    private static int Within(int value, int least, int most, string pointer) =>
        value >= least && value <= most ? value : throw Field.Wrong($"A whole number from {least} to {most}.", pointer);
}
