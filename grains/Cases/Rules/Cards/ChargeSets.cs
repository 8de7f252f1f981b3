using Cluster.Cases.Assessment;

namespace Cluster.Cases.Rules.Cards;

/// <summary>Reads the charges that a card, or where it says nothing the acceptance, brings against somebody.</summary>
internal sealed class ChargeSets
{
    private static readonly string[] Latest = ["concluded", "transferred", "suspected"];

    private readonly bool _whole;
    private readonly bool _accepted;
    private readonly CardField[][] _groups;

    private ChargeSets(bool whole, string group)
    {
        _whole = whole;
        _accepted = group == "latest";
        _groups = _accepted ? [.. Latest.Select(g => ChargeFields.Of(g)!)] : [ChargeFields.Of(group)!];
    }

    /// <summary>Of a name such as <c>card.concluded</c>.</summary>
    public static ChargeSets Of(Yaml name)
    {
        var whole = name.Text.StartsWith("whole.", StringComparison.Ordinal);
        var group = name.Text[(name.Text.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return (whole || name.Text.StartsWith("card.", StringComparison.Ordinal)) && ChargeFields.Of(group) is not null
            ? new ChargeSets(whole, group)
            : throw name.Wrong("suspected, transferred, concluded, judged, latest or prior expected, after card. or whole.");
    }

    /// <summary>The charges at a place and time; empty where none are filled in.</summary>
    public ChargeSet Read(in Scope scope)
    {
        var suspect = _whole ? null : scope.Suspect;
        foreach (var group in _groups)
        {
            if (Read(scope, suspect, group) is { Count: > 0 } found) return found;
        }

        return _accepted ? Accepted(scope.State, suspect) : ChargeSet.None;
    }

    /// <summary>The main charge and the others belong together: another card stands in for both or for neither.</summary>
    private static ChargeSet Read(in Scope scope, SuspectState? suspect, CardField[] fields)
    {
        var main = scope.Cards.Value(suspect?.Number, fields[0]);
        var others = fields.Length > 1 ? scope.Cards.Value(suspect?.Number, fields[1]) : default;
        if (!main.IsPresent && !others.IsPresent)
        {
            main = CardOperands.Read(scope, suspect, fields[0]);
            if (fields.Length > 1) others = CardOperands.Read(scope, suspect, fields[1]);
        }

        return new ChargeSet(Of(main.Text), Of(others.Text));
    }

    private static ChargeName[] Of(string? text) => string.IsNullOrEmpty(text) ? [] : ChargeNames.Of(text);

    private static ChargeSet Accepted(CaseState state, SuspectState? suspect)
    {
        if (suspect?.Entry is { } entry && ChargeNames.Of(entry) is { Length: > 0 } own) return new ChargeSet(own, []);
        return state.Accepted is not { } accepted || (suspect is not null && state.Suspects.Count > 1) ? ChargeSet.None : new ChargeSet(ChargeNames.Of(accepted.Data), []);
    }
}
