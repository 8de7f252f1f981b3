using Orleans;

namespace Grains.Tests.Engine;

public sealed class ObserverTests
{
    private readonly List<Observer> _held = [];

    [TimelyFact]
    public async Task A_grain_calls_an_observer_outside_in_the_order_it_sends()
    {
        await using var engine = await EngineFixture.Start();
        var observer = Held(engine);
        var subject = engine.Grain<ISubjectGrain>();
        await subject.Subscribe(engine.Client.CreateObjectReference<INewsObserver>(observer));
        await subject.Publish("one");
        await subject.Publish("two");
        await engine.Stage.Reached("two");
        Assert.Equal(["one", "two"], engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task A_grain_can_wait_for_what_the_observer_answers()
    {
        await using var engine = await EngineFixture.Start();
        var subject = engine.Grain<ISubjectGrain>();
        await subject.Subscribe(engine.Client.CreateObjectReference<INewsObserver>(Held(engine)));
        Assert.Equal(4, await subject.Ask("four").Soon());
        await Assert.ThrowsAsync<CallRefused>(() => subject.Ask("")).Soon();
    }

    [TimelyFact]
    public async Task An_observer_that_fails_does_not_disturb_the_grain()
    {
        await using var engine = await EngineFixture.Start();
        var subject = engine.Grain<ISubjectGrain>();
        await subject.Subscribe(engine.Client.CreateObjectReference<INewsObserver>(Held(engine)));
        await subject.Publish("");
        await subject.Publish("after");
        await engine.Stage.Reached("after");
    }

    [TimelyFact]
    public async Task A_deleted_reference_is_not_called_any_more()
    {
        await using var engine = await EngineFixture.Start();
        var observer = Held(engine);
        var reference = engine.Client.CreateObjectReference<INewsObserver>(observer);
        var subject = engine.Grain<ISubjectGrain>();
        await subject.Subscribe(reference);
        engine.Client.DeleteObjectReference<INewsObserver>(reference);
        await subject.Publish("late");

        var other = engine.Client.CreateObjectReference<INewsObserver>(observer);
        await subject.Subscribe(other);
        await subject.Publish("new");
        await engine.Stage.Reached("new");
        Assert.DoesNotContain("late", engine.Stage.Marks);
    }

    [TimelyFact]
    public async Task A_grain_can_be_an_observer_and_is_called_in_its_turns()
    {
        await using var engine = await EngineFixture.Start();
        var reader = engine.Grain<IReaderGrain>();
        await reader.SubscribeTo("a");
        await engine.Grain<ISubjectGrain>().Publish("news");
        await engine.Stage.Reached("reader got news in a turn");
    }

    [TimelyFact]
    public async Task Only_objects_that_are_not_grains_get_an_observer_reference()
    {
        await using var engine = await EngineFixture.Start();
        var reference = engine.Client.CreateObjectReference<INewsObserver>(Held(engine));
        Assert.Throws<ArgumentException>(() => engine.Client.CreateObjectReference<INewsObserver>(reference));
        Assert.Throws<ArgumentException>(() => engine.Client.DeleteObjectReference<INewsObserver>(new Observer(engine.Stage)));
    }

    // Orleans does not hold an observer: whoever makes it must.
    private Observer Held(EngineFixture engine)
    {
        var observer = new Observer(engine.Stage);
        _held.Add(observer);
        return observer;
    }

    private sealed class Observer(Stage stage) : INewsObserver
    {
        public void News(string text) => stage.Mark(text.Length > 0 ? text : throw new CallRefused("empty"));

        public Task<int> Length(string text) => text.Length > 0 ? Task.FromResult(text.Length) : throw new CallRefused("empty");
    }
}

public interface INewsObserver : IGrainObserver
{
    void News(string text);

    Task<int> Length(string text);
}

public interface ISubjectGrain : IGrainWithStringKey
{
    Task Subscribe(INewsObserver observer);

    Task Publish(string text);

    Task<int> Ask(string text);
}

public sealed class SubjectGrain : Grain, ISubjectGrain
{
    private INewsObserver? _observer;

    public Task Subscribe(INewsObserver observer)
    {
        _observer = observer;
        return Task.CompletedTask;
    }

    public Task Publish(string text)
    {
        _observer!.News(text);
        return Task.CompletedTask;
    }

    public Task<int> Ask(string text) => _observer!.Length(text);
}

public interface IReaderGrain : IGrainWithStringKey
{
    Task SubscribeTo(string subject);
}

public sealed class ReaderGrain(Stage stage) : Grain, IReaderGrain, INewsObserver
{
    private TaskScheduler? _turns;

    public Task SubscribeTo(string subject)
    {
        _turns = TaskScheduler.Current;
        return GrainFactory.GetGrain<ISubjectGrain>(subject).Subscribe(this.AsReference<INewsObserver>());
    }

    public void News(string text) => stage.Mark($"reader got {text} {(TaskScheduler.Current == _turns ? "in a turn" : "outside")}");

    public Task<int> Length(string text) => Task.FromResult(text.Length);
}
