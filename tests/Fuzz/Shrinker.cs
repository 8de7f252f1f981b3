using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Cluster.Fuzz.Grammar;

namespace Cluster.Fuzz;

/// <summary>Makes a failing episode small: fewer steps, fewer messages, less JSON, as long as it fails in the same way.</summary>
/// <param name="fails">Whether an episode still fails so. It is asked at most <paramref name="mostTries"/> times.</param>
internal sealed class Shrinker(Func<Episode, Task<bool>> fails, int mostTries = 150)
{
    private int tries;

    public async Task<Episode> Shrink(Episode episode)
    {
        Episode before;
        do
        {
            before = episode;
            episode = await Fewer(episode, e => e.Steps, (e, steps) => e with { Steps = steps });
            for (int i = 0; i < episode.Steps.Count; i++) episode = await ShrinkStep(episode, i);
        }
        while (!ReferenceEquals(before, episode) && tries < mostTries);
        return episode;
    }

    private async Task<Episode> ShrinkStep(Episode episode, int at)
    {
        Episode With(Episode e, Step step) => e with { Steps = [.. e.Steps.Select((s, i) => i == at ? step : s)] };
        if (episode.Steps[at].Frames is not null)
            return await Fewer(episode, e => e.Steps[at].Frames!, (e, frames) => With(e, e.Steps[at] with { Frames = [.. frames] }));
        if (episode.Steps[at].Body.Length == 0) return episode;
        if (Tree(episode.Steps[at].Body) is { } tree)
            return await ShrinkTree(episode, tree, (e, node) => With(e, e.Steps[at] with { Body = Encoding.UTF8.GetBytes(node.ToString()) }));
        // Lines of a stream or a file; and then, what is left, by halves.
        episode = await Fewer(episode, e => Encoding.Latin1.GetString(e.Steps[at].Body).Split('\n'), (e, lines) => With(e, e.Steps[at] with { Body = Encoding.Latin1.GetBytes(string.Join('\n', lines)) }));
        return await Fewer(episode, e => e.Steps[at].Body.Chunk(Math.Max(1, e.Steps[at].Body.Length / 16)).ToArray(), (e, parts) => With(e, e.Steps[at] with { Body = [.. parts.SelectMany(p => p)] }));
    }

    private async Task<Episode> ShrinkTree(Episode episode, Node tree, Func<Episode, Node, Episode> with)
    {
        bool smaller = true;
        while (smaller && tries < mostTries)
        {
            smaller = false;
            foreach (Node candidate in Smaller(tree))
            {
                if (tries >= mostTries) break;
                Episode tried = with(episode, candidate);
                if (!await Fails(tried)) continue;
                (episode, tree, smaller) = (tried, candidate, true);
                break;
            }
        }
        return episode;
    }

    /// <summary>The tree without a half of some list or object, without one entry, or with a plain value in some place; the largest cuts first.</summary>
    private static IEnumerable<Node> Smaller(Node tree)
    {
        List<List<int>> paths = [.. Paths(tree, []).OrderBy(p => p.Count)];
        foreach (List<int> path in paths)
        {
            int count = Count(At(tree, path));
            for (int size = count; size >= 1; size = size == 1 ? 0 : (size + 1) / 2)
            {
                for (int from = 0; from < count; from += size)
                {
                    if (size == count && path.Count == 0) continue;
                    Node copy = tree.Copy();
                    Remove(At(copy, path), from, Math.Min(size, count - from));
                    yield return copy;
                }
            }
        }
        foreach (List<int> path in paths)
        {
            if (path.Count == 0 || At(tree, path) is not Leaf { Token.Length: > 12 } leaf || !leaf.Token.StartsWith('"') || leaf.Token.Contains("zq0", StringComparison.Ordinal)) continue;
            Node copy = tree.Copy();
            Put(copy, path, new Leaf("\"x\""));
            yield return copy;
        }
    }

    private async Task<Episode> Fewer<T>(Episode episode, Func<Episode, IReadOnlyList<T>> items, Func<Episode, IReadOnlyList<T>, Episode> with)
    {
        for (int size = (items(episode).Count + 1) / 2; size >= 1 && tries < mostTries; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (int from = 0; from < items(episode).Count && items(episode).Count > 1 && tries < mostTries;)
            {
                Episode tried = with(episode, [.. items(episode).Take(from), .. items(episode).Skip(from + size)]);
                if (items(tried).Count > 0 && await Fails(tried)) episode = tried;
                else from += size;
            }
        }
        return episode;
    }

    private Task<bool> Fails(Episode episode)
    {
        tries++;
        return fails(episode);
    }

    private static Node? Tree(byte[] body)
    {
        if (!Utf8.IsValid(body)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4_000 });
            return Node.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<List<int>> Paths(Node node, List<int> path)
    {
        yield return path;
        for (int i = 0; i < Count(node); i++)
        {
            foreach (List<int> inner in Paths(Child(node, i), [.. path, i])) yield return inner;
        }
    }

    private static Node At(Node node, List<int> path) => path.Aggregate(node, Child);

    private static int Count(Node node) => node switch { Table t => t.Entries.Count, Row r => r.Items.Count, _ => 0 };

    private static Node Child(Node node, int at) => node is Table table ? table.Entries[at].Value : ((Row)node).Items[at];

    private static void Put(Node root, List<int> path, Node value)
    {
        Node parent = At(root, path[..^1]);
        if (parent is Table table) table.Entries[path[^1]] = table.Entries[path[^1]] with { Value = value };
        else ((Row)parent).Items[path[^1]] = value;
    }

    private static void Remove(Node node, int from, int count)
    {
        if (node is Table table) table.Entries.RemoveRange(from, count);
        else ((Row)node).Items.RemoveRange(from, count);
    }
}
