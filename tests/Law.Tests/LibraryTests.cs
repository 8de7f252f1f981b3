using System.Xml.Linq;
using Cluster.Law;

namespace Law.Tests;

/// <summary>Cluster.Law is a library of its own: three lines to use it, nothing to bring along.</summary>
public sealed class LibraryTests
{
    private static readonly string Root = FindRoot();

    // Stands in for the console that the lines below write to.
    private readonly StringWriter Console = new() { NewLine = "\n" };

    [Fact]
    public void Three_lines_compute_a_limit_and_print_its_proof()
    {
        // The README shows these three lines.
        Computed review = Calculator.Compute("T-B05", new DateOnly(2026, 1, 16));
        Console.WriteLine($"{review.Limit.Name.En} ({review.Limit.Basis}) ends on {review.Due.DueOn:O}");
        Console.WriteLine(review.Proof.Text.En);

        Assert.Equal(Block(Readme(), line => line.StartsWith("    ", StringComparison.Ordinal)), Console.ToString().TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void The_readme_shows_the_lines_that_this_test_runs()
    {
        string[] shown = [.. Readme().SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```")];
        string[] run = [.. File.ReadLines(Path.Combine(Root, "tests/Law.Tests/LibraryTests.cs"))
            .SkipWhile(line => line.Trim() != "// The README shows these three lines.").Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Trim())];
        Assert.Equal(3, shown.Length);
        Assert.Equal(run, shown);
    }

    [Fact]
    public void It_refers_to_no_assembly_but_those_of_the_runtime() =>
        Assert.All(typeof(Limit).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));

    [Fact]
    public void Its_project_names_no_package_and_no_other_project() =>
        Assert.DoesNotContain(
            XDocument.Load(Path.Combine(Root, "grains/Law/Cluster.Law.csproj")).Descendants(),
            element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "Reference" or "FrameworkReference");

    [Fact]
    public void What_a_caller_leaves_out_is_plain()
    {
        var asked = new ComputeRequest("T-B05", LegalTime.StartOf(new(2026, 2, 9)), false, null, [], []);
        Assert.Equal(
            Calculator.Compute(Statutes.Default, HolidayCalendar.Default, asked).Due,
            Calculator.Compute("T-B05", new DateOnly(2026, 2, 9)).Due);
    }

    [Fact]
    public void A_limit_in_hours_is_asked_for_from_an_instant() =>
        Assert.Equal(
            DateTimeOffset.Parse("2026-10-02T21:15:00+08:00"),
            Calculator.Compute("T-A08", DateTimeOffset.Parse("2026-10-01T21:15:00+08:00")).Due.DueAt);

    [Fact]
    public void All_that_a_request_can_say_can_be_said()
    {
        Computed review = Calculator.Compute(
            "T-B05", new DateOnly(2026, 2, 9), custody: true, variant: "15d", extensions: [Period.Parse("15d")],
            excluded: [new ExcludedSpan(new(2026, 2, 20), new(2026, 3, 2))]);
        Assert.Equal((Clock.Custody, new DateOnly(2026, 3, 21)), (review.Clock, review.Due.DueOn));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1978-12-31")]
    [InlineData("9999-12-31")]
    public void A_day_outside_the_years_of_the_law_is_refused_by_name(string day) =>
        Assert.Equal("start", Assert.Throws<ArgumentException>(() => Calculator.Compute("T-B05", DateOnly.Parse(day))).ParamName);

    private static string[] Readme() => File.ReadAllLines(Path.Combine(Root, "grains/Law/README.md"));

    private static IEnumerable<string> Block(string[] lines, Func<string, bool> of) => lines.Where(of).Select(line => line.Trim());

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cluster.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}
