using System.Globalization;
using System.Text.Json;
using Cluster.Api.Tests.World;
using Cluster.Law;

namespace Cluster.Api.Tests;

/// <summary>The calculator knows every limit of the table.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private ApiServer server = null!;
    private HttpClient admin = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.Start();
        admin = await server.Admin();
    }

    public async Task DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Every_limit_is_computed_in_each_of_its_lengths_with_its_extensions_or_says_why_it_has_no_end()
    {
        foreach (Limit limit in Statutes.Default.All)
        {
            foreach (string? variant in (string?[])[null, .. limit.Variants.Keys])
            {
                var body = new { limit = limit.Id, start = "2026-02-09", custody = true, variant, extensions = limit.Extensions.Select(e => e.ToString()).ToArray() };
                HttpResponseMessage answer = await admin.PostAsJsonAsync("/api/deadlines/compute", body);
                if (!limit.Computable)
                {
                    JsonElement problem = await answer.Problem(422);
                    Assert.Equal("/limit", problem.GetProperty("pointer").GetString());
                    Assert.Contains(limit.NotComputable!.Value.Zh, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
                    continue;
                }
                JsonElement deadline = await answer.Json();
                Computed computed = Calculator.Compute(limit.Id, new DateOnly(2026, 2, 9), custody: true, variant, limit.Extensions);
                Assert.Equal(limit.Id, deadline.GetProperty("id").GetString());
                Assert.Equal(computed.Clock.Name(), deadline.GetProperty("clock").GetString());
                Assert.StartsWith(computed.Due.DueOn.ToString("O", CultureInfo.InvariantCulture), deadline.GetProperty("dueOn").GetString(), StringComparison.Ordinal);
                Assert.Equal(computed.Proof.Steps.Count, deadline.GetProperty("proof").GetProperty("steps").GetArrayLength());
            }
        }
    }
}
