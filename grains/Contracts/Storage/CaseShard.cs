using System.Security.Cryptography;
using System.Text;

namespace Cluster.Contracts.Storage;

/// <summary>One of several parts that all cases fall into by a hash of their id, which PostgreSQL can compute as well.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Count">At most 256.</param>
public readonly record struct CaseShard(int Index, int Count)
{
    /// <summary>The one part that holds them all.</summary>
    public static CaseShard Whole { get; } = new(0, 1);

    /// <summary>Into which of so many parts a case falls.</summary>
    public static int Of(string caseId, int count)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(caseId), hash);
        return hash[0] % count;
    }
}
