using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Cluster.Api.Hosting;

/// <summary>The dashboard: files of wwwroot, and its page for every address that is a view of it.</summary>
internal static class SinglePage
{
    private const string Page = "index.html";

    private static readonly string[] Reserved = ["/api", "/hubs", "/openapi", "/healthz", "/readyz", "/metrics"];

    public static void UseSinglePage(this WebApplication app, IFileProvider files)
    {
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = Cache });
        app.UseRouting();
        app.Use((context, next) => IsView(context) && files.GetFileInfo(Page) is { Exists: true } page ? Send(context, page) : next(context));
    }

    // Files under assets/ carry a hash of their content in their name; everything else may change under the same name.
    private static void Cache(StaticFileResponseContext response) =>
        response.Context.Response.Headers.CacheControl =
            response.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";

    private static bool IsView(HttpContext context)
    {
        HttpRequest request = context.Request;
        return context.GetEndpoint() is null
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !request.Path.StartsWithSegments("/assets")
            && !Reserved.Any(prefix => request.Path.StartsWithSegments(prefix));
    }

    private static Task Send(HttpContext context, IFileInfo page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.SendFileAsync(page, context.RequestAborted);
    }
}
