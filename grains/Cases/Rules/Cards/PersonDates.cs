using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>Days of a person's life that cards tell, by whichever field does.</summary>
internal static class PersonDates
{
    private static readonly CardField BirthField = CardFields.Find("出生日期")!;
    private static readonly CardField NumberField = CardFields.Find("身份证号")!;
    private static readonly CardField CrimeField = CardFields.Find("作案日期")!;
    private static readonly CardField CaseField = CardFields.Find("案发日期")!;
    private static readonly CardField PriorField = CardFields.Find("前罪作案日期")!;

    /// <summary>By the card, else the identity number, else the acceptance.</summary>
    public static DateOnly? Birth(in Scope scope)
    {
        if (scope.Suspect is not { } suspect) return null;
        return PredicateReader.DateOf(CardOperands.Read(scope, suspect, BirthField))
            ?? IdentityNumber.BirthDate(CardOperands.Read(scope, suspect, NumberField).Text)
            ?? suspect.BirthDate;
    }

    public static DateOnly? Crime(in Scope scope) =>
        PredicateReader.DateOf(CardOperands.Read(scope, scope.Suspect, CrimeField)) ?? PredicateReader.DateOf(CardOperands.Read(scope, scope.Suspect, CaseField));

    public static DateOnly? PriorCrime(in Scope scope) => PredicateReader.DateOf(CardOperands.Read(scope, scope.Suspect, PriorField));

    /// <summary>Full years on a day; a birthday counts as reached on the day after it (D20). Absent where a date is.</summary>
    public static FieldValue Age(DateOnly? birth, DateOnly? day)
    {
        if (birth is not { } from || day is not { } on || on < from) return default;
        var years = on.Year - from.Year;
        return FieldValue.Of((double)(on > from.AddYears(years) ? years : Math.Max(0, years - 1)));
    }
}
