using Cluster.Cases.Assignment;
using Cluster.Cases.Assignment.Course;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Law;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Grains.Assignment;

/// <summary>Looks back on how a department gave its cases.</summary>
public sealed partial class AssignmentRecordGrain(
    [PersistentState("assignment-record", "snapshots")] IPersistentState<AssignmentRecordSnapshot> snapshot,
    IHistoryArchive archive, IUnitIndex units, LiveCatalogue rules, LegalClock clock, ILogger<AssignmentRecordGrain> logger) : Grain, IAssignmentRecordGrain
{
    // Written when so many courses are new, and a quarter of all: all the writings together cost a few times the last one.
    private const int WorthWriting = 200, Quarter = 4;

    private const int MostGiven = 2000;

    private CourseBook _book = null!;
    private RosterCourse _roster = null!;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _book = new CourseBook(archive, Id);
        if (snapshot.State.Edition == CourseBook.Edition) _book.Restore(snapshot.State.Courses);
        return Task.CompletedTask;
    }

    public async Task Review()
    {
        if (await Learn() is { } looked) await Tell(looked);
    }

    public async Task<byte[]?> Findings()
    {
        if (await Learn() is not { } looked) return null;
        await Tell(looked);
        return UnitJson.Write(new { Department = Id, AsOf = looked.At, Items = looked.Findings.Select(f => Body(f, f.Cases)) });
    }

    public async Task<byte[]?> Fairness(DateOnly from, DateOnly until, int days)
    {
        if (await Learn() is not { } looked) return null;
        var table = FairnessTable.Default;
        var (begin, end) = (LegalTime.StartOf(from), LegalTime.EndOf(until));
        return UnitJson.Write(new
        {
            Department = Id,
            From = from,
            Until = until,
            Days = days,
            AsOf = looked.At,
            table.ShareOf,
            Total = GivenCases.Of(_book.Courses, begin, end, table),
            Points = FairnessTrend.Of(_book.Courses, _roster, from, until, days, looked.At, table),
            Pairs = RepeatedPairs.Of(_book.Courses, begin, end, table),
        });
    }

    public async Task<byte[]?> Given(DateOnly from, DateOnly until, string kind)
    {
        if (await Learn() is null) return null;
        var (begin, end) = (LegalTime.StartOf(from), LegalTime.EndOf(until));
        var given = _book.Courses.SelectMany(c => c.Assignments.Select((a, i) => (Course: c, Assignment: a, First: i == 0)))
            .Where(g => g.Assignment.At >= begin && g.Assignment.At < end)
            .Where(g => kind switch
            {
                "designated" => g.First && g.Assignment.Mode == CourseAssignment.Designated,
                "reassigned" => !g.First,
                _ => g.First,
            })
            .OrderBy(g => g.Assignment.At).ThenBy(g => g.Course.Case, StringComparer.Ordinal).ToList();
        return UnitJson.Write(new
        {
            Department = Id,
            From = from,
            Until = until,
            Kind = kind,
            Total = given.Count,
            Items = given.Take(MostGiven).Select(g => new
            {
                g.Course.Case,
                g.Course.CaseType,
                g.Course.AcceptedAt,
                g.Assignment.At,
                g.Assignment.Prosecutor,
                g.Assignment.Mode,
                Wait = Math.Round(Math.Max(0, (g.Assignment.At - g.Course.AcceptedAt).TotalHours), 2),
            }),
        });
    }

    /// <summary>Takes in whatever is stored by now; null when the department is not defined.</summary>
    private async Task<Looked?> Learn()
    {
        var known = await units.All();
        if (known.FirstOrDefault(u => u.Kind == "department" && u.Id == Id) is not { } department) return null;
        var (live, now) = (rules.Current, clock.GetUtcNow());
        await _book.Refresh(live.Assessor.Calendar, now);
        if (_book.Fresh >= Math.Max(WorthWriting, _book.Count / Quarter)) await WriteDown();

        var people = known.Where(u => u.Kind == "prosecutor" && u.Parent == Id).Select(u => u.Id)
            .Concat(_book.Courses.SelectMany(c => c.Assignments.Select(a => a.Prosecutor))).Distinct(StringComparer.Ordinal);
        var streams = await archive.Read([.. people.Select(p => "prosecutor:" + p)]);
        _roster = new RosterCourse(Id, streams.SelectMany(s => s.Events).Where(e => e.Event.Type == "prosecutor.defined").Select(Change), _book.Courses);

        var reports = await OfficePath.Reports(department.Parent ?? "", live, GrainFactory);
        var by = DepartmentRules.Of(live.Catalogue, reports, LegalTime.DateOf(now));
        return new Looked(now, by.Look(_book.Courses, _roster, now));
    }

    // Without the cases, which may be many: it goes to every screen with the workload.
    private Task Tell(Looked looked) =>
        GrainFactory.GetGrain<IDepartmentGrain>(Id).Found(UnitJson.Write(looked.Findings.Where(f => f.ClearedAt is null).Select(f => Body(f, []))));

    private static RosterChange Change(JournalEvent e)
    {
        var p = UnitJson.Read<ProsecutorDefinition>(e.Event.Data);
        return new RosterChange(
            e.Event.Time, p.Id, p.Department, p.Capacity, p.Role, p.Qualified, p.OnDuty, [.. p.Absences.Select(a => new RosterAbsence(a.From, a.Until, a.Reason))]);
    }

    private object Body(DepartmentFinding f, IReadOnlyList<string> cases) => new
    {
        Id = $"{Id}/{f.Rule}/{f.Subject}/{f.Instance}",
        f.Rule,
        f.Name,
        Department = Id,
        f.Subject,
        f.Instance,
        f.Level,
        f.Category,
        f.Basis,
        f.RaisedAt,
        f.ClearedAt,
        f.Message,
        Cases = cases,
        f.Figures,
    };

    private async Task WriteDown()
    {
        snapshot.State = new AssignmentRecordSnapshot { Edition = CourseBook.Edition, Courses = _book.Write() };
        try
        {
            await snapshot.WriteStateAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotWritten(e, Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was read of department {Department} could not be written down; it will be read again after a restart.")]
    private partial void LogNotWritten(Exception exception, string department);

    private sealed record Looked(DateTimeOffset At, IReadOnlyList<DepartmentFinding> Findings);
}
