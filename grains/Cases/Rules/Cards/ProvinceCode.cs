namespace Cluster.Cases.Rules.Cards;

/// <summary>The first two digits of GB/T 2260: no province ever had another code. What follows has changed too often to be judged.</summary>
public static class ProvinceCode
{
    private static readonly HashSet<string> Provinces =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
        "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ];

    /// <summary>Whether an identity number may begin so; 9 stands before the province on the card of a foreigner with permanent residence.</summary>
    public static bool MayBegin(string number) => number.Length < 2 || number[0] == '9' || Provinces.Contains(number[..2]);
}
