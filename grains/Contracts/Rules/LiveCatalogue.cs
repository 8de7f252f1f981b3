using Cluster.Cases.Assessment;
using Cluster.Cases.Rules;

namespace Cluster.Contracts;

/// <summary>The rules this process judges by. What an office publishes replaces them at one stroke; whoever assesses takes them once and keeps them to the end.</summary>
public sealed class LiveCatalogue
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OfficeRules> _read = new(StringComparer.Ordinal);
    private volatile LiveRules _current;

    /// <param name="shipped">The rules that ship with the product, on the calendar in use.</param>
    public LiveCatalogue(Assessor shipped) => _current = new LiveRules(shipped, 0, []);

    /// <summary>The rules of this moment.</summary>
    public LiveRules Current => _current;

    /// <summary>Raised after they were replaced.</summary>
    public event Action? Changed;

    /// <summary>Takes over what is published and on trial; older news than it has it passes over.</summary>
    /// <returns>Files that this version of the program cannot read, by their version or run; they are left out.</returns>
    public IReadOnlyList<(string File, string Reason)> Adopt(CatalogueContents contents)
    {
        var unreadable = new List<(string, string)>();
        lock (_gate)
        {
            if (contents.Revision <= _current.Revision) return [];
            var shipped = _current.Assessor;
            var published = new List<RulePublication>();
            foreach (var file in contents.Published)
            {
                if (Read("v" + file.Version, file.Yaml, shipped.Catalogue, unreadable) is { } rules) published.Add(new RulePublication(rules, file.Version, file.Procuratorate, file.EffectiveFrom, file.By, file.At));
            }

            var trials = new List<RuleTrial>();
            foreach (var file in contents.Trials)
            {
                if (Read(file.Run, file.Yaml, shipped.Catalogue, unreadable) is { } rules) trials.Add(new RuleTrial(rules, file.Run, file.Procuratorate));
            }

            foreach (var gone in _read.Keys.Except([.. contents.Published.Select(f => "v" + f.Version), .. contents.Trials.Select(f => f.Run)]).ToList()) _read.Remove(gone);
            _current = new LiveRules(new Assessor(shipped.Catalogue.With(published, trials), shipped.Calendar), contents.Revision, contents.Touched);
        }

        Changed?.Invoke();
        return unreadable;
    }

    private OfficeRules? Read(string file, string yaml, Catalogue catalogue, List<(string, string)> unreadable)
    {
        if (_read.TryGetValue(file, out var known)) return known;
        try
        {
            return _read[file] = OfficeRules.Restore(yaml, catalogue);
        }
        catch (CatalogueException e)
        {
            unreadable.Add((file, e.Message));
            return null;
        }
    }
}

/// <summary>Rules to judge by.</summary>
/// <param name="Revision">0: those that ship with the product.</param>
/// <param name="Touched">Every rule that an office ever published, also where it was taken back.</param>
public sealed record LiveRules(Assessor Assessor, long Revision, IReadOnlyList<string> Touched)
{
    public Catalogue Catalogue => Assessor.Catalogue;
}
