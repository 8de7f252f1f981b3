using Cluster.Cases.Events;

namespace Cluster.Cases.Rules.Cards;

/// <summary>What a field of a case card holds, and so what of it a message may show.</summary>
internal enum CardFieldKind
{
    /// <summary>Free words; never shown.</summary>
    Text,
    Date,
    Number,

    /// <summary>A prison term in months, or written out: 有期徒刑三年六个月.</summary>
    Term,

    /// <summary>是 or 否; true and false are read as these.</summary>
    Bool,

    /// <summary>One of the words of a list.</summary>
    Choice,

    /// <summary>罪名, one or several.</summary>
    Charge,

    /// <summary>文号, 案号.</summary>
    Document,
    Identity,
    Name,
    Phone,
    Address,
    Code,
}

/// <summary>On which cards a field stands.</summary>
internal enum CardHolder
{
    Suspect,
    Whole,

    /// <summary>On both, each with a value of its own: the whole case sums up its suspects.</summary>
    Both,

    /// <summary>On either; what the card of the whole case says holds for each suspect whose own card says nothing.</summary>
    Shared,
}

/// <summary>A field of the case cards that checks know.</summary>
/// <param name="Key">Its name in the data of an event, interned.</param>
/// <param name="MayLieAhead">A date that is told before it comes: the end of a period.</param>
internal sealed record CardField(string Name, string Key, CardFieldKind Kind, CardHolder On, bool MayLieAhead)
{
    private static readonly FieldValue Yes = FieldValue.Of("是");
    private static readonly FieldValue No = FieldValue.Of("否");

    /// <summary>A value as the checks compare it, however the sender wrote it.</summary>
    public FieldValue Read(FieldValue value) => value.Kind switch
    {
        FieldKind.Bool => value.True ? Yes : No,
        FieldKind.Text when Kind == CardFieldKind.Date => CardDate.Read(value.Text!) is { } date ? FieldValue.Of(date) : value,
        FieldKind.Text when Kind == CardFieldKind.Term => SentenceTerm.Months(value.Text!) is { } months ? FieldValue.Of((double)months) : value,
        _ => value,
    };
}
