namespace Grains.Tests.Engine;

/// <summary>A fact that fails, rather than hangs, when an engine never answers.</summary>
public sealed class TimelyFactAttribute : FactAttribute
{
    public TimelyFactAttribute() => Timeout = 40_000;

    /// <summary>Where Orleans does otherwise, and how: no grain relies on it.</summary>
    public string? NotOnOrleans
    {
        get => Skip;
        set => Skip = value;
    }
}
