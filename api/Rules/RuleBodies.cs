using Cluster.Api.Cases;

namespace Cluster.Api.Rules;

// The bodies that the catalogue writes itself, described for readers of the OpenAPI document.

/// <summary>The catalogue of rules.</summary>
internal sealed record RulesBody(IReadOnlyList<RuleBody> Items);

/// <summary>A rule of the catalogue, in the version that judges acts of today.</summary>
/// <param name="Id">QX-…, K-…, or one of an office's own.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Level">Level of a violation.</param>
/// <param name="CustodyLevel">Level while somebody is in custody, where it differs.</param>
/// <param name="Blocking">The case must not go on before it is put right.</param>
/// <param name="Refer">A violation is referred to those who discipline.</param>
/// <param name="Leads">How long before the end of a limit it warns, longest first.</param>
/// <param name="Basis">The articles.</param>
/// <param name="Template">Family of the check.</param>
/// <param name="Parameters">Of the template.</param>
/// <param name="CaseTypes">Where it applies; empty everywhere.</param>
/// <param name="EffectiveFrom">First legal date.</param>
/// <param name="EffectiveUntil">Last legal date; null: still in force.</param>
/// <param name="Source">Whether the article was read or is remembered.</param>
/// <param name="Manual">Why people must look; null for a rule that a machine decides.</param>
/// <param name="Unobservable">Its evidence is not reported, so it is silent.</param>
/// <param name="Fired">Alerts that the caller may see.</param>
/// <param name="Dismissed">Of the decided ones, those that people called false.</param>
/// <param name="Decided">Alerts on which people decided.</param>
/// <param name="Precision">1 − dismissed ÷ decided; null while nothing is decided.</param>
/// <param name="Shadow">What it finds on trial; null if it is not.</param>
/// <param name="Versions">The shipped one first.</param>
/// <param name="Examples">Histories on which it fires, and on which it is silent.</param>
/// <param name="Yaml">As written.</param>
internal sealed record RuleBody(
    string Id, BilingualText Name, string Category, string Level, string? CustodyLevel, bool Blocking, bool Refer, IReadOnlyList<string> Leads, string Basis, string Template,
    IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<string> CaseTypes, DateOnly EffectiveFrom, DateOnly? EffectiveUntil, string Source, BilingualText? Manual,
    bool Unobservable, long Fired, long Dismissed, long Decided, double? Precision, RuleShadowBody? Shadow, IReadOnlyList<RuleVersionBody> Versions, RuleExamplesBody Examples, string Yaml);

/// <summary>What a rule finds on trial.</summary>
internal sealed record RuleShadowBody(long Fired, long Cases, string Draft);

/// <summary>A version of a rule.</summary>
/// <param name="Version">Number of the catalogue it came with; 0 for the one that ships.</param>
/// <param name="EffectiveFrom">First legal date.</param>
/// <param name="EffectiveUntil">Last legal date; null: still in force.</param>
/// <param name="Origin">built-in or published.</param>
/// <param name="Procuratorate">Where it applies, and below; null everywhere.</param>
/// <param name="PublishedBy">Account.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="Yaml">As written; only where one rule is asked for.</param>
internal sealed record RuleVersionBody(
    int Version, DateOnly EffectiveFrom, DateOnly? EffectiveUntil, string Origin, string? Procuratorate, string? PublishedBy, DateTimeOffset? PublishedAt, string? Yaml = null);

/// <summary>The examples of a rule.</summary>
internal sealed record RuleExamplesBody(IReadOnlyList<FiringExampleBody> Fires, IReadOnlyList<SilentExampleBody> Silent);

/// <summary>A history on which a rule fires.</summary>
internal sealed record FiringExampleBody(string Title, string? Level);

/// <summary>A history on which a rule is silent.</summary>
internal sealed record SilentExampleBody(string Title);

/// <summary>The limits of the law.</summary>
internal sealed record LimitsBody(IReadOnlyList<LimitBody> Items);

/// <summary>A limit of the law.</summary>
/// <param name="Id">Number of the catalogue.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Start">What starts it.</param>
/// <param name="Article">The article in one sentence.</param>
/// <param name="Basis">The articles.</param>
/// <param name="Clock">custody, calendar, hours, workdays or by-custody.</param>
/// <param name="Length">The plain length; null where there is none to compute.</param>
/// <param name="Variants">Other lengths.</param>
/// <param name="Extensions">Each at its longest.</param>
/// <param name="Leads">How long before the end to warn.</param>
/// <param name="Before">Of a limit that counts back: how long before its start the act is due.</param>
/// <param name="NotComputable">Why there is no end to compute.</param>
/// <param name="EffectiveFrom">Since when the text reads as it does.</param>
/// <param name="EffectiveUntil">The last day of this text.</param>
/// <param name="Source">Whether the text was read or is remembered.</param>
/// <param name="Note">A doubt, or what this system chose.</param>
/// <param name="Runs">Whether cases start it.</param>
/// <param name="CaseTypes">Types of case in which it runs; empty: every type.</param>
internal sealed record LimitBody(
    string Id, BilingualText Name, BilingualText Start, BilingualText Article, string Basis, string Clock, string? Length, IReadOnlyList<string> Variants,
    IReadOnlyList<string> Extensions, IReadOnlyList<string> Leads, string? Before, BilingualText? NotComputable, DateOnly EffectiveFrom, DateOnly? EffectiveUntil,
    string Source, BilingualText? Note, bool Runs, IReadOnlyList<string> CaseTypes);

/// <summary>What the catalogue is made of.</summary>
/// <param name="Version">The last publication in force; 0: what ships alone.</param>
/// <param name="Rules">How many rules.</param>
/// <param name="Limits">How many limits.</param>
/// <param name="Templates">How many rules of each template.</param>
/// <param name="Sources">How many rules rest on texts that were read, and from memory.</param>
/// <param name="Manual">Rules that people must look at.</param>
/// <param name="CanEdit">Whether the caller may write rules.</param>
/// <param name="CanPublish">Whether the caller may put rules in force.</param>
internal sealed record CatalogueBody(
    int Version, int Rules, int Limits, IReadOnlyDictionary<string, int> Templates, IReadOnlyDictionary<string, int> Sources, IReadOnlyList<string> Manual, bool CanEdit, bool CanPublish);
