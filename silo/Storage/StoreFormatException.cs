namespace Cluster.Storage;

/// <summary>The database file is not one this program can work with.</summary>
public sealed class StoreFormatException(string message) : Exception(message);
