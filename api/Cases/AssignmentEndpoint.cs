using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Orleans;

namespace Cluster.Api.Cases;

/// <summary>How a case came to whoever handles it.</summary>
internal static class AssignmentEndpoint
{
    private const string Prefix = "/api/cases/", Suffix = "/assignment";

    public static void MapAssignment(this IEndpointRouteBuilder api) =>
        api.MapGet(Prefix + "{id}" + Suffix, Explain).ForRoles(Role.Readers).Audited(AuditAction.AssignmentRead, "case").WithTags("Assignment")
            .WithSummary("How a case came to its prosecutor").TakesPath("id", "The case, percent-encoded.")
            .WithDescription("Every assignment in order: of a draw who was eligible with what load and chance, who was not and why, and what is needed to recompute it (the secret once its day is over); "
                + "of a decision by people its reason and who approved it. For everybody who sees the case.")
            .Produces<AssignmentAnswer>().Problems(401, 403, 404, 503);

    private static async Task<IResult> Explain(HttpContext context, Caller caller, AuditTrail audit, IGrainFactory grains)
    {
        string id = PathSegment.After(context, Prefix, Suffix);
        CaseAnswer? answer = CaseId.IsPossible(id) ? await grains.GetGrain<ICaseGrain>(id).Read(null) : null;
        audit.Office(answer?.Scope.Procuratorate);
        if (answer is null || !caller.Rights.CanSee(answer.Scope)) throw new ProblemException(Problem.Of(404));

        JsonNode shown = JsonNode.Parse(answer.Json)!;
        var steps = new JsonArray();
        foreach (JsonNode? e in shown["history"]!.AsArray())
        {
            if ((string)e!["type"]! is not ("case.assigned" or "case.reassigned") || e["data"] is not JsonObject data) continue;
            steps.Add(new JsonObject
            {
                ["at"] = e["time"]!.DeepClone(),
                ["mode"] = data["mode"]?.DeepClone() ?? "reassigned",
                ["prosecutor"] = data["prosecutor"]?.DeepClone(),
                ["reason"] = data["reason"]?.DeepClone(),
                ["approvedBy"] = data["approvedBy"]?.DeepClone(),
                ["draw"] = (string?)e["source"] == CaseOwnership.DrawSource ? await Draw(grains, (string)e["id"]!) : null,
            });
        }
        return TypedResults.Json(new JsonObject { ["case"] = id, ["prosecutor"] = shown["prosecutor"]?.DeepClone(), ["weight"] = shown["weight"]?.DeepClone(), ["steps"] = steps }, Json.Options);
    }

    // Named department/date/number; a department's id may hold slashes.
    private static async Task<JsonNode?> Draw(IGrainFactory grains, string name)
    {
        if (name.Split('/') is not [_, .., var place, var count] parts
            || !DateOnly.TryParseExact(place, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
        string department = string.Join('/', parts[..^2]);
        JsonArray days = JsonNode.Parse(await grains.GetGrain<IDepartmentGrain>(department).Draws(date, date))!.AsArray();
        if (days is not [JsonObject day] || day["draws"]!.AsArray().FirstOrDefault(d => (int)d!["number"]! == number)?.DeepClone() is not JsonObject draw) return null;
        double total = draw["eligible"]!.AsArray().Sum(e => (double)e!["score"]!);
        foreach (JsonNode? one in draw["eligible"]!.AsArray()) one!["probability"] = Math.Round((double)one["score"]! / total, 4);
        foreach (string field in (string[])["department", "date", "commitment", "secret"]) draw[field] = day[field]?.DeepClone();
        return draw;
    }
}

/// <summary>How a case came to whoever handles it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Prosecutor">Who handles it now; null while it waits.</param>
/// <param name="Weight">Its weight now.</param>
/// <param name="Steps">Every assignment, in order of time.</param>
internal sealed record AssignmentAnswer(string Case, string? Prosecutor, double Weight, IReadOnlyList<AssignmentStep> Steps);

/// <summary>An assignment.</summary>
/// <param name="At">When.</param>
/// <param name="Mode">random, linked or rotation of a draw; designated where the office chose; reassigned where people gave it to somebody else.</param>
/// <param name="Prosecutor">To whom.</param>
/// <param name="Reason">Why, where people decided.</param>
/// <param name="ApprovedBy">Who approved it.</param>
/// <param name="Draw">As published, with each chance and the day's commitment and secret; null where people decided.</param>
internal sealed record AssignmentStep(DateTimeOffset At, string Mode, string? Prosecutor, string? Reason, string? ApprovedBy, DrawExplained? Draw);

/// <summary>A draw with what is needed to recompute it.</summary>
internal sealed record DrawExplained(
    string Department, DateOnly Date, int Number, string Case, string Mode, IReadOnlyList<ChanceAnswer> Eligible, IReadOnlyList<ExcludedAnswer> Excluded, decimal U, string Chosen, string Commitment, string? Secret);
