using System.Text.Json;
using Cluster.Api.Hosting;
using Cluster.Api.Login;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Orleans;

namespace Cluster.Api.Demo;

/// <summary>Creates the demo office once: units through their grains, accounts with the demo's open password.</summary>
internal sealed class DemoSetup(IAccountStore accounts, Passwords passwords, IGrainFactory grains, UnitDirectory units, LegalClock clock, ILogger<DemoSetup> logger) : IHostedService
{
    /// <summary>The setting that says since when, in legal time, the demo runs in this store.</summary>
    public const string StartedAt = "demo-started-at";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await accounts.Setting(StartedAt, cancellationToken) is not null) return;
        foreach (DemoProcuratorate office in DemoOffice.Procuratorates())
        {
            var body = Read<ProcuratorateBody>(office.Body);
            await grains.GetGrain<IProcuratorateGrain>(office.Code).Define(UnitDefinitions.Read(office.Code, body, await units.Tree(cancellationToken)));
            await units.Refresh();
        }

        foreach (DemoDepartment department in DemoOffice.Departments())
            await grains.GetGrain<IDepartmentGrain>(department.Id).Define(UnitDefinitions.Read(department.Id, Read<DepartmentBody>(department.Body), await units.Tree(cancellationToken)));
        await units.Refresh();
        foreach (DemoProsecutor prosecutor in DemoOffice.Prosecutors())
            await grains.GetGrain<IProsecutorGrain>(prosecutor.Id).Define(UnitDefinitions.Read(prosecutor.Id, Read<ProsecutorBody>(prosecutor.Body), await units.Tree(cancellationToken)));
        await units.Refresh();

        string hash = await passwords.Hash(DemoOffice.Password, cancellationToken);
        foreach (DemoUser user in DemoOffice.Users())
        {
            var body = Read<DemoAccount>(user.Body);
            await accounts.Save(new Account(user.Name, hash, false, body.Roles, body.Procuratorate, body.Department, body.Prosecutor), cancellationToken);
        }

        await accounts.SaveSetting(StartedAt, clock.GetUtcNow().ToString("O"), cancellationToken);
        logger.LogInformation("Demo office created; every account has the password {Password}", DemoOffice.Password);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static T Read<T>(System.Text.Json.Nodes.JsonObject body) => body.Deserialize<T>(Json.Options)!;

    private sealed record DemoAccount(string[] Roles, string? Procuratorate, string? Department, string? Prosecutor);
}
