using Cluster.Contracts;
using Cluster.Grains.Assignment;

namespace Cluster.Grains.Rules;

/// <summary>What happened to the rules of offices, folded from the stream of the catalogue.</summary>
internal sealed class DraftBook
{
    private readonly Dictionary<string, DraftView> _drafts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private long _events;

    /// <summary>Rises whenever what is published or on trial changes.</summary>
    public long Revision { get; private set; }

    /// <summary>Number of the last publication there ever was.</summary>
    public int LastVersion { get; private set; }

    public IEnumerable<DraftView> Drafts => _drafts.Values;

    /// <summary>The id of the next draft.</summary>
    public string NextId => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"d-{_drafts.Count + 1}");

    public DraftView? Find(string id) => _drafts.GetValueOrDefault(id);

    public CatalogueContents Contents() => new(
        Revision,
        [.. _drafts.Values.Where(d => d.State == "published").OrderBy(d => d.Version).Select(d => new PublishedFile(d.Version!.Value, d.Procuratorate, d.EffectiveFrom!.Value, d.Yaml, d.PublishedBy!, d.PublishedAt!.Value))],
        [.. _drafts.Values.Where(d => d.State == "shadow").OrderBy(d => d.CreatedAt).Select(d => new TrialFile(d.Run!, d.Procuratorate, d.Yaml))],
        [.. _touched.Order(StringComparer.Ordinal)]);

    public void Apply(EventMessage e)
    {
        _events++;
        switch (e.Type)
        {
            case "rules.drafted":
                var begun = UnitJson.Read<Drafted>(e.Data);
                _drafts[begun.Draft] = new DraftView(begun.Draft, begun.Procuratorate, begun.Rules, begun.Yaml, begun.Note, "draft", [begun.User], e.Time, e.Time, null, null, null, null, null, null, null);
                break;
            case "rules.edited":
                var edited = UnitJson.Read<Drafted>(e.Data);
                var before = _drafts[edited.Draft];
                if (before.State == "shadow") Revision = _events;
                _drafts[edited.Draft] = before with
                {
                    Rules = edited.Rules,
                    Yaml = edited.Yaml,
                    Note = edited.Note,
                    State = "draft",
                    Editors = before.Editors.Contains(edited.User) ? before.Editors : [.. before.Editors, edited.User],
                    ChangedAt = e.Time,
                    Run = null,
                    TriedSince = null,
                    Backtest = null,
                };
                break;
            case "rules.tried":
                var tried = UnitJson.Read<Tried>(e.Data);
                Revision = _events;
                _drafts[tried.Draft] = tried.On
                    ? _drafts[tried.Draft] with { State = "shadow", Run = $"{tried.Draft}/{_events}", TriedSince = e.Time }
                    : _drafts[tried.Draft] with { State = "draft" };
                break;
            case "rules.withdrawn":
                var withdrawn = UnitJson.Read<Acted>(e.Data);
                if (_drafts[withdrawn.Draft].State == "shadow") Revision = _events;
                _drafts[withdrawn.Draft] = _drafts[withdrawn.Draft] with { State = "withdrawn", ChangedAt = e.Time };
                break;
            case "rules.published":
                var published = UnitJson.Read<Published>(e.Data);
                Revision = _events;
                LastVersion = published.Version;
                _drafts[published.Draft] = _drafts[published.Draft] with
                {
                    State = "published",
                    Version = published.Version,
                    EffectiveFrom = published.EffectiveFrom,
                    PublishedBy = published.User,
                    PublishedAt = e.Time,
                };
                _touched.UnionWith(_drafts[published.Draft].Rules);
                break;
            case "rules.rolled-back":
                Revision = _events;
                var back = UnitJson.Read<Acted>(e.Data);
                _drafts[back.Draft] = _drafts[back.Draft] with { State = "rolled-back" };
                break;
            case "rules.backtested":
                var tested = UnitJson.Read<Tested>(e.Data);
                _drafts[tested.Draft] = _drafts[tested.Draft] with { Backtest = tested.Report };
                break;
        }
    }

    /// <summary>A draft was begun, or its text changed.</summary>
    internal sealed record Drafted(string Draft, string? Procuratorate, string[] Rules, string Yaml, string? Note, string User);

    /// <summary>A trial began or ended.</summary>
    internal sealed record Tried(string Draft, bool On, string User);

    /// <summary>A draft was withdrawn, or rolled back for a reason.</summary>
    internal sealed record Acted(string Draft, string User, string? Reason);

    /// <summary>A draft came into force.</summary>
    internal sealed record Published(string Draft, int Version, DateOnly EffectiveFrom, string User);

    /// <summary>A draft was tried on everything stored.</summary>
    internal sealed record Tested(string Draft, BacktestReport Report);
}
