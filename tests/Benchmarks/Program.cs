using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In process: the machine may have no way to restore the packages of a generated project.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(10));
BenchmarkSwitcher.FromAssembly(typeof(Benchmarks.AssessBenchmark).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
