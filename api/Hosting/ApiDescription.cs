using Cluster.Api.Login;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace Cluster.Api.Hosting;

/// <summary>The OpenAPI document at /openapi/v1.json.</summary>
internal static class ApiDescription
{
    private const string Bearer = "bearer", Cookie = "cookie";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Cluster",
                Version = "v1",
                Description = "Real-time monitoring of cases in procuratorates. Instants are RFC 3339 with an offset, legal time is Asia/Shanghai, legal dates are YYYY-MM-DD. "
                    + "Everything that is not a success is application/problem+json (RFC 9457) with a stable `code`, and `pointer` or `parameter` where one place is at fault. "
                    + "Live items come from the SignalR hub /hubs/monitor: Watch(scope, fromSequence), Unwatch(scope), and Feed(items) from the server. "
                    + "It speaks the JSON protocol, and MessagePack with the same objects where `hubProtocols` of GET /api/me lists it.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The token of POST /api/login." },
                [Cookie] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Cookie,
                    Name = SessionHandler.Cookie,
                    Description = $"Set by POST /api/login. Unsafe verbs also need the header {SessionGuard.Header} with `csrf` of GET /api/me.",
                },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) return Task.CompletedTask;
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Cookie, context.Document)] = [] },
            ];
            return Task.CompletedTask;
        });
    });
}
