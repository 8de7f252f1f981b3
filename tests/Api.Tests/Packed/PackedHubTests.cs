namespace Cluster.Api.Tests.Packed;

/// <summary>Everything that holds for the hub holds in MessagePack.</summary>
public sealed class PackedHubTests : HubTests
{
    protected override string Protocol => "messagepack";
}
