using System.Text.Json;

namespace Cluster.Cases.Assignment;

/// <summary>What a check of published days found.</summary>
/// <param name="Lines">One a fault or day that cannot be verified yet, then the sum of it all.</param>
/// <param name="ExitCode">0 if all that can be verified is as it should be, 1 if something is wrong, 2 if it could not be read.</param>
public sealed record DrawFileReport(IReadOnlyList<string> Lines, int ExitCode);

/// <summary>Checks published days of draws, with nothing but what was published: the answer of <c>GET /api/departments/{id}/draws</c>, or one day of it.</summary>
public static class DrawFile
{
    /// <summary>Largest file that is read, bytes.</summary>
    public const int MostBytes = 64 << 20;

    // Some programs put it before what they save.
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Never throws on what is in the file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DrawFileReport Verify(Stream file)
    {
        if (ReadUpTo(file, MostBytes) is not { } bytes)
        {
            return Unreadable($"The file is larger than {MostBytes >> 20} MB; ask for fewer days at a time (from=, until=).");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0));
            return document.RootElement switch
            {
                { ValueKind: JsonValueKind.Object } day => Verify([day]),
                { ValueKind: JsonValueKind.Array } days => Verify([.. days.EnumerateArray()]),
                _ => Unreadable("The file holds neither a day of draws nor an array of days."),
            };
        }
        catch (JsonException e)
        {
            return Unreadable($"The file is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static DrawFileReport Verify(JsonElement[] days)
    {
        var lines = new List<string>();
        var (draws, rescored, open, faulty) = (0, 0, 0, 0);
        foreach (var day in days)
        {
            var name = NameOf(day);
            var faults = DrawVerifier.Verify(day);
            if (faults is [{ Code: "secret-missing" }])
            {
                open++;
                lines.Add($"{name}: not verifiable yet: the secret is told when the day is over.");
                continue;
            }

            var (all, told) = Count(day);
            draws += all;
            rescored += told;
            faulty += faults.Count;
            lines.AddRange(faults.Select(f => $"{name}{(f.Draw is { } number ? $"/{number}" : "")}: {InWords(f.Code)}"));
        }

        var verdict = faulty == 0 ? "all as they should be" : faulty == 1 ? "1 fault" : $"{faulty} faults";
        lines.Add($"{days.Length - open} days, {draws} draws ({rescored} with their scores recomputed): {verdict}; {open} days not verifiable yet.");
        return new(lines, faulty == 0 ? 0 : 1);
    }

    private static string InWords(string code) => code switch
    {
        "commitment" => "the secret is not the one that was committed to.",
        "number" => "the numbers do not go on from the draw before: one is left out, added or moved.",
        "order" => "the eligible are not in the order of their ids, or one is listed twice.",
        "policy" => "drawn by a policy that this program does not know; take a newer one.",
        "turn" => "it was not this prosecutor's turn.",
        "capacity" => "a capacity does not follow from the full one and the shares of it that are told.",
        "score" => "a score does not follow from loads, capacities and the weight of the case.",
        "u" => "the number u does not follow from the secret.",
        "chosen" => "the one chosen is not the one that u falls on.",
        _ => "this is not a day of draws as they are published.",
    };

    private static string NameOf(JsonElement day) =>
        day.ValueKind == JsonValueKind.Object && Text(day, "department") is { } department && Text(day, "date") is { } date ? $"{department} {date}" : "day";

    private static string? Text(JsonElement day, string name)
    {
        try
        {
            return day.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? OneLine(value.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            return null; // no Unicode
        }
    }

    // What comes from outside must not break the lines of a report, nor fill the screen.
    private static string OneLine(string text) => new([.. text.Take(64).Select(c => char.IsControl(c) ? ' ' : c)]);

    private static (int Draws, int Rescored) Count(JsonElement day) =>
        day.ValueKind == JsonValueKind.Object && day.TryGetProperty("draws", out var draws) && draws.ValueKind == JsonValueKind.Array
            ? (draws.GetArrayLength(), draws.EnumerateArray().Count(d => d.ValueKind == JsonValueKind.Object && d.TryGetProperty("policy", out _)))
            : (0, 0);

    private static DrawFileReport Unreadable(string why) => new([why], 2);

    private static byte[]? ReadUpTo(Stream file, int most)
    {
        using var read = new MemoryStream();
        var buffer = new byte[81_920];
        while (file.Read(buffer) is > 0 and var count)
        {
            if (read.Length + count > most)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }
}
