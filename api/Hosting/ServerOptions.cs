namespace Cluster.Api.Hosting;

/// <summary>The options of contract chapter 2, checked.</summary>
public sealed record ServerOptions
{
    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://localhost:5080";

    /// <summary>Full path of the directory in which the embedded store lives.</summary>
    public string Data { get; init; } = Path.GetFullPath("data");

    /// <summary>Where everything is stored: <c>sqlite:</c>, or the address of a PostgreSQL database, password included.</summary>
    public string Store { get; init; } = "sqlite:";

    /// <summary>The address of the PostgreSQL database; null: the store is in <see cref="Data"/>.</summary>
    public string? Postgres => Store == "sqlite:" ? null : Store;

    /// <summary>Create a demo office.</summary>
    public bool Demo { get; init; }

    /// <summary>Where a simulated clock starts; null: the real clock.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>Legal seconds in a real one.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Full path of a file with further holidays.</summary>
    public string? Holidays { get; init; }

    /// <summary>Password of the first account; null: one is generated.</summary>
    public string? AdminPassword { get; init; }

    public bool Simulated => Clock is not null;

    // It would show passwords.
    public override string ToString() => nameof(ServerOptions);
}

/// <summary>An option is wrong; the message is one line for the person who started the server.</summary>
public sealed class ServerOptionsException(string message) : Exception(message);
