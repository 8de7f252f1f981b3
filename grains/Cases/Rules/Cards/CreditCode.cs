namespace Cluster.Cases.Rules.Cards;

/// <summary>统一社会信用代码, the credit code of units (GB 32100).</summary>
public static class CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>18 signs with the right check sign.</summary>
    public static bool IsValid(string code)
    {
        if (code.Length != 18) return false;
        var sum = 0;
        var weight = 1;
        for (var i = 0; i < 17; i++)
        {
            var value = Alphabet.IndexOf(char.ToUpperInvariant(code[i]), StringComparison.Ordinal);
            if (value < 0) return false;
            sum += value * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - sum % 31) % 31] == char.ToUpperInvariant(code[17]);
    }
}
