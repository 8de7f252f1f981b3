namespace Cluster.Cases.Rules.Cards;

/// <summary>Conditions on the charges of a card: <c>{charges: card.latest, some: {articles: [312]}}</c>.</summary>
internal static class ChargeConditions
{
    /// <summary>A condition on one charge; false for one that is in no official list.</summary>
    private delegate bool ChargeTest(Charge charge, in Scope scope);

    public static Predicate Read(Yaml yaml)
    {
        var entries = yaml.Entries.ToArray();
        if (entries.Length != 2) throw yaml.Wrong("charges and one of some, every, none, sameAs, subsetOf, coveredBySuspects, citedIn expected");
        var charges = ChargeSets.Of(entries[0].Value);
        var (key, value) = entries[1];
        switch (key)
        {
            case "some":
                var one = Test(value);
                return (in Scope s) => Count(charges, one, s) is { Met: > 0 };
            case "every":
                var all = Test(value);
                return (in Scope s) => Count(charges, all, s) is { Met: > 0, Unmet: 0, Unknown: 0 };
            case "none":
                var none = Test(value);
                return (in Scope s) => Count(charges, none, s) is { Met: 0, Unmet: > 0, Unknown: 0 };
            case "notEvery":
                var most = Test(value);
                return (in Scope s) => Count(charges, most, s) is { Unmet: > 0 };
            case "sameAs":
                var other = ChargeSets.Of(value);
                return (in Scope s) => Compare(charges.Read(s), other.Read(s)) is { } c && c == (true, true);
            case "differFrom":
                var different = ChargeSets.Of(value);
                return (in Scope s) => Compare(charges.Read(s), different.Read(s)) is { } c && c != (true, true);
            case "notIn":
                var wider = ChargeSets.Of(value);
                return (in Scope s) => Compare(charges.Read(s), wider.Read(s)) is { Within: false };
            case "notOfSuspects":
                var own = ChargeSets.Of(value);
                return (in Scope s) => NotOfSuspects(charges, own, s);
            default:
                throw value.Wrong($"unknown condition '{key}' on charges");
        }
    }

    private static (int Met, int Unmet, int Unknown) Count(ChargeSets charges, ChargeTest test, in Scope scope)
    {
        var (met, unmet, unknown) = (0, 0, 0);
        foreach (var name in charges.Read(scope))
        {
            if (ChargeNames.Find(name) is not { } charge) unknown++;
            else if (test(charge, scope)) met++;
            else unmet++;
        }

        return (met, unmet, unknown);
    }

    /// <summary>Whether each set lies in the other; null where one is not filled in.</summary>
    private static (bool Within, bool Around)? Compare(List<string> left, List<string> right) => left.Count == 0 || right.Count == 0
        ? null
        : (left.TrueForAll(right.Contains), right.TrueForAll(left.Contains));

    /// <summary>Whether the whole case names a charge that no suspect has. Not asked before every suspect has some.</summary>
    private static bool NotOfSuspects(ChargeSets charges, ChargeSets own, in Scope scope)
    {
        var union = new List<string>();
        foreach (var suspect in scope.State.Suspects)
        {
            var his = own.Read(scope.With(suspect));
            if (his.Count == 0) return false;
            union.AddRange(his);
        }

        return union.Count > 0 && charges.Read(scope).Exists(c => !union.Contains(c));
    }

    private static ChargeTest Test(Yaml yaml)
    {
        var tests = yaml.Entries.Select(e => One(e.Key, e.Value)).ToArray();
        return (Charge c, in Scope s) =>
        {
            foreach (var test in tests)
            {
                if (!test(c, s)) return false;
            }

            return true;
        };
    }

    private static ChargeTest One(string key, Yaml value)
    {
        switch (key)
        {
            case "articles":
                var ranges = value.OneOrMore.Select(Range).ToArray();
                return (Charge c, in Scope _) => c.Articles.Any(a => Array.Exists(ranges, r => Order(a) >= r.From && Order(a) <= r.Until));
            case "chapters":
                var chapters = value.OneOrMore.Select(v => v.Number).ToArray();
                return (Charge c, in Scope _) => Array.IndexOf(chapters, c.ChapterNumber) >= 0;
            case "named":
                var names = value.OneOrMore.Select(v => ChargeNames.Find(v.Text)?.Name ?? throw v.Wrong($"unknown charge '{v.Text}'")).ToArray();
                return (Charge c, in Scope _) => Array.IndexOf(names, c.Name) >= 0;
            case "negligent":
                return Flag(value, c => c.Negligent);
            case "duty":
                return Flag(value, c => c.IsDutyCrime);
            case "ownInvestigation":
                return Flag(value, c => c.OwnInvestigation);
            case "fromFourteen":
                return Flag(value, c => c.FromFourteen);
            case "fromTwelve":
                return Flag(value, c => c.FromTwelve);
            case "fine":
                var fine = Enum.TryParse<FineDuty>(value.Text, ignoreCase: true, out var duty) ? duty : throw value.Wrong("none, may or must expected");
                return (Charge c, in Scope s) => (PersonDates.Crime(s) is { } day ? c.FineOn(day) : c.Fine) == fine;
            case "repealedOn":
                var on = PredicateReader.Field(value);
                return (Charge c, in Scope s) => PredicateReader.DateOf(on(s)) is { } day && c.Until <= day;
            case "citedIn":
                var cited = PredicateReader.Field(value);
                return (Charge c, in Scope s) => cited(s).AsText() is { Length: > 0 } text && c.CitedIn(CriminalLaw.Articles(text)) != false;
            default:
                throw value.Wrong($"unknown condition '{key}' on a charge");
        }
    }

    private static ChargeTest Flag(Yaml value, Func<Charge, bool> flag)
    {
        var wanted = value.True;
        return (Charge c, in Scope _) => flag(c) == wanted;
    }

    /// <summary><c>264</c>, <c>224-1</c> or a range with what was inserted into it: <c>213..219</c>.</summary>
    private static (int From, int Until) Range(Yaml value)
    {
        var ends = value.Text.Split("..");
        return (Place(value, ends[0], 0), Place(value, ends[^1], ends.Length > 1 ? 99 : 0));
    }

    private static int Place(Yaml value, string text, int inserted)
    {
        var parts = text.Split('-');
        return int.TryParse(parts[0], out var number) && (parts.Length == 1 || int.TryParse(parts[1], out inserted))
            ? Order(new ArticleNumber(number, inserted))
            : throw value.Wrong("an article such as 264, 224-1 or 213..219 expected");
    }

    private static int Order(ArticleNumber article) => article.Number * 100 + article.Inserted;
}
