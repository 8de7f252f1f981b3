using System.Text;
using System.Text.Json.Nodes;
using Cluster.Cases.Assignment;
using static Cluster.Cases.Tests.Assignment.Drawing;

namespace Cluster.Cases.Tests.Assignment;

/// <summary>The command that checks draws offline, through its Main.</summary>
[Collection(nameof(SpeaksOnConsole))]
public sealed class VerifyDrawsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_day_as_published_is_all_true()
    {
        var (code, said) = Run(Three().ToJsonString());

        Assert.Equal((0, "1 days, 3 draws (3 with their scores recomputed): all as they should be; 0 days not verifiable yet."), (code, Assert.Single(said)));
    }

    [Theory]
    [InlineData("secret", "d-1 2026-03-02: the secret is not the one that was committed to.")]
    [InlineData("score", "d-1 2026-03-02/2: a score does not follow from loads, capacities and the weight of the case.")]
    [InlineData("order", "d-1 2026-03-02/2: the eligible are not in the order of their ids, or one is listed twice.")]
    [InlineData("left out", "d-1 2026-03-02/3: the numbers do not go on from the draw before: one is left out, added or moved.")]
    [InlineData("chosen", "d-1 2026-03-02/2: the one chosen is not the one that u falls on.")]
    [InlineData("case", "d-1 2026-03-02/2: the number u does not follow from the secret.")]
    [InlineData("policy", "d-1 2026-03-02/2: drawn by a policy that this program does not know; take a newer one.")]
    [InlineData("shape", "d-1 2026-03-02: this is not a day of draws as they are published.")]
    public void Whatever_was_changed_is_named_in_plain_words(string change, string line)
    {
        var day = Three();
        var second = day["draws"]![1]!;
        switch (change)
        {
            case "secret":
                day["secret"] = new string('7', 64);
                break;
            case "score":
                second["eligible"]![0]!["score"] = 0.7;
                break;
            case "order":
                (second["eligible"]![0]!["prosecutor"], second["eligible"]![1]!["prosecutor"]) = ("b", "a");
                break;
            case "left out":
                day["draws"]!.AsArray().RemoveAt(1);
                break;
            case "chosen":
                second["chosen"] = "z";
                break;
            case "case":
                second["case"] = "c-0";
                break;
            case "policy":
                second["policy"] = "dice/1";
                break;
            default:
                second["eligible"] = "a";
                break;
        }

        var (code, said) = Run(day.ToJsonString());

        Assert.Equal(1, code);
        Assert.Contains(line, said);
        Assert.Contains("fault", said[^1]);
    }

    [Fact]
    public void A_day_whose_secret_is_not_out_is_no_fault_and_the_other_days_are_checked()
    {
        var open = Three();
        (open["secret"], open["date"]) = (null, "2026-03-03");

        var (code, said) = Run(new JsonArray(Three(), open).ToJsonString());

        Assert.Equal(0, code);
        Assert.Equal(
            [
                "d-1 2026-03-03: not verifiable yet: the secret is told when the day is over.",
                "1 days, 3 draws (3 with their scores recomputed): all as they should be; 1 days not verifiable yet.",
            ],
            said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("draws")]
    [InlineData("[{]")]
    [InlineData("3")]
    public void What_is_no_file_of_draws_cannot_be_read(string text) => Assert.Equal(2, Run(text).Code);

    [Theory]
    [InlineData("[3]")]
    [InlineData("{}")]
    [InlineData("""{"department":"\ud800","date":"2026-03-02","secret":"00"}""")]
    public void What_is_no_day_is_a_fault(string text) => Assert.Equal(1, Run(text).Code);

    [Fact]
    public void Names_from_outside_cannot_add_lines_to_the_report()
    {
        var day = Three();
        day["department"] = "d\n0 faults\u001b[2J";

        var (code, said) = Run(day.ToJsonString());

        Assert.Equal(1, code);
        Assert.All(said.SkipLast(1), line => Assert.StartsWith("d 0 faults [2J 2026-03-02/", line));
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        File.WriteAllText(_file, Three().ToJsonString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal(0, Call([_file]).Code);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_call_without_one_are_told_apart_from_faults()
    {
        Assert.Equal(2, Call([_file + ".none"]).Code);
        Assert.Equal(2, Call([]).Code);
        Assert.Equal(2, Call([_file, _file]).Code);
        Assert.Equal(2, Call([Path.GetTempPath()]).Code);
    }

    [Fact]
    public void A_file_beyond_all_measure_is_not_read_to_its_end()
    {
        using (var file = File.Create(_file))
        {
            file.SetLength(DrawFile.MostBytes + 1L);
        }

        var (code, said) = Call([_file]);

        Assert.Equal((2, "The file is larger than 64 MB; ask for fewer days at a time (from=, until=)."), (code, Assert.Single(said)));
    }

    private static JsonNode Three()
    {
        var input = Of(Prosecutor("a"), Prosecutor("b"), Prosecutor("c"), Prosecutor("l", 0.35, "leader")).Carrying(("a", 3), ("c", 2));
        return JsonNode.Parse(Published(input, input with { Number = 2, Case = "c-2" }, input with { Number = 3, Case = "c-3" }))!;
    }

    private (int Code, string[] Said) Run(string text)
    {
        File.WriteAllText(_file, text);
        return Call([_file]);
    }

    private static (int Code, string[] Said) Call(string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        Console.SetOut(said);
        Console.SetError(said);
        try
        {
            var code = Verify.Program.Main(args);
            return (code, said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}

/// <summary>Others speak there too, so these run alone.</summary>
[CollectionDefinition(nameof(SpeaksOnConsole), DisableParallelization = true)]
public sealed class SpeaksOnConsole;
