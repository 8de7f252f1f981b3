using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Reads how clocks run.</summary>
internal static class ClockReader
{
    /// <summary>The binding of a statutory limit to the events of a case.</summary>
    public static ClockBinding ReadLimit(Yaml yaml, Statutes statutes)
    {
        yaml.Only(
            "limit", "act", "owedBy", "length", "caseTypes", "per", "runs", "gate", "start", "stop", "match", "early", "clock", "variants", "extend", "excludes", "numberFrom",
            "excludesPriorDetention", "endsOn", "accumulates");
        var limit = LimitOf(yaml, statutes);
        var clock = yaml.Get("clock") is { } own ? ClockOf(own) : limit.Clock;
        return Read(yaml, limit.Id, limit, LengthOf(yaml, limit), clock);
    }

    /// <summary>The limit of an entry.</summary>
    public static Limit LimitOf(Yaml yaml, Statutes statutes)
    {
        var id = yaml.Need("limit");
        return statutes.TryGet(id.Text, out var limit) ? limit : throw id.Wrong($"unknown limit '{id.Text}'");
    }

    /// <summary>A clock that a rule brings itself.</summary>
    public static ClockBinding ReadOwn(Yaml yaml, string id, string[] caseTypes)
    {
        yaml.Only("within", "clock", "per", "runs", "gate", "start", "stop", "match", "early", "variants", "extend", "excludes", "detail");
        var clock = yaml.Get("clock") is { } own ? ClockOf(own) : Clock.Calendar;
        return Read(yaml, id, null, PredicateReader.PeriodOf(yaml.Need("within")), clock, caseTypes);
    }

    private static ClockBinding Read(Yaml yaml, string id, Limit? limit, Period length, Clock? clock, string[]? caseTypes = null)
    {
        var extend = yaml.Get("extend");
        return new ClockBinding
        {
            Id = id,
            Limit = limit,
            Act = yaml.TextOf("act"),
            OwedBy = yaml.TextOf("owedBy"),
            Length = length,
            Clock = clock,
            CaseTypes = caseTypes ?? CatalogueReader.Texts(yaml.Get("caseTypes")),
            PerSuspect = yaml.TextOf("per") switch { null or "case" or "item" => false, "suspect" => true, _ => throw yaml.Need("per").Wrong("per is case, suspect or item") },
            Runs = yaml.TextOf("runs") switch
            {
                null or "once" => Runs.Once,
                "each" => Runs.Each,
                "rounds" => Runs.Rounds,
                "restarts" => Runs.Restarts,
                _ => throw yaml.Need("runs").Wrong("runs is once, each, rounds or restarts"),
            },
            Gate = yaml.TextOf("gate") switch
            {
                null => CustodyGate.None,
                "custody" => CustodyGate.InCustody,
                "no-custody" => CustodyGate.NotInCustody,
                _ => throw yaml.Need("gate").Wrong("gate is custody or no-custody"),
            },
            Start = Trigger.ReadList(yaml.Need("start")),
            Stop = Trigger.ReadList(yaml.Get("stop")),
            Match = yaml.TextOf("match") is { } match ? string.Intern(match) : null,
            Early = yaml.Get("early")?.True ?? false,
            Variants = [.. (yaml.Get("variants")?.Items ?? []).Select(v => (PredicateReader.Read(v.Need("when")), PredicateReader.PeriodOf(v.Need("length"))))],
            Extend = extend is { } e ? Trigger.Read(WithoutLength(e)).Single() : null,
            ExtendBy = extend is { } by ? [.. by.Need("by").OneOrMore.Select(PredicateReader.PeriodOf)] : [],
            NumberFrom = [.. (yaml.Get("numberFrom")?.Items ?? []).Select(v => (PredicateReader.Read(v.Need("when")), v.Need("number").Number))],
            Excludes = [.. (yaml.Get("excludes")?.Items ?? []).Select(ReadExclusion)],
            ExcludesPriorDetention = yaml.Get("excludesPriorDetention")?.True ?? false,
            EndsOn = yaml.Get("endsOn") is { } day ? PredicateReader.Field(day) : null,
            Accumulates = yaml.Get("accumulates")?.True ?? false,
        };
    }

    private static Exclusion ReadExclusion(Yaml yaml)
    {
        yaml.Only("from", "until");
        return new Exclusion(Trigger.ReadList(yaml.Need("from")), Trigger.ReadList(yaml.Need("until")));
    }

    /// <summary>The plain length, or the one of another act of the limit.</summary>
    private static Period LengthOf(Yaml yaml, Limit limit)
    {
        if (yaml.Get("length") is not { } length) return limit.Length;
        var period = PredicateReader.PeriodOf(length);
        return period == limit.Length || limit.Variants.ContainsKey(length.Text) ? period : throw length.Wrong($"{limit.Id} has no length '{length.Text}'");
    }

    private static Yaml WithoutLength(Yaml extend)
    {
        var map = new YamlDotNet.RepresentationModel.YamlMappingNode();
        foreach (var (key, value) in extend.Entries)
        {
            if (key != "by") map.Add(key, value.Node);
        }

        return new Yaml(extend.File, map);
    }

    private static Clock? ClockOf(Yaml yaml) => yaml.Text switch
    {
        "custody" => Clock.Custody,
        "calendar" => Clock.Calendar,
        "hours" => Clock.Hours,
        "workdays" => Clock.WorkingDays,
        "by-custody" => null,
        _ => throw yaml.Wrong("clock is custody, calendar, hours, workdays or by-custody"),
    };
}
