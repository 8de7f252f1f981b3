namespace Cluster.Serving;

/// <summary>An event as a sender puts it on the wire; serialised with web defaults.</summary>
/// <param name="Id">Unique in its source.</param>
/// <param name="Source">The sending system.</param>
/// <param name="Type">Such as case.accepted.</param>
/// <param name="Subject">The case.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Data">The body that the type asks for.</param>
internal sealed record CloudEvent(string Id, string Source, string Type, string Subject, DateTimeOffset Time, object Data)
{
    public string Specversion => "1.0";

    public string Datacontenttype => "application/json";
}
