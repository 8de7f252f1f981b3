using Cluster.Api.Hosting;
using Cluster.Api.Ingest;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Tests.Overload;

/// <summary>Who is let in when there is little room.</summary>
public sealed class AdmissionTests
{
    private readonly Ticks clock = new();
    private readonly Admission admission;

    public AdmissionTests() => admission = new(Options.Create(new IntakeOptions
    {
        MostPending = 100,
        LeastPending = 10,
        Wanted = TimeSpan.FromSeconds(1),
        MostPendingOfSender = 60,
        Reserved = 20,
        OwnShare = 5,
        MostBytes = 1_000,
        MostBytesOfSender = 600,
        ReservedBytes = 200,
        OwnBytes = 50,
    }), clock);

    private void Fill(string sender, int events)
    {
        for (int i = 0; i < events; i += 20) admission.Enter(sender, 20, 1);
    }

    private void Record(int times, TimeSpan took)
    {
        for (int i = 0; i < times; i++)
        {
            using Admission.Ticket ticket = admission.Enter("anybody", 1, 1);
            clock.Now += took.Ticks;
            ticket.Recorded();
        }
    }

    private void Refused(Action enter)
    {
        Problem problem = Assert.Throws<ProblemException>(enter).Problem;
        Assert.Equal((429, "overloaded"), (problem.Status, problem.Code));
        Assert.NotNull(problem.RetryAfter);
    }

    [Fact]
    public void A_sender_has_at_most_its_part_on_its_way()
    {
        Fill("a", 60);
        Refused(() => admission.Enter("a", 1, 1));
        Fill("b", 40);
    }

    [Fact]
    public void What_is_left_when_others_have_taken_all_is_for_those_who_send_little()
    {
        Fill("a", 60);
        Fill("b", 40);
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
        Fill("a", 60);
        Fill("b", 40);
        for (int i = 0; i < 4; i++) admission.Enter("small" + i, 5, 1);
        Refused(() => admission.Enter("one more", 1, 1));
    }

    [Fact]
    public void What_is_done_makes_room()
    {
        Admission.Ticket ticket = admission.Enter("a", 50, 600);
        Refused(() => admission.Enter("a", 1, 1));
        ticket.Dispose();
        ticket.Dispose();
        Assert.Equal(0, admission.Pending);
        admission.Enter("a", 50, 600);
    }

    [Fact]
    public void A_request_that_turns_out_smaller_gives_back_and_one_that_turns_out_larger_keeps_what_it_has()
    {
        using Admission.Ticket ticket = admission.Enter("a", 50, 1);
        ticket.NeedEvents(10);
        Assert.Equal(10, admission.Pending);
        admission.Enter("a", 50, 1);
        Refused(() => ticket.NeedEvents(11));
        Assert.Equal(60, admission.Pending);
    }

    [Fact]
    public void Fewer_are_let_in_while_most_take_too_long_and_more_again_when_they_do_not()
    {
        Record(1_000, TimeSpan.FromSeconds(2));
        Assert.Equal(10, admission.Room);
        Fill("a", 5);
        Refused(() => admission.Enter("a", 6, 1));
        Record(1_000, TimeSpan.FromMilliseconds(1));
        Assert.Equal(100, admission.Room);
        admission.Enter("b", 50, 1);
    }

    [Fact]
    public void A_few_that_take_for_ever_let_in_no_fewer()
    {
        for (int i = 0; i < 500; i++)
        {
            Record(3, TimeSpan.FromMilliseconds(1));
            Record(1, TimeSpan.FromSeconds(30));
        }
        Assert.InRange(admission.Room, 95, 100);
    }

    [Fact]
    public void A_batch_larger_than_the_room_gets_in_when_half_of_it_is_free()
    {
        Record(1_000, TimeSpan.FromSeconds(2));
        using (admission.Enter("a", 40, 1))
        {
            Assert.Equal(5, admission.Pending);
            Refused(() => admission.Enter("a", 40, 1));
            using (admission.Enter("b", 40, 1)) Refused(() => admission.Enter("c", 40, 1));
            admission.Enter("c", 40, 1).Dispose();
            // However much the batches of others hold, who sends little finds room.
            admission.Enter("little", 1, 1);
        }
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

    private sealed class Ticks : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
