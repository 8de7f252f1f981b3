namespace Cluster.Cases.Events;

/// <summary>Reads dates and instants strictly: an instant always states its offset (RFC 3339, 5.6).</summary>
internal static class Rfc3339
{
    // Years outside can only be slips, and the limits counted from them would leave the calendar.
    private const int FirstYear = 1000;
    private const int LastYear = 8999;

    /// <summary>Whether limits can be counted from a date.</summary>
    public static bool IsCountable(DateOnly date) => date.Year is >= FirstYear and <= LastYear;

    public static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year)
            || !TryDigits(text.Slice(5, 2), out var month)
            || !TryDigits(text.Slice(8, 2), out var day)
            || year is < FirstYear or > LastYear || month is < 1 or > 12
            || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    public static bool TryInstant(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length < 20 || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':'
            || !TryDate(text[..10], out var date)
            || !TryDigits(text.Slice(11, 2), out var hour) || hour > 23
            || !TryDigits(text.Slice(14, 2), out var minute) || minute > 59
            || !TryDigits(text.Slice(17, 2), out var second) || second > 60)
        {
            return false;
        }

        var rest = text[19..];
        if (!TryFraction(ref rest, out var fraction) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        // A leap second counts as the first instant of the next minute.
        var local = date.ToDateTime(default).Ticks
            + (((hour * 60L + minute) * 60 + second) * TimeSpan.TicksPerSecond) + fraction;
        var utc = new DateTimeOffset(local - (offset * TimeSpan.TicksPerMinute), TimeSpan.Zero);
        // .NET knows offsets up to 14 hours; the moment stays the same without.
        instant = Math.Abs(offset) <= 14 * 60 ? utc.ToOffset(TimeSpan.FromMinutes(offset)) : utc;
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.')
        {
            return true;
        }

        var digits = 0;
        var unit = TimeSpan.TicksPerSecond / 10;
        for (digits = 0; digits + 1 < rest.Length && char.IsAsciiDigit((char)rest[digits + 1]); digits++)
        {
            ticks += (rest[digits + 1] - '0') * unit;
            unit /= 10;
        }

        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return (text[0] | 0x20) == 'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryDigits(text.Slice(1, 2), out var hour) || hour > 23
            || !TryDigits(text.Slice(4, 2), out var minute) || minute > 59)
        {
            return false;
        }

        minutes = (hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = value * 10 + (digit - '0');
        }

        return true;
    }
}
