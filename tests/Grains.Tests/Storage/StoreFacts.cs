using Cluster.Shared;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Grains.Tests.Storage;

/// <summary>Marks tests that need PostgreSQL.</summary>
internal interface IOnPostgres;

/// <summary>A fact about a store; skipped by name where the store of its class cannot be had.</summary>
[XunitTestCaseDiscoverer("Grains.Tests.Storage.StoreFactDiscoverer", "Grains.Tests")]
internal sealed class StoreFactAttribute : FactAttribute;

/// <summary>A theory about a store; skipped by name where the store of its class cannot be had.</summary>
[XunitTestCaseDiscoverer("Grains.Tests.Storage.StoreTheoryDiscoverer", "Grains.Tests")]
internal sealed class StoreTheoryAttribute : TheoryAttribute;

internal sealed class StoreFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        Missing.Skipped(DiagnosticMessageSink, options, method) ?? base.Discover(options, method, fact);
}

internal sealed class StoreTheoryDiscoverer(IMessageSink sink) : TheoryDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo theory) =>
        Missing.Skipped(DiagnosticMessageSink, options, method) ?? base.Discover(options, method, theory);
}

file static class Missing
{
    public static IEnumerable<IXunitTestCase>? Skipped(IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method)
    {
        var needsPostgres = method.TestClass.Class.Interfaces.Any(i => i.Name == typeof(IOnPostgres).FullName);
        return needsPostgres && PostgresServer.Missing is { } reason
            ? [new XunitSkippedDataRowTestCase(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason)]
            : null;
    }
}
