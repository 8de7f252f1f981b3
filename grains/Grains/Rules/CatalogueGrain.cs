using System.Globalization;
using Cluster.Cases.Rules;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Grains.Assignment;
using Cluster.Law;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cluster.Grains.Rules;

/// <summary>The rules of offices: every change is an event with who and when, and nobody puts alone in force what they wrote.</summary>
[KeepAlive]
public sealed partial class CatalogueGrain(IJournal journal, LegalClock clock, LiveCatalogue live, ILogger<CatalogueGrain> logger) : Grain, ICatalogueGrain
{
    private static readonly string[] Changeable = ["draft", "shadow"];

    private readonly DraftBook _book = new();
    private OwnStream _stream = null!;
    private CatalogueContents _contents = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new OwnStream(journal, "catalogue", clock, DeactivateOnIdle);
        foreach (var stored in await _stream.Load(cancellationToken)) _book.Apply(stored.Event);
        _contents = _book.Contents();
    }

    public Task<CatalogueContents?> Contents(long revision) => Task.FromResult(_contents.Revision == revision ? null : _contents);

    public Task<DraftView[]> Drafts() => Task.FromResult<DraftView[]>([.. _book.Drafts.Reverse()]);

    public Task<DraftView?> Find(string draft) => Task.FromResult(_book.Find(draft));

    public Task<DraftOutcome> Validate(string yaml) => Task.FromResult(Check(yaml, out _));

    public async Task<DraftOutcome> Draft(DraftText text)
    {
        var outcome = Check(text.Yaml, out var rules);
        return rules is null ? outcome : await Append("rules.drafted", _book.NextId, id => new DraftBook.Drafted(id, text.Procuratorate, [.. rules.Ids], text.Yaml, text.Note, text.User));
    }

    public async Task<DraftOutcome> Edit(string draft, DraftText text)
    {
        if (Refused(draft, Changeable) is { } refused) return refused;
        var outcome = Check(text.Yaml, out var rules);
        return rules is null ? outcome : await Append("rules.edited", draft, id => new DraftBook.Drafted(id, null, [.. rules.Ids], text.Yaml, text.Note, text.User));
    }

    public async Task<DraftOutcome> Withdraw(string draft, string user) =>
        Refused(draft, Changeable) ?? await Append("rules.withdrawn", draft, id => new DraftBook.Acted(id, user, null));

    public async Task<DraftOutcome> Try(string draft, bool on, string user)
    {
        if (Refused(draft, Changeable) is { } refused) return refused;
        if (on == (_book.Find(draft)!.State == "shadow")) return Done(draft);
        return await Append("rules.tried", draft, id => new DraftBook.Tried(id, on, user));
    }

    public async Task<DraftOutcome> Publish(string draft, DateOnly effectiveFrom, string user)
    {
        if ((Refused(draft, Changeable) ?? SamePerson(draft, user)) is { } refused) return refused;
        var today = LegalTime.DateOf(clock.GetUtcNow());
        if (effectiveFrom < today) return Refusal("effective-date", string.Create(CultureInfo.InvariantCulture, $"Rules come into force today, {today:yyyy-MM-dd}, or later: what is done is done under the law of its day."));
        // It was checked when it was written, but perhaps by another version of the program.
        var outcome = Check(_book.Find(draft)!.Yaml, out var rules);
        if (rules is null) return outcome;
        if (rules.EndsBefore(effectiveFrom) is { } ended) return Refusal("effective-date", $"Rule {ended} ends before it would come into force.");
        return await Append("rules.published", draft, id => new DraftBook.Published(id, _book.LastVersion + 1, effectiveFrom, user));
    }

    public async Task<DraftOutcome> RollBack(string draft, string reason, string user) =>
        Refused(draft, "published") ?? SamePerson(draft, user) ?? await Append("rules.rolled-back", draft, id => new DraftBook.Acted(id, user, reason));

    public async Task Backtested(string draft, DateTimeOffset changedAt, BacktestReport report)
    {
        if (_book.Find(draft) is { } known && known.ChangedAt == changedAt) await Append("rules.backtested", draft, id => new DraftBook.Tested(id, report));
    }

    private async Task<DraftOutcome> Append(string type, string draft, Func<string, object> data)
    {
        var stored = await _stream.Append(type, UnitJson.Write(data(draft)));
        _book.Apply(stored);
        LogChanged(type, draft);
        if (_book.Revision != _contents.Revision)
        {
            _contents = _book.Contents();
            // This process judges by it before the one who asked has the answer; others ask soon.
            foreach (var (file, reason) in live.Adopt(_contents)) LogUnreadable(file, reason);
        }

        return Done(draft);
    }

    private DraftOutcome Check(string yaml, out OfficeRules? rules)
    {
        try
        {
            var current = live.Current.Assessor;
            rules = OfficeRules.Read(yaml, current.Catalogue, current.Calendar);
            return new DraftOutcome(null, null, [], [.. rules.Ids], null);
        }
        catch (CatalogueException e)
        {
            rules = null;
            return new DraftOutcome("invalid", e.Message, [.. e.Errors.Select(error => new FileError(error.File, error.Line, error.Reason))], [], null);
        }
    }

    private DraftOutcome? Refused(string draft, params string[] states) => _book.Find(draft) switch
    {
        null => Refusal("not-found", "There is no such draft."),
        var known when !states.Contains(known.State) => Refusal(
            states.Contains("published") ? "not-published" : "not-a-draft", $"The draft is {known.State}; this needs one that is {string.Join(" or ", states)}."),
        _ => null,
    };

    private DraftOutcome? SamePerson(string draft, string user) =>
        _book.Find(draft)!.Editors.Contains(user) ? Refusal("same-person", "Whoever wrote on a draft does not put it in force, nor take it back; ask somebody else.") : null;

    private DraftOutcome Done(string draft) => new(null, null, [], _book.Find(draft)!.Rules, _book.Find(draft));

    private static DraftOutcome Refusal(string refusal, string detail) => new(refusal, detail, [], [], null);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Type}: {Draft}.")]
    private partial void LogChanged(string type, string draft);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rule file {File} cannot be read by this version of the program and is left out: {Reason}")]
    private partial void LogUnreadable(string file, string reason);
}
