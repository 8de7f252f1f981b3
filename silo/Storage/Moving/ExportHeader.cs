namespace Cluster.Storage.Moving;

/// <summary>The first line of an export.</summary>
/// <param name="Format">Always <see cref="Name"/>.</param>
/// <param name="Version">Of the format: a program reads exports of its own version and older ones.</param>
/// <param name="Schema">Of the tables whose rows follow.</param>
/// <param name="Engine">sqlite or postgres: where it comes from.</param>
/// <param name="Live">Whether a server may have gone on writing to the store after the export.</param>
/// <param name="ExportedAt">On the real clock.</param>
/// <param name="LastInstant">The latest instant that the store saw, on the clock of the law; null in a store that saw none.</param>
/// <param name="Rows">How many rows of each table follow.</param>
internal sealed record ExportHeader(
    string Format, int Version, long Schema, string Engine, bool Live, DateTimeOffset ExportedAt, DateTimeOffset? LastInstant, IReadOnlyDictionary<string, long> Rows)
{
    public const string Name = "cluster-export";
    public const int Latest = 1;
}

/// <summary>The last line of an export.</summary>
/// <param name="Rows">How many rows of each table came.</param>
/// <param name="Sha256">Of every byte before this line, uncompressed; hex.</param>
internal sealed record ExportTrailer(IReadOnlyDictionary<string, long> Rows, string Sha256);
