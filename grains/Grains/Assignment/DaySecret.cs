namespace Cluster.Grains.Assignment;

/// <summary>Makes the secret of a day of draws: 32 bytes that nobody can guess.</summary>
public delegate byte[] DaySecret();
