using Cluster.Api.Login;

namespace Cluster.Api.Exports;

/// <summary>A file that is written while it is sent. One that cannot be finished breaks the connection off, so that nobody takes it for whole.</summary>
/// <param name="gate">Waits for a place before anything is sent.</param>
/// <param name="caller">A file ends with the session.</param>
/// <param name="write">Writes the file.</param>
internal sealed class ExportAnswer(ExportGate gate, Caller caller, string mediaType, string name, Func<Stream, CancellationToken, Task> write) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, caller.Session.Ended);
        using IDisposable place = await gate.Enter(cancellation.Token);
        context.Response.ContentType = mediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        context.Response.Headers.CacheControl = "private, no-store";
        try
        {
            await write(context.Response.Body, cancellation.Token);
        }
        catch when (context.Response.HasStarted)
        {
            context.Abort();
            throw;
        }
    }
}
