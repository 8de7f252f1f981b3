using System.Globalization;
using System.Security.Cryptography;
using Xunit;

namespace Simulation.Tests;

/// <summary>Which seeds are run: some that are always the same, and some that nobody has run before. SIMULATION_SEEDS names how many others are run instead, or one of them as <c>=17</c>.</summary>
internal static class Seeds
{
    private const int Fixed = 8;
    private const int Fresh = 4;

    public static TheoryData<ulong> Chosen()
    {
        var wish = Environment.GetEnvironmentVariable("SIMULATION_SEEDS");
        if (wish is ['=', .. var one]) return [ulong.Parse(one, CultureInfo.InvariantCulture)];
        var seeds = new TheoryData<ulong>();
        for (var seed = 1; seed <= (wish is null ? Fixed : int.Parse(wish, CultureInfo.InvariantCulture)); seed++) seeds.Add((ulong)seed);
        for (var i = 0; wish is null && i < Fresh; i++) seeds.Add((ulong)RandomNumberGenerator.GetInt32(1_000_000, int.MaxValue));
        return seeds;
    }
}
