using Cluster.Contracts.Storage;

namespace Cluster.Api.Audit;

/// <summary>
/// Says in the server's own log, at the start and once a day, where the audit log ends: whoever ships that log elsewhere can tell later whether somebody
/// cut the audit log or made another (<c>noted</c> of its check).
/// </summary>
internal sealed partial class AuditHeadLog(IAuditLog log, TimeProvider clock, ILogger<AuditHeadLog> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                AuditHead head = await log.Head(stoppingToken);
                LogHead(head.Number, head.Hash);
            }
            catch (StoreUnavailableException e)
            {
                LogUnknown(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Information, "The audit log has {Entries} entries and ends in {Head}")]
    private partial void LogHead(long entries, string head);

    [LoggerMessage(2, LogLevel.Warning, "Where the audit log ends could not be read")]
    private partial void LogUnknown(Exception e);
}
