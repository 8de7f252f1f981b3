using Cluster.Contracts;
using Cluster.Grains.Rules;

namespace Cluster.Grains.Verifying;

/// <summary>The rules that offices published, as the stream of the catalogue tells them.</summary>
public static class StoredRules
{
    public static CatalogueContents Of(IEnumerable<EventMessage> stream)
    {
        var book = new DraftBook();
        foreach (var e in stream) book.Apply(e);
        return book.Contents();
    }
}
