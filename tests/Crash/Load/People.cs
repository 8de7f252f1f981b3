using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Simulation;

namespace Cluster.Crash.Load;

/// <summary>Somebody who keeps changing the roster. What was answered must stay; what was not may or may not have happened.</summary>
internal sealed class People(HttpClient http, Answers answers, Dice dice)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(40);

    private readonly Dictionary<string, List<JsonObject>> _possible = new(StringComparer.Ordinal);

    /// <summary>Definitions that a prosecutor may have now, by id: the last one acknowledged, and those tried since.</summary>
    public IReadOnlyDictionary<string, List<JsonObject>> Possible => _possible;

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                string department = dice.One(Office.Departments);
                // The first two of a department are always there, so that a draw finds somebody.
                await Define(department, 3 + dice.Below(Office.People - 2));
                await Task.Delay(Breath, TimeProvider.System, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                answers.Broke(e);
                return;
            }
        }
    }

    private async Task Define(string department, int number)
    {
        string id = Office.Prosecutor(department, number);
        var body = new JsonObject
        {
            ["name"] = $"检察官{id}",
            ["department"] = department,
            ["capacity"] = dice.One(0.5, 0.6, 1.0),
            ["onDuty"] = dice.Chance(0.8),
        };
        if (!_possible.TryGetValue(id, out List<JsonObject>? possible)) _possible[id] = possible = [Office.Definition(department, number)];
        possible.Add(body);
        HttpResponseMessage answer;
        try
        {
            answer = await http.PutAsJsonAsync($"/api/prosecutors/{id}", body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            answers.Add("put refused", TimeSpan.Zero);
            return;
        }
        using HttpResponseMessage owned = answer;
        answers.Add($"put {(int)answer.StatusCode}", TimeSpan.Zero);
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.InsufficientStorage) return;
        Claim.Holds(answer.IsSuccessStatusCode, () => $"A prosecutor can be defined, or later: {(int)answer.StatusCode}");
        possible.Clear();
        possible.Add(body);
    }
}
