namespace Grains.Tests.Engine;

/// <summary>A fact that fails, rather than hangs, when an engine never answers.</summary>
public sealed class TimelyFactAttribute : FactAttribute
{
    public TimelyFactAttribute() => Timeout = 40_000;
}
