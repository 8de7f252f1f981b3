using Orleans;

namespace Cluster.Contracts;

/// <summary>What somebody asked for under an idempotency key; the key of the grain is made of the account and that key. Remembered for ever.</summary>
[Alias("cluster.act-request")]
public interface IActRequestGrain : IGrainWithStringKey
{
    /// <summary>Notes what is asked, durably, unless something was asked before.</summary>
    /// <param name="fingerprint">Of the request.</param>
    /// <returns>Whether this is what was asked the first time.</returns>
    [Alias("open")]
    Task<bool> Open(string fingerprint);
}
