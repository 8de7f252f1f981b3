using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Cluster.Browser.Tests;

/// <summary>Console errors, uncaught exceptions and answers of 5xx on a page.</summary>
internal sealed class Complaints
{
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly string[] _expected;

    public Complaints(IPage page, string[] expected)
    {
        // Whether there is a session only the server knows, since scripts cannot read the cookie: the first question is answered 401.
        _expected = [.. expected, "401 (Unauthorized) /api/me"];
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _heard.Enqueue($"{message.Text} {PathOf(message.Location)}".Trim());
        };
        page.PageError += (_, error) => _heard.Enqueue(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 500) _heard.Enqueue($"{response.Status} {PathOf(response.Url)}");
        };
    }

    public IReadOnlyList<string> Unexpected => [.. _heard.Where(h => !_expected.Any(e => h.Contains(e, StringComparison.Ordinal)))];

    // A location is an address with a line and a column behind it.
    private static string PathOf(string location) =>
        Uri.TryCreate(location.Split(' ')[0], UriKind.Absolute, out Uri? address) ? address.AbsolutePath : location;
}
