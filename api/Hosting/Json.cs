using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cluster.Law;

namespace Cluster.Api.Hosting;

/// <summary>How the API writes and reads JSON.</summary>
internal static class Json
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>For requests: what nobody asked for is a typing error, and silence would compute something else.</summary>
    public static JsonSerializerOptions Strict { get; } = new(Options)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        // Answers are application/json under nosniff, so Chinese need not be escaped.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new LegalInstantConverter());
        return options;
    }

    /// <summary>
    /// For the OpenAPI document, the only reader of the framework's own options: what a constructor needs is required, and
    /// a number is a number. Without our converter, which would hide that an instant is a date-time.
    /// </summary>
    public static void Describe(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
    }

    /// <summary>An instant as the contract writes it: Beijing time, with its offset.</summary>
    public static string Text(this DateTimeOffset instant) =>
        instant.ToOffset(LegalTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    public static string Text(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class LegalInstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Rfc3339.TryParse(reader.GetString(), out DateTimeOffset instant)
                ? instant
                : throw new JsonException("Expected an instant of RFC 3339 with an offset.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text());
    }
}
