using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Wall;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Units;

/// <summary>Procuratorates, departments and prosecutors (contract chapter 7).</summary>
internal static class UnitEndpoints
{
    public static void MapUnits(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api/units", List).ForRoles([.. Role.Readers, Role.Kiosk, Role.SystemAdmin, Role.SecurityAdmin]).NotAudited("The office; no case.").WithTags("Units")
            .WithSummary("The units that the caller gets to know").Produces<UnitsAnswer>().Produces(304).Problems(401, 403);
        api.MapPut("/api/procuratorates/{code}", PutProcuratorate).ForRoles(Role.SystemAdmin).AuditedAct(AuditAction.UnitChanged, "procuratorate").WithTags("Units")
            .WithSummary("Create or replace a procuratorate").TakesPath("code", "Unit code.")
            .Accepts<ProcuratorateBody>("application/json").Produces<ProcuratorateAnswer>().Problems(400, 401, 403, 413, 415, 422, 429, 503);
        api.MapPut("/api/departments/{id}", PutDepartment).ForRoles(Role.SystemAdmin).AuditedAct(AuditAction.UnitChanged, "department").WithTags("Units")
            .WithSummary("Create or replace a department").TakesPath("id", "Department id.")
            .Accepts<DepartmentBody>("application/json").Produces<DepartmentAnswer>().Problems(400, 401, 403, 413, 415, 422, 429, 503);
        api.MapPut("/api/prosecutors/{id}", PutProsecutor).ForRoles(Role.SystemAdmin).AuditedAct(AuditAction.UnitChanged, "prosecutor").WithTags("Units")
            .WithSummary("Create or replace a prosecutor").TakesPath("id", "Prosecutor id.")
            .Accepts<ProsecutorBody>("application/json").Produces<ProsecutorAnswer>().Problems(400, 401, 403, 413, 415, 422, 429, 503);
    }

    private static async Task<IResult> List(HttpContext context, Caller caller, UnitDirectory units) =>
        new JsonAnswer(JsonSerializer.SerializeToUtf8Bytes(UnitList.Of(await units.Tree(context.RequestAborted), caller.Rights), Json.Options), tagged: true);

    private static async Task<IResult> PutProcuratorate(HttpContext context, AuditTrail audit, UnitDirectory units, IGrainFactory grains)
    {
        string code = Id(context, "/api/procuratorates/");
        ProcuratorateBody body = await RequestBody.Read<ProcuratorateBody>(context);
        ProcuratorateDefinition definition = UnitDefinitions.Read(code, body, await units.Tree());
        audit.Office(code);
        await grains.GetGrain<IProcuratorateGrain>(code).Define(definition);
        await units.Refresh();
        return TypedResults.Json(UnitDefinitions.Describe(definition), Json.Options);
    }

    private static async Task<IResult> PutDepartment(HttpContext context, AuditTrail audit, UnitDirectory units, IGrainFactory grains)
    {
        string id = Id(context, "/api/departments/");
        DepartmentBody body = await RequestBody.Read<DepartmentBody>(context);
        DepartmentDefinition definition = UnitDefinitions.Read(id, body, await units.Tree());
        audit.Office(definition.Procuratorate);
        await grains.GetGrain<IDepartmentGrain>(id).Define(definition);
        await units.Refresh();
        return TypedResults.Json(UnitDefinitions.Describe(definition), Json.Options);
    }

    private static async Task<IResult> PutProsecutor(HttpContext context, AuditTrail audit, UnitDirectory units, IGrainFactory grains)
    {
        string id = Id(context, "/api/prosecutors/");
        ProsecutorBody body = await RequestBody.Read<ProsecutorBody>(context);
        ProsecutorDefinition definition = UnitDefinitions.Read(id, body, await units.Tree());
        audit.Note("department", definition.Department);
        await grains.GetGrain<IProsecutorGrain>(id).Define(definition);
        await units.Refresh();
        return TypedResults.Json(UnitDefinitions.Describe(definition), Json.Options);
    }

    private static string Id(HttpContext context, string prefix)
    {
        string id = PathSegment.After(context, prefix);
        return id.Length <= UnitDefinitions.LongestId && !string.IsNullOrWhiteSpace(id) && !id.Any(char.IsControl)
            ? id
            : throw new ProblemException(Problem.Unprocessable($"An id has 1 to {UnitDefinitions.LongestId} characters, not only spaces, without control characters."));
    }
}

/// <summary>The units of a tree that somebody gets to know, as the contract's bodies with their ids.</summary>
internal static class UnitList
{
    public static JsonObject Of(UnitTree tree, Rights rights)
    {
        var list = new JsonObject();
        foreach ((string kind, string name, string id) in (ReadOnlySpan<(string, string, string)>)
            [(UnitTree.Procuratorate, "procuratorates", "code"), (UnitTree.Department, "departments", "id"), (UnitTree.Prosecutor, "prosecutors", "id")])
        {
            IEnumerable<UnitRow> known = tree.Rows.Where(r => r.Kind == kind && rights.Knows(r)).OrderBy(r => r.Id, StringComparer.Ordinal);
            list[name] = new JsonArray([.. known.Select(row => rights.Masked && kind == UnitTree.Prosecutor ? Masked(row) : Body(row, id))]);
        }
        return list;
    }

    // Who is away, and from which cases somebody is recused, is nobody's business who passes by.
    private static JsonObject Masked(UnitRow row) => new() { ["id"] = row.Id, ["name"] = MaskedName.OfPerson(row.Name), ["department"] = row.Parent };

    private static JsonObject Body(UnitRow row, string id)
    {
        var body = new JsonObject { [id] = row.Id };
        foreach ((string field, JsonNode? value) in JsonNode.Parse(row.Json)!.AsObject())
        {
            if (field != id) body[field] = value?.DeepClone();
        }
        return body;
    }
}
