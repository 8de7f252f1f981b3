using System.Text.Json.Nodes;

namespace Cluster.Api.Demo;

/// <summary>A procuratorate of the demo.</summary>
/// <param name="Code">The code in <c>PUT /api/procuratorates/{code}</c>.</param>
/// <param name="Body">The body of that request.</param>
public sealed record DemoProcuratorate(string Code, JsonObject Body);

/// <summary>A department of the demo.</summary>
/// <param name="Id">The id in <c>PUT /api/departments/{id}</c>.</param>
/// <param name="Body">The body of that request.</param>
public sealed record DemoDepartment(string Id, JsonObject Body);

/// <summary>A prosecutor of the demo; the name is invented.</summary>
/// <param name="Id">The id in <c>PUT /api/prosecutors/{id}</c>.</param>
/// <param name="Body">The body of that request.</param>
public sealed record DemoProsecutor(string Id, JsonObject Body);

/// <summary>An account of the demo.</summary>
/// <param name="Name">The name in <c>PUT /api/users/{name}</c>.</param>
/// <param name="Body">The body of that request, with the demo's open password.</param>
public sealed record DemoUser(string Name, JsonObject Body);
