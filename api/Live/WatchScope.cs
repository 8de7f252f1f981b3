using Cluster.Api.Cases;

namespace Cluster.Api.Live;

/// <summary>What a feed is about.</summary>
internal enum WatchKind
{
    All,
    Procuratorate,
    Department,
    Prosecutor,
    Case,
}

/// <summary>A scope as the contract writes it: <c>all</c>, or a kind and an id.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Id">Whose; empty for all.</param>
/// <param name="Text">As written; the key of the feed.</param>
internal sealed record WatchScope(WatchKind Kind, string Id, string Text)
{
    public static WatchScope? Parse(string? text)
    {
        if (text is null) return null;
        if (text == "all") return new(WatchKind.All, "", text);
        int colon = text.IndexOf(':');
        if (colon < 0 || string.IsNullOrWhiteSpace(text[(colon + 1)..]) || CaseId.Characters(text) - colon - 1 > CaseId.Longest) return null;
        WatchKind? kind = text[..colon] switch
        {
            "procuratorate" => WatchKind.Procuratorate,
            "department" => WatchKind.Department,
            "prosecutor" => WatchKind.Prosecutor,
            "case" => WatchKind.Case,
            _ => null,
        };
        return kind is { } known ? new(known, text[(colon + 1)..], text) : null;
    }
}
