using System.Globalization;

namespace Cluster.Cases.Events;

public enum FieldKind : byte
{
    Absent,
    Text,
    Number,
    Bool,
    Date,
    Instant,
}

/// <summary>The value of one field of an event's data. The default is an absent value.</summary>
public readonly struct FieldValue : IEquatable<FieldValue>
{
    private static readonly TimeSpan LegalOffset = TimeSpan.FromHours(8);

    private readonly string? _text;
    private readonly long _bits; // number: its bits; bool: 0 or 1; date: day number; instant: UTC ticks
    private readonly short _offset; // of an instant, minutes
    private readonly FieldKind _kind;

    private FieldValue(FieldKind kind, string? text, long bits, short offset = 0)
    {
        _kind = kind;
        _text = text;
        _bits = bits;
        _offset = offset;
    }

    public FieldKind Kind => _kind;

    public bool IsPresent => _kind != FieldKind.Absent;

    /// <summary>The text; null for anything else.</summary>
    public string? Text => _text;

    /// <summary>The number; 0 for anything else.</summary>
    public double Number => _kind == FieldKind.Number ? BitConverter.Int64BitsToDouble(_bits) : 0;

    /// <summary>True only for a present boolean true.</summary>
    public bool True => _kind == FieldKind.Bool && _bits != 0;

    /// <summary>The date, of an instant its legal date (+08:00); null for anything else.</summary>
    public DateOnly? Date => _kind switch
    {
        FieldKind.Date => DateOnly.FromDayNumber((int)_bits),
        FieldKind.Instant => DateOnly.FromDateTime(new DateTime(_bits + LegalOffset.Ticks)),
        _ => null,
    };

    /// <summary>The instant; null for anything else, a date too.</summary>
    public DateTimeOffset? Instant => _kind == FieldKind.Instant
        ? new DateTimeOffset(_bits, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(_offset))
        : null;

    public static FieldValue Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(FieldKind.Text, text, 0);
    }

    public static FieldValue Of(double number) => new(FieldKind.Number, null, BitConverter.DoubleToInt64Bits(number));

    public static FieldValue Of(bool value) => new(FieldKind.Bool, null, value ? 1 : 0);

    public static FieldValue Of(DateOnly date) => new(FieldKind.Date, null, date.DayNumber);

    /// <summary>A date, absent for null.</summary>
    public static FieldValue OfDate(DateOnly? date) => date is { } known ? Of(known) : default;

    public static FieldValue Of(DateTimeOffset instant) =>
        new(FieldKind.Instant, null, instant.UtcTicks, (short)instant.TotalOffsetMinutes);

    /// <summary>The value as written in JSON, without quotes; empty if absent.</summary>
    public string AsText() => _kind switch
    {
        FieldKind.Text => _text!,
        FieldKind.Number => Number.ToString("R", CultureInfo.InvariantCulture),
        FieldKind.Bool => _bits != 0 ? "true" : "false",
        FieldKind.Date => Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldKind.Instant => Instant!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>Same kind and same value; of instants, the same moment whatever the offset.</summary>
    public bool Equals(FieldValue other) => _kind == other._kind
        && (_kind == FieldKind.Number ? Number.Equals(other.Number) : _bits == other._bits)
        && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is FieldValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(
        _kind,
        _kind == FieldKind.Number ? Number.GetHashCode() : _bits.GetHashCode(),
        _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal));

    public static bool operator ==(FieldValue left, FieldValue right) => left.Equals(right);

    public static bool operator !=(FieldValue left, FieldValue right) => !left.Equals(right);

    public override string ToString() => AsText();
}
