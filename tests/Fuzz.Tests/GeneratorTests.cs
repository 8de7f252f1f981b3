using System.Text;
using Cluster.Fuzz.Episodes;

namespace Cluster.Fuzz.Tests;

public sealed class GeneratorTests
{
    [Fact]
    public void A_seed_and_a_number_make_the_same_inputs_whatever_was_made_before()
    {
        string[] once = [.. Enumerable.Range(0, 40).Select(n => AllEpisodes.Of(7, n).Write())];
        string[] again = [.. Enumerable.Range(0, 40).Reverse().Select(n => AllEpisodes.Of(7, n).Write()).Reverse()];
        Assert.Equal(once, again);
        Assert.NotEqual(once, Enumerable.Range(0, 40).Select(n => AllEpisodes.Of(8, n).Write()));
    }

    [Fact]
    public void A_corpus_file_keeps_an_episode_to_the_byte()
    {
        for (int n = 0; n < 300; n++)
        {
            Episode made = AllEpisodes.Of(3, n), read = Episode.Read(made.Write());
            Assert.Equal(made.Steps.Select(s => s.Target), read.Steps.Select(s => s.Target));
            Assert.Equal(made.Steps.Select(s => s.Body), read.Steps.Select(s => s.Body));
            Assert.Equal(made.Steps.Select(s => s.Frames), read.Steps.Select(s => s.Frames));
        }
    }

    [Fact]
    public async Task Shrinking_leaves_what_matters_and_little_else()
    {
        Episode big = AllEpisodes.Of(1, 5, "events");
        big = big with { Steps = [.. big.Steps, EventEpisodes.Post("application/json", Encoding.UTF8.GetBytes("""[{"a":[1,2,{"culprit":true,"b":"long and longer and longest"}]},{"c":{}},4]"""))] };
        Episode small = await new Shrinker(e => Task.FromResult(e.Steps.Any(s => Encoding.UTF8.GetString(s.Body).Contains("culprit", StringComparison.Ordinal)))).Shrink(big);
        Step left = Assert.Single(small.Steps);
        Assert.Equal("""[{"a":[{"culprit":true}]}]""", Encoding.UTF8.GetString(left.Body));
    }
}
