using Cluster.Fuzz.Oracles;
using Cluster.Fuzz.Serving;

namespace Cluster.Fuzz.Tests;

/// <summary>Inputs that once broke something, each in a few steps.</summary>
public sealed class CorpusTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_was_mended_stays_mended(string file)
    {
        Episode episode = Episode.Read(await File.ReadAllTextAsync(Path.Combine(Folder, file)));
        Fault? fault = await Campaign.Alone(fixture.World, episode);
        Assert.True(fault is null, $"{fault}");
    }
}

/// <summary>One system for all tests of a class: they name different cases.</summary>
public sealed class WorldFixture : IAsyncLifetime
{
    internal World World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await World.Start();

    public async Task DisposeAsync() => await World.DisposeAsync();
}
