using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cluster.Fuzz.Serving;

/// <summary>Reads every log line as it is written: nothing secret or personal may be in one, and an error in it is a failure nobody answered for.</summary>
internal sealed class LogWatch(LogLevel least) : ILoggerProvider
{
    private const int MostKept = 200;

    private volatile string[] secrets = [];

    /// <summary>What was wrong in the logs, with the line.</summary>
    public ConcurrentQueue<(string Fault, string Line)> Faults { get; } = new();

    public long Lines;

    /// <summary>Must never be seen: passwords and tokens of this run, and the mark that every person's name carries.</summary>
    public void Keep(params string[] more) => secrets = [.. secrets, .. more];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName, least);

    public void Dispose()
    {
    }

    private void Read(string category, LogLevel level, string line)
    {
        Interlocked.Increment(ref Lines);
        if (Faults.Count >= MostKept) return;
        foreach (string secret in secrets)
        {
            if (line.Contains(secret, StringComparison.Ordinal)) Faults.Enqueue(("secret-logged", category + ": " + line));
        }
        if (level >= LogLevel.Error) Faults.Enqueue(("error-logged", category + ": " + line));
    }

    private sealed class Logger(LogWatch watch, string category, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) watch.Read(category, logLevel, $"{formatter(state, exception)} {exception}");
        }
    }
}
