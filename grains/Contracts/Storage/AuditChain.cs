using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cluster.Contracts.Storage;

/// <summary>
/// How entries of the audit log are chained. The hash of an entry is SHA-256 over its fields as netstrings, <c>LENGTH:BYTES,</c> with the decimal length in bytes of
/// the field in UTF-8, and <c>-</c> for a field that is null, one after the other:
/// <c>cluster-audit-1</c>, number, at (<c>2026-02-09T01:30:00.000Z</c>), actor, how many roles and each of them, action, target, procuratorate, outcome, address, request,
/// how many details and of each its name and value in the order of names (by UTF-16 code unit), and the hash of the entry before in hexadecimal. No two entries have the same encoding.
/// </summary>
public static class AuditChain
{
    private const string Version = "cluster-audit-1";
    private const int PageOfCheck = 500;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The entry that follows the end of a chain.</summary>
    /// <param name="head">The end.</param>
    /// <param name="now">By the real clock.</param>
    /// <param name="act">What it tells, bounded.</param>
    public static AuditEntry Next(AuditHead head, DateTimeOffset now, AuditAct act)
    {
        var at = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        var entry = new AuditEntry(head.Number + 1, at, act, head.Hash, "");
        return entry with { Hash = HashOf(entry) };
    }

    /// <summary>The hash that an entry must have.</summary>
    public static string HashOf(AuditEntry entry) => Convert.ToHexStringLower(SHA256.HashData(Encode(entry)));

    /// <summary>What is hashed of an entry: everything but the hash.</summary>
    /// <exception cref="ArgumentException">A text is not Unicode; <see cref="AuditAct.Bounded"/> makes it so.</exception>
    public static byte[] Encode(AuditEntry entry)
    {
        var act = entry.Act;
        using var bytes = new MemoryStream(512);
        Put(bytes, Version);
        Put(bytes, entry.Number.ToString(CultureInfo.InvariantCulture));
        Put(bytes, Text(entry.At));
        Put(bytes, act.Actor);
        Put(bytes, act.Roles.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var role in act.Roles) Put(bytes, role);
        Put(bytes, act.Action);
        Put(bytes, act.Target);
        Put(bytes, act.Procuratorate);
        Put(bytes, act.Outcome);
        Put(bytes, act.Address);
        Put(bytes, act.Request);
        Put(bytes, act.Detail.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in act.Detail.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Put(bytes, name);
            Put(bytes, value);
        }
        Put(bytes, entry.Previous);
        return bytes.ToArray();
    }

    /// <summary>The instant of an entry as it is hashed and printed.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Checks the chain from its store, a page at a time, up to where it ended when the check began.</summary>
    /// <param name="log">The log.</param>
    /// <param name="first">The first entry to check; that it follows the one before is checked too.</param>
    /// <param name="last">The last; the end of the chain if null.</param>
    /// <param name="noted">An end of the chain that somebody noted earlier: it must still be in it. Whoever can write to the store can make a whole new chain, but not one with this entry.</param>
    /// <param name="cancellation">Ends the check.</param>
    public static async Task<AuditCheck> Verify(this IAuditLog log, long first = 1, long? last = null, AuditHead? noted = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        var head = await log.Head(cancellation);
        var end = Math.Min(last ?? head.Number, head.Number);
        if (noted is { Number: > 0 })
        {
            if (noted.Number > head.Number) return new AuditCheck(head, head.Number + 1, "missing");
            if (await log.After(noted.Number - 1, 1, cancellation) is not [var then] || then.Number != noted.Number || then.Hash != noted.Hash)
                return new AuditCheck(head, noted.Number, "not-as-noted");
        }

        var previous = AuditHead.Nothing.Hash;
        if (first > 1)
        {
            if (await log.After(first - 2, 1, cancellation) is not [var before] || before.Number != first - 1) return new AuditCheck(head, first - 1, "missing");
            previous = before.Hash;
        }

        for (var number = first; number <= end;)
        {
            var page = await log.After(number - 1, (int)Math.Min(PageOfCheck, end - number + 1), cancellation);
            if (page.Count == 0) return new AuditCheck(head, number, "missing");
            foreach (var entry in page)
            {
                if (entry.Number != number) return new AuditCheck(head, number, "missing");
                if (entry.Previous != previous) return new AuditCheck(head, number, "not-chained");
                if (entry.Hash != HashOf(entry)) return new AuditCheck(head, number, "changed");
                previous = entry.Hash;
                number++;
            }
        }
        return end == head.Number && first <= end && previous != head.Hash ? new AuditCheck(head, end, "not-the-head") : new AuditCheck(head, null, null);
    }

    private static void Put(MemoryStream bytes, string? field)
    {
        if (field is null)
        {
            bytes.WriteByte((byte)'-');
            return;
        }
        var utf8 = Utf8.GetBytes(field);
        bytes.Write(Encoding.ASCII.GetBytes(utf8.Length.ToString(CultureInfo.InvariantCulture)));
        bytes.WriteByte((byte)':');
        bytes.Write(utf8);
        bytes.WriteByte((byte)',');
    }
}

/// <summary>What a check of the chain found.</summary>
/// <param name="Head">The end of the chain when the check began.</param>
/// <param name="BrokenAt">Number of the first entry that is not as it was written; null if there is none.</param>
/// <param name="Problem"><c>missing</c>, <c>changed</c>, <c>not-chained</c>, <c>not-the-head</c> or <c>not-as-noted</c>; null if there is none.</param>
public sealed record AuditCheck(AuditHead Head, long? BrokenAt, string? Problem)
{
    public bool Ok => BrokenAt is null;
}
