using System.Text;

namespace Cluster.Fuzz.Grammar;

/// <summary>Values at and beyond the edges.</summary>
internal static class Values
{
    /// <summary>Stands in the name, the identity number and the free text of every person made up here: no log may show it.</summary>
    public const string Secret = "秘密人";

    private static readonly string[] OddTexts =
    [
        "", " ", "\t", "\n", "\r\n", "\u0000", "\u001f", "\u007f", "\u0085", "\u00a0", "\u200b", "\u202e右左", "\u2028", "\ufeff", "e\u0301\u0323\u0323\u0323", "𠮷", "👨‍👩‍👧‍👦",
        "１２３", "٣", "Ⅳ", "ﬁ", "İ", "ß", "null", "true", "false", "0", "-1", "1", "2", "NaN", "1e999", ".", "..", "../../etc/passwd", "a/b", "/", "\\", "~", "~0~1", "$", "$.a", "[0]", "#", "?", "&", "=", "+", "%",
        "%00", "%2F", "%252F", "%zz", "%", "';--", "\"", "`", "<script>", "${x}", "{{x}}", "{0}", "%s%n", "*", "%%%", "_", "a_b", "*/*", ":", "case:", "all", "；", "、", "，", "至", "第一百条", "无期徒刑", "有期徒刑三年", "死刑", "六个月", "半年", "-5个月",
        "110101199003074258", "11010119900307425X", "000000000000000000", "99999999999999999X", "2026-02-09", "2026-02-30", "9999-12-31", "0001-01-01", "是", "否", "男", "1月", "24h", "99999d", "W1", "L3", "admin", "422826", "4228",
    ];

    private static readonly string[] OddTokens =
    [
        "null", "true", "false", "{}", "[]", "[[]]", "[null]", "{\"\":null}", "{\"a\":{\"a\":{\"a\":1}}}", "0", "-0", "-1", "1", "2", "3", "1.5", "-1.5", "1e-999", "1e999", "-1e999", "1E400", "9007199254740993", "2147483648", "-2147483649",
        "123456789012345678901234567890", "1e308", "1.7976931348623159e308", "1e9", "1000000001", "0.1e1", "00", "01", "1.", ".5", "+1", "0x10", "NaN", "Infinity", "-Infinity", "undefined", "'a'", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"",
        "\"\\ud83d\"", "\"\\x41\"", "\"\\u12\"", "\"\n\"", "\"\t\"", "/* c */ 1", "// c\n1", "1 2", "", ",", "\"\\ud83d\\ude00\"", "\"\\u0041\"",
    ];

    private static readonly string[] OddTimes =
    [
        "0001-01-01", "9999-12-31", "1000-01-01", "0999-12-31", "8999-12-31", "9000-01-01", "2026-02-30", "2025-02-29", "2024-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "10000-01-01", "-0001-01-01", "2026-2-9", "20260209", "2026/02/09",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00+14:00", "1000-01-01T00:00:00+14:00", "1000-01-01T00:00:00-12:00", "8999-12-31T23:59:60Z", "8999-12-31T23:59:59-23:59", "2016-12-31T23:59:60Z",
        "2026-02-09T24:00:00+08:00", "2026-02-09T23:59:61+08:00", "2026-02-09T09:30:00", "2026-02-09T09:30:00+14:00", "2026-02-09T09:30:00-12:00", "2026-02-09T09:30:00+99:99", "2026-02-09T09:30:00+23:59", "2026-02-09T09:30:00-00:00", "2026-02-09t09:30:00z",
        "2026-02-09 09:30:00+08:00", "2026-02-09T09:30+08:00", "2026-02-09T09:30:00.123456789012345678901234567890+08:00", "2026-02-09T09:30:00.+08:00", "2026-02-10T09:30:00+08:00", "2026-02-10T09:30:00.0000001+08:00", "2026-02-10T09:30:01+08:00", "2027-01-01T00:00:00+08:00",
        "1979-01-01", "1978-12-31", "2100-12-31", "2101-01-01", "2100-12-31T23:59:59+08:00", "1979-01-01T00:00:00Z", "1978-12-31T23:59:59Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2012-01-01", "1997-10-01", "2026-02-09T09:30:00\u00a0+08:00", "２０２６-02-09",
    ];

    private static readonly int[] Lengths = [1, 2, 15, 16, 17, 32, 33, 63, 64, 65, 127, 128, 129, 199, 200, 201, 255, 256, 257, 600, 601, 1999, 2000, 2001, 2048];

    private static readonly string[] Fillers = ["a", "中", "𠮷", "é", "e\u0301", " ", "%", "1", "0", "A", "/", "\"", "\\"];

    public static string OddText(Dice dice) => dice.Below(10) switch
    {
        < 6 => dice.One(OddTexts),
        6 => OddTime(dice),
        7 => dice.One(Vocabulary.Words),
        8 => dice.One(OddTexts) + dice.One(OddTexts),
        _ => Long(dice),
    };

    public static string OddToken(Dice dice) => dice.One(OddTokens);

    public static string OddTime(Dice dice) => dice.One(OddTimes);

    /// <summary>A text of a length at which something ends or begins.</summary>
    public static string Long(Dice dice)
    {
        string filler = dice.One(Fillers);
        int length = dice.Percent(2) ? dice.One(20_000, 70_000, 300_000) : dice.One(Lengths);
        return new StringBuilder(filler.Length * length).Insert(0, filler, length).ToString();
    }

    /// <summary>A list in a list in a list, or an object in an object.</summary>
    public static string Deep(Dice dice)
    {
        int depth = dice.One(5, 29, 31, 32, 33, 61, 63, 64, 65, 200, 2_000);
        return dice.Percent(50)
            ? new string('[', depth) + new string(']', depth)
            : new StringBuilder().Insert(0, "{\"a\":", depth).Append('1').Append('}', depth).ToString();
    }

    /// <summary>A date of the years in which cases are handled, mostly of the last months.</summary>
    public static DateOnly Date(Dice dice) =>
        new DateOnly(2026, 2, 9).AddDays(-(dice.Percent(80) ? dice.Below(120) : dice.Below(20_000)));

    public static string DateText(Dice dice) => dice.Percent(3) ? OddTime(dice) : Date(dice).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static string InstantText(Dice dice)
    {
        if (dice.Percent(2)) return OddTime(dice);
        string offset = dice.Percent(90) ? "+08:00" : dice.One("Z", "+14:00", "-12:00", "+00:00", "-05:30");
        return FormattableString.Invariant($"{Date(dice):yyyy-MM-dd}T{dice.Below(24):00}:{dice.Below(60):00}:{dice.Below(60):00}{offset}");
    }

    public static string Person(Dice dice) => dice.One("王", "李", "欧阳", "买买提·") + Secret + dice.Below(100);
}
