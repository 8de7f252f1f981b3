using System.Globalization;
using System.Text;

namespace Cluster.Contracts.Storage;

/// <summary>What an entry of the audit log tells. Codes and ids only: no names, no ID numbers, no text of a case.</summary>
public sealed record AuditAct
{
    public const int LongestCode = 32, LongestName = 64, LongestTarget = 160, LongestValue = 200;

    private const int MostRoles = 16, MostDetails = 20;

    private static readonly IReadOnlyDictionary<string, string> None = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The account; null for the system itself and for a login that failed.</summary>
    public string? Actor { get; init; }

    /// <summary>The roles that allowed it; all of the account's where none is asked for, or where it was refused.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>A stable code, as <c>case.read</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On what, as <c>case:ID</c>, <c>account:NAME</c>, <c>department:ID</c>; null for a list or the whole.</summary>
    public string? Target { get; init; }

    /// <summary>The office of the target where it is known, else of the account.</summary>
    public string? Procuratorate { get; init; }

    /// <summary><c>begun</c>, <c>ok</c>, <c>refused</c>, <c>invalid</c> or <c>failed</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The network address it came from.</summary>
    public string? Address { get; init; }

    /// <summary>The request; entries of one request share it, and the server's own log names it.</summary>
    public string? Request { get; init; }

    /// <summary>Anything else, by name.</summary>
    public IReadOnlyDictionary<string, string> Detail { get; init; } = None;

    /// <summary>
    /// The same within the bounds of the log: texts cut to their lengths, and without control characters and halves of surrogate pairs, for which U+FFFD stands,
    /// so that what is stored, printed and hashed is the same text. At most 16 roles and 20 details, in the order of their names.
    /// </summary>
    public AuditAct Bounded() => this with
    {
        Actor = Cut(Actor, LongestName),
        Roles = [.. Roles.Take(MostRoles).Select(role => Cut(role, LongestCode)!)],
        Action = Cut(Action, LongestCode)!,
        Target = Cut(Target, LongestTarget),
        Procuratorate = Cut(Procuratorate, LongestName),
        Outcome = Cut(Outcome, LongestCode)!,
        Address = Cut(Address, LongestName),
        Request = Cut(Request, LongestName),
        Detail = Cut(Detail),
    };

    private static IReadOnlyDictionary<string, string> Cut(IReadOnlyDictionary<string, string> detail)
    {
        if (detail.Count == 0) return None;
        var cut = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in detail.OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(MostDetails)) cut[Cut(name, LongestCode)!] = Cut(value, LongestValue)!;
        return cut;
    }

    private static string? Cut(string? text, int longest)
    {
        if (text is null || (text.Length <= longest && IsClean(text))) return text;
        var cut = new StringBuilder(longest);
        // Halves of pairs are enumerated as U+FFFD.
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (cut.Length + rune.Utf16SequenceLength > longest) break;
            cut.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control ? Rune.ReplacementChar.ToString() : rune.ToString());
        }
        return cut.ToString();
    }

    private static bool IsClean(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c)) return false;
        }
        return true;
    }
}
