using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Silo;
using Cluster.Silo.Due;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Simulation.Failing;

namespace Simulation.Mutations;

internal sealed class EffectDropped : Mutation
{
    private int _observed;

    public override string Says => "Now and then a department is not told of a case, and counts as told.";

    public override object? GrainCall(Interception call) =>
        call.Is<IDepartmentGrain>(nameof(IDepartmentGrain.Observe)) && ++_observed % 7 == 0 ? Task.CompletedTask : base.GrainCall(call);
}

internal sealed class EffectTwice : Mutation
{
    private int _observed;

    public override string Says => "Now and then a prosecutor counts a case twice.";

    public override object? GrainCall(Interception call)
    {
        if (call.Is<IProsecutorGrain>(nameof(IProsecutorGrain.Observe)) && ++_observed % 7 == 0 && call.Arguments[0] is CaseSummary summary)
            ((IProsecutorGrain)call.Target).Observe(summary with { Case = summary.Case + "'" });
        return base.GrainCall(call);
    }
}

internal sealed class OldNewsCounts : Mutation
{
    private readonly Dictionary<string, CaseSummary> _before = new(StringComparer.Ordinal);

    public override string Says => "News of a case that comes late and out of turn counts as the latest.";

    public override object? GrainCall(Interception call)
    {
        if (call.Is<IProcuratorateGrain>(nameof(IProcuratorateGrain.Observe)) && call.Arguments[0] is CaseSummary summary)
        {
            if (_before.TryGetValue(summary.Case, out var before) && before.Revision % 5 == 0) call.Arguments[0] = before with { Revision = summary.Revision };
            _before[summary.Case] = summary;
        }

        return base.GrainCall(call);
    }
}

internal sealed class RecoverySkipped : Mutation
{
    public override string Says => "After a start nobody is told what was not told before.";

    public override bool Starts(IHostedService service) => service is not Recovery;
}

internal sealed class ClockNotResumed : Mutation
{
    public override string Says => "After a start the clock of the law reads what it read at first.";

    public override bool Starts(IHostedService service) => service.GetType().Name != "ClockResume";
}

internal sealed class DueServiceDeaf : Mutation
{
    public override string Says => "The due service does not learn of commits, and looks into the index alone.";

    public override void Services(IServiceCollection services) =>
        services.Remove(services.First(s => s.ServiceType == typeof(ICommitObserver) && s.ImplementationFactory is not null));
}

internal sealed class WakesEarly : Mutation
{
    public override string Says => "The due service wakes a minute early.";

    public override void Services(IServiceCollection services)
    {
        var shipped = services.Single(s => s.ServiceType == typeof(DueService));
        services.Remove(shipped);
        services.AddSingleton(provider => (DueService)shipped.ImplementationFactory!(new WithClockAhead(provider)));
    }

    private sealed class WithClockAhead(IServiceProvider inner) : IServiceProvider
    {
        public object? GetService(Type serviceType) => inner.GetService(serviceType) is LegalClock clock ? new Ahead(clock) : inner.GetService(serviceType);
    }

    private sealed class Ahead(LegalClock inner) : LegalClock(inner)
    {
        public override double Speed => inner.Speed;

        public override bool Simulated => inner.Simulated;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow().AddMinutes(1);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
    }
}

internal sealed class SecretToldEarly : Mutation
{
    public override string Says => "The secret of a day is told while it is still drawn with.";

    public override object? GrainCall(Interception call)
    {
        var answer = base.GrainCall(call);
        return call.Is<IDepartmentGrain>(nameof(IDepartmentGrain.Draws)) ? Tell((Task<byte[]>)answer!) : answer;
    }

    private static async Task<byte[]> Tell(Task<byte[]> published) =>
        [.. System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(await published).Replace("\"secret\":null", "\"secret\":\"00\"", StringComparison.Ordinal))];
}
