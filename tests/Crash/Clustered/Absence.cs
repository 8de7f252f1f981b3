using System.Diagnostics;
using System.Net;

namespace Cluster.Crash.Clustered;

/// <summary>How long cases cannot be read after something was done to the cluster.</summary>
internal static class Absence
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(40);

    /// <summary>Does something, and asks for every case again and again from then on until each has answered a question that was asked after it.</summary>
    /// <param name="clients">Whom to ask, in turn.</param>
    /// <returns>From the deed to the last first answer.</returns>
    public static async Task<TimeSpan> After(Func<Task> deed, IReadOnlyList<HttpClient> clients, IReadOnlyCollection<string> cases)
    {
        await deed();
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(cases.Select((id, i) => Answer(clients[i % clients.Count], id, start)));
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task Answer(HttpClient http, string id, long start)
    {
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync($"/api/cases/{Uri.EscapeDataString(id)}");
                if (answer.StatusCode == HttpStatusCode.OK) return;
                Claim.Holds(answer.StatusCode == HttpStatusCode.ServiceUnavailable, () => $"Who cannot be answered is told to come later, not {(int)answer.StatusCode}");
            }
            catch (HttpRequestException)
            {
                // The process of the API is the one that is gone.
            }
            Claim.Holds(Stopwatch.GetElapsedTime(start) < Most, () => $"{id} answers again");
            await Task.Delay(Between, TimeProvider.System);
        }
    }
}
