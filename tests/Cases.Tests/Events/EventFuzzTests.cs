using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Cases.Events;
using FsCheck;
using FsCheck.Fluent;

namespace Cluster.Cases.Tests.Events;

/// <summary>Whatever arrives is answered, never thrown at.</summary>
public sealed class EventFuzzTests
{
    private static readonly string[] Words =
    [
        "1.0", "e-1", "/s", "案", "random", "2026-02-09", "2026-02-30", "2026-02-09T09:30:00+08:00", "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00", "", " ", "\u0000", "a.b", "男", "盗窃罪", "𠮷", new('长', 300),
    ];

    private static readonly string[] Names =
    [
        "specversion", "id", "source", "type", "subject", "time", "recordedtime", "data", "data_base64", "datacontenttype", "suspects",
        "suspect", "measure", "kind", "from", "doc", "code", "fields", "charges", "name", "victims", "by", "x", "", "sentBy.kind",
    ];

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        Gen.Elements(Words).Select(w => (JsonNode?)JsonValue.Create(w)),
        Gen.Elements(EventTypes.All.ToArray()).Select(w => (JsonNode?)JsonValue.Create(w)),
        Gen.Choose(-3, 400).Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Elements(0.5, -1e300, 1e300).Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Elements(true, false).Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Constant((JsonNode?)null));

    [Fact]
    public void Random_JSON_never_throws() => Prop.ForAll(
        Any(5).ToArbitrary(),
        json => IsAnswered(json?.ToJsonString() ?? "null")).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Random_data_of_a_known_type_never_throws() => Prop.ForAll(
        (from type in Gen.Elements(EventTypes.All.ToArray()) from data in Any(4) select (type, data)).ToArbitrary(),
        e => IsAnswered(Sending.Envelope(e.type, e.data?.ToJsonString() ?? "null"))).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_sample_with_one_place_changed_never_throws_and_what_is_accepted_can_be_restored() => Prop.ForAll(
        (from type in Gen.Elements(EventTypes.All.ToArray())
         from place in Gen.Choose(0, 60)
         from value in Any(2)
         select (type, place, value)).ToArbitrary(),
        e => IsAnswered(Sending.Envelope(e.type, Changed(Samples.Data[e.type], e.place, e.value)))).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    private static bool IsAnswered(string json)
    {
        using var document = JsonDocument.Parse(json);
        var reading = EventReader.Read(document.RootElement, Sending.Now);
        if (reading.Event is not { } read)
        {
            return reading.Problem is { Code.Length: > 0, Detail.Length: > 0 };
        }

        var restored = EventReader.Restore(read.Source, read.Id, read.Type, read.Time, read.RecordedTime, read.Raw);
        return reading.Problem is null && restored.Data.Fields.SequenceEqual(read.Data.Fields)
            && read.Data.Fields.All(f => f.Value.AsText() is not null);
    }

    private static Gen<JsonNode?> Any(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency(
            (3, Scalar),
            (2, Any(depth - 1).ListOf().Select(items => (JsonNode?)new JsonArray([.. items.Take(4).Select(i => i?.DeepClone())]))),
            (3, Gen.Elements(Names).Zip(Any(depth - 1)).ListOf().Select(Object)));

    private static JsonNode? Object(IEnumerable<(string Name, JsonNode? Value)> fields)
    {
        var node = new JsonObject();
        foreach (var (name, value) in fields.Take(10))
        {
            node[name] = value?.DeepClone();
        }

        return node;
    }

    private static string Changed(string sample, int place, JsonNode? value)
    {
        var root = JsonNode.Parse(sample)!;
        var places = Places(root).ToList();
        if (places.Count > 0)
        {
            var (parent, key) = places[place % places.Count];
            if (parent is JsonArray array)
            {
                array[(int)key] = value?.DeepClone();
            }
            else
            {
                parent[(string)key] = value?.DeepClone();
            }
        }

        return root.ToJsonString();
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node)
    {
        var below = node switch
        {
            JsonObject fields => fields.Select(f => ((object)f.Key, f.Value)),
            JsonArray items => items.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (key, value) in below.ToArray())
        {
            yield return (node!, key);
            foreach (var deeper in Places(value))
            {
                yield return deeper;
            }
        }
    }
}
