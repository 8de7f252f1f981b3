using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Contracts.Storage;

namespace Cluster.Api.Cases;

/// <summary>The filters of <c>GET /api/alerts</c>.</summary>
internal static class AlertFilters
{
    public static string[] Levels { get; } = ["W1", "W2", "W3", "L1", "L2", "L3", "S", "T", "V"];

    public static string[] Statuses { get; } = ["open", "acknowledged", "noticed", "replied", "closed", "dismissed"];

    public static (string, string)[] Parameters { get; } =
    [
        ("procuratorate", "Unit code."), ("under", "Unit code: that procuratorate and those below it."), ("department", "Department id."), ("prosecutor", "Prosecutor id."), ("case", "The case."),
        ("level", "Level now."), ("category", "Category of the rule."), ("rule", "Rule of the catalogue."), ("status", "What people did about it."),
        ("open", "true: neither cleared nor closed or dismissed by people; false: the others."), ("dueBefore", "Due before this date or instant."),
        ("limit", "Page size, at most 500; 50 if absent."), ("cursor", "`next` of the page before."),
    ];

    public static AlertQuery Read(HttpRequest request, Rights rights)
    {
        var query = new Query(request);
        return new AlertQuery(rights.VisibleUnder(query.Text("under")))
        {
            Procuratorate = query.Text("procuratorate"),
            Department = query.Text("department"),
            Prosecutor = query.Text("prosecutor"),
            Case = query.Text("case"),
            Level = query.OneOf("level", Levels),
            Category = query.Text("category"),
            Rule = query.Text("rule"),
            Status = query.OneOf("status", Statuses),
            Open = query.Bool("open"),
            DueBefore = query.DueBefore("dueBefore"),
            Limit = query.Limit(),
            Cursor = query.Cursor,
        };
    }
}
