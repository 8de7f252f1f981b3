using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Grains.Tests;

/// <summary>Who may know whom. Read from the project files and sources themselves, so that nobody has to remember it.</summary>
public sealed partial class LayeringTests
{
    private static readonly string Root = FindRoot();

    [Theory]
    [InlineData("grains/Law/Cluster.Law.csproj")]
    [InlineData("grains/Cases/Cluster.Cases.csproj", "Cluster.Law")]
    [InlineData("grains/Verify/Cluster.Verify.csproj", "Cluster.Cases")]
    [InlineData("grains/Contracts/Cluster.Contracts.csproj", "Cluster.Cases", "Cluster.Embedded")]
    [InlineData("grains/Grains/Cluster.Grains.csproj", "Cluster.Contracts")]
    [InlineData("silo/Embedded/Cluster.Embedded.csproj")]
    [InlineData("silo/Storage/Cluster.Storage.csproj", "Cluster.Contracts")]
    [InlineData("silo/Host/Cluster.Silo.csproj", "Cluster.Grains", "Cluster.Storage")]
    [InlineData("api/Cluster.Api.csproj", "Cluster.Silo")]
    public void A_project_refers_only_to_the_one_below_it(string project, params string[] below) =>
        Assert.Equal(below.Order(), References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r)).Order());

    [Fact]
    public void Every_project_outside_the_tests_has_its_place_in_the_layers()
    {
        var placed = typeof(LayeringTests).GetMethod(nameof(A_project_refers_only_to_the_one_below_it))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => (string)data.GetData(null!).Single()[0]);
        Assert.Equal(placed.Order(StringComparer.Ordinal), Projects().Where(p => !p.StartsWith("tests/", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_contracts_refer_to_the_embedded_engine_only_where_it_is_the_engine()
    {
        var reference = Document("grains/Contracts/Cluster.Contracts.csproj").Descendants("ProjectReference")
            .Single(r => r.Attribute("Include")!.Value.Contains("Cluster.Embedded", StringComparison.Ordinal));
        Assert.Equal("'$(Engine)' != 'Orleans'", (string?)reference.Parent!.Attribute("Condition"));
    }

    [Fact]
    public void Only_the_store_refers_to_sqlite() =>
        Assert.Equal(
            ["silo/Storage/Cluster.Storage.csproj"],
            Projects().Where(p => !p.StartsWith("tests/", StringComparison.Ordinal) && References(p, "PackageReference").Any(r => r.Contains("Sqlite", StringComparison.OrdinalIgnoreCase))));

    [Fact]
    public void Nobody_outside_the_silo_names_the_store_or_the_engine()
    {
        // The composition says which store a server runs on, the commands which one they work on.
        string[] named = [.. Sources().Where(s => !s.StartsWith("silo/", StringComparison.Ordinal) && !s.StartsWith("tests/", StringComparison.Ordinal))
            .Where(s => Underneath().IsMatch(File.ReadAllText(Path.Combine(Root, s))))];
        Assert.Equal(["api/Commands/CalibrateWeights.cs", "api/Commands/StoreCommands.cs", "api/Program.cs"], named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_store_names_sqlite() =>
        Assert.All(
            Sources().Where(s => !s.StartsWith("silo/Storage/", StringComparison.Ordinal) && !s.StartsWith("tests/", StringComparison.Ordinal)),
            source => Assert.DoesNotMatch(Sqlite(), File.ReadAllText(Path.Combine(Root, source))));

    [Fact]
    public void The_pure_layers_name_no_grain_and_no_clock() =>
        Assert.All(
            Sources().Where(s => s.StartsWith("grains/Law/", StringComparison.Ordinal) || s.StartsWith("grains/Cases/", StringComparison.Ordinal)),
            source => Assert.DoesNotMatch(Impure(), File.ReadAllText(Path.Combine(Root, source))));

    [Fact]
    public void The_top_of_the_repository_holds_what_the_plan_says()
    {
        string[] planned =
        [
            ".ci", ".editorconfig", ".git", ".gitignore", "BannedSymbols.txt", "Cluster.sln", "Directory.Build.props", "Directory.Packages.props",
            "README.md", "api", "dashboard", "docs", "global.json", "grains", "silo", "tests",
        ];
        var ignored = File.ReadAllLines(Path.Combine(Root, ".gitignore")).Select(line => line.Trim('/')).ToArray();
        var found = Directory.EnumerateFileSystemEntries(Root).Select(p => Path.GetFileName(p)!).Where(name => !ignored.Any(i => Ignores(i, name)));
        Assert.Equal(planned.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private static bool Ignores(string pattern, string name) =>
        pattern.StartsWith('*') ? name.EndsWith(pattern[1..], StringComparison.Ordinal) : pattern == name;

    private static IEnumerable<string> Projects() => Tracked("*.csproj");

    private static IEnumerable<string> Sources() => Tracked("*.cs");

    // What is built or installed is not ours to judge.
    private static IEnumerable<string> Tracked(string pattern) =>
        new[] { "grains", "silo", "api", "tests" }
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(Root, top), pattern, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "wwwroot"))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> References(string project, string kind) =>
        Document(project).Descendants(kind).Select(r => r.Attribute("Include")!.Value.Replace('\\', '/'));

    private static XDocument Document(string project) => XDocument.Load(Path.Combine(Root, project));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cluster.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not lie inside the repository.");
    }

    [GeneratedRegex(@"\bCluster\.(Storage|Embedded)\b|\bMicrosoft\.Data\.Sqlite\b")]
    private static partial Regex Underneath();

    [GeneratedRegex(@"\bMicrosoft\.Data\.Sqlite\b|\bSQLitePCL\b")]
    private static partial Regex Sqlite();

    [GeneratedRegex(@"\bOrleans\b|\bTimeProvider\b|\bIGrain\b")]
    private static partial Regex Impure();
}
