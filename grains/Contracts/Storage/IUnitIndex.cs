namespace Cluster.Contracts.Storage;

/// <summary>The procuratorates, departments and prosecutors that exist.</summary>
public interface IUnitIndex
{
    Task<IReadOnlyList<UnitRow>> All(CancellationToken cancellation = default);
}

/// <summary>A unit.</summary>
/// <param name="Kind">procuratorate, department or prosecutor.</param>
/// <param name="Parent">Procuratorate above, procuratorate of a department, department of a prosecutor.</param>
/// <param name="Json">Its definition as the contract's body, UTF-8.</param>
public sealed record UnitRow(string Kind, string Id, string? Parent, string Name, byte[] Json);
