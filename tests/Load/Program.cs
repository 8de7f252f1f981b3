using Cluster.Load;
using Cluster.Serving;

if (args.Length == 0 || Options.Parse(args[1..]) is not { } options)
{
    Console.Error.WriteLine("""
        screen  [--events 500] [--pause 100]   milliseconds from just before a POST to the alert's row in the browser's document
        wall    [--seconds 60] [--rate 200]    a cold load of the wall until its first alert is painted; long tasks of the browser while alerts pour in
        storm   [--sockets 500] [--rounds 3]   sockets that watch, all cut at once and all back at once
        ingest  [--events 20000]               events a second that one client gets acknowledged, in batches and as a stream
        memory  [--cases 20000]                bytes an open, activated, idle case takes
        backtest [--cases 100000]              cases a second that a draft of rules is tried on
        due     [--cases 1000000] [--seconds 60] [--backlog 100000] [--offices 100]   what the due service holds, how late it wakes, how it catches up
        recovery [--cases 300000] [--offices 100] [--owed 5000]   from the start of the process to ready, after kill -9
        overload [--seconds 60] [--connections 200] [--batches 8]   far more than the server takes, beside a steady sender, readers and screens
        large   [--events 100000]              one case of very many events, beside the same
        stores  [--events 100000] [--seconds 60]   SQLite beside PostgreSQL: events a second, milliseconds of single events, bytes an event
        cluster [--silos 3] [--seconds 30]   a single server beside one, two … silos on Orleans: events a second, milliseconds to a screen, CPU
        lists   [--cases 300000] [--alerts 1000000]   milliseconds a page of the lists takes, SQLite beside PostgreSQL
        restart [--events 50000]               kill -9 in the middle of it: what was acknowledged against what is stored
        """);
    return 2;
}
if (Repository.Configuration != "Release") Console.Error.WriteLine("This is a Debug build; numbers worth telling come from -c Release.");

try
{
    switch (args[0])
    {
        case "screen":
            await Screen.Measure(options.Take("events", 500), options.Take("pause", 100));
            return 0;
        case "wall":
            await WallRun.Measure(options.Take("seconds", 60), options.Take("rate", 200));
            return 0;
        case "storm":
            return await Storm.Measure(options.Take("sockets", 500), options.Take("rounds", 3)) ? 0 : 1;
        case "ingest":
            await Ingest.Measure(options.Take("events", 20_000));
            return 0;
        case "memory":
            await CaseMemory.Measure(options.Take("cases", 20_000));
            return 0;
        case "backtest":
            await BacktestRun.Measure(options.Take("cases", 100_000));
            return 0;
        case "due":
            await DueRun.Measure(options.Take("cases", 1_000_000), options.Take("seconds", 60), options.Take("backlog", 100_000), options.Take("offices", 100));
            return 0;
        case "recovery":
            await RecoveryRun.Measure(options.Take("cases", 300_000), options.Take("offices", 100), options.Take("owed", 5000));
            return 0;
        case "overload":
            return await Overload.Measure(options.Take("seconds", 60), options.Take("connections", 200), options.Take("batches", 8)) ? 0 : 1;
        case "large":
            await LargeCase.Measure(options.Take("events", 100_000));
            return 0;
        case "stores":
            await Stores.Measure(options.Take("events", 100_000), options.Take("seconds", 60));
            return 0;
        case "cluster":
            await ClusterRun.Measure(options.Take("silos", 3), options.Take("seconds", 30));
            return 0;
        case "lists":
            await Lists.Measure(options.Take("cases", 300_000), options.Take("alerts", 1_000_000));
            return 0;
        case "restart":
            return await Restart.Measure(options.Take("events", 50_000)) ? 0 : 1;
        default:
            Console.Error.WriteLine($"There is no '{args[0]}'; there are screen, wall, storm, ingest, memory, backtest, due, recovery, overload, large, stores, cluster, lists and restart.");
            return 2;
    }
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
