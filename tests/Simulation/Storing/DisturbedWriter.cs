using Cluster.Storage.Writing;
using Simulation.Failing;

namespace Simulation.Storing;

/// <summary>The database as the writer's loop sees it when the disk, the cable or the power fails.</summary>
internal sealed class DisturbedWriter(IGroupWriter inner, SimulatedStore store, Chaos chaos) : IGroupWriter
{
    private readonly HashSet<Work> _poisoned = [];
    private readonly Queue<IReadOnlyList<Work>> _late = new();

    public bool HasChores => inner.HasChores;

    public Effects Write(IReadOnlyList<Work> group, IReadOnlyCollection<KeyValuePair<string, long>> delivered, DateTimeOffset now)
    {
        if (!store.Machine.IsOn || store.IsAway) throw new SimulatedDiskException("The disk is away.");
        if (chaos.Strikes(Fault.Write, 0.02)) throw new SimulatedDiskException("Nothing was written.");
        if (chaos.Strikes(Fault.Poison, 0.004) && group.Count > 0) _poisoned.Add(chaos.Dice.One(group));
        if (_poisoned.Count > 0 && group.Any(_poisoned.Contains)) throw new InvalidDataException("A simulated row that cannot be written.");
        // Meanwhile everybody else goes on, and reads what was before.
        if (chaos.Strikes(Fault.SlowCommit, 0.004)) store.Meanwhile(TimeSpan.FromMilliseconds(chaos.Dice.Below(6_000)));
        RequirePower();
        // What nobody knew the outcome of may be written after all, before the next.
        while (_late.TryDequeue(out var late)) inner.Write(late, [], now);

        if (chaos.Strikes(Fault.Torn, 0.004))
        {
            if (chaos.Dice.Chance(0.2)) store.Medium.TearDatabase(store.Checkpoint, chaos.Dice);
            else store.Medium.TearLog(() => inner.Write(group, delivered, now), chaos.Dice);
            store.Machine.TurnOff();
            RequirePower();
        }

        if (chaos.Strikes(Fault.Unanswered, 0.01))
        {
            if (chaos.Dice.Chance(0.3)) _late.Enqueue([.. group]);
            else inner.Write(group, delivered, now);
            throw new SimulatedDiskException("The answer was lost.");
        }

        var effects = inner.Write(group, delivered, now);
        // On the disk, and nobody was told: readers are ahead of whoever waits.
        if (chaos.Strikes(Fault.SlowCommit, 0.004)) store.Meanwhile(TimeSpan.FromMilliseconds(chaos.Dice.Below(300)));
        RequirePower();
        return effects;
    }

    public bool IsOfStore(Exception exception) => exception is SimulatedDiskException || inner.IsOfStore(exception);

    private void RequirePower()
    {
        if (!store.Machine.IsOn) throw new SimulatedDiskException("The power is gone.");
    }
}

/// <summary>The store fails everybody.</summary>
internal sealed class SimulatedDiskException(string message) : Exception(message);
