using System.Diagnostics;
using System.Text;
using Cluster.Cases.Rules;

namespace Cases.Tests.Authoring;

/// <summary>Whatever somebody sends as a rule file is taken or refused, and in bounded time.</summary>
public sealed class MutationTests
{
    private static readonly string[] Scraps =
    [
        "", " ", "\n", "  ", "- ", ": ", "[", "]", "{", "}", "\"", "'", "&a", "*a", "!!x", "|", ">", "#", "---\n", "...\n", "\u0000", "\u2028", "\ud83d", "%YAML 9\n", "? ", "<<: ",
        "null", "~", "true", "99999d", "0d", "-1", "9999-12-31", "1e999", "case.accepted", "suspect.custody", "field", "when", "any", "all", "not", "anySuspect", "2026-02-29", "人民",
    ];

    [Theory]
    [InlineData(20261122UL)]
    [InlineData(7UL)]
    public void A_mutated_file_is_taken_or_refused_and_nothing_else(ulong seed)
    {
        var random = new Lot(seed);
        var files = ShippedFiles.Rules.Values.ToArray();
        var (taken, refused) = (0, 0);
        for (var i = 0; i < 2_000; i++)
        {
            var yaml = Mutate(Rule(files[random.Next(files.Length)], random), files, random);
            var started = Stopwatch.GetTimestamp();
            try
            {
                OfficeRules.Read(yaml, Catalogue.Default);
                taken++;
            }
            catch (CatalogueException e)
            {
                Assert.All(e.Errors, error => Assert.True(error.Line >= 1 && error.Reason.Length > 0));
                refused++;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), yaml);
        }

        // Both must happen, or the mutations test nothing.
        Assert.InRange(taken, 1, int.MaxValue);
        Assert.InRange(refused, 100, int.MaxValue);
    }

    /// <summary>A few rules of a file, so that a mutation is not lost in a crowd.</summary>
    private static string Rule(string file, Lot random)
    {
        var parts = file.Split("\n- ");
        return "- " + string.Join("\n- ", Enumerable.Range(0, random.Next(1, 3)).Select(_ => parts[random.Next(Math.Min(1, parts.Length - 1), parts.Length)])) + "\n";
    }

    private static string Mutate(string yaml, string[] files, Lot random)
    {
        var text = new StringBuilder(yaml);
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(text.Length - at, random.Next(0, 12));
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Scraps[random.Next(Scraps.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(random.Next(2) == 0 ? 128 : 65536);
                    break;
                case 3:
                    var other = files[random.Next(files.Length)];
                    var from = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(from, Math.Min(60, other.Length - from)));
                    break;
                default:
                    text.Remove(at, length).Insert(at, Scraps[random.Next(Scraps.Length)]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>The same numbers from the same seed, on every machine (xorshift).</summary>
    private sealed class Lot(ulong state)
    {
        public int Next(int below) => Next(0, below);

        public int Next(int from, int below)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return from + (int)((state >> 11) % (ulong)Math.Max(1, below - from));
        }
    }
}
