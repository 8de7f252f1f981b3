using System.Text;
using Cluster.Fuzz.Grammar;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Episodes;

/// <summary>The bodies of every endpoint that takes one, but for events and rules.</summary>
internal static class BodyEpisodes
{
    public static List<Step> Make(Dice dice, string mark)
    {
        var mutator = new Mutator(dice, mark);
        var steps = new List<Step>();
        for (int i = dice.Between(5, 25); i > 0; i--) steps.Add(Ask(dice, mutator, mark));
        return steps;
    }

    private static Step Ask(Dice dice, Mutator mutator, string mark)
    {
        (string method, string target, string template, Node body) = dice.Below(20) switch
        {
            < 5 => ("POST", "/api/deadlines/compute", "/api/deadlines/compute", Deadline(dice)),
            < 7 => ("PUT", "/api/procuratorates/" + Id(dice, mark), "/api/procuratorates/{code}", Procuratorate(dice, mark)),
            < 9 => ("PUT", "/api/departments/" + Id(dice, mark), "/api/departments/{id}", Department(dice, mark)),
            < 11 => ("PUT", "/api/prosecutors/" + Id(dice, mark), "/api/prosecutors/{id}", Prosecutor(dice, mark)),
            < 13 => ("PUT", "/api/users/" + Id(dice, mark), "/api/users/{name}", User(dice, mark)),
            13 => ("DELETE", "/api/users/" + Id(dice, mark), "/api/users/{name}", new Table()),
            14 => ("POST", "/api/login", "/api/login", Login(dice, mark)),
            15 => ("POST", "/api/password", "/api/password", new Table().With("current", Text(dice, "wrong password")).With("new", Text(dice, "another password"))),
            16 => ("POST", "/api/setup/complete", "/api/setup/complete", new Table().With("systemAdmin", "u" + mark).With("securityAdmin", Text(dice, "u" + mark)).With("auditor", Text(dice, "n" + mark))),
            17 => ("POST", dice.One("/api/rules/drafts/none/", "/api/rules/drafts/" + mark + "/", $"/api/rules/drafts/d-{dice.Between(1, 30)}/") + dice.One("shadow", "publish", "rollback", "backtest"), "", Act(dice)),
            18 => ("POST", "/api/logout", "/api/logout", new Table()),
            _ => ("POST", "/api/departments/422826-1/assignments/preview", "/api/departments/{id}/assignments/preview", new Table().With("case", Text(dice, mark))),
        };
        if (template.Length == 0) template = "/api/rules/drafts/{id}/" + target[(target.LastIndexOf('/') + 1)..];
        if (dice.Percent(60)) body = mutator.Change(body);
        string text = dice.Percent(2) ? dice.One("", "null", "[]", "\"\"", "1", Values.Deep(dice), "{\"a\":" + new string(' ', 1_100_000) + "1}") : body.ToString();
        return new Step
        {
            Method = method,
            Target = target,
            Template = template,
            ContentType = dice.Percent(96) ? "application/json" : dice.One(null, "", "text/plain", "application/json; charset=latin1", "application/x-www-form-urlencoded", "application/json;", "application/jsön"),
            Body = dice.Percent(6) ? mutator.Damage(text) : Encoding.UTF8.GetBytes(text),
            // Nobody whose session others need logs out or ends.
            As = target == "/api/logout" ? dice.One(null, "no such token") : dice.Percent(85) ? "admin" : dice.One([.. World.Accounts, null]),
        };
    }

    private static string Id(Dice dice, string mark)
    {
        if (dice.Percent(75)) return dice.One("u", "n", "") + mark;
        string odd = Values.OddText(dice);
        return Uri.EscapeDataString((odd.Length > 300 ? odd[..300] : odd) + mark) + dice.One("", "%", "%zz", "/", "/x", "%2F", "%00", "%ED%A0%80");
    }

    private static Leaf Text(Dice dice, string usual) => Node.Text(dice.Percent(75) ? usual : Values.OddText(dice));

