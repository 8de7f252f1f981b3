namespace Cluster.Cases.Rules.Cards;

/// <summary>Takes apart a text that names charges. Many official names contain the very comma that parts two charges.</summary>
internal static class ChargeNames
{
    private static readonly char[] Hard = [';', '；', ',', '，', '|', '/', '\n'];

    /// <summary>Official names where known, else as written; without 罪 at the end.</summary>
    public static void Add(string text, List<string> into)
    {
        foreach (var part in text.Split(Hard, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Charges.Default.Find(part) is not null) AddOne(part, into);
            else Split(part.Split('、', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), into);
        }
    }

    public static Charge? Find(string name) => Charges.Default.Find(name);

    /// <summary>Takes the longest official name each time.</summary>
    private static void Split(string[] pieces, List<string> into)
    {
        for (var from = 0; from < pieces.Length;)
        {
            var until = pieces.Length;
            while (until > from + 1 && Charges.Default.Find(string.Join('、', pieces, from, until - from)) is null) until--;
            AddOne(string.Join('、', pieces, from, until - from), into);
            from = until;
        }
    }

    private static void AddOne(string name, List<string> into)
    {
        if (name.EndsWith('罪')) name = name[..^1];
        if (!into.Contains(name)) into.Add(name);
    }
}
