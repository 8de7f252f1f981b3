using Cluster.Cases.Assessment;

namespace Cluster.Cases.Rules.Cards;

/// <summary>The charges that a card, or where it says nothing the acceptance, brings against somebody.</summary>
internal sealed class ChargeSets
{
    private readonly string _group;
    private readonly bool _whole;

    private ChargeSets(bool whole, string group)
    {
        _whole = whole;
        _group = group;
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
    public List<string> Read(in Scope scope)
    {
        var suspect = _whole ? null : scope.Suspect;
        if (_group != "latest") return Read(scope, suspect, _group);
        foreach (var group in (ReadOnlySpan<string>)["concluded", "transferred", "suspected"])
        {
            if (Read(scope, suspect, group) is { Count: > 0 } found) return found;
        }

        return Accepted(scope.State, suspect);
    }

    /// <summary>The main charge and the others belong together: another card stands in for both or for neither.</summary>
    private static List<string> Read(in Scope scope, SuspectState? suspect, string group)
    {
        var names = new List<string>();
        var said = false;
        foreach (var field in ChargeFields.Of(group)!)
        {
            var value = scope.Cards.Value(suspect?.Number, field.Key);
            said |= value.IsPresent;
            if (value.Text is { Length: > 0 } text) ChargeNames.Add(text, names);
        }

        if (said) return names;
        foreach (var field in ChargeFields.Of(group)!)
        {
            if (CardOperands.Read(scope, suspect, field).Text is { Length: > 0 } text) ChargeNames.Add(text, names);
        }

        return names;
    }

    private static List<string> Accepted(CaseState state, SuspectState? suspect)
    {
        var names = new List<string>();
        foreach (var charge in suspect?.Entry?.Objects("charges") ?? []) Add(charge);
        if (names.Count > 0 || (suspect is not null && state.Suspects.Count > 1)) return names;
        foreach (var charge in state.Accepted?.Data.Objects("charges") ?? []) Add(charge);
        return names;

        void Add(Events.EventData charge)
        {
            if (charge["name"].Text is { } name) ChargeNames.Add(name, names);
        }
    }
}
