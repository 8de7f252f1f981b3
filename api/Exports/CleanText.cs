using System.Text;
using System.Xml;

namespace Cluster.Api.Exports;

/// <summary>Texts of cases in XML, which cannot hold every character that they may have.</summary>
internal static class CleanText
{
    /// <summary>What XML cannot hold is shown as U+FFFD.</summary>
    public static string Of(string text)
    {
        if (IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        // Halves of pairs are enumerated as U+FFFD.
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value)) clean.Append('\uFFFD');
            else clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        foreach (char c in text)
        {
            if (!XmlConvert.IsXmlChar(c)) return false;
        }

        return true;
    }
}
