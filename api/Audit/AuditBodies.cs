using Cluster.Contracts.Storage;

namespace Cluster.Api.Audit;

/// <summary>A page of the audit log.</summary>
/// <param name="Items">The latest first.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
internal sealed record AuditPage(IReadOnlyList<AuditBody> Items, string? Next);

/// <summary>An entry of the audit log.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">When it was written, by the real clock, UTC, milliseconds: the text that is hashed.</param>
/// <param name="Actor">The account; null for the system itself and for a login that failed.</param>
/// <param name="Roles">The roles that allowed it; all of the account's where none is asked for, or where it was refused.</param>
/// <param name="Action">A stable code.</param>
/// <param name="Target">On what: `case:ID`, `account:NAME`, `department:ID`, …</param>
/// <param name="Procuratorate">The office of the target where it is known, else of the account.</param>
/// <param name="Outcome">`begun` (an act is about to be done), `ok`, `refused`, `invalid` or `failed`.</param>
/// <param name="Address">The network address it came from.</param>
/// <param name="Request">Entries of one request share it.</param>
/// <param name="Detail">Codes, ids and counts by name.</param>
/// <param name="Previous">Hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over the fields and `previous`.</param>
internal sealed record AuditBody(
    long Number, string At, string? Actor, IReadOnlyList<string> Roles, string Action, string? Target, string? Procuratorate, string Outcome, string? Address,
    string? Request, IReadOnlyDictionary<string, string> Detail, string Previous, string Hash)
{
    public static AuditBody Of(AuditEntry entry) => new(
        entry.Number, AuditChain.Text(entry.At), entry.Act.Actor, entry.Act.Roles, entry.Act.Action, entry.Act.Target, entry.Act.Procuratorate, entry.Act.Outcome,
        entry.Act.Address, entry.Act.Request, entry.Act.Detail, entry.Previous, entry.Hash);
}

/// <summary>What a check of the chain found.</summary>
/// <param name="Ok">Whether every entry looked at is as it was written.</param>
/// <param name="Entries">How many entries the log had when the check began.</param>
/// <param name="Head">Hash of the last of them: note it with their number, and a later check can be told.</param>
/// <param name="BrokenAt">Number of the first entry that is not as it was written.</param>
/// <param name="Problem">`missing`, `changed`, `not-chained`, `not-the-head` (the end of the chain is not the one the store noted) or `not-as-noted`.</param>
internal sealed record AuditVerification(bool Ok, long Entries, string Head, long? BrokenAt, string? Problem);
