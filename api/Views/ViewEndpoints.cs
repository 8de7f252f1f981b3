using System.Text.Json;
using Cluster.Api.Audit;
using Cluster.Api.Cases;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Views;

/// <summary>What people look at again and again: their own names for filters of a page, the same on every screen they sit at.</summary>
internal static class ViewEndpoints
{
    private const int Most = 20, LongestName = 40, LongestQuery = 1_000;

    public static void MapViews(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api/me/views", Read).ForRoles([.. Role.All]).NotAudited("The own views.").WithTags("Login")
            .WithSummary("The own saved views, in their order").Produces<ViewsBody>().Problems(401, 403);
        api.MapPut("/api/me/views", Replace).ForRoles([.. Role.All]).AuditedAct(AuditAction.ViewsSaved).WithTags("Login")
            .WithSummary("Replace the own saved views")
            .WithDescription($"At most {Most}, with different names of 1 to {LongestName} characters. `query` is the query of the page's address, without `?`, up to {LongestQuery} characters; the server does not read it.")
            .Accepts<ViewsBody>("application/json").Produces<ViewsBody>().Problems(400, 401, 403, 413, 415, 422);
    }

    /// <summary>Lets go of the views of an account that ends.</summary>
    public static Task Forget(IAccountStore accounts, string user) => accounts.SaveSetting(Name(user), "");

    private static async Task<IResult> Read(Caller caller, IAccountStore accounts, HttpContext context)
    {
        string? stored = await accounts.Setting(Name(caller.User), context.RequestAborted);
        return TypedResults.Json(stored is { Length: > 0 } ? JsonSerializer.Deserialize<ViewsBody>(stored, Json.Options)! : new ViewsBody([]), Json.Options);
    }

    private static async Task<IResult> Replace(HttpContext context, Caller caller, AuditTrail audit, IAccountStore accounts)
    {
        ViewsBody body = await RequestBody.Read<ViewsBody>(context);
        if (body.Views is not { Count: <= Most } sent) throw Field.Wrong($"At most {Most} views.", "/views");
        var views = new List<ViewBody>(sent.Count);
        for (int i = 0; i < sent.Count; i++)
        {
            ViewBody view = sent[i] ?? throw Field.Wrong("A view.", $"/views/{i}");
            string name = Field.Text(view.Name, $"/views/{i}/name", LongestName * 2).Trim();
            if (name.Length == 0 || CaseId.Characters(name) > LongestName) throw Field.Wrong($"A name of 1 to {LongestName} characters.", $"/views/{i}/name");
            if (views.Any(v => v.Name == name)) throw Field.Wrong("Another view has this name.", $"/views/{i}/name");
            string query = view.Query is "" ? "" : Field.Text(view.Query, $"/views/{i}/query", LongestQuery);
            views.Add(new ViewBody(name, query));
        }

        audit.Note("views", views.Count);
        var answer = new ViewsBody(views);
        await accounts.SaveSetting(Name(caller.User), JsonSerializer.Serialize(answer, Json.Options));
        return TypedResults.Json(answer, Json.Options);
    }

    private static string Name(string user) => "views:" + user;
}

/// <summary>Saved views.</summary>
/// <param name="Views">In the order of their tabs.</param>
internal sealed record ViewsBody(IReadOnlyList<ViewBody?>? Views);

/// <summary>A saved view.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Query">Query of the page's address.</param>
internal sealed record ViewBody(string? Name, string? Query);
