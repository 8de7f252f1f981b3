using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Cluster.Silo.Operations;

/// <summary>How the values of an instrument add up.</summary>
public enum Adding
{
    /// <summary>Values are added to a total that never falls.</summary>
    Counter,

    /// <summary>Values are added to a total.</summary>
    UpDown,

    /// <summary>A value replaces the one before.</summary>
    Gauge,

    /// <summary>Values are counted in buckets.</summary>
    Histogram,
}

/// <summary>The series of one instrument.</summary>
public sealed class InstrumentTotals
{
    private const char Between = '\u001f';

    // Where the instrument gives no advice: seconds of requests.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Amounts = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
    private static readonly KeyValuePair<string, string>[] Overflow = [new("overflow", "true")];

    private readonly ConcurrentDictionary<string, Series> _tagged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Series>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _most;
    private readonly bool _replaces;
    private readonly Lazy<Series> _untagged;
    private readonly Lazy<Series> _overflow;

    internal InstrumentTotals(Instrument instrument, int most)
    {
        Instrument = instrument;
        _most = most;
        _lookup = _tagged.GetAlternateLookup<ReadOnlySpan<char>>();
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        Adding = kind == typeof(Histogram<>) ? Adding.Histogram
            : kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? Adding.Counter
            : kind == typeof(UpDownCounter<>) || kind == typeof(ObservableUpDownCounter<>) ? Adding.UpDown
            : Adding.Gauge;
        _replaces = Adding == Adding.Gauge || instrument.IsObservable;
        Bounds = Adding == Adding.Histogram ? BoundsOf(instrument) : [];
        _untagged = new(() => new Series([], Bounds, _replaces));
        _overflow = new(() => new Series(Overflow, Bounds, _replaces));
    }

    public Instrument Instrument { get; }

    public Adding Adding { get; }

    /// <summary>Upper bounds of the buckets of a histogram, each belonging to its bucket; above the last there is one more.</summary>
    public IReadOnlyList<double> Bounds { get; }

    /// <summary>The series there are.</summary>
    public IEnumerable<Series> Series
    {
        get
        {
            if (_untagged.IsValueCreated) yield return _untagged.Value;
            foreach (var series in _tagged.Values) yield return series;
            if (_overflow.IsValueCreated) yield return _overflow.Value;
        }
    }

    /// <summary>What is observed is observed anew: a set of tags that is gone has no value any more.</summary>
    internal void Observe()
    {
        if (!Instrument.IsObservable) return;
        _tagged.Clear();
    }

    internal Series Of(ReadOnlySpan<KeyValuePair<string, object?>> tags, Span<char> text)
    {
        if (tags.IsEmpty) return _untagged.Value;
        if (!TryWrite(tags, text, out var length)) return _overflow.Value;
        var key = text[..length];
        if (_lookup.TryGetValue(key, out var known)) return known;
        if (_tagged.Count >= _most) return _overflow.Value;
        var named = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < tags.Length; i++) named[i] = new(tags[i].Key, Text(tags[i].Value));
        return _tagged.GetOrAdd(key.ToString(), new Series(named, Bounds, _replaces));
    }

    private static bool TryWrite(ReadOnlySpan<KeyValuePair<string, object?>> tags, Span<char> text, out int length)
    {
        length = 0;
        foreach (var (name, value) in tags)
        {
            if (!TryAppend(name, text, ref length) || !TryAppend("=", text, ref length)) return false;
            if (value is ISpanFormattable formattable)
            {
                if (!formattable.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture)) return false;
                length += written;
            }
            else if (!TryAppend(Text(value), text, ref length))
            {
                return false;
            }

            if (length == text.Length) return false;
            text[length++] = Between;
        }

        return true;
    }

    private static bool TryAppend(ReadOnlySpan<char> part, Span<char> text, ref int length)
    {
        if (!part.TryCopyTo(text[length..])) return false;
        length += part.Length;
        return true;
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> doubles => doubles.Advice?.HistogramBucketBoundaries,
            Histogram<float> floats => floats.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToList(),
            Histogram<long> longs => longs.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToList(),
            Histogram<int> ints => ints.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToList(),
            _ => null,
        } ?? (instrument.Unit == "s" ? Seconds : Amounts);
}

/// <summary>What one instrument has counted under one set of tags. Safe to use from any thread.</summary>
public sealed class Series
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<double> _bounds;
    private readonly long[]? _buckets;
    private readonly bool _replaces;
    private double _value;

    internal Series(KeyValuePair<string, string>[] tags, IReadOnlyList<double> bounds, bool replaces)
    {
        Tags = tags;
        _bounds = bounds;
        _replaces = replaces;
        if (bounds.Count > 0) _buckets = new long[bounds.Count + 1];
    }

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; }

    /// <summary>The total, the last value of a gauge, or the sum of a histogram.</summary>
    public double Value
    {
        get
        {
            lock (_lock) return _value;
        }
    }

    /// <summary>The value of a tag; null if there is none.</summary>
    public string? this[string tag] => Tags.FirstOrDefault(t => t.Key == tag).Value;

    /// <summary>How many values fell into each bucket, and their sum.</summary>
    public (long[] Counts, double Sum) Buckets()
    {
        lock (_lock) return ([.. _buckets ?? []], _value);
    }

    internal void Add(double value)
    {
        lock (_lock)
        {
            _value = _replaces ? value : _value + value;
            if (_buckets is not null) _buckets[Bucket(value)]++;
        }
    }

    private int Bucket(double value)
    {
        int low = 0, high = _bounds.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (value <= _bounds[middle]) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
