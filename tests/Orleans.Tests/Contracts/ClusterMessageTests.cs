using Cluster.Silo.Clustered;

namespace Grains.Tests.Contracts;

/// <summary>What only silos of a cluster say.</summary>
public sealed class ClusterMessageTests() : MessageSchema(typeof(INodeGrain).Assembly, "cluster-messages.txt");
