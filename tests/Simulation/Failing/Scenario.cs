using System.Globalization;

namespace Simulation.Failing;

/// <summary>All that determines a run.</summary>
internal sealed record Scenario(ulong Seed)
{
    public int Days { get; init; } = 14;

    /// <summary>Cases that are begun at most.</summary>
    public int Cases { get; init; } = int.MaxValue;

    public int Prosecutors { get; init; } = 5;

    /// <summary>1,000 cases that take their course, instead of a few to which anything happens.</summary>
    public bool CourtYear { get; init; }

    /// <summary>Legal seconds in a second of the machine; 1 is the real clock.</summary>
    public double Speed { get; init; } = 60;

    /// <summary>How often things go wrong, 1 as a rule.</summary>
    public double Intensity { get; init; } = 1;

    public Fault Faults { get; init; } = Fault.All;

    /// <summary>Faults after this one do not happen.</summary>
    public int MostFaults { get; init; } = int.MaxValue;

    /// <summary>Numbers of faults that do not happen.</summary>
    public IReadOnlySet<int> Spared { get; init; } = new HashSet<int>();

    /// <summary>Numbers of the people's acts that do not happen.</summary>
    public IReadOnlySet<int> Undone { get; init; } = new HashSet<int>();

    /// <summary>Lines of the trace that are kept.</summary>
    public int TraceLength { get; init; } = 60;

    /// <summary>The run of a seed, as the tests run it: every fourth on the real clock.</summary>
    public static Scenario Of(ulong seed) => seed % 4 == 0
        ? new Scenario(seed) { Speed = 1, Days = 3 }
        : new Scenario(seed) { Days = 10 };

    /// <summary>A year of an office in which something fails now and then.</summary>
    public static Scenario Year(ulong seed) => new(seed)
    {
        CourtYear = true,
        Days = 365,
        Cases = 1_000,
        Prosecutors = 60,
        Speed = 600,
        Intensity = 0.1,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}, {Days} days{(Cases == int.MaxValue ? "" : $", {Cases} cases")}, {(MostFaults == int.MaxValue ? "" : $"{MostFaults} faults at most, ")}{Spared.Count} spared, {Undone.Count} acts undone, {Faults}");
}
