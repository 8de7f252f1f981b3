namespace Cluster.Storage.Moving;

/// <summary>A store cannot be moved, saved or checked; the message is for the operator.</summary>
public sealed class StoreMoveException(string message) : Exception(message);
