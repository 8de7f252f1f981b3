using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cluster.Cases.Events;

/// <summary>JSON as nodes that can be changed. Fields nobody's schema names may come twice, which the library's own nodes do not survive; the last one counts.</summary>
internal static class JsonTree
{
    public static JsonNode? Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static JsonNode? Of(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var property in json.EnumerateObject()) map[property.Name] = Of(property.Value);
                return map;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in json.EnumerateArray()) list.Add(Of(item));
                return list;
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(json.Clone());
        }
    }
}
