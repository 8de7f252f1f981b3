using System.Reflection;
using Cluster.Contracts.Storage;
using Cluster.Storage;
using Cluster.Storage.Sqlite;
using Cluster.Storage.Sqlite.Integrity;
using Cluster.Storage.Sqlite.Tables;
using Cluster.Storage.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Simulation.Failing;
using Simulation.Mutations;
using Simulation.Running;

namespace Simulation.Storing;

/// <summary>
/// The store as it is shipped, on SQLite, with one thing changed: the writer's loop has no thread of its own, but is stepped like
/// everything else on the machine.
/// </summary>
internal sealed class SimulatedStore : IDisposable
{
    // Room enough for a storm, little enough to be filled by one.
    private const int MaxWaiting = 20_000;

    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;
    private static readonly FieldInfo OpenOf = typeof(Store).GetField("_open", Private)!;
    private static readonly FieldInfo TablesOf = typeof(OpenStore).GetField("_tables", Private)!;
    private static readonly FieldInfo WriterOf = typeof(OpenStore).GetField("<Writer>k__BackingField", Private)!;
    private static readonly FieldInfo CheckpointsOf = typeof(OpenStore).GetField("_checkpoints", Private)!;
    private static readonly FieldInfo DatabaseOf = typeof(Writer).GetField("_store", Private)!;

    private readonly OpenStore _open;
    private readonly IGroupWriter _database;
    private readonly Writer _writer;
    private readonly Action<TimeSpan> _meanwhile;
    private bool _scheduled;

    /// <param name="meanwhile">Lets everybody else go on for a while.</param>
    public SimulatedStore(Machine machine, Medium medium, Chaos chaos, Mutation? mutation, Store store, Action<TimeSpan> meanwhile)
    {
        Machine = machine;
        Medium = medium;
        _meanwhile = meanwhile;
        var options = Options(medium);
        _open = new OpenStore(options, store.Deliveries, machine.Time, NullLogger.Instance);
        var tables = (AllTables)TablesOf.GetValue(_open)!;
        mutation?.Opened(tables.Connection);
        var database = (IGroupWriter)DatabaseOf.GetValue(_open.Writer)!;
        if (mutation is not null) database = mutation.Database(database, tables, this);
        _database = new DisturbedWriter(database, this, chaos);
        _writer = new Writer(_database, options.MaxWaiting, store.Deliveries, machine.Time, NullLogger.Instance);
        WriterOf.SetValue(_open, _writer);
        OpenOf.SetValue(store, _open);
        Checkpoint = ((Checkpoints)CheckpointsOf.GetValue(_open)!).Run;
    }

    public Machine Machine { get; }

    public Medium Medium { get; }

    /// <summary>Whether nothing can be read or written for a while.</summary>
    public bool IsAway { get; set; }

    /// <summary>Brings the log into the file.</summary>
    public Action Checkpoint { get; }

    public static StorageOptions Options(Medium medium) => new() { Directory = medium.Folder, MaxWaiting = MaxWaiting };

    /// <summary>Who learns of commits.</summary>
    public IReadOnlyList<ICommitObserver> Observers { get; private set; } = [];

    public void Observe(IServiceProvider services) => _writer.Observe(Observers = [.. services.GetServices<ICommitObserver>()]);

    public void Meanwhile(TimeSpan span) => _meanwhile(span);

    /// <summary>Has what waits written soon.</summary>
    public void Stir()
    {
        if (_scheduled || _writer.Waiting == 0) return;
        _scheduled = true;
        Machine.Soon(Write);
    }

    /// <summary>Writes all that waits and what was delivered: the last thing before an orderly end.</summary>
    public void Drain()
    {
        do _writer.WriteGroup();
        while (_writer.Waiting > 0);
        _writer.WriteGroup();
    }

    public void Dispose() => _open.Dispose();

    private void Write()
    {
        _writer.WriteGroup();
        _scheduled = false;
        if (!Machine.IsOn) return;
        if (_database.HasChores && !IsAway) _writer.WriteGroup();
        Stir();
    }
}
