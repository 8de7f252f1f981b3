namespace Cluster.Cases.Events;

/// <summary>A data file of the catalogue that is part of the assembly.</summary>
internal static class EmbeddedFile
{
    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    public static Stream Open(string name) =>
        typeof(EmbeddedFile).Assembly.GetManifestResourceStream("Cluster.Cases.Catalogue." + name)
        ?? throw new FileNotFoundException("Not embedded in the assembly.", name);
}
