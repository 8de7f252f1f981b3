using System.Globalization;
using System.Text;

namespace Cluster.Silo.Operations;

/// <summary>Writes totals in the text format of Prometheus, version 0.0.4.</summary>
public static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Everything that was counted, instruments by name.</summary>
    public static string Of(MeterTotals totals) => totals.Read(Write);

    private static string Write(IReadOnlyCollection<InstrumentTotals> instruments)
    {
        var text = new StringBuilder();
        foreach (var named in instruments.GroupBy(NameOf).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // A name has one type: what is of another, in the meter of somebody else, cannot be told under it.
            var first = named.First();
            var series = named.Where(i => i.Adding == first.Adding).SelectMany(i => i.Series.Select(s => (i.Bounds, Series: s))).ToList();
            if (series.Count == 0) continue;
            if (first.Instrument.Description is { Length: > 0 } description) text.Append("# HELP ").Append(named.Key).Append(' ').Append(description.Replace("\\", "\\\\").Replace("\n", "\\n")).Append('\n');
            text.Append("# TYPE ").Append(named.Key).Append(' ').Append(TypeOf(first.Adding)).Append('\n');
            foreach (var (bounds, one) in series)
            {
                if (first.Adding == Adding.Histogram) Histogram(text, named.Key, bounds, one);
                else Sample(text, named.Key, one.Tags, null, Number(one.Value));
            }
        }

        return text.ToString();
    }

    private static void Histogram(StringBuilder text, string name, IReadOnlyList<double> bounds, Series series)
    {
        var (counts, sum) = series.Buckets();
        long total = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            Sample(text, name + "_bucket", series.Tags, i < bounds.Count ? Number(bounds[i]) : "+Inf", Number(total));
        }

        Sample(text, name + "_sum", series.Tags, null, Number(sum));
        Sample(text, name + "_count", series.Tags, null, Number(total));
    }

    private static void Sample(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> tags, string? bound, string value)
    {
        text.Append(name);
        if (tags.Count > 0 || bound is not null)
        {
            text.Append('{');
            var comma = false;
            foreach (var (tag, of) in tags)
            {
                Label(text, Legal(tag), of, comma);
                comma = true;
            }

            if (bound is not null) Label(text, "le", bound, comma);
            text.Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static void Label(StringBuilder text, string name, string value, bool comma)
    {
        if (comma) text.Append(',');
        text.Append(name).Append("=\"").Append(value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
    }

    private static string NameOf(InstrumentTotals totals)
    {
        var name = Legal(totals.Instrument.Name);
        var unit = totals.Instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return totals.Adding == Adding.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Legal(string name) => string.Create(name.Length, name, static (legal, given) =>
    {
        for (var i = 0; i < legal.Length; i++) legal[i] = char.IsAsciiLetter(given[i]) || given[i] == '_' || (i > 0 && char.IsAsciiDigit(given[i])) ? given[i] : '_';
    });

    private static string TypeOf(Adding adding) => adding switch
    {
        Adding.Counter => "counter",
        Adding.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture);
}
