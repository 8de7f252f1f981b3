using Cluster.Cases.Assignment;

namespace Cluster.Verify;

/// <summary>The command <c>verify-draws FILE</c>, wherever it is offered.</summary>
internal static class VerifyDraws
{
    /// <summary>Says what it found, a line a fault.</summary>
    /// <param name="args">The file: the JSON answer of GET /api/departments/{id}/draws, or one day of it; - for standard input.</param>
    /// <returns>0 if all draws are as they should be, 1 if something is wrong with one, 2 if the file could not be read.</returns>
    public static int Run(string[] args, Func<Stream> input, TextWriter say, TextWriter complain)
    {
        if (args is not [var name])
        {
            complain.WriteLine("verify-draws FILE: checks the draws that GET /api/departments/{id}/draws answered; - reads standard input.");
            return 2;
        }

        try
        {
            using var file = name == "-" ? input() : File.OpenRead(name);
            var report = DrawFile.Verify(file);
            foreach (var line in report.Lines)
            {
                (report.ExitCode == 2 ? complain : say).WriteLine(line);
            }

            return report.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            complain.WriteLine($"verify-draws: {e.Message}");
            return 2;
        }
    }
}
