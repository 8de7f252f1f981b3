using System.Globalization;
using System.Text;
using System.Text.Json;
using Cluster.Cases.Events;

namespace Cluster.Cases.Tests.Events;

public sealed class EventReaderTests
{
    [Fact]
    public void A_well_formed_event_is_read_whole()
    {
        var reading = Sending.Read(Sending.Envelope("case.assigned", """{ "prosecutor":"p-1", "mode":"random" }"""));

        var read = reading.Event!;
        Assert.Equal(("e-1", "咸检起诉受[2026]42282600109号"), (reading.Id, reading.Subject));
        Assert.Equal(("/422826/tyyw", "e-1"), (read.Source, read.Id));
        Assert.Equal(Instant("2026-02-09T09:30:00+08:00"), read.Time);
        Assert.Equal(read.Time, read.RecordedTime);
        Assert.Equal("""{ "prosecutor":"p-1", "mode":"random" }""", Encoding.UTF8.GetString(read.Raw));
        Assert.Equal("p-1", read.Data["prosecutor"].Text);
    }

    [Theory]
    [InlineData("specversion", null, "missing-attribute")]
    [InlineData("specversion", "\"0.3\"", "invalid-attribute")]
    [InlineData("specversion", "1.0", "invalid-attribute")]
    [InlineData("id", null, "missing-attribute")]
    [InlineData("id", "null", "missing-attribute")]
    [InlineData("id", "\"\"", "invalid-attribute")]
    [InlineData("id", "7", "invalid-attribute")]
    [InlineData("source", null, "missing-attribute")]
    [InlineData("source", "\"a b\"", "invalid-attribute")]
    [InlineData("source", "\"a\\u0007\"", "invalid-attribute")]
    [InlineData("type", null, "missing-attribute")]
    [InlineData("type", "\"case.eaten\"", "unknown-type")]
    [InlineData("type", "\"Case.archived\"", "unknown-type")]
    [InlineData("type", "[]", "invalid-attribute")]
    [InlineData("subject", null, "missing-attribute")]
    [InlineData("subject", "\"\"", "invalid-attribute")]
    [InlineData("subject", "\"a\\nb\"", "invalid-attribute")]
    [InlineData("subject", "\"a\\u0085b\"", "invalid-attribute")]
    [InlineData("time", null, "missing-attribute")]
    [InlineData("time", "\"2026-02-09\"", "invalid-attribute")]
    [InlineData("time", "\"2026-02-09T09:30:00\"", "invalid-attribute")]
    [InlineData("time", "\"2026-02-29T09:30:00Z\"", "invalid-attribute")]
    [InlineData("time", "\"2026-02-09 09:30:00Z\"", "invalid-attribute")]
    [InlineData("time", "\"2026-02-09T24:00:00Z\"", "invalid-attribute")]
    [InlineData("time", "\"2026-02-09T09:30Z\"", "invalid-attribute")]
    [InlineData("time", "\"2026-02-09T09:30:00.Z\"", "invalid-attribute")]
    [InlineData("time", "\"2026-02-09T09:30:00+0800\"", "invalid-attribute")]
    [InlineData("time", "1760000000", "invalid-attribute")]
    [InlineData("recordedtime", "\"yesterday\"", "invalid-attribute")]
    [InlineData("datacontenttype", "\"text/xml\"", "unsupported-content")]
    [InlineData("data_base64", "\"e30=\"", "unsupported-content")]
    [InlineData("data", "[]", "invalid-data")]
    [InlineData("data", "\"{}\"", "invalid-data")]
    public void A_wrong_attribute_is_refused_by_name(string attribute, string? json, string code)
    {
        var problem = Sending.Read(Sending.With(attribute, json)).Problem!;

        Assert.Equal((code, "/" + attribute), (problem.Code, problem.Pointer));
    }

