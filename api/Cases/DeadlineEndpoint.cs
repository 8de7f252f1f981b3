using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Contracts;
using Cluster.Law;

namespace Cluster.Api.Cases;

/// <summary>The calculator of limits (contract chapter 5).</summary>
internal static class DeadlineEndpoint
{
    // No limit was ever prolonged so often; each is computed and explained.
    private const int MostEntries = 500;

    public static void MapDeadlines(this IEndpointRouteBuilder api) =>
        api.MapPost("/api/deadlines/compute", Compute).NotAudited("A calculator.").WithTags("Deadlines")
            .WithSummary("Compute a statutory limit")
            .WithDescription("`start` is a date, or an instant (of a limit not in hours only its legal date counts; a date stands for its 00:00). `variant` picks among the lengths a limit has. "
                + "Lengths are `<n>h|d|m|y`; an extension counts on from the date before a roll over holidays. Excluded days are counted from the day after `from` through `until`. "
                + "`status` is missed once the limit has run out by the server's clock.")
            .Accepts<ComputeBody>("application/json").Produces<DeadlineBody>().Problems(400, 401, 413, 415, 422);

    private static async Task<IResult> Compute(HttpContext context, LiveCatalogue rules, LegalClock clock)
    {
        ComputeBody body = await RequestBody.Read<ComputeBody>(context);
        ComputeRequest request = Read(body);
        try
        {
            Computed computed = Calculator.Compute(Statutes.Default, rules.Current.Assessor.Calendar, request);
            return TypedResults.Json(Describe(computed, request, clock.GetUtcNow()), Json.Options);
        }
        catch (ArgumentException e)
        {
            // The calculator names the field and explains in a sentence; the framework appends the parameter's name.
            throw Field.Wrong(e.Message.Split(" (Parameter '")[0], e.ParamName is null ? "" : "/" + JsonPointer.Escape(e.ParamName));
        }
    }

    private static ComputeRequest Read(ComputeBody body)
    {
        string limit = Field.Text(body.Limit, "/limit", 32), start = Field.Text(body.Start, "/start", 40);
        DateTimeOffset from = Rfc3339.TryParseDate(start, out DateOnly date) ? LegalTime.StartOf(date)
            : Rfc3339.TryParse(start, out DateTimeOffset instant) ? instant
            : throw Field.Wrong("A date, or an instant of RFC 3339 with an offset, 1979 to 2100.", "/start");

        string?[] lengths = body.Extensions ?? [];
        if (lengths.Length > MostEntries) throw Field.Wrong($"At most {MostEntries} entries.", "/extensions");
        var extensions = new Period[lengths.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (!Period.TryParse(lengths[i], out extensions[i])) throw Field.Wrong("A length: <n>h, <n>d, <n>m or <n>y.", $"/extensions/{i}");
        }
        SpanBody?[] spans = body.Excluded ?? [];
        if (spans.Length > MostEntries) throw Field.Wrong($"At most {MostEntries} entries.", "/excluded");
        var excluded = new ExcludedSpan[spans.Length];
        for (int i = 0; i < spans.Length; i++)
        {
            SpanBody span = spans[i] ?? throw Field.Wrong("A span: from and until.", $"/excluded/{i}");
            DateOnly first = Field.Date(span.From, $"/excluded/{i}/from"), last = Field.Date(span.Until, $"/excluded/{i}/until");
            if (last < first) throw Field.Wrong("The span ends before it begins.", $"/excluded/{i}/until");
            excluded[i] = new ExcludedSpan(first, last);
        }
        return new ComputeRequest(limit, from, body.Custody ?? false, Field.Optional(body.Variant, "/variant", 32), extensions, excluded);
    }

    private static DeadlineBody Describe(Computed computed, ComputeRequest request, DateTimeOffset now)
    {
        Limit limit = computed.Limit;
        Due due = computed.Due;
        bool hours = computed.Clock == Clock.Hours;
        return new DeadlineBody(
            limit.Id, "1", "case", Text(limit.Name), limit.Basis,
            hours ? request.Start.Text() : LegalTime.DateOf(request.Start).Text(),
            hours ? due.DueAt.Text() : due.DueOn.Text(),
            hours ? due.DueAt.Text() : due.ComputedOn.Text(),
            computed.Clock.Name(), [.. request.Extensions.Select(e => e.ToString())],
            now < due.ExpiresAt ? "running" : "missed", null, due.Provisional,
            new ProofBody(
                Text(limit.Article),
                [.. computed.Proof.Steps.Select(s => new ProofStepBody(s.Kind, s.From, s.To, s.Days, Text(s.Text)))],
                computed.Proof.CalendarVersion));
    }

    private static BilingualText Text(LocalizedText text) => new(text.Zh, text.En);
}

/// <summary>What to compute.</summary>
/// <param name="Limit">Number of the catalogue, <c>T-B05</c>.</param>
/// <param name="Start">A date or an instant.</param>
/// <param name="Custody">Whether the suspect is in custody; false if absent.</param>
/// <param name="Variant">Which of the limit's lengths; the plain one if absent.</param>
/// <param name="Extensions">Lengths, in order.</param>
/// <param name="Excluded">Days that do not count.</param>
internal sealed record ComputeBody(
    string? Limit, string? Start, bool? Custody = null, string? Variant = null, string?[]? Extensions = null, SpanBody?[]? Excluded = null);

/// <summary>Days that do not count.</summary>
/// <param name="From">Date.</param>
/// <param name="Until">Date.</param>
internal sealed record SpanBody(string? From, string? Until);
