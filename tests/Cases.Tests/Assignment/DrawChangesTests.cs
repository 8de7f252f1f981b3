using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Cases.Assignment;
using Cluster.Dealing;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>A draw is kept as what changed since the one before, and is published in whole.</summary>
public sealed class DrawChangesTests
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_published_is_byte_for_byte_what_was_drawn(ulong seed)
    {
        var draws = Draws(seed, 120);
        var (kept, wholes, expansion) = (new List<string>(), new List<string>(), new DrawsInFull());
        for (var i = 0; i < draws.Count; i++)
        {
            // A department that starts anew does not know the draw before.
            var before = i % 25 == 0 ? null : draws[i - 1].Result;
            var written = Written(json => DrawDay.Write(json, draws[i], before));
            kept.Add(written);
            wholes.Add(Written(json => DrawDay.Write(json, draws[i])));
            Assert.Equal(wholes[i], Written(json => expansion.Write(json, JsonDocument.Parse(written).RootElement)));
        }

        Assert.True(kept.Sum(k => k.Length) < wholes.Sum(w => w.Length) / 2, $"{kept.Sum(k => k.Length)} of {wholes.Sum(w => w.Length)}");
        Assert.Contains(kept, k => k.Contains("\"not\":[\"", StringComparison.Ordinal)); // somebody left
    }

    [Fact]
    public void A_day_of_which_a_part_was_kept_in_whole_before_goes_on()
    {
        var draws = Draws(7, 10);
        var expansion = new DrawsInFull();
        for (var i = 0; i < draws.Count; i++)
        {
            var written = Written(json => DrawDay.Write(json, draws[i], i < 5 ? null : draws[i - 1].Result));
            Assert.Equal(Written(json => DrawDay.Write(json, draws[i])), Written(json => expansion.Write(json, JsonDocument.Parse(written).RootElement)));
        }
    }

    [Fact]
    public void A_draw_of_which_most_has_changed_is_kept_in_whole()
    {
        var (one, other) = (Draw.Run(Of(Prosecutor("a"), Prosecutor("b"))), Draw.Run(Of(Prosecutor("c"), Prosecutor("d"))));

        Assert.Equal(Written(json => DrawDay.Write(json, new(2, "c-1", other))), Written(json => DrawDay.Write(json, new(2, "c-1", other), one)));
    }

    /// <summary>People come and go, fall ill and are recused; the strategy changes now and then.</summary>
    private static List<NumberedDraw> Draws(ulong seed, int count)
    {
        var dice = new Dice(seed);
        var carried = new Dictionary<string, decimal>();
        var draws = new List<NumberedDraw>();
        Turn? last = null;
        var (people, away) = (40, 7);
        var strategy = DrawStrategy.Balanced;
        for (var number = 1; number <= count; number++)
        {
            if (number % 10 == 0) (people, away) = (30 + dice.Below(20), dice.Below(30));
            if (number % 30 == 0) strategy = new[] { DrawStrategy.Balanced, DrawStrategy.Random, DrawStrategy.InTurns(2) }[dice.Below(3)];
            RosterEntry[] roster = [.. Enumerable.Range(0, people).Select(i => Prosecutor($"人{i:00}\"\\") with { OnDuty = i != away, Absences = i == 3 ? [new(Day.AddDays(5), null, null)] : [] })];
            var weight = dice.Below(500) / 100m;
            var result = Draw.Run(Of(roster).By(strategy) with
            {
                Number = number,
                Case = $"c-{number}",
                Weight = (double)weight,
                Loads = carried,
                LastTurn = last,
                Excluded = dice.Below(4) == 0 ? [new Exclusion($"人{dice.Below(people):00}\"\\", "recused")] : [],
            });
            last = Turn.After(last, result.Chosen!, strategy.Each);
            carried[result.Chosen!] = carried.GetValueOrDefault(result.Chosen!) + weight;
            draws.Add(new(number, $"c-{number}", result));
        }

        return draws;
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Relaxed)) write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
