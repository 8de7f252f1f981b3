using YamlDotNet.RepresentationModel;

namespace Cluster.Cases;

/// <summary>What the law says of single charges beside their penalties.</summary>
internal sealed class ChargeFeatures
{
    private readonly HashSet<string> _tellOnly;
    private readonly HashSet<string> _negligent;
    private readonly HashSet<string> _ownInvestigation;
    private readonly HashSet<string> _fromTwelve;
    private readonly Dictionary<string, string?> _fromFourteen;
    private readonly Dictionary<string, FineDuty> _fine;

    public ChargeFeatures(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        _tellOnly = [.. Names(root["tellOnly"])];
        _negligent = [.. Names(root["negligent"])];
        _ownInvestigation = [.. Names(root["ownInvestigation"])];
        _fromTwelve = [.. Names(root["fromTwelve"])];
        _fromFourteen = ((YamlMappingNode)root["fromFourteen"]).ToDictionary(
            p => ((YamlScalarNode)p.Key).Value!,
            p => ((YamlScalarNode)p.Value).Value is { Length: > 0 } part ? part : null);
        _fine = ((YamlMappingNode)root["fine"])
            .SelectMany(p => Names(p.Value).Select(name => (name, Enum.Parse<FineDuty>(((YamlScalarNode)p.Key).Value!, ignoreCase: true))))
            .ToDictionary();
    }

    /// <summary>Every name it speaks of.</summary>
    public IEnumerable<string> All => [.. _tellOnly, .. _negligent, .. _ownInvestigation, .. _fromTwelve, .. _fromFourteen.Keys, .. _fine.Keys];

    public Charge Mark(Charge charge) => charge with
    {
        TellOnly = _tellOnly.Contains(charge.Name),
        Negligent = _negligent.Contains(charge.Name),
        OwnInvestigation = _ownInvestigation.Contains(charge.Name),
        FromTwelve = _fromTwelve.Contains(charge.Name),
        FromFourteen = _fromFourteen.TryGetValue(charge.Name, out var part),
        FromFourteenOnly = part,
        Fine = _fine.TryGetValue(charge.Name, out var fine) ? fine : null,
    };

    private static IEnumerable<string> Names(YamlNode list) => ((YamlSequenceNode)list).Select(n => ((YamlScalarNode)n).Value!);
}
