using System.Text.Json.Serialization;

namespace Cluster.Fuzz;

/// <summary>How an input reaches the server.</summary>
internal enum Way
{
    /// <summary>A request put into the pipeline in process, past the socket.</summary>
    Request,

    /// <summary>Bytes written to a socket, then its end.</summary>
    Socket,

    /// <summary>Messages of one live connection.</summary>
    Hub,
}

/// <summary>One input, complete: what a corpus file keeps and a run replays.</summary>
internal sealed record Step
{
    public Way Way { get; init; } = Way.Request;

    /// <summary>Whose session it is sent with; null: nobody's.</summary>
    public string? As { get; init; } = "admin";

    public string Method { get; init; } = "GET";

    /// <summary>The target as written on the wire, percent-encoding and all.</summary>
    public string Target { get; init; } = "/";

    /// <summary>The template in the API's description that the target was made for; null: none.</summary>
    public string? Template { get; init; }

    public string? ContentType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>The body, or the bytes for the socket.</summary>
    [JsonConverter(typeof(BytesConverter))]
    public byte[] Body { get; init; } = [];

    /// <summary>The messages of a live connection, each as sent, its separator included if it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public List<string>? Frames { get; init; }

    /// <summary>Events expected in the answer are told apart by this; else nothing is known of the body.</summary>
    [JsonIgnore]
    public bool IsEvents => Way == Way.Request && Method == "POST" && Template == "/api/events";

    /// <summary>Inputs in it: every message of a connection is one.</summary>
    [JsonIgnore]
    public int Inputs => Frames?.Count ?? 1;
}
