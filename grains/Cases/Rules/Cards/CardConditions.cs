namespace Cluster.Cases.Rules.Cards;

/// <summary>Conditions over several fields of cards at once.</summary>
internal static class CardConditions
{
    private static readonly char[] Signs = ['、', ';', '；', ',', '，', '|', ' '];

    /// <summary>Null for a condition that is none of these.</summary>
    public static Predicate? Read(Yaml yaml, string key, Yaml value) => key switch
    {
        "order" => Order(value),
        "anyCardDate" => Dates(value),
        "charges" => ChargeConditions.Read(yaml),
        "values" => Values(yaml),
        "moreThanRounds" => Rounds(value),
        "outsideBand" => PenaltyRange.Read(value),
        _ => null,
    };

    private static Predicate Order(Yaml value)
    {
        var order = new DateOrder(value);
        return (in Scope s) => order.IsBroken(s);
    }

    private static Predicate Dates(Yaml value)
    {
        var dates = new CardDates(value);
        return (in Scope s) => dates.IsWrong(s);
    }

    /// <summary>Two fields with several values each are filled in and do not name the same.</summary>
    private static Predicate Values(Yaml yaml)
    {
        yaml.Only("values", "differFrom");
        var (left, right) = (PredicateReader.Field(yaml.Need("values")), PredicateReader.Field(yaml.Need("differFrom")));
        return (in Scope s) =>
        {
            var (a, b) = (Parts(left(s).AsText()), Parts(right(s).AsText()));
            return a.Count > 0 && b.Count > 0 && !a.SetEquals(b);
        };
    }

    private static HashSet<string> Parts(string text) => [.. text.Split(Signs, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>
    /// More extensions than there were rounds to extend: the first, one after each return, after a change of jurisdiction and after a merge
    /// (CPL 172). What the events tell of returns counts too.
    /// </summary>
    private static Predicate Rounds(Yaml value)
    {
        value.Only("extensions", "returns", "resubmitted", "transferred", "merged");
        var extensions = PredicateReader.Field(value.Need("extensions"));
        var returns = PredicateReader.Field(value.Need("returns"));
        Operand[] dates = [.. value.Need("resubmitted").Items.Select(PredicateReader.Field)];
        Operand[] more = [PredicateReader.Field(value.Need("transferred")), PredicateReader.Field(value.Need("merged"))];
        return (in Scope s) =>
        {
            var back = 0;
            foreach (var date in dates)
            {
                if (PredicateReader.DateOf(date(s)) is not null) back++;
            }

            if (PredicateReader.NumberOf(returns(s)) is var told && told > back) back = (int)told;
            double rounds = 1 + Math.Max(back, s.State.ReturnsUntil(s.Instant));
            foreach (var field in more)
            {
                var said = field(s);
                rounds += PredicateReader.NumberOf(said) is var number && number > 0 ? number : said.Text == "是" ? 1 : 0;
            }

            return PredicateReader.NumberOf(extensions(s)) > rounds;
        };
    }
}
