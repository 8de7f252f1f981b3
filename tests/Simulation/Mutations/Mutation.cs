using Cluster.Storage.Sqlite;
using Cluster.Storage.Sqlite.Tables;
using Cluster.Storage.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Simulation.Failing;
using Simulation.Storing;

namespace Simulation.Mutations;

/// <summary>
/// A bug planted into the simulated system, through seams that only the simulation has: what is shipped knows nothing of it. A
/// simulator that does not find it is worth nothing. One instance lives through all crashes of one run.
/// </summary>
internal abstract class Mutation
{
    /// <summary>What is wrong, as one would say it of the product.</summary>
    public abstract string Says { get; }

    /// <summary>Changes what a silo is made of.</summary>
    public virtual void Services(IServiceCollection services)
    {
    }

    /// <summary>A call to an interface of the store.</summary>
    public virtual object? StoreCall(Interception call) => call.Go();

    /// <summary>A call between grains, or of a client.</summary>
    public virtual object? GrainCall(Interception call) => call.Go();

    /// <summary>What the writer's loop writes to.</summary>
    public virtual IGroupWriter Database(IGroupWriter database, AllTables tables, SimulatedStore store) => database;

    /// <summary>The database of a new process was opened.</summary>
    public virtual void Opened(Connection connection)
    {
    }

    /// <summary>Whether a service of the host is started at all.</summary>
    public virtual bool Starts(IHostedService service) => true;
}
