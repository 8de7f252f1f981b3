using Cluster.Api.Hosting;
using Cluster.Api.Ingest;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Tests.Overload;

/// <summary>Who is let in when there is little room.</summary>
public sealed class AdmissionTests
{
    private readonly Admission admission = new(Options.Create(new IntakeOptions
    {
        MostPending = 100,
        MostPendingOfSender = 60,
        Reserved = 20,
        OwnShare = 5,
        MostBytes = 1_000,
        MostBytesOfSender = 600,
        ReservedBytes = 200,
        OwnBytes = 50,
    }));

    private void Refused(Action enter)
    {
        Problem problem = Assert.Throws<ProblemException>(enter).Problem;
        Assert.Equal((429, "overloaded"), (problem.Status, problem.Code));
        Assert.NotNull(problem.RetryAfter);
    }

    [Fact]
    public void A_sender_has_at_most_its_part_on_its_way()
    {
        admission.Enter("a", 60, 1);
        Refused(() => admission.Enter("a", 1, 1));
        admission.Enter("b", 40, 1);
    }

    [Fact]
    public void What_is_left_when_others_have_taken_all_is_for_those_who_send_little()
    {
        admission.Enter("a", 60, 1);
        admission.Enter("b", 40, 1);
        Refused(() => admission.Enter("b", 1, 1));
        Refused(() => admission.Enter("c", 6, 1));
        for (int i = 0; i < 5; i++) admission.Enter("c", 1, 1);
        Refused(() => admission.Enter("c", 1, 1));
        admission.Enter("d", 5, 1);
        Assert.Equal(110, admission.Pending);
    }

    [Fact]
    public void The_reserve_too_has_an_end()
    {
        admission.Enter("a", 60, 1);
        admission.Enter("b", 40, 1);
        for (int i = 0; i < 4; i++) admission.Enter("small" + i, 5, 1);
        Refused(() => admission.Enter("one more", 1, 1));
    }

    [Fact]
    public void What_is_done_makes_room()
    {
        Admission.Ticket ticket = admission.Enter("a", 60, 600);
        Refused(() => admission.Enter("a", 1, 1));
        ticket.Dispose();
        ticket.Dispose();
        Assert.Equal(0, admission.Pending);
        admission.Enter("a", 60, 600);
    }

    [Fact]
    public void A_request_that_turns_out_smaller_gives_back_and_one_that_turns_out_larger_keeps_what_it_has()
    {
        using Admission.Ticket ticket = admission.Enter("a", 60, 1);
        ticket.NeedEvents(10);
        Assert.Equal(10, admission.Pending);
        admission.Enter("a", 50, 1);
        Refused(() => ticket.NeedEvents(11));
        Assert.Equal(60, admission.Pending);
    }

    [Fact]
    public void Bytes_are_counted_like_events()
    {
        using Admission.Ticket ticket = admission.Enter("a", 1, 500);
        Refused(() => admission.Enter("a", 1, 101));
        Refused(() => ticket.NeedBytes(601));
        admission.Enter("b", 1, 500);
        Refused(() => admission.Enter("c", 1, 51));
        admission.Enter("c", 1, 50);
    }
}
