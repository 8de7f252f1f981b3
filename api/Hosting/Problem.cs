using System.Text.Json.Serialization;

namespace Cluster.Api.Hosting;

/// <summary>A problem of RFC 9457; every answer that is not a success is one.</summary>
/// <param name="Type">URN that ends in <paramref name="Code"/>.</param>
/// <param name="Title">The same for every problem of this type.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What is wrong this time, and what would be right.</param>
/// <param name="Code">Stable name for programs.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) into the body that was sent.</param>
/// <param name="Parameter">Name of the query parameter at fault.</param>
public sealed record Problem(
    string Type, string Title, int Status, string? Detail, string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pointer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parameter = null)
{
    /// <summary>Where several places of a file are at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PlaceInFile>? Errors { get; init; }

    /// <summary>After how many seconds to try again; sent as the header Retry-After.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    internal static Problem Of(int status, string code, string? detail = null, string? pointer = null, string? parameter = null) =>
        new($"urn:cluster:problem:{code}", TitleOf(status), status, detail, code, pointer, parameter);

    /// <summary>The problem of a bare status, where nothing more is known or may be said.</summary>
    internal static Problem Of(int status) => status switch
    {
        400 => Of(400, "bad-request", "The request cannot be read."),
        401 => Of(401, "not-logged-in", "Log in, or send a valid session token."),
        403 => Of(403, "forbidden", "This account may not do that."),
        404 => Of(404, "not-found", "There is nothing here that this account may see."),
        405 => Of(405, "method-not-allowed", "This address does not take this method."),
        413 => Of(413, "too-large", "The request is too large."),
        415 => Of(415, "unsupported-media-type", "This address does not take this content type."),
        429 => Of(429, "too-many-requests", "Try again later.") with { RetryAfter = 1 },
        503 => Of(503, "unavailable", "The service cannot answer now; try again later.") with { RetryAfter = 1 },
        >= 500 => Of(status, "internal", "The server failed; the failure is in its log."),
        _ => Of(status, "error"),
    };

    internal static Problem Unprocessable(string detail, string? pointer = null, string? parameter = null) =>
        Of(422, "invalid", detail, pointer, parameter);

    private static string TitleOf(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Error",
    };
}

/// <summary>A place of a file that is at fault.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Reason">What is wrong there.</param>
public sealed record PlaceInFile(string File, long Line, string Reason);

/// <summary>Ends the request with a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