    [Theory]
    [InlineData("datacontenttype", "\"application/json\"")]
    [InlineData("datacontenttype", "\"Application/JSON; charset=utf-8\"")]
    [InlineData("datacontenttype", "null")]
    [InlineData("recordedtime", "null")]
    [InlineData("data_base64", "null")]
    [InlineData("data", null)]
    [InlineData("traceparent", "\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"")]
    [InlineData("source", "\"https://例.example/a?b=c#d\"")]
    public void What_CloudEvents_allows_is_accepted(string attribute, string? json) =>
        Assert.Null(Sending.Read(Sending.With(attribute, json)).Problem);

    [Theory]
    [InlineData("id", 256)]
    [InlineData("source", 256)]
    [InlineData("subject", 128)]
    public void An_attribute_has_its_length(string attribute, int most)
    {
        Assert.Null(Sending.Read(Sending.With(attribute, $"\"{Sending.Repeated("案", most)}\"")).Problem);

        var problem = Sending.Read(Sending.With(attribute, $"\"{Sending.Repeated("案", most + 1)}\"")).Problem!;
        Assert.Equal(("too-long", "/" + attribute), (problem.Code, problem.Pointer));
    }

    [Fact]
    public void Data_may_be_absent_only_where_nothing_is_required()
    {
        Assert.Empty(Sending.Read(Sending.With("data", null)).Event!.Data.Fields);
        Assert.Equal("{}", Encoding.UTF8.GetString(Sending.Read(Sending.With("data", null)).Event!.Raw));

        var withoutData = Sending.Envelope("legal-aid.notified", "null");
        Assert.Equal(("missing-attribute", "/data"), (Sending.Read(withoutData).Problem!.Code, Sending.Read(withoutData).Problem!.Pointer));
    }

    [Theory]
    [InlineData("2026-03-03T09:00:00+08:00", true)]
    [InlineData("2026-03-03T01:00:00Z", true)]
    [InlineData("2026-03-03T09:00:00.0000001+08:00", false)]
    [InlineData("1949-10-01T15:00:00+08:00", true)]
    public void An_event_may_be_24_hours_ahead_and_no_more(string time, bool accepted)
    {
        var problem = Sending.Read(Sending.With("time", $"\"{time}\"")).Problem;

        Assert.Equal(accepted ? null : "too-far-ahead", problem?.Code);
    }

    [Theory]
    [InlineData("2026-02-09t09:30:00z", "2026-02-09T09:30:00+00:00")]
    [InlineData("2026-02-09T09:30:00.1234567891+08:00", "2026-02-09T09:30:00.1234567+08:00")]
    [InlineData("2026-02-09T09:30:00-00:00", "2026-02-09T09:30:00+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00")]
    [InlineData("2026-02-09T09:30:00+23:59", "2026-02-08T09:31:00+00:00")]
    public void Instants_are_read_as_RFC_3339_writes_them(string time, string meaning) =>
        Assert.Equal(Instant(meaning), Sending.Read(Sending.With("time", $"\"{time}\"")).Event!.Time);

    [Fact]
    public void The_recorded_time_is_kept_apart_from_the_time()
    {
        var read = Sending.Read(Sending.With("recordedtime", "\"2026-02-12T08:00:00+08:00\"")).Event!;

        Assert.Equal(Instant("2026-02-12T08:00:00+08:00"), read.RecordedTime);
        Assert.Equal(Instant("2026-02-09T09:30:00+08:00"), read.Time);
    }

    [Fact]
    public void A_refused_event_still_tells_its_id_and_subject()
    {
        var reading = Sending.Read(Sending.Envelope("case.eaten", "{}"));

        Assert.Equal(("e-1", "咸检起诉受[2026]42282600109号"), (reading.Id, reading.Subject));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    public void What_is_no_object_is_no_event(string json) => Assert.Equal("invalid-event", Sending.Read(json).Problem!.Code);

    [Fact]
    public void A_lone_surrogate_anywhere_is_refused()
    {
        Assert.Equal("invalid-event", Sending.ReadData("case.closed", """{"result":"\ud800"}""").Problem!.Code);
        Assert.Equal("invalid-event", Sending.ReadData("case.closed", """{"extra":["\udc00x"]}""").Problem!.Code);
        Assert.Equal("invalid-event", Sending.ReadData("case.closed", """{"\ud800":1}""").Problem!.Code);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        var json = Encoding.UTF8.GetBytes(Sending.Envelope("case.closed", """{"result":"?"}"""));
        json[Array.LastIndexOf(json, (byte)'?')] = 0xff;
        using var document = JsonDocument.Parse(json);

        Assert.Equal("invalid-event", EventReader.Read(document.RootElement, Sending.Now).Problem!.Code);
    }

    [Fact]
    public void An_event_nested_too_deep_is_refused()
    {
        string Nested(int levels) => $$"""{"x":{{Sending.Repeated("[", levels)}}{{Sending.Repeated("]", levels)}}}""";

        Assert.Null(Sending.ReadData("case.closed", Nested(20)).Problem);
        Assert.Equal("invalid-event", Sending.ReadData("case.closed", Nested(40)).Problem!.Code);
    }

    [Fact]
    public void Data_beyond_256_KiB_is_refused()
    {
        string Sized(int bytes) => $$"""{"x":"{{new string('a', bytes - 8)}}"}""";

        Assert.Null(Sending.ReadData("case.closed", Sized(256 * 1024)).Problem);
        Assert.Equal("too-long", Sending.ReadData("case.closed", Sized(256 * 1024 + 1)).Problem!.Code);
    }

    [Theory]
    [MemberData(nameof(Samples.Types), MemberType = typeof(Samples))]
    public void What_was_read_is_restored_the_same(string type)
    {
        var read = Sending.ReadData(type, Samples.Data[type]).Event!;

        var restored = EventReader.Restore(read.Source, read.Id, new string(type), read.Time, read.RecordedTime, read.Raw);

        Assert.Same(read.Type, restored.Type);
        Assert.Equal(read.Data.Fields, restored.Data.Fields);
        Assert.Equal(read.RecordedTime, restored.RecordedTime);
    }

    [Fact]
    public void Restoring_what_was_never_validated_throws()
    {
        Assert.Throws<InvalidDataException>(() => Restore("case.eaten", "{}"));
        Assert.Throws<InvalidDataException>(() => Restore("legal-aid.notified", "{}"));
        Assert.ThrowsAny<JsonException>(() => Restore("legal-aid.notified", "{"));
    }

    [Fact]
    public void Data_of_a_correction_is_read_by_the_type_it_corrects()
    {
        using var right = JsonDocument.Parse("""{"suspect":"1"}""");
        using var wrong = JsonDocument.Parse("""{"suspect":1}""");

        Assert.Equal("1", EventReader.ReadData("legal-aid.notified", right.RootElement).Data!["suspect"].Text);
        Assert.Equal("/data/suspect", EventReader.ReadData("legal-aid.notified", wrong.RootElement).Problem!.Pointer);
        Assert.Equal("unknown-type", EventReader.ReadData("case.eaten", right.RootElement).Problem!.Code);
    }

    private static CaseEvent Restore(string type, string data) =>
        EventReader.Restore("/s", "e-1", type, Sending.Now, null, Encoding.UTF8.GetBytes(data));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
