namespace Cluster.Cases.Assignment.Calibration;

/// <summary>A case that was handled to its end, and what it took.</summary>
/// <param name="Case">Decides with which others it is held out, and nothing else.</param>
/// <param name="Input">What its weight follows from, when it was decided.</param>
/// <param name="Days">Handling effort, above 0.</param>
public sealed record EffortSample(string Case, WeightInput Input, double Days);
