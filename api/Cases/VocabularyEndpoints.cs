using Cluster.Api.Audit;
using Cluster.Api.Hosting;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Law;

namespace Cluster.Api.Cases;

/// <summary>What events may say and what states a case goes through: for senders, and for those who write rules.</summary>
internal static class VocabularyEndpoints
{
    public static void MapVocabulary(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api/event-types", EventTypes).NotAudited("The vocabulary; no case.").WithTags("Rules")
            .WithSummary("The event types and the fields of their data")
            .WithDescription("Field names are dotted; an object or a list comes before what it holds. Fields that are not listed are kept and shown, never an error.")
            .Produces<EventTypesBody>().Problems(401, 403);
        api.MapGet("/api/steps", Steps).NotAudited("The vocabulary; no case.").WithTags("Rules")
            .WithSummary("The steps that step.recorded may report")
            .WithDescription("A rule that needs a step stays silent where the office does not declare that it reports it (`reports.on` of the procuratorate).")
            .Produces<StepsBody>().Problems(401, 403);
        api.MapGet("/api/stages", Stages).NotAudited("The vocabulary; no case.").WithTags("Rules")
            .WithSummary("The states that cases of each type go through")
            .WithDescription("`stage` of a case is one of these, or `unaccepted` before its acceptance was reported, or `ARCHIVE`.")
            .Produces<StagesBody>().Problems(401, 403);
    }

    private static IResult EventTypes() => TypedResults.Json(new EventTypesBody(
        [.. EventTypeDescription.All.Select(t => new EventTypeBody(t.Type, t.CanBeSwitchedOff, t.IsOwn, [.. t.Fields.Select(f => new EventFieldBody(f.Name, f.Type, f.Required, f.Values))]))]), Json.Options);

    private static IResult Steps(LiveCatalogue rules)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> needed = StepUse.Of(rules.Current.Catalogue);
        return TypedResults.Json(new StepsBody([.. StepCodes.All.Select(s => new StepBody(s.Key, Text(s.Value), needed[s.Key]))]), Json.Options);
    }

    private static IResult Stages() => TypedResults.Json(new StagesBody(
        [.. CourseDescription.All.Select(c => new CourseBody(c.CaseTypes, [.. c.States.Concat(CourseDescription.Common).Select(s => new StateBody(s.Code, Text(s.Name), s.Open))]))]), Json.Options);

    private static BilingualText Text(LocalizedText text) => new(text.Zh, text.En);
}

/// <summary>The event types.</summary>
internal sealed record EventTypesBody(IReadOnlyList<EventTypeBody> Items);

/// <summary>An event type.</summary>
/// <param name="Type">Name in the envelope.</param>
/// <param name="CanBeSwitchedOff">Whether an office may declare that its senders do not report it.</param>
/// <param name="Own">Whether only this system writes it, so that nobody may send it.</param>
/// <param name="Fields">Of its data.</param>
internal sealed record EventTypeBody(string Type, bool CanBeSwitchedOff, bool Own, IReadOnlyList<EventFieldBody> Fields);

/// <summary>A field of an event's data.</summary>
/// <param name="Name">Dotted.</param>
/// <param name="Type">text, choice, number, bool, date, instant, when (date or instant), scalar (text, number or bool), tally (a number, or a list that is counted), object, list, card.</param>
/// <param name="Required">Whether what holds it must have it.</param>
/// <param name="Values">Of a choice, what may be chosen; else null.</param>
internal sealed record EventFieldBody(string Name, string Type, bool Required, IReadOnlyList<string>? Values);

/// <summary>The steps.</summary>
internal sealed record StepsBody(IReadOnlyList<StepBody> Items);

/// <summary>A step.</summary>
/// <param name="Code">`step` of step.recorded.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Rules">Rules that begin with it or are met by it.</param>
internal sealed record StepBody(string Code, BilingualText Name, IReadOnlyList<string> Rules);

/// <summary>The courses of cases.</summary>
internal sealed record StagesBody(IReadOnlyList<CourseBody> Items);

/// <summary>The course of some case types.</summary>
/// <param name="CaseTypes">`default` stands for any type without a course of its own.</param>
/// <param name="States">In order.</param>
internal sealed record CourseBody(IReadOnlyList<string> CaseTypes, IReadOnlyList<StateBody> States);

/// <summary>A state of a case.</summary>
/// <param name="Code">`stage` of a case.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Open">Whether a case in it still burdens its prosecutor, unless it was closed.</param>
internal sealed record StateBody(string Code, BilingualText Name, bool Open);
