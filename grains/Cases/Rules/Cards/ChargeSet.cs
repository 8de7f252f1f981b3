namespace Cluster.Cases.Rules.Cards;

/// <summary>The charges of a card: the main one, and the others.</summary>
internal readonly struct ChargeSet(ChargeName[] main, ChargeName[] others)
{
    private readonly ChargeName[] _others = others;

    public static ChargeSet None { get; } = new([], []);

    /// <summary>How many are named, one in both fields counted twice.</summary>
    public int Count => main.Length + _others.Length;

    public ChargeName this[int at] => at < main.Length ? main[at] : _others[at - main.Length];

    public bool Contains(string name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Name == name) return true;
        }

        return false;
    }

    /// <summary>Whether each of these is among the others.</summary>
    public bool IsWithin(in ChargeSet wider)
    {
        for (var i = 0; i < Count; i++)
        {
            if (!wider.Contains(this[i].Name)) return false;
        }

        return true;
    }
}
