using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Cluster.Api.Hosting;

/// <summary>Reads request bodies within bounds and says in a problem what is wrong with them.</summary>
internal static class RequestBody
{
    private const long Megabyte = 1 << 20;

    /// <summary>Bytes of an ordinary JSON request.</summary>
    public const long Ordinary = Megabyte;

    /// <summary>Bytes of one event or a batch of them.</summary>
    public const long Events = 16 * Megabyte;

    /// <summary>Bytes of anything; streams lift it.</summary>
    public const long Largest = 2 * MostDiscarded;

    private const long MostDiscarded = 64 * Megabyte;

    /// <summary>Reads an object of a JSON request, strictly.</summary>
    /// <exception cref="ProblemException">415, 413, 400 (no JSON) or 422 (not that shape, with the pointer).</exception>
    public static async Task<T> Read<T>(HttpContext context) where T : class
    {
        Require(context.Request, "application/json");
        using JsonDocument document = await ReadJson(context, Ordinary);
        return Shape<T>(document.RootElement);
    }

    /// <summary>The same of a request that may come without a body, which then is an empty object.</summary>
    public static async Task<T> ReadOptional<T>(HttpContext context) where T : class
    {
        if (context.Request.ContentType is not null || context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0) return await Read<T>(context);
        using JsonDocument nothing = JsonDocument.Parse("{}");
        return Shape<T>(nothing.RootElement);
    }

    /// <summary>The media type in lower case without parameters; null if absent or in another charset than UTF-8.</summary>
    public static string? MediaType(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            ? type.MediaType.Value!.ToLowerInvariant()
            : null;

    public static void Require(HttpRequest request, string mediaType)
    {
        if (MediaType(request) != mediaType)
            throw new ProblemException(Problem.Of(415, "unsupported-media-type", $"Send {mediaType} in UTF-8."));
    }

    /// <summary>Reads a whole body as one JSON value.</summary>
    /// <param name="limit">Bytes that it may have.</param>
    /// <param name="arrived">Told how many bytes are here, while they come; may throw.</param>
    /// <exception cref="ProblemException">413, or 400 where it is not JSON in UTF-8.</exception>
    public static async Task<JsonDocument> ReadJson(HttpContext context, long limit, Action<long>? arrived = null)
    {
        byte[] body = await ReadAll(context, limit, arrived);
        ReadOnlyMemory<byte> json = body.AsMemory().StartsWithByteOrderMark() ? body.AsMemory(3) : body;
        if (!Utf8.IsValid(json.Span)) throw new ProblemException(Problem.Of(400, "not-json", "The body is not UTF-8."));
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Of(400, "not-json", $"The body is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
        }
    }

    /// <summary>Reads a whole body as text.</summary>
    /// <exception cref="ProblemException">413, or 400 where it is not UTF-8.</exception>
    public static async Task<string> ReadText(HttpContext context, long limit)
    {
        byte[] body = await ReadAll(context, limit);
        ReadOnlyMemory<byte> text = body.AsMemory().StartsWithByteOrderMark() ? body.AsMemory(3) : body;
        return Utf8.IsValid(text.Span)
            ? System.Text.Encoding.UTF8.GetString(text.Span)
            : throw new ProblemException(Problem.Of(400, "not-text", "The body is not UTF-8."));
    }

    /// <summary>Gives a JSON value its shape.</summary>
    /// <exception cref="ProblemException">422 with the pointer to the first place that does not fit.</exception>
    public static T Shape<T>(JsonElement json) where T : class
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object
                ? json.Deserialize<T>(Json.Strict)!
                : throw new ProblemException(Problem.Unprocessable("Expected an object.", ""));
        }
        catch (JsonException e)
        {
            string detail = e.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? "There is no such field."
                : "This value is not of the kind expected here.";
            throw new ProblemException(Problem.Unprocessable(detail, JsonPointer.FromPath(e.Path)));
        }
    }

    private static async Task<byte[]> ReadAll(HttpContext context, long limit, Action<long>? arrived = null)
    {
        PipeReader reader = context.Request.BodyReader;
        // A client that waits to be asked for its body is told before it sends any.
        if (context.Request.ContentLength > limit && context.Request.Headers.Expect.Count > 0) throw TooLarge(limit);
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                await Discard(reader, context.RequestAborted);
                throw TooLarge(limit);
            }
            arrived?.Invoke(read.Buffer.Length);
            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Most clients look at the answer only when they have sent everything; cut off, they would never learn why.
    private static async Task Discard(PipeReader reader, CancellationToken cancellation)
    {
        for (long discarded = 0; discarded < MostDiscarded;)
        {
            ReadResult read = await reader.ReadAsync(cancellation);
            discarded += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private static ProblemException TooLarge(long limit) =>
        new(Problem.Of(413, "too-large", $"At most {limit / Megabyte} MiB in one request."));

    private static bool StartsWithByteOrderMark(this Memory<byte> body) => body.Span.StartsWith("\uFEFF"u8);
}
