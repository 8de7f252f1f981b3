using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Cluster.Law;

/// <summary>The statutory limits known, by number.</summary>
public sealed class Statutes
{
    private readonly FrozenDictionary<string, Limit> byId;

    private Statutes(List<Limit> limits)
    {
        All = limits;
        byId = limits.ToFrozenDictionary(limit => limit.Id, StringComparer.Ordinal);
    }

    /// <summary>
    /// The 145 limits built in: arrest review and custody (T-A…), review for prosecution (T-B…), trial (T-C…), and supervision, complaints,
    /// civil, administrative and public-interest cases (T-D…).
    /// </summary>
    public static Statutes Default { get; } = ReadDefault();

    /// <summary>All limits, in the order of the table.</summary>
    public IReadOnlyCollection<Limit> All { get; }

    /// <summary>Finds a limit by its number.</summary>
    public bool TryGet(string id, [MaybeNullWhen(false)] out Limit limit) => byId.TryGetValue(id, out limit);

    /// <summary>Reads a table of limits of the shape of <c>Data/limits.json</c>.</summary>
    /// <exception cref="FormatException">Not of that shape, or contradictory; the message names the limit.</exception>
    public static Statutes Parse(ReadOnlySpan<byte> json) => new(LimitTable.Read(json));

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static Statutes Parse(Stream json)
    {
        using var copy = new MemoryStream();
        json.CopyTo(copy);
        return Parse(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    private static Statutes ReadDefault()
    {
        using Stream json = typeof(Statutes).Assembly.GetManifestResourceStream("Cluster.Law.Data.limits.json")!;
        return Parse(json);
    }
}
