using System.Collections.Concurrent;
using System.Globalization;
using Cluster.Contracts.Operations;
using Microsoft.Extensions.Logging;

namespace Cluster.Silo.Operations;

/// <summary>
/// Counts the errors in the log by where they come from. Of a line only its category, its number and the type of its exception are kept: its words may
/// be about a case.
/// </summary>
[ProviderAlias("Errors")]
public sealed class RecentErrors(TimeProvider time) : ILoggerProvider
{
    private const int MostKinds = 200;
    private const int MostTold = 20;

    private readonly ConcurrentDictionary<(string Category, int Event), NodeError> _kinds = new();
    private long _total;

    /// <summary>How many there were.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>The kinds that happened last, the latest first.</summary>
    public IReadOnlyList<NodeError> Latest() => [.. _kinds.Values.OrderByDescending(e => e.Last).Take(MostTold)];

    public ILogger CreateLogger(string categoryName) => new Errors(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string category, int number, Exception? cause)
    {
        Interlocked.Increment(ref _total);
        if (_kinds.Count >= MostKinds && !_kinds.ContainsKey((category, number))) return;
        var now = time.GetUtcNow();
        var error = cause?.GetType().Name;
        _kinds.AddOrUpdate(
            (category, number),
            static (key, told) => new NodeError(
                string.Create(CultureInfo.InvariantCulture, $"{key.Category[(key.Category.LastIndexOf('.') + 1)..]} {key.Event}"), told.now, 1, told.error, Open: false),
            static (_, known, told) => known with { Last = told.now, Count = known.Count + 1, Error = told.error ?? known.Error },
            (now, error));
    }

    private sealed class Errors(RecentErrors errors, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) errors.Add(category, eventId.Id, exception);
        }
    }
}
