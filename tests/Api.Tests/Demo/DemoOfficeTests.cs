using Cluster.Api.Demo;

namespace Cluster.Api.Tests.Demo;

public sealed class DemoOfficeTests
{
    private static readonly HashSet<string> Units = [.. DemoOffice.Procuratorates().Select(p => p.Code)];
    private static readonly HashSet<string> Departments = [.. DemoOffice.Departments().Select(d => d.Id)];
    private static readonly HashSet<string> Prosecutors = [.. DemoOffice.Prosecutors().Select(p => p.Id)];

    [Fact]
    public void A_city_procuratorate_stands_above_three_county_ones()
    {
        var all = DemoOffice.Procuratorates();
        Assert.Equal(["990100", "990101", "990102", "990103"], all.Select(p => p.Code));
        Assert.Equal("city", (string?)all[0].Body["level"]);
        Assert.All(all.Skip(1), p => Assert.Equal(("county", "990100"), ((string?)p.Body["level"], (string?)p.Body["parent"])));
    }

    [Fact]
    public void Every_department_belongs_to_an_office_and_names_its_case_types()
        => Assert.All(DemoOffice.Departments(), d =>
        {
            Assert.Contains((string)d.Body["procuratorate"]!, Units);
            Assert.NotEmpty(d.Body["caseTypes"]!.AsArray());
        });

    [Fact]
    public void About_sixty_people_with_distinct_names_and_the_capacity_of_their_role()
    {
        var all = DemoOffice.Prosecutors();
        Assert.InRange(all.Count, 55, 65);
        Assert.Equal(all.Count, all.Select(p => p.Id).Distinct().Count());
        Assert.Equal(all.Count, all.Select(p => (string?)p.Body["name"]).Distinct().Count());
        Assert.Contains(all, p => p.Body["absences"]!.AsArray().Count > 0);
        var capacities = new Dictionary<string, double> { ["head"] = 0.6, ["leader"] = 0.35, ["newcomer"] = 0.5, ["prosecutor"] = 1.0 };
        Assert.Equal(capacities.Keys.Order(), all.Select(p => (string)p.Body["role"]!).Distinct().Order());
        Assert.All(all, p =>
        {
            Assert.Contains((string)p.Body["department"]!, Departments);
            Assert.Equal(capacities[(string)p.Body["role"]!], (double)p.Body["capacity"]!);
        });
    }

    [Fact]
    public void Every_department_that_takes_cases_has_somebody_to_take_them()
        => Assert.All(DemoOffice.Departments().Where(d => !d.Id.EndsWith("ag", StringComparison.Ordinal)), d =>
            Assert.True(DemoOffice.Prosecutors().Count(p => (string?)p.Body["department"] == d.Id && (bool)p.Body["qualified"]!) >= 3, d.Id));

    [Fact]
    public void There_is_an_account_for_every_role_bound_to_what_exists()
    {
        string[] roles = ["handler", "head", "monitor", "leader", "superior", "sender", "system-admin", "security-admin", "auditor"];
        var users = DemoOffice.Users().ToDictionary(u => u.Name);
        Assert.Equal(roles.Order(), users["admin"].Body["roles"]!.AsArray().Select(r => (string)r!).Order());
        foreach (var role in roles)
            Assert.Equal(role, (string?)Assert.Single(users[role].Body["roles"]!.AsArray()));
        foreach (var body in users.Values.Select(u => u.Body))
        {
            Assert.Equal(DemoOffice.Password, (string?)body["password"]);
            Assert.Contains((string)body["procuratorate"]!, Units);
            Assert.True(body["department"] is null || Departments.Contains((string)body["department"]!));
            Assert.True(body["prosecutor"] is null || Prosecutors.Contains((string)body["prosecutor"]!));
        }
        Assert.True(DemoOffice.Password.Length >= 12);
    }

    [Fact]
    public void A_handler_is_a_prosecutor_of_the_department_the_account_names()
    {
        var handler = DemoOffice.Users().Single(u => u.Name == "handler").Body;
        var person = DemoOffice.Prosecutors().Single(p => p.Id == (string?)handler["prosecutor"]).Body;
        Assert.Equal((string?)handler["department"], (string?)person["department"]);
        Assert.Equal("prosecutor", (string?)person["role"]);
    }

    [Fact]
    public void Cases_go_to_departments_of_the_office_that_take_their_type()
    {
        var types = DemoOffice.Departments().ToDictionary(d => d.Id, d => d.Body["caseTypes"]!.AsArray().Select(t => (string)t!).ToHashSet());
        Assert.All(Replayed.Cases, c =>
        {
            var department = c.Accepted.Text("department")!;
            Assert.StartsWith(c.Accepted.Text("procuratorate")!, department);
            Assert.Contains(c.CaseType, types[department]);
        });
        Assert.All(Units, u => Assert.True(Replayed.Cases.Count(c => c.Accepted.Text("procuratorate") == u) > 100, u));
    }

    [Fact]
    public void Prosecutors_in_court_work_in_the_department_of_the_case()
    {
        var department = DemoOffice.Prosecutors().ToDictionary(p => p.Id, p => (string?)p.Body["department"]);
        Assert.All(Replayed.Reviews, c => Assert.All(c.All("court.opened"), e =>
            Assert.Equal(c.Accepted.Text("department"), department[(string)e.Data["prosecutors"]![0]!])));
    }
}
