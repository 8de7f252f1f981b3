using System.Globalization;
using Cluster.Api.Demo;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Cluster.Silo;

namespace Cluster.Api.Hosting;

/// <summary>Reads the options from appsettings.json, environment and command line, the later over the earlier.</summary>
internal static class ServerOptionsReader
{
    private const double FastestClock = 10_000_000;

    private static readonly string[] Names = ["urls", "data", "store", "demo", "clock", "speed", "holidays", .. ClusterProcess.Options];

    // What tools that start a web host pass on.
    private static readonly string[] HostNames = ["environment", "contentRoot", "applicationName"];

    /// <summary>Reads the options.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="contentRoot">Where appsettings.json is.</param>
    /// <param name="clock">The real clock, for a speed without a start.</param>
    /// <exception cref="ServerOptionsException">An option is unknown or has a value that it cannot have.</exception>
    public static ServerOptions Read(string[] args, string contentRoot, TimeProvider clock)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .SetBasePath(contentRoot)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables("CLUSTER_")
            .AddInMemoryCollection(CommandLine(args))
            .Build();
        string? Value(string name) => configuration[name] is { Length: > 0 } value ? value : null;

        var defaults = new ServerOptions();
        DateTimeOffset? start = Clock(Value("clock"));
        double speed = Speed(Value("speed"));
        bool demo = Demo(Value("demo"));
        if (demo)
        {
            start ??= DemoReplay.Start;
            if (Value("speed") is null) speed = DemoReplay.Speed;
        }
        return new ServerOptions
        {
            Urls = Urls(Value("urls") ?? defaults.Urls),
            Data = Data(Value("data") ?? "data"),
            Store = Store(Value("store") ?? defaults.Store),
            Demo = demo,
            Clock = start ?? (Value("speed") is null ? null : clock.GetUtcNow()),
            Speed = speed,
            Holidays = Holidays(Value("holidays")),
            AdminPassword = Value("admin_password"),
        };
    }

    private static Dictionary<string, string?> CommandLine(string[] args)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) throw new ServerOptionsException($"'{args[i]}' is not an option; options start with --.");
            string[] parts = args[i][2..].Split('=', 2);
            string name = parts[0];
            // Further settings of the framework are known by their colon, such as --Logging:LogLevel:Default.
            if (!Names.Contains(name) && !HostNames.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.Contains(':'))
                throw new ServerOptionsException($"There is no option --{name}; there are {string.Join(", ", Names.Select(n => "--" + n))}.");
            if (parts.Length == 2) values[name] = parts[1];
            else if (name == "demo") values[name] = i + 1 < args.Length && args[i + 1] is "true" or "false" ? args[++i] : "true";
            else if (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) values[name] = args[++i];
            else throw new ServerOptionsException($"--{name} needs a value.");
        }
        return values;
    }

    private static string Urls(string text)
    {
        foreach (string url in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                if (BindingAddress.Parse(url).Scheme is "http" or "https") continue;
            }
            catch (FormatException)
            {
                // Said below.
            }
            throw new ServerOptionsException($"--urls: '{url}' is not an address to listen on, such as http://localhost:5080.");
        }
        return text;
    }

    private static string Data(string text)
    {
        try
        {
            string path = Path.GetFullPath(text);
            Directory.CreateDirectory(path);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ServerOptionsException($"--data: the directory '{text}' cannot be used: {e.Message}");
        }
    }

    private static string Store(string text)
    {
        if (text == "sqlite:") return text;
        // Neither message repeats the text, which may hold a password.
        if (!PostgresAddress.Names(text)) throw new ServerOptionsException("--store: it is sqlite:, which lives in the directory of --data, or postgres://user:password@host:port/database.");
        return PostgresAddress.TryParse(text, out _, out string? problem) ? text : throw new ServerOptionsException($"--store: {problem}.");
    }

    private static bool Demo(string? text) => text?.ToLowerInvariant() switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        _ => throw new ServerOptionsException($"--demo: '{text}' is not true or false."),
    };

    private static DateTimeOffset? Clock(string? text)
    {
        if (text is null) return null;
        return Rfc3339.TryParse(text, out DateTimeOffset instant)
            ? instant
            : throw new ServerOptionsException($"--clock: '{text}' is not an instant with an offset in 1979 to 2100, such as 2018-03-01T09:00:00+08:00.");
    }

    private static double Speed(string? text)
    {
        if (text is null) return 1;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double speed) && speed is > 0 and <= FastestClock
            ? speed
            : throw new ServerOptionsException($"--speed: '{text}' is not a number above 0 and at most {FastestClock:0}.");
    }

    private static string? Holidays(string? text)
    {
        if (text is null) return null;
        try
        {
            string path = Path.GetFullPath(text);
            HolidayCalendar.Parse(File.ReadAllBytes(path), "check");
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or FormatException)
        {
            throw new ServerOptionsException($"--holidays: '{text}' cannot be read as a holiday calendar: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
