using Simulation.Running;

namespace Simulation.Failing;

/// <summary>
/// Decides what goes wrong and when. Every fault has a number: a run with the same seed has the same first faults, and a fault
/// that is left out leaves its number to nobody, so that a failing run can be narrowed down.
/// </summary>
internal sealed class Chaos(Scenario scenario, Dice dice, Action<string> note)
{
    /// <summary>How many faults there were, also those left out.</summary>
    public int Count { get; private set; }

    /// <summary>Whether things go wrong at present.</summary>
    public bool Storm { get; set; }

    public List<(int Number, Fault Fault)> Struck { get; } = [];

    public Dice Dice => dice;

    /// <summary>Whether a fault happens here.</summary>
    /// <param name="whom">Whom it strikes, for the trace.</param>
    public bool Strikes(Fault fault, double probability, Func<string>? whom = null)
    {
        if (!Storm || !dice.Chance(probability * scenario.Intensity)) return false;
        return Happens(fault, whom);
    }

    /// <summary>A fault that is due whether or not there is a storm.</summary>
    public bool Happens(Fault fault, Func<string>? whom = null)
    {
        var number = ++Count;
        if (!scenario.Faults.HasFlag(fault) || number > scenario.MostFaults || scenario.Spared.Contains(number)) return false;
        Struck.Add((number, fault));
        note($"fault {number}: {fault} {whom?.Invoke()}");
        return true;
    }
}