    private static Table Deadline(Dice dice)
    {
        Table body = new Table().With("limit", Text(dice, dice.One(Vocabulary.Limits))).With("start", Node.Text(dice.Percent(60) ? Values.DateText(dice) : dice.Percent(50) ? Values.InstantText(dice) : Values.OddTime(dice)));
        if (dice.Percent(40)) body.With("custody", Node.Bool(dice.Percent(50)));
        if (dice.Percent(30)) body.With("variant", Text(dice, dice.One("10d", "15d", "1m", "14d", "37d")));
        if (dice.Percent(40)) body.With("extensions", Node.Texts(Enumerable.Range(0, Many(dice)).Select(_ => dice.Percent(80) ? dice.One("15d", "1m", "2m", "24h", "7d", "1y", "3wd") : dice.One("99999d", "99999m", "99999y", "99999h", "99999wd", "0d", "-1d", "1", "d", "1D", "١d"))));
        if (dice.Percent(40))
        {
            body.With("excluded", new Row([.. Enumerable.Range(0, Many(dice)).Select(Node (_) =>
                new Table().With("from", Node.Text(Values.DateText(dice))).With("until", Node.Text(dice.Percent(80) ? dice.One("2026-03-01", "2026-12-31", "2100-12-31") : Values.OddTime(dice))))]));
        }
        return body;
    }

    private static int Many(Dice dice) => dice.Percent(97) ? dice.Below(5) : dice.One(50, 2_000, 10_000);

    private static Table Procuratorate(Dice dice, string mark)
    {
        Table body = new Table().With("name", Text(dice, "县院")).With("level", Text(dice, dice.One("national", "province", "city", "county")));
        if (dice.Percent(60)) body.With("parent", Text(dice, dice.One("4228", "u" + mark, "n" + mark, mark, "nowhere")));
        if (dice.Percent(30)) body.With("reports", new Table().With("on", Node.Texts(dice.One(Vocabulary.Steps), dice.One(Vocabulary.Words))).With("off", Node.Texts(dice.One(Vocabulary.Types).Type)));
        return body;
    }

    private static Table Department(Dice dice, string mark)
    {
        Table body = new Table().With("name", Text(dice, "第二检察部")).With("procuratorate", Text(dice, dice.One("422826", "u" + mark, mark)));
        if (dice.Percent(50)) body.With("caseTypes", Node.Texts("PRO", "ARR", dice.One(Vocabulary.Words)));
        if (dice.Percent(30)) body.With("strategy", Text(dice, dice.One("balanced", "random", "turns:2", "rotation")));
        return body;
    }

    private static Table Prosecutor(Dice dice, string mark)
    {
        Table body = new Table().With("name", Text(dice, Values.Person(dice))).With("department", Text(dice, dice.One("u" + mark, mark, "n" + mark)));
        if (dice.Percent(40)) body.With("capacity", new Leaf(dice.One("1", "0.5", "10", "0", "-1", "10.0000001", "1e-320", "1e999", "\"1\"")));
        if (dice.Percent(30)) body.With("role", Text(dice, dice.One("prosecutor", "head", "leader", "newcomer")));
        if (dice.Percent(30)) body.With("absences", new Row([new Table().With("from", Node.Text(Values.DateText(dice))).With("until", Node.Text(Values.DateText(dice))).With("reason", Text(dice, "病"))]));
        if (dice.Percent(20)) body.With("specialties", Node.Texts("未检")).With("recusals", Node.Texts(mark)).With("onDuty", Node.Bool(false));
        return body;
    }

    private static Table User(Dice dice, string mark)
    {
        Table body = new Table();
        if (dice.Percent(80)) body.With("password", Text(dice, "a long password " + Values.Secret));
        if (dice.Percent(60)) body.With("roles", Node.Texts(Enumerable.Range(0, dice.Below(4)).Select(_ => dice.Percent(90) ? dice.One("handler", "head", "monitor", "leader", "superior", "sender", "system-admin", "auditor") : Values.OddText(dice))));
        if (dice.Percent(50)) body.With("procuratorate", Text(dice, dice.One("422826", mark)));
        if (dice.Percent(30)) body.With("department", Text(dice, "422826-1")).With("prosecutor", Text(dice, "p1"));
        if (dice.Percent(30)) body.With("mustChangePassword", Node.Bool(dice.Percent(50)));
        return body;
    }

    private static Table Login(Dice dice, string mark) =>
        new Table().With("user", Text(dice, dice.One("u" + mark, "n" + mark))).With("password", Text(dice, "a long password " + Values.Secret));

    private static Table Act(Dice dice) => dice.Below(3) switch
    {
        0 => new Table().With("on", Node.Bool(dice.Percent(50))),
        1 => new Table().With("effectiveFrom", Node.Text(Values.DateText(dice))),
        _ => new Table().With("reason", Text(dice, "错了")),
    };
}
