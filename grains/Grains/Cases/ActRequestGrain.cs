using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Grains.Assignment;
using Orleans;

namespace Cluster.Grains.Cases;

/// <summary>One request under an idempotency key.</summary>
public sealed class ActRequestGrain(IJournal journal, LegalClock clock) : Grain, IActRequestGrain
{
    private OwnStream _stream = null!;
    private string? _asked;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new OwnStream(journal, "supervision:" + this.GetPrimaryKeyString(), clock, DeactivateOnIdle);
        foreach (var stored in await _stream.Load(cancellationToken)) _asked ??= JsonSerializer.Deserialize<Asked>(stored.Event.Data)!.Fingerprint;
    }

    public async Task<bool> Open(string fingerprint)
    {
        if (_asked is null)
        {
            await _stream.Append("supervision.asked", JsonSerializer.SerializeToUtf8Bytes(new Asked(fingerprint)));
            _asked = fingerprint;
        }

        // Asked once, or a few times in a row.
        DeactivateOnIdle();
        return _asked == fingerprint;
    }

    private sealed record Asked(string Fingerprint);
}
