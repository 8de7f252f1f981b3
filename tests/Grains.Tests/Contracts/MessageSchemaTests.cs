using Cluster.Contracts;

namespace Grains.Tests.Contracts;

/// <summary>What every engine's grains say.</summary>
public sealed class MessageSchemaTests() : MessageSchema(typeof(ICaseGrain).Assembly, "messages.txt");
