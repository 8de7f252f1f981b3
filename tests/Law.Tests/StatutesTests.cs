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
    public void The_table_holds_all_145_limits_in_order()
    {
        Assert.Equal(
            [.. Numbered('A', 38), .. Numbered('B', 33), .. Numbered('C', 23), .. Numbered('D', 51)],
            Statutes.Default.All.Select(limit => limit.Id));
        Assert.Equal(145, Statutes.Default.All.Count);

        static IEnumerable<string> Numbered(char part, int count) => Enumerable.Range(1, count).Select(n => $"T-{part}{n:00}");
    }

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
        Assert.Matches("^((CPL|R|PSB|SL|BAIL|CUST|CIV|CSR|ASR|PIL|PILI|SUGG|SCL) [0-9]+(-[0-9]+)?|REPLY22$|policy$|人民检察院.+ 20[0-9]{2}$)", limit.Basis);
        Assert.InRange(limit.EffectiveFrom, new DateOnly(2013, 1, 1), new DateOnly(2026, 1, 1));
        int longest = ((Period[])[limit.Length, .. limit.Variants.Values, limit.Before ?? limit.Length]).Max(Hours);
        Assert.All(limit.Leads, lead => Assert.True(lead.Amount == 0 || Hours(lead) < longest || limit.Before is not null, $"{id} warns {lead} before its end"));
        if (limit.Note is { } note) Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", note.Zh);
    }

    [Fact]
    public void What_was_not_read_says_so() =>
        Assert.Equal(
            ["T-D16", "T-D18", "T-D47", "T-D49"],
            Statutes.Default.All.Where(limit => limit.Source == "memory").Select(limit => limit.Note is null ? limit.Id + " without a note" : limit.Id));

    [Theory]
    [InlineData("CPL", "2018-10-26")]
    [InlineData("R", "2019-12-30")]
    [InlineData("PSB", "2020-09-01")]
    [InlineData("CIV", "2024-01-01")]
    [InlineData("CSR", "2021-08-01")]
    [InlineData("ASR", "2021-09-01")]
    [InlineData("PIL", "2021-07-01")]
    [InlineData("SUGG", "2019-02-26")]
    [InlineData("SCL", "2013-01-01")]
    [InlineData("SL", "2025-06-01")]
    public void A_limit_is_in_force_since_the_text_of_its_first_article(string instrument, string from)
    {
        var limits = Statutes.Default.All.Where(limit => limit.Basis.StartsWith(instrument + " ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(limits);
        Assert.All(limits, limit => Assert.Equal(DateOnly.Parse(from), limit.EffectiveFrom));
    }

    private static int Hours(Period period) => period.Amount * period.Unit switch
    {
        PeriodUnit.Hours => 1,
        PeriodUnit.Months => 24 * 30,
        PeriodUnit.Years => 24 * 365,
        _ => 24,
    };

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
    [InlineData("T-C02", "2m", "3m", "3m", null)]
    [InlineData("T-C03", "20d", "1m", "15d", null)]
    [InlineData("T-C04", "10d", "15d", "", null)]
    [InlineData("T-C06", "5d", "0d", "", "calendar")]
    [InlineData("T-C07", "1m", "", "", "calendar")]
    [InlineData("T-C08", "2m", "", "2m", null)]
    [InlineData("T-C09", "10d", "5d", "", "calendar")]
    [InlineData("T-C12", "3m", "6m", "", "calendar")]
    [InlineData("T-C15", "20d", "1m", "", "calendar")]
    [InlineData("T-C16", "10d", "", "10d", "calendar")]
    [InlineData("T-C19", "10d", "30d", "", "calendar")]
    [InlineData("T-C20", "7d", "", "", "custody")]
    [InlineData("T-D05", "7d", "15d", "", "calendar")]
    [InlineData("T-D11", "7d", "3m", "", "calendar")]
    [InlineData("T-D13", "10d", "15d", "", "calendar")]
    [InlineData("T-D16", "3m", "", "3m", "calendar")]
    [InlineData("T-D17", "2m", "10d 30d", "", "calendar")]
    [InlineData("T-D18", "10wd", "", "", "workdays")]
    [InlineData("T-D25", "3m", "", "", "calendar")]
    [InlineData("T-D29", "15d", "30d", "", "calendar")]
    [InlineData("T-D34", "3d", "5d", "", "calendar")]
    [InlineData("T-D35", "2m", "15d", "", "calendar")]
    [InlineData("T-D36", "1m", "", "1m", "calendar")]
    [InlineData("T-D38", "3m", "", "1m", "calendar")]
    [InlineData("T-D39", "5d", "3d", "", "calendar")]
    [InlineData("T-D46", "24h", "", "", "hours")]
    [InlineData("T-D49", "3wd", "", "", "workdays")]
    [InlineData("T-D50", "3m", "", "3m", "custody")]
    [InlineData("T-D51", "6m", "1y 2y", "6m", "calendar")]
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
    [InlineData("T-C07", "7d 3d")]
    [InlineData("T-C11", "2d 1d")]
    [InlineData("T-D25", "15d 7d 3d")]
    [InlineData("T-D26", "5d 2d")]
    [InlineData("T-D48", "3d 1d")]
    [InlineData("T-D50", "")]
    public void A_limit_warns_with_its_leads(string id, string leads) =>
        Assert.Equal(leads, string.Join(' ', Get(id).Leads));

    [Theory]
    [InlineData("T-A18", "7d")]
    [InlineData("T-A24", "15d")]
    [InlineData("T-B30", "7d")]
    [InlineData("T-A33", null)]
    [InlineData("T-C05", "10d")]
    [InlineData("T-D27", "3d")]
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
