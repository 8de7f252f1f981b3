using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Oracles;

/// <summary>What holds of every answer, whatever was asked.</summary>
internal static partial class AnswerOracle
{
    // Any address may turn out to be another, or none, or not this caller's.
    private static readonly int[] Everywhere = [401, 403, 404, 405];

    private static readonly SearchValues<string> Insides = SearchValues.Create(
        [
            " at Cluster.", " at System.", " at Microsoft.", " at YamlDotNet.", "Exception", "Object reference", "Index was out", "Sequence contains", "(Parameter '", "Nullable object", "was not present in the dictionary", "System.",
            "Input string was not", "Unable to cast", "Arg_", "same key has already", "Value cannot be null",
        ],
        StringComparison.Ordinal);

    private static readonly int[] Nowhere = [400, 401, 403, 404, 405, 413, 415, 422];

    public static Fault? Check(World world, Step step, Answer answer)
    {
        if (answer.Status >= 500) return new Fault("server-error", $"{answer.Status} {answer.Text}");
        bool allowed = step.Template is { } template && world.Described.TryGetValue((step.Method, template), out HashSet<int>? described)
            ? described.Contains(answer.Status) || Everywhere.Contains(answer.Status)
            : Nowhere.Contains(answer.Status) || answer.Status < 400;
        if (!allowed) return new Fault("status-" + answer.Status, $"{step.Method} {step.Template} does not say that it answers {answer.Status}: {answer.Text}");
        if (LeakIn(WithoutErrorTypes(answer)) is { } leak) return new Fault("leak", $"…{leak}… in {answer.Text}");
        // What negotiates a live connection answers as the library's clients expect.
        if (step.Target.Contains("/hubs/", StringComparison.OrdinalIgnoreCase)) return null;
        return answer.Status >= 400 ? CheckProblem(answer) : CheckBody(answer);
    }

    // The framework's own meters name the types of errors, in this label and nowhere else.
    private static string WithoutErrorTypes(Answer answer) =>
        answer.ContentType?.StartsWith("text/plain; version=0.0.4", StringComparison.Ordinal) == true ? ErrorType().Replace(answer.Text, "error_type=\"\"") : answer.Text;

    [GeneratedRegex("error_type=\"[A-Za-z.]*\"")]
    private static partial Regex ErrorType();

    /// <summary>Words that only our own code or the framework would put there; inputs hold none of them.</summary>
    public static string? LeakIn(string text)
    {
        int at = text.AsSpan().IndexOfAny(Insides);
        return at < 0 ? null : text[Math.Max(0, at - 30)..Math.Min(text.Length, at + 60)];
    }

    private static Fault? CheckProblem(Answer answer)
    {
        if (answer.ContentType != "application/problem+json") return new Fault("no-problem", $"{answer.Status} {answer.ContentType} {answer.Text}");
        try
        {
            using JsonDocument problem = JsonDocument.Parse(answer.Body);
            JsonElement root = problem.RootElement;
            bool whole = root.GetProperty("status").GetInt32() == answer.Status && root.GetProperty("title").GetString() is { Length: > 0 }
                && root.GetProperty("code").GetString() is { Length: > 0 } code && root.GetProperty("type").GetString() == "urn:cluster:problem:" + code;
            if (whole && answer.Status == 429 && answer.Headers.RetryAfter.Count == 0) return new Fault("no-retry-after", answer.Text);
            return whole ? null : new Fault("no-problem", answer.Text);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new Fault("no-problem", answer.Text);
        }
    }

    private static Fault? CheckBody(Answer answer)
    {
        if (answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) return null;
        try
        {
            JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = 128, AllowDuplicateProperties = true }).Dispose();
            return null;
        }
        catch (JsonException e)
        {
            return new Fault("not-json", $"{e.Message} {answer.Text}");
        }
    }
}
