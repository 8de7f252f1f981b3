using System.Collections;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Simulation.Failing;

/// <summary>The activations of an engine, which ends them when it likes. Nothing that is shipped can reach in here.</summary>
internal sealed class Activations(IGrainFactory engine)
{
    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly object[] _classes = [.. ((IEnumerable)engine.GetType().GetField("_classes", Inside)!.GetValue(engine)!).Cast<object>()];

    /// <summary>Ends one activation as soon as its running requests are done.</summary>
    /// <returns>Whose; null when there is none.</returns>
    public string? EndOne(Running.Dice dice)
    {
        var all = All().ToList();
        if (all.Count == 0) return null;
        var (_, context) = dice.One(all);
        context.Deactivate(new DeactivationReason(DeactivationReasonCode.HighMemoryPressure, "Simulated."));
        return context.GrainId.ToString();
    }

    /// <summary>
    /// Forgets where a case is active that is at work: the next call activates it once more, while the first goes on with what it has,
    /// as in a cluster that takes a member for dead that is not.
    /// </summary>
    /// <returns>The case; null when none is at work.</returns>
    public string? SplitOne(Running.Dice dice)
    {
        var cases = All().Where(a => a.Context.GrainInstance is Cluster.Grains.Cases.CaseGrain && IsAtWork(a.Context)).ToList();
        if (cases.Count == 0) return null;
        var (grainClass, context) = dice.One(cases);
        grainClass.GetType().GetMethod("Replace", Inside)!.Invoke(grainClass, [context.GrainId.Key.ToString(), context, null]);
        return context.GrainId.Key.ToString();
    }

    private static bool IsAtWork(IGrainContext context)
    {
        var mailbox = context.GetType().GetProperty("Mailbox", Inside)!.GetValue(context)!;
        return (int)mailbox.GetType().GetProperty("Running", Inside)!.GetValue(mailbox)! > 0;
    }

    // Sorted: a hash table has no order that a seed would give twice.
    private IEnumerable<(object Class, IGrainContext Context)> All() => _classes
        .SelectMany(c => ((IEnumerable)c.GetType().GetProperty("Activations", Inside)!.GetValue(c)!).Cast<IGrainContext>().Select(a => (Class: c, Context: a)))
        .OrderBy(a => a.Context.GrainId.ToString(), StringComparer.Ordinal);
}
