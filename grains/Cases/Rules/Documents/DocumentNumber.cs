namespace Cluster.Cases.Rules;

/// <summary>The number (文号) of a document of a procuratorate: 咸检刑诉〔2026〕12号, in any brackets, the serial after a Z or with a suffix.</summary>
internal static class DocumentNumber
{
    private const string Opening = "〔[［(（【", Closing = "〕]］)）】";

    /// <summary>院简称、检、业务和文种，〔年〕, serial, 号.</summary>
    public static bool IsRegular(string number)
    {
        var text = number.AsSpan().Trim();
        var year = text.IndexOfAny(Opening);
        if (year < 2 || !text[..year].Contains('检')) return false;
        text = text[(year + 1)..];
        if (text.Length < 7 || !AllDigits(text[..4]) || !Closing.Contains(text[4])) return false;
        text = text[5..].TrimStart(" 第Zz");
        var serial = 0;
        while (serial < text.Length && (char.IsAsciiDigit(text[serial]) || text[serial] == '-')) serial++;
        // What follows tells copies apart: 号之二.
        return serial > 0 && char.IsAsciiDigit(text[0]) && serial < text.Length && text[serial] == '号';
    }

    private static bool AllDigits(ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
        {
            if (!char.IsAsciiDigit(sign)) return false;
        }

        return true;
    }
}
