using Cluster.Cases.Rules;

namespace Cases.Tests.Rules;

/// <summary>Levels, leads and articles as the tables of the field give them, so that no slip in the catalogue goes unseen.</summary>
public sealed class RuleTableTests
{
    /// <summary>Rule | level, or level at large/in custody, with block and refer | leads | basis.</summary>
    private const string Expected = """
        AK-001 | L1 |  | 流程监控规定 2016
        CX-001 | L1 |  | R 157-158
        CX-004 | L1 |  | R 158
        DQ-001 | V |  | R 156-158
        FA-009 | L1 | 0d | R 158
        K-004 | L1 |  | CARD R066
        K-005 | V |  | CARD R002
        K-024 | V |  | CARD R030
        K-031 | V |  | CARD R039
        K-032 | V |  | CARD R040
        K-038 | L1 block |  | CARD R046
        K-039 | L1 block |  | CPL 177
        K-043 | L1 block |  | CARD R051; CPL 223
        K-045 | L1 block |  | CARD R053; CPL 222
        K-054 | L1 block |  | CARD R059
        K-059 | L1 block |  | GB 11643
        K-060 | L1 block |  | GB 11643
        K-061 | L1 block |  | GB 11643
        K-067 | L1 block |  | CPL 175
        K-068 | L1 block |  | CPL 175
        K-070 | L1 block |  | policy
        K-071 | L1 |  | R 358, 372
        K-072 | L1 |  | CPL 68; BAIL 4
        K-073 | L1 block |  | CPL 283
        K-077 | L1 block |  | CRIM 72, 74
        K-086 | L1 block |  | CPL 16, 175, 177, 182, 282
        QX-001 | L3 | 3d 2d 1d | CPL 91; R 282
        QX-002 | L2 | 5d 3d 1d | R 282
        QX-003 | L2 |  | R 282
        QX-004 | L3 | 3d 2d 1d | CPL 167; R 297
        QX-005 | L2 | 2d 1d | R 296
        QX-006 | L3 | 3d 2d 1d | CPL 170; R 143
        QX-007 | L3 |  | CPL 170; R 142
        QX-008 | L2/L3 | 10d 5d 3d 1d | CPL 172; R 351
        QX-009 | L2/L3 | 5d 3d 1d | R 351
        QX-010 | L2 |  | CPL 172
        QX-011 | L3 |  | CPL 172
        QX-012 | L1 |  | R 351
        QX-013 | L2 | 3d 2d 1d | CPL 172; R 273
        QX-014 | L2 | 3d 2d 1d | CPL 172; R 273
        QX-015 | L1 | 0d | R 273
        QX-016 | L3 |  | CPL 175; R 350
        QX-017 | L2 | 5d 1d | R 346-347
        QX-018 | L1 |  | R 347; CARD R038
        QX-019 | L2 |  | R 615-616; R 152
        QX-020 | L2 refer |  | CPL 175(4); R 367
        QX-021 | L2 |  | R 348
        QX-022 | L2 | 2d | R 328
        QX-023 | L2 |  | REPLY22
        QX-024 | L3 | 10d 7d 3d | CPL 156; R 620
        QZ-001 | L3 | 3d 1d | CPL 98-99
        QZ-002 | L3 |  | CPL 91; R 286
        QZ-003 | L3 |  | CPL 178; R 376
        QZ-004 | L2 | 1d | R 376; BAIL 24
        QZ-005 | L2 | 2d | BAIL 26; R 103
        QZ-006 | L2 | 2d | R 113
        SQ-001 | L2 | 1d | CPL 34; R 40
        SQ-002 | L2 | 1d | CPL 46; R 55
        SQ-003 | L2 |  | CPL 173; PLEA 26
        SQ-004 | L2 block |  | CPL 173; R 331
        SQ-005 | L3 block | 1d | CPL 88; R 280
        SQ-006 | L2 | 1d | R 280
        SQ-007 | L2 |  | CPL 173; R 261-262
        SQ-008 | L2 |  | CPL 173
        SQ-011 | L3 | 1d | CPL 35, 278; R 42, 460; LA 25, 36
        SQ-012 | L3 |  | CPL 174; R 272
        SQ-014 | L3 |  | CPL 281; R 465
        WS-001 | L2 | 1d | R 665-666
        WS-002 | L2 block |  | R 257, 342-343
        WS-012 | L2 |  | CPL 176; R 274
        WS-013 | L2 |  | CPL 176; R 275
        """;

    public static TheoryData<string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var line in Expected.Split('\n', StringSplitOptions.TrimEntries))
            {
                var cells = line.Split('|', StringSplitOptions.TrimEntries);
                rows.Add(cells[0], cells[1], cells[2], cells[3]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_rule_has_the_level_the_leads_and_the_basis_of_the_table(string id, string level, string leads, string basis)
    {
        var rule = Catalogue.Default.Rules.Single(r => r.Id == id);
        Assert.Equal(level, rule.Level + (rule.CustodyLevel is { } custody ? "/" + custody : "") + (rule.Blocking ? " block" : "") + (rule.Refer ? " refer" : ""));
        Assert.Equal(leads, string.Join(" ", rule.Leads.Select(l => l.ToString())));
        Assert.Equal(basis, rule.Basis);
    }
}
