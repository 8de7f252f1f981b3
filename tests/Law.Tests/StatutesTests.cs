using System.Text;
using System.Text.Json;
using Cluster.Law;

namespace Law.Tests;

public sealed class StatutesTests
{
    public static TheoryData<string> Ids => [.. Statutes.Default.All.Select(limit => limit.Id)];

    private static Limit Get(string id) =>
        Statutes.Default.TryGet(id, out Limit? limit) ? limit : throw new InvalidOperationException(id);

    [Fact]
    public void The_table_holds_every_limit_of_arrest_review_and_review_for_prosecution() =>
        Assert.Equal(
            [.. Enumerable.Range(1, 38).Select(n => $"T-A{n:00}"), .. Enumerable.Range(1, 33).Select(n => $"T-B{n:00}"), "T-C09"],
            Statutes.Default.All.Select(limit => limit.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_limit_computes_or_says_why_not(string id)
    {
        Limit limit = Get(id);
        foreach (string? variant in (string?[])[null, .. limit.Variants.Keys])
        {
            var request = new ComputeRequest(id, LegalTime.StartOf(new DateOnly(2026, 2, 9)), false, variant, limit.Extensions, []);
            if (limit.Computable)
            {
                Computed computed = Calculator.Compute(Statutes.Default, HolidayCalendar.Default, request);
                Assert.True(computed.Due.DueOn >= new DateOnly(2026, 2, 9));
            }
            else
            {
                var e = Assert.Throws<ArgumentException>(() => Calculator.Compute(Statutes.Default, HolidayCalendar.Default, request));
                Assert.Equal("limit", e.ParamName);
                Assert.Contains(limit.NotComputable!.Value.Zh, e.Message, StringComparison.Ordinal);
                Assert.Contains(limit.NotComputable!.Value.En, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_limit_is_named_and_explained_in_both_languages(string id)
    {
        Limit limit = Get(id);
        foreach (LocalizedText text in (LocalizedText[])[limit.Name, limit.Start, limit.Article])
        {
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", text.Zh);
            Assert.Matches("^[A-Za-z]", text.En);
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", text.En);
        }
        Assert.Matches("^(CPL|R|PSB|BAIL|CUST|REPLY22)( [0-9]+(-[0-9]+)?)?", limit.Basis);
        Assert.Equal("read", limit.Source);
        Assert.InRange(limit.EffectiveFrom, new DateOnly(2018, 10, 26), new DateOnly(2026, 1, 1));
    }

    [Theory]
    [InlineData("T-A01", "3d", "4d 5d 6d 7d 30d", "4d", "custody")]
    [InlineData("T-A02", "7d", "", "", "custody")]
    [InlineData("T-A03", "15d", "20d", "", "calendar")]
    [InlineData("T-A05", "7d", "8d 9d 10d", "3d", "custody")]
    [InlineData("T-A07", "10d", "11d 12d 13d 14d", "4d", "custody")]
    [InlineData("T-A08", "24h", "", "", "hours")]
    [InlineData("T-A17", "2m", "", "1m 2m 2m", "custody")]
    [InlineData("T-A20", "48h", "", "", "hours")]
    [InlineData("T-A21", "12m", "", "", "calendar")]
    [InlineData("T-A22", "6m", "", "", "calendar")]
    [InlineData("T-A38", "12h", "24h", "", "hours")]
    [InlineData("T-B01", "3d", "", "", "calendar")]
    [InlineData("T-B05", "1m", "10d 15d", "15d", null)]
    [InlineData("T-B06", "10d", "15d", "", null)]
    [InlineData("T-B07", "0d", "", "", "calendar")]
    [InlineData("T-B09", "1m", "", "", null)]
    [InlineData("T-B10", "1m", "", "15d", null)]
    [InlineData("T-B11", "1m", "", "15d", null)]
    [InlineData("T-B13", "3wd", "", "", "workdays")]
    [InlineData("T-B20", "3m", "6m", "", "calendar")]
    [InlineData("T-B24", "6m", "7m 8m 9m 10m 11m 12m", "", "calendar")]
    [InlineData("T-B26", "30d", "", "15d", "calendar")]
    [InlineData("T-B32", "2y", "1y", "", "calendar")]
    public void A_limit_has_the_lengths_and_the_clock_of_its_article(string id, string length, string variants, string extensions, string? clock)
    {
        Limit limit = Get(id);
        Assert.Equal(Period.Parse(length), limit.Length);
        Assert.Equal(variants, string.Join(' ', limit.Variants.Keys));
        Assert.All(limit.Variants, pair => Assert.Equal(pair.Key, pair.Value.ToString()));
        Assert.Equal(extensions, string.Join(' ', limit.Extensions));
        Assert.Equal(clock, limit.Clock?.Name());
    }

    [Theory]
    [InlineData("T-B05", "10d 5d 3d 1d")]
    [InlineData("T-A17", "10d 7d 3d")]
    [InlineData("T-A08", "6h")]
    [InlineData("T-B32", "60d 30d")]
    [InlineData("T-A14", "")]
    public void A_limit_warns_with_its_leads(string id, string leads) =>
        Assert.Equal(leads, string.Join(' ', Get(id).Leads));

    [Theory]
    [InlineData("T-A18", "7d")]
    [InlineData("T-A24", "15d")]
    [InlineData("T-B30", "7d")]
    [InlineData("T-A33", null)]
    public void A_limit_that_counts_back_or_is_no_period_is_not_computable(string id, string? before)
    {
        Limit limit = Get(id);
        Assert.False(limit.Computable);
        Assert.Equal(before, limit.Before?.ToString());
    }

    [Fact]
    public void An_unknown_number_is_not_found() => Assert.False(Statutes.Default.TryGet("T-Z99", out _));

    [Fact]
    public void Clocks_are_named_in_json_as_in_text() =>
        Assert.Equal(
            """["custody","calendar","hours","workdays"]""",
            JsonSerializer.Serialize(Enum.GetValues<Clock>()));

    [Theory]
    [InlineData("{}", "table")]
    [InlineData("[{}]", "table")]
    [InlineData("""[{"length":"7 d",LIMIT}]""", "table")]
    [InlineData("""[{"length":"7d","unknown":1,LIMIT}]""", "table")]
    [InlineData("""[{LIMIT}]""", "needs a length")]
    [InlineData("""[{"length":"7d","computable":false,"notComputable":{"zh":"无","en":"none"},LIMIT}]""", "needs a length")]
    [InlineData("""[{"length":"24h",LIMIT}]""", "24h")]
    [InlineData("""[{"length":"7d","extensions":["1wd"],LIMIT}]""", "1wd")]
    [InlineData("""[{"length":"7d","leads":["1d","3d"],LIMIT}]""", "do not fall")]
    [InlineData("""[{"length":"7d","leads":["1m"],LIMIT}]""", "1m")]
    [InlineData("""[{"length":"7d",LIMIT},{"length":"7d",LIMIT}]""", "twice")]
    public void A_wrong_table_is_refused_with_the_reason(string json, string reason)
    {
        const string limit = """
            "id":"T-X","name":{"zh":"甲","en":"x"},"start":{"zh":"甲","en":"x"},"basis":"CPL 1","article":{"zh":"甲","en":"x"},
            "clock":"calendar","effectiveFrom":"2018-10-26","source":"read"
            """;
        byte[] bytes = Encoding.UTF8.GetBytes(json.Replace("LIMIT", limit, StringComparison.Ordinal));
        var e = Assert.Throws<FormatException>(() => Statutes.Parse(bytes));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_ones_own_can_be_loaded()
    {
        const string json = """
            [{"id":"T-X","name":{"zh":"甲","en":"x"},"start":{"zh":"甲","en":"x"},"basis":"CPL 1","article":{"zh":"甲","en":"x"},
              "clock":"by-custody","length":"7d","effectiveFrom":"2018-10-26","effectiveUntil":"2027-01-01","source":"memory"}]
            """;
        Statutes own = Statutes.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        Assert.True(own.TryGet("T-X", out Limit? limit));
        Assert.Null(limit.Clock);
        Assert.Equal(new DateOnly(2027, 1, 1), limit.EffectiveUntil);
    }
}
