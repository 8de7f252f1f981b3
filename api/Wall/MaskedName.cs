using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Cluster.Cases;

namespace Cluster.Api.Wall;

/// <summary>Names as a screen shows them that strangers may pass by.</summary>
internal static partial class MaskedName
{
    private const string Hidden = "**";
    private const char Case = '案', Crime = '罪';

    private static readonly FrozenSet<string> Charged = Charges.Default.All.Select(c => c.Name.TrimEnd(Crime) + Case).ToFrozenSet(StringComparer.Ordinal);
    private static readonly int Longest = Charged.Max(c => c.Length);

    /// <summary>A person's name: its first character.</summary>
    public static string OfPerson(string name) => name.Length == 0 ? name : StringInfo.GetNextTextElement(name) + Hidden;

    /// <summary>A case's name: the first character of whom it names, how many there are, and the charge where the name ends with one.</summary>
    public static string OfCase(string name)
    {
        for (int length = Math.Min(Longest, name.Length - 1); length > 1; length--)
        {
            if (!Charged.Contains(name[^length..])) continue;
            string people = name[..^length];
            return OfPerson(people) + Several().Match(people).Value + name[^length..];
        }
        return OfPerson(name) + (name.EndsWith(Case) ? Case : "");
    }

    [GeneratedRegex("等[0-9]+人$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Several();
}
