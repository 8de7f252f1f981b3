using System.Text.Json;
using Cluster.Api.Units;
using Cluster.Contracts;

namespace Cluster.Api.Live;

/// <summary>Whom a payload of the feed concerns, by the fields that every kind of payload names it with.</summary>
internal static class PayloadScope
{
    public static CaseScope Of(byte[] payload, UnitTree tree)
    {
        string? procuratorate = null, department = null, prosecutor = null;
        var reader = new Utf8JsonReader(payload);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            if (reader.ValueTextEquals("procuratorate")) procuratorate = Value(ref reader);
            else if (reader.ValueTextEquals("department")) department = Value(ref reader);
            else if (reader.ValueTextEquals("prosecutor")) prosecutor = Value(ref reader);
        }
        if (department is not null) procuratorate ??= tree.ProcuratorateOf(department);
        return new CaseScope(procuratorate, department, prosecutor);
    }

    private static string? Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
