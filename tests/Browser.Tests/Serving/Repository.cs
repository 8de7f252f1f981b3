namespace Cluster.Serving;

/// <summary>Where the tree and what was built of it lie, found from the running assembly.</summary>
internal static class Repository
{
    /// <summary>The directory that holds Cluster.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">The assembly does not lie below one.</exception>
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration that the running assembly was built in, Debug or Release.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    /// <summary>The server of the same configuration; it need not exist.</summary>
    public static string Server { get; } = Path.Combine(Root, "api", "bin", Configuration, "net10.0", "Cluster.Api.dll");

    /// <summary>A program of the same configuration on the engine Orleans; it need not exist.</summary>
    /// <param name="project">Its directory below <see cref="Root"/>.</param>
    /// <param name="assembly">Its file.</param>
    /// <param name="tree">Another tree than this one.</param>
    public static string OnOrleans(string project, string assembly, string? tree = null) => Path.Combine(tree ?? Root, project, "bin", "orleans", Configuration, "net10.0", assembly);

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Cluster.sln"))) return directory.FullName;
        }
        throw new DirectoryNotFoundException($"No directory above {AppContext.BaseDirectory} holds Cluster.sln.");
    }
}
