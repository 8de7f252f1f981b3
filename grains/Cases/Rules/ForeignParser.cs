using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cluster.Cases.Rules;

/// <summary>Passes on what a plain rule file needs, and refuses what could make a small file cost much: aliases, tags, deep nesting.</summary>
internal sealed class ForeignParser(string file, IParser inner) : IParser
{
    private const int Deepest = 32;

    private int _depth;

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        try
        {
            if (!inner.MoveNext()) return false;
        }
        catch (Exception e) when (e is not (YamlException or OutOfMemoryException))
        {
            // The scanner answers some broken texts with whatever it trips over.
            throw Wrong("this is not YAML");
        }

        switch (inner.Current)
        {
            case AnchorAlias:
                throw Wrong("aliases are not taken; write it out");
            case NodeEvent { Anchor.IsEmpty: false }:
                throw Wrong("anchors are not taken; write it out");
            case NodeEvent { Tag.IsEmpty: false }:
                throw Wrong("tags are not taken");
            case MappingStart or SequenceStart when ++_depth > Deepest:
                throw Wrong($"nested deeper than {Deepest} levels");
            case MappingEnd or SequenceEnd:
                _depth--;
                break;
        }

        return true;
    }

    private CatalogueException Wrong(string reason) => new(file, Math.Max(1, inner.Current?.Start.Line ?? 1), reason);
}
