using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cluster.Contracts.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Grains.Tests.Storage;

/// <summary>What the hash of an entry covers.</summary>
public sealed class AuditChainTests
{
    // Texts that look like the encoding itself, and ones that differ by little.
    private static readonly Gen<string> Texts = Gen.Elements("", "-", ",", "a", "1:a,", "0:,", "a,1:b", "张三", "𠮷", "\ufffd", "2", "10");

    private static readonly Gen<string?> Optional = Gen.OneOf(Gen.Constant<string?>(null), Texts.Select(t => (string?)t));

    private static readonly Gen<AuditEntry> Entries =
        from number in Gen.Choose(1, 12)
        from at in Gen.Choose(0, 3)
        from actor in Optional
        from roles in Gen.ListOf(Texts, 2).Select(list => list.ToArray())
        from fewer in Gen.Choose(0, 2)
        from action in Texts
        from target in Optional
        from procuratorate in Optional
        from outcome in Texts
        from address in Optional
        from request in Optional
        from names in Gen.ListOf(Texts, 2)
        from values in Gen.ListOf(Texts, 2)
        from previous in Gen.Elements(AuditHead.Nothing.Hash, new string('f', 64))
        select new AuditEntry(
            number, DateTimeOffset.UnixEpoch.AddMilliseconds(at),
            new AuditAct
            {
                Actor = actor, Roles = [.. roles.Take(fewer)], Action = action, Target = target, Procuratorate = procuratorate, Outcome = outcome, Address = address, Request = request,
                Detail = names.Zip(values).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second),
            },
            previous, "");

    [Fact]
    public void No_two_entries_have_the_same_encoding() =>
        // Whatever can be read back from it was all in it.
        Prop.ForAll(Entries.ToArbitrary(), entry => Plain(Decode(AuditChain.Encode(entry))) == Plain(entry)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Two_entries_with_the_same_encoding_are_the_same() =>
        Prop.ForAll(Entries.Two().ToArbitrary(), pair => AuditChain.Encode(pair.Item1).AsSpan().SequenceEqual(AuditChain.Encode(pair.Item2)) == (Plain(pair.Item1) == Plain(pair.Item2)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void The_encoding_is_the_one_that_is_documented()
    {
        var entry = AuditChain.Next(AuditHead.Nothing, new DateTimeOffset(2026, 2, 9, 9, 30, 0, TimeSpan.FromHours(8)).AddTicks(9_999), new AuditAct
        {
            Actor = "王", Roles = ["handler", "head"], Action = "case.read", Target = "case:a", Outcome = "ok", Address = "::1", Request = "r",
            Detail = new Dictionary<string, string> { ["rows"] = "3", ["asOf"] = "" },
        });
        string encoded = "15:cluster-audit-1,1:1,24:2026-02-09T01:30:00.000Z,3:王,1:2,7:handler,4:head,9:case.read,6:case:a,-2:ok,3:::1,1:r,1:2,4:asOf,0:,4:rows,1:3,64:"
            + new string('0', 64) + ",";
        Assert.Equal(encoded, Encoding.UTF8.GetString(AuditChain.Encode(entry)));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(encoded))), entry.Hash);
    }

    [Fact]
    public void Bounds_leave_what_is_within_them_and_hold_for_everything()
    {
        Prop.ForAll(Entries.ToArbitrary(), entry => Plain(entry with { Act = entry.Act.Bounded() }) == Plain(entry)).QuickCheckThrowOnFailure();
        Prop.ForAll<string, string>((text, name) =>
        {
            var once = new AuditAct { Action = text ?? "", Actor = name, Target = text, Outcome = "ok", Detail = new Dictionary<string, string> { [name ?? ""] = text + text } }.Bounded();
            AuditChain.Next(AuditHead.Nothing, DateTimeOffset.UnixEpoch, once);
            return JsonSerializer.Serialize(once.Bounded()) == JsonSerializer.Serialize(once) && once.Action.Length <= AuditAct.LongestCode && !once.Action.Any(char.IsControl);
        }).QuickCheckThrowOnFailure();
    }

    private static string Plain(AuditEntry entry) => JsonSerializer.Serialize(entry with
    {
        Act = entry.Act with { Detail = new SortedDictionary<string, string>(entry.Act.Detail.ToDictionary(), StringComparer.Ordinal) },
    });

    // Reads the encoding by its documentation alone.
    private static AuditEntry Decode(byte[] encoded)
    {
        int at = 0;
        Assert.Equal("cluster-audit-1", Next());
        long number = long.Parse(Next()!, CultureInfo.InvariantCulture);
        var instant = DateTimeOffset.Parse(Next()!, CultureInfo.InvariantCulture);
        string? actor = Next();
        string[] roles = [.. Enumerable.Range(0, int.Parse(Next()!, CultureInfo.InvariantCulture)).Select(_ => Next()!)];
        string action = Next()!;
        string? target = Next(), procuratorate = Next();
        string outcome = Next()!;
        string? address = Next(), request = Next();
        var detail = new Dictionary<string, string>();
        for (int left = int.Parse(Next()!, CultureInfo.InvariantCulture); left > 0; left--)
        {
            string name = Next()!;
            detail.Add(name, Next()!);
        }
        string previous = Next()!;
        Assert.Equal(encoded.Length, at);
        return new AuditEntry(
            number, instant,
            new AuditAct { Actor = actor, Roles = roles, Action = action, Target = target, Procuratorate = procuratorate, Outcome = outcome, Address = address, Request = request, Detail = detail },
            previous, "");

        string? Next()
        {
            if (encoded[at] == '-')
            {
                at++;
                return null;
            }
            int colon = Array.IndexOf(encoded, (byte)':', at);
            int length = int.Parse(Encoding.ASCII.GetString(encoded, at, colon - at), CultureInfo.InvariantCulture);
            at = colon + 1 + length + 1;
            Assert.Equal((byte)',', encoded[at - 1]);
            return Encoding.UTF8.GetString(encoded, colon + 1, length);
        }
    }
}
