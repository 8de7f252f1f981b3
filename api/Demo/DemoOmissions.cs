namespace Cluster.Api.Demo;

/// <summary>
/// Things the invented office deliberately gets wrong, as shares of the chances to do so. An alert of the demo is thus
/// the consequence of an event that is missing, late or contradictory, never a stored picture. README.md lists the shares.
/// </summary>
public static class DemoOmissions
{
    /// <summary>A suspect is told of the right to a defender on the 4th to 7th day (limit: 3 days, R 40). Per suspect in review.</summary>
    public const double RightsNoticeLate = 0.03;

    /// <summary>A suspect is never told. Per suspect in review.</summary>
    public const double RightsNoticeMissing = 0.02;

    /// <summary>The victim is told on the 4th to 7th day (R 55). Per review case with victims.</summary>
    public const double VictimNoticeLate = 0.02;

    /// <summary>No written notice of the plea rules before the interrogation. Per suspect in review.</summary>
    public const double PleaNoticeMissing = 0.02;

    /// <summary>No record of an interrogation in review (R 331). Per suspect in review.</summary>
    public const double InterrogationMissing = 0.02;

    /// <summary>The defender's or duty lawyer's opinion was not heard (CPL 173). Per suspect in review.</summary>
    public const double DefenderNotHeard = 0.02;

    /// <summary>Bail taken over from the police is decided anew on the 8th to 14th day (limit: 7 days, BAIL 26). Per generated renewal.</summary>
    public const double BailRenewalLate = 0.03;

    /// <summary>A return for supplementary investigation without an outline (R 342). Per return.</summary>
    public const double ReturnWithoutOutline = 0.02;

    /// <summary>No 换押 record on a return. Per return with somebody in custody.</summary>
    public const double CustodyTransferMissing = 0.02;

    /// <summary>The extension of the review was approved one to three days after the month had passed (CPL 172). Per extension.</summary>
    public const double ExtensionLate = 0.02;

    /// <summary>The extension gives no reason (R 351). Per extension.</summary>
    public const double ExtensionWithoutReason = 0.02;

    /// <summary>The detention house was not told of a changed limit (R 152). Per extension, return or resubmission in custody, own investigations included.</summary>
    public const double DetentionHouseNotTold = 0.02;

    /// <summary>No review of the need for custody before the prosecution (CUST 6). Per suspect who needs one.</summary>
    public const double CustodyReviewMissing = 0.03;

    /// <summary>The plea was signed without a lawyer present (R 272). Per suspect who signed.</summary>
    public const double PleaWithoutLawyer = 0.03;

    /// <summary>The case left the house without the outbound check (R 667). Per prosecution.</summary>
    public const double OutboundCheckMissing = 0.02;

    /// <summary>The defender was not told of the prosecution (R 47). Per prosecution with a lawyer.</summary>
    public const double DefenderNotTold = 0.03;

    /// <summary>One of the required documents was never issued. Per review case.</summary>
    public const double DocumentMissing = 0.03;

    /// <summary>Whole-case card and person cards contradict each other or lack a field (domain K-001, K-004, K-038, K-071). Per review case.</summary>
    public const double CardContradiction = 0.04;

    /// <summary>Neither interrogated nor asked in writing before the arrest decision (R 280). Per suspect in arrest review.</summary>
    public const double ArrestNotHeard = 0.02;

    /// <summary>A family was not told of a detention or arrest that the procuratorate or the commission answers for (R 117, 123, 144, 301). Per such measure.</summary>
    public const double FamilyNotTold = 0.02;

    /// <summary>The police report the execution of an arrest on the 4th to 7th day (limit: 3 days), and the card waits for it. Per arrest.</summary>
    public const double ExecutionReplyLate = 0.03;

    /// <summary>The judgment was reviewed on the 8th to 11th day (limit: 7 days, protest 10 days). Per judgment.</summary>
    public const double JudgmentReviewLate = 0.03;

    /// <summary>The court convicted of another charge and the card does not say so (domain K-056). Per suspect so convicted.</summary>
    public const double ChangedChargeNotMarked = 0.03;

    /// <summary>What became of the judgment is filled in one to four days after the eleven that the card rules give. Per judgment.</summary>
    public const double OutcomeCardLate = 0.03;

    /// <summary>The cards lack what their charge asks for: 涉食品, 受侵犯企业类型 and the like (domain K-014, K-022, K-058). Per case with such a charge.</summary>
    public const double ChargeFieldsMissing = 0.03;

    /// <summary>No resumption after an adjournment that the text leaves open. Per generated resumption.</summary>
    public const double ResumptionMissing = 0.05;

    /// <summary>The closed case was archived after 95 to 140 days (limit: 90). Per case.</summary>
    public const double ArchiveLate = 0.03;
}
