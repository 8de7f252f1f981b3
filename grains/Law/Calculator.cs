namespace Cluster.Law;

/// <summary>Placeholder of the library that is being written.</summary>
internal static class Calculator;
