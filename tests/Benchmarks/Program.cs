using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// findings [rule [examples]]: what the catalogue finds in the real timelines of the demo.
if (args is ["findings", ..])
{
    Benchmarks.Findings.Count(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : args.Length > 1 ? 20 : 0, args.Length > 1 ? args[1] : null);
    return;
}

// In process: the machine may have no way to restore the packages of a generated project.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(10));
BenchmarkSwitcher.FromAssembly(typeof(Benchmarks.AssessBenchmark).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
