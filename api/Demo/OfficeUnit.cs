namespace Cluster.Api.Demo;

/// <summary>One procuratorate of the demo city with the bodies it works with; <c>Short</c> is its name in case and document numbers.</summary>
internal sealed record OfficeUnit(string Code, string Place, string Short, bool IsCity)
{
    public string Name { get; } = Place + "人民检察院";
    public string Police { get; } = Place + "公安局";
    public string Supervision { get; } = Place + "监察委员会";
    public string Court { get; } = IsCity ? Place + "中级人民法院" : Place + "人民法院";
    public string DetentionHouse { get; } = Place + "看守所";
    public string InterrogationRoom { get; } = Place + "看守所讯问室";
    public string OwnRoom { get; } = Place + "人民检察院办案工作区";
    public string Source { get; } = $"/{Code}/demo";

    /// <summary>The chief: documents in the procuratorate's name are signed by the chief (R 4).</summary>
    public string Chief { get; } = $"p{Code}01";

    public string Department(string suffix) => $"{Code}-{suffix}";

    public string Prosecutor(int number) => $"p{Code}{number:00}";

    public string NameOf(Organ organ) => organ switch
    {
        Organ.Procuratorate => Name,
        Organ.Court => Court,
        Organ.Supervision => Supervision,
        _ => Police,
    };
}
