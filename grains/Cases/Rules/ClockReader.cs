using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>Reads how clocks run.</summary>
internal static class ClockReader
{
    /// <summary>The binding of a statutory limit to the events of a case.</summary>
    public static ClockBinding ReadLimit(Yaml yaml, Statutes statutes)
    {
        yaml.Only("limit", "caseTypes", "per", "runs", "gate", "start", "stop", "early", "clock", "variants", "extend", "excludesAppraisal", "numberFrom", "excludesPriorDetention", "excludes", "endsOn", "accumulates");
        var id = yaml.Need("limit");
        if (!statutes.TryGet(id.Text, out var limit)) throw id.Wrong($"unknown limit '{id.Text}'");
        var clock = yaml.Get("clock") is { } own ? ClockOf(own) : limit.Clock;
        return Read(yaml, limit.Id, limit, limit.Length, clock);
    }

    /// <summary>A clock that a rule brings itself.</summary>
    public static ClockBinding ReadOwn(Yaml yaml, string id, string[] caseTypes)
    {
        yaml.Only("within", "clock", "per", "runs", "gate", "start", "stop", "early", "extend", "detail", "match");
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
            Early = yaml.Get("early")?.True ?? false,
            Variants = [.. (yaml.Get("variants")?.Items ?? []).Select(v => (PredicateReader.Read(v.Need("when")), PredicateReader.PeriodOf(v.Need("length"))))],
            Extend = extend is { } e ? Trigger.Read(WithoutLength(e)).Single() : null,
            ExtendBy = extend is { } by ? [.. by.Need("by").OneOrMore.Select(PredicateReader.PeriodOf)] : [],
            NumberFrom = [.. (yaml.Get("numberFrom")?.Items ?? []).Select(v => (PredicateReader.Read(v.Need("when")), v.Need("number").Number))],
            ExcludesAppraisal = yaml.Get("excludesAppraisal")?.True ?? false,
            ExcludesPriorDetention = yaml.Get("excludesPriorDetention")?.True ?? false,
            Excludes = [.. (yaml.Get("excludes")?.Items ?? []).Select(Exclusion.Read)],
            EndsOn = yaml.Get("endsOn") is { } day ? PredicateReader.Field(day) : null,
            Accumulates = yaml.Get("accumulates")?.True ?? false,
            Match = yaml.TextOf("match") is { } field ? string.Intern(field) : null,
        };
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
