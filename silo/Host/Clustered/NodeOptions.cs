using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Cluster.Silo.Clustered;

/// <summary>How a process finds the others of its cluster and is found by them.</summary>
public sealed record NodeOptions
{
    /// <summary>The PostgreSQL database that the cluster shares, as <c>postgres://user:password@host:port/database</c>.</summary>
    public required string Store { get; init; }

    /// <summary>Which silos belong together. A new one for every deployment that must not meet the old one.</summary>
    public string ClusterId { get; init; } = "cluster";

    /// <summary>Whose reminders and states the tables hold; the same for ever.</summary>
    public string ServiceId { get; init; } = "cluster";

    /// <summary>Port at which other silos reach this one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port at which the processes of the API reach this silo.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>Address at which both are reached; null: the machine's own name is looked up.</summary>
    public IPAddress? Advertised { get; init; }

    /// <summary>Reads what is given as <c>--cluster-id</c>, <c>--service-id</c>, <c>--silo-port</c>, <c>--gateway-port</c> and <c>--advertise</c>.</summary>
    /// <exception cref="FormatException">One of them has a value that it cannot have.</exception>
    public static NodeOptions Read(string store, IConfiguration configuration)
    {
        var defaults = new NodeOptions { Store = store };
        return defaults with
        {
            ClusterId = configuration["cluster-id"] ?? defaults.ClusterId,
            ServiceId = configuration["service-id"] ?? defaults.ServiceId,
            SiloPort = Port("silo-port", defaults.SiloPort),
            GatewayPort = Port("gateway-port", defaults.GatewayPort),
            Advertised = configuration["advertise"] is { } address ? IPAddress.TryParse(address, out var ip) ? ip : throw new FormatException($"--advertise: '{address}' is not an IP address.") : null,
        };

        int Port(string name, int otherwise) => configuration[name] is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
            : throw new FormatException($"--{name}: '{text}' is not a port.");
    }

    // It would show the password.
    public override string ToString() => nameof(NodeOptions);
}
