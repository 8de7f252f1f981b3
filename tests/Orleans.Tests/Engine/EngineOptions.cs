using Orleans.Configuration;
using Orleans.Hosting;

namespace Grains.Tests.Engine;

/// <summary>
/// What a test sets of an engine. Orleans takes these times by the clock of the machine, which no test can advance: whatever a test sets, which then waits for it to
/// pass, is short here, and what it does not set is longer than any test.
/// </summary>
public sealed class EngineOptions
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private readonly List<Action<ISiloBuilder>> _settings = [];

    public TimeSpan ResponseTimeout
    {
        set
        {
            Client = Short;
            _settings.Add(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = Short));
        }
    }

    public TimeSpan CollectionAge
    {
        set => _settings.Add(silo => silo.Configure<GrainCollectionOptions>(options => (options.CollectionAge, options.CollectionQuantum) = (Short, Short / 2)));
    }

    public TimeSpan ActivationTimeout
    {
        set => _settings.Add(silo => silo.Configure<GrainCollectionOptions>(options => options.ActivationTimeout = Short));
    }

    public TimeSpan DeactivationTimeout
    {
        set => _settings.Add(silo => silo.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = Short));
    }

    public int MaxEnqueuedRequests
    {
        set => _settings.Add(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = value));
    }

    /// <summary>How long a caller outside waits for an answer; null: as long as it does by default.</summary>
    internal TimeSpan? Client { get; private set; }

    internal void Apply(ISiloBuilder silo) => _settings.ForEach(setting => setting(silo));
}
