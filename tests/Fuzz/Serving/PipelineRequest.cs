using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cluster.Fuzz.Serving;

/// <summary>A request as the server's own parser would hand it to the pipeline, and the answer it gets.</summary>
internal sealed class PipelineRequest : IHttpRequestLifetimeFeature, IHttpRequestBodyDetectionFeature
{
    private readonly CancellationTokenSource aborted = new();
    private readonly HttpResponseFeature response = new() { StatusCode = 200 };
    private readonly MemoryStream answer = new();

    public PipelineRequest(Step step, string? token)
    {
        int query = step.Target.IndexOf('?');
        var request = new HttpRequestFeature
        {
            Protocol = "HTTP/1.1",
            Scheme = "http",
            Method = step.Method,
            RawTarget = step.Target,
            Path = PathString.FromUriComponent(query < 0 ? step.Target : step.Target[..query]).Value ?? "",
            QueryString = query < 0 ? "" : step.Target[query..],
            Body = new MemoryStream(step.Body, writable: false),
        };
        CanHaveBody = step.Body.Length > 0;
        request.Headers.Host = "localhost";
        if (step.ContentType is { } type) request.Headers.ContentType = type;
        if (CanHaveBody) request.Headers.ContentLength = step.Body.Length;
        if (token is not null) request.Headers.Authorization = "Bearer " + token;
        foreach ((string name, string value) in step.Headers ?? []) request.Headers[name] = value;

        Features.Set<IHttpRequestFeature>(request);
        Features.Set<IHttpResponseFeature>(response);
        Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        Features.Set<IHttpRequestLifetimeFeature>(this);
        Features.Set<IHttpRequestBodyDetectionFeature>(this);
        Features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = AddressOf(step) });
    }

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public bool CanHaveBody { get; }

    public CancellationToken RequestAborted
    {
        get => aborted.Token;
        set => throw new NotSupportedException();
    }

    public bool Aborted { get; private set; }

    public Answer Answer => new(response.StatusCode, response.Headers, answer.ToArray());

    public void Abort()
    {
        Aborted = true;
        aborted.Cancel();
    }

    // Strangers come from anywhere, or the first thirty wrong passwords would shut the door on all that follow.
    private static IPAddress AddressOf(Step step)
    {
        uint hash = 2166136261;
        foreach (byte b in step.Body) hash = (hash ^ b) * 16777619;
        return new IPAddress([10, (byte)(hash >> 16), (byte)(hash >> 8), (byte)hash]);
    }
}

/// <summary>What the server answered.</summary>
internal sealed record Answer(int Status, IHeaderDictionary Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public string? ContentType => Headers.ContentType;
}
