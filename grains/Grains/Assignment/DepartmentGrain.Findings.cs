using System.Text.Json;
using Cluster.Contracts;
using Microsoft.Extensions.Logging;

namespace Cluster.Grains.Assignment;

public sealed partial class DepartmentGrain
{
    /// <summary>Real time from a change to the look at what it means for the department; what changes in it is looked at together.</summary>
    private static readonly TimeSpan ReviewWait = TimeSpan.FromSeconds(10);

    private static readonly byte[] Nothing = "[]"u8.ToArray();

    private byte[] _findings = Nothing;

    public Task Found(byte[] findings)
    {
        if (_findings.AsSpan().SequenceEqual(findings)) return Task.CompletedTask;
        _findings = findings;
        _pacing.Changed();
        return Task.CompletedTask;
    }

    private JsonElement Findings => JsonSerializer.Deserialize<JsonElement>(_findings);

    private async Task Review()
    {
        try
        {
            await GrainFactory.GetGrain<IAssignmentRecordGrain>(Id).Review();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Every day and every change brings the next one.
            LogReviewFailed(e, Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Department {Department} could not be looked back on; it will be with the next change.")]
    private partial void LogReviewFailed(Exception exception, string department);
}
