using System.Text.Json.Serialization;

namespace Cluster.Law;

/// <summary>A text in Chinese and in English.</summary>
public readonly record struct LocalizedText(
    [property: JsonPropertyName("zh")] string Zh,
    [property: JsonPropertyName("en")] string En);
