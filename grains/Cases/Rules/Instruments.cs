using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cluster.Cases.Rules;

/// <summary>The laws and rules on which a rule of the catalogue may rest, by the short names of the catalogue.</summary>
internal static partial class Instruments
{
    private const int Open = 9_999;

    /// <summary>The last article of each, so far as it is known; 0 for those cited without an article.</summary>
    private static readonly FrozenDictionary<string, int> LastArticle = new Dictionary<string, int>
    {
        ["CPL"] = 308, // 刑事诉讼法 (2018)
        ["R"] = 684, // 人民检察院刑事诉讼规则 (2019)
        ["SPC"] = 655, // 最高法关于适用刑诉法的解释 (2021)
        ["PSB"] = 388, // 公安机关办理刑事案件程序规定 (2020)
        ["CRIM"] = 452, // 刑法
        ["LA"] = 71, // 法律援助法 (2021)
        ["PROS"] = 70, // 检察官法 (2019)
        ["ORG"] = 53, // 人民检察院组织法 (2018)
        ["CIV"] = 306, // 民事诉讼法 (2023)
        ["ADM"] = 103, // 行政诉讼法 (2017)
        ["SCL"] = 42, // 国家赔偿法 (2012)
        ["PLEA"] = 60, // 认罪认罚从宽指导意见 (2019)
        ["CSR"] = 135, // 民事诉讼监督规则 (2021)
        ["ASR"] = 137, // 行政诉讼监督规则 (2021)
        ["PIL"] = 112, // 公益诉讼办案规则 (2021)
        ["SL"] = Open, // 监察法
        ["BAIL"] = Open, // 取保候审规定 (2022)
        ["CUST"] = Open, // 羁押必要性审查规定 (2023)
        ["SUGG"] = Open, // 检察建议工作规定 (2019)
        ["PILI"] = Open, // 检察公益诉讼解释
        ["GB"] = 99_999, // 国家标准
        ["GB/T"] = 99_999, // 推荐性国家标准
        ["REPLY13"] = 0,
        ["REPLY22"] = 0,
        ["REPLY25"] = 0,
        ["CARD"] = 0,
        ["HUBEI"] = 0,
        ["policy"] = 0,
        ["own"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is wrong with a basis such as <c>CPL 172; R 351, 414-416</c>; null if nothing.</summary>
    public static string? Problem(string basis)
    {
        if (string.IsNullOrWhiteSpace(basis)) return "the basis is empty";
        foreach (var part in basis.Split(';', '；'))
        {
            if (ProblemOf(part.Trim()) is { } problem) return problem;
        }

        return null;
    }

    private static string? ProblemOf(string part)
    {
        // An instrument of the office or the province is named in full.
        if (part.Length > 0 && (part[0] is >= '\u4e00' and <= '\u9fff' or '《')) return null;
        var end = part.IndexOf(' ', StringComparison.Ordinal);
        var name = end < 0 ? part : part[..end];
        if (!LastArticle.TryGetValue(name, out var last))
        {
            return $"unknown instrument '{name}'; known: {string.Join(", ", LastArticle.Keys.Order(StringComparer.Ordinal))}, or a Chinese title";
        }

        var rest = end < 0 ? "" : part[end..].Trim();
        if (last == 0) return null;
        // A law as a whole, as the special part of the criminal law is for a charge.
        if (rest.Length == 0) return name is "CRIM" or "PROS" or "SL" ? null : $"'{name}' needs an article";
        foreach (var article in rest.Split(','))
        {
            var match = Article().Match(article.Trim());
            if (!match.Success) return $"'{article.Trim()}' is no article of {name}";
            var from = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var until = match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : from;
            if (from < 1 || until > last || until < from) return $"{name} has the articles 1 to {last}, not '{article.Trim()}'";
        }

        return null;
    }

    [GeneratedRegex(@"^([0-9]{1,5})(?:-([0-9]{1,5}))?(?:\([0-9]{1,2}\))?$")]
    private static partial Regex Article();
}
