using Cluster.Crash.Load;
using Simulation.Running;

namespace Cluster.Crash.Scenarios;

/// <summary>Everybody who works with an office at the same time: some senders, somebody who changes the roster, and a screen that follows.</summary>
internal sealed class Crowd : IDisposable
{
    private const int Senders = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Office _office;
    private readonly CaseWriter _writer;
    private readonly HttpClient[] _http;
    private readonly Dice _dice;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;

    /// <param name="others">Further addresses at which the office is served: senders spread over all, and the screen goes to the next whenever it is cut off.</param>
    public Crowd(Office office, Dice dice, params Uri[] others)
    {
        _office = office;
        _dice = dice;
        _http = [office.Client(), .. others.Select(office.Client)];
        _writer = new CaseWriter(new Dice(dice.Next()));
        People = new People(_http[0], Answers, new Dice(dice.Next()));
        Watcher = new Watcher([office.Address, .. others], office.Token);
        _watching = Watcher.Run(_end.Token);
    }

    public Ledger Ledger { get; } = new();

    public Answers Answers { get; } = new();

    public People People { get; }

    public Watcher Watcher { get; }

    /// <summary>Something to send.</summary>
    public void Write(int cases)
    {
        for (int i = 0; i < cases; i++) Ledger.Add([.. _writer.Write(_office.Now)]);
    }

    /// <summary>Works until something is true, and until everybody has put down what they do.</summary>
    public async Task Work(Func<CancellationToken, Task> until)
    {
        await Watcher.Watching.WaitAsync(Patience);
        using var stop = new CancellationTokenSource();
        Task[] working =
        [
            .. Enumerable.Range(0, Senders).Select(i => new Sender(_http[i % _http.Length], Ledger, Answers, new Dice(_dice.Next())).Run(stop.Token)),
            People.Run(stop.Token),
        ];
        try
        {
            await until(stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(working);
        }
        Answers.MustBeSound();
    }

    /// <summary>Waits until so many more events were acknowledged, or all.</summary>
    public async Task Acknowledge(int events, TimeSpan patience)
    {
        int enough = Ledger.Acknowledged + events;
        await Claim.Comes(patience, () =>
        {
            Answers.MustBeSound();
            Claim.Holds(Ledger.Acknowledged >= enough || Ledger.Pending == 0, () => $"{Ledger.Acknowledged} of {enough} events are acknowledged, {Ledger.Pending} wait; {Answers}");
            return Task.CompletedTask;
        });
    }

    /// <summary>Waits until senders are told to come later.</summary>
    public Task Refused(TimeSpan patience)
    {
        long before = Answers.Count(Sender.Unavailable);
        return Claim.Comes(patience, () =>
        {
            Answers.MustBeSound();
            Claim.Holds(Answers.Count(Sender.Unavailable) > before, () => $"Senders are told to come later: {Answers}");
            return Task.CompletedTask;
        });
    }

    public void Dispose()
    {
        _end.Cancel();
        _watching.Wait();
        foreach (HttpClient http in _http) http.Dispose();
        _end.Dispose();
    }
}
