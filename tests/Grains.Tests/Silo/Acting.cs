using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Grains.Tests.Engine;

namespace Grains.Tests.Silo;

/// <summary>People at their desks.</summary>
internal static class Acting
{
    private static int number;

    /// <summary>Does something about the alert of a rule, as an account that may.</summary>
    public static async Task<ActOutcome> Act(this SiloUnderTest silo, string caseId, string rule, string act, string fields = "{}", string by = "m1", string? prosecutor = null, string? id = null)
    {
        var alert = await silo.AlertOf(caseId, rule);
        return await silo.Act(caseId, alert, act, fields, by, prosecutor, id);
    }

    public static async Task<ActOutcome> Act(this SiloUnderTest silo, string caseId, AlertRow alert, string act, string fields = "{}", string by = "m1", string? prosecutor = null, string? id = null)
    {
        var done = await silo.Case(caseId).Act([Ordered(alert, act, fields, by, prosecutor, id)]).Soon();
        await silo.Settled();
        return Assert.Single(done);
    }

    public static AlertAct Ordered(AlertRow alert, string act, string fields = "{}", string by = "m1", string? prosecutor = null, string? id = null) => new(
        id ?? Interlocked.Increment(ref number).ToString(CultureInfo.InvariantCulture), alert.Id, act, by, prosecutor,
        new CaseScope(alert.Procuratorate, alert.Department, alert.Prosecutor), Encoding.UTF8.GetBytes(fields));

    public static async Task<AlertRow> AlertOf(this SiloUnderTest silo, string caseId, string rule) => Assert.Single(await silo.Alerts(caseId), a => a.Rule == rule);

    /// <summary>An alert as the case shows it.</summary>
    public static async Task<JsonObject> Shown(this SiloUnderTest silo, string caseId, string rule) =>
        (await silo.Read(caseId))!["alerts"]!.AsArray().Single(a => (string?)a!["rule"] == rule)!.AsObject();
}
