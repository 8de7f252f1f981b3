using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>The course of some case types, for those who show where a case is.</summary>
/// <param name="CaseTypes">Whose course it is; <c>default</c> stands for any type without one of its own.</param>
/// <param name="States">In order: a case is in the last one that anything has led to, but for review for prosecution, which goes back and forth.</param>
public sealed record CourseDescription(IReadOnlyList<string> CaseTypes, IReadOnlyList<StateDescription> States)
{
    /// <summary>Every course, in the order of the catalogue.</summary>
    public static IReadOnlyList<CourseDescription> All { get; } =
        [.. Stages.All.Select(m => new CourseDescription(m.CaseTypes, [.. m.Stages.Select(s => new StateDescription(s.Code, Stages.Names[s.Code], !s.Ends))]))];

    /// <summary>The states of every course: before a case is accepted, and once it is archived.</summary>
    public static IReadOnlyList<StateDescription> Common { get; } =
        [new("unaccepted", Stages.Names["unaccepted"], false), new("ARCHIVE", Stages.Names["ARCHIVE"], false)];
}

/// <summary>A state of a case.</summary>
/// <param name="Code">UPPER_SNAKE, as <c>stage</c> of a case.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Open">Whether a case in it still burdens its prosecutor, unless it was closed.</param>
public sealed record StateDescription(string Code, LocalizedText Name, bool Open);
